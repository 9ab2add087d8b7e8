import { Button, Group, Select, Textarea } from '@mantine/core';
import { type ClipboardEvent, type KeyboardEvent, useId, useRef, useState } from 'react';
import { htmlToMarkdown } from '../document/engine.ts';
import { useEditor } from '../document-editor/editor.ts';
import { Field, reasonOf } from '../document-editor/field.tsx';
import { completionsAt, type Placeholder, placeholdersOf } from './completions.ts';
import classes from './statement-bank.module.css';

/** The text of a statement: Markdown, placeholders completed as they are typed; pasted web pages come in as Markdown. */
export function BodyField({ label, path, stored }: { label: string; path: readonly string[]; stored: string }) {
  const { configuration, set } = useEditor();
  const area = useRef<HTMLTextAreaElement>(null);
  const list = useId();
  const [refused, setRefused] = useState<{ text: string; why: string; over: string }>();
  const [caret, setCaret] = useState<number>();
  const [chosen, setChosen] = useState(0);
  const [notice, setNotice] = useState<string>();
  const all = placeholdersOf(configuration);
  const kept = refused?.over === stored ? refused : undefined;
  const text = kept?.text ?? stored;
  const offered = caret === undefined ? [] : completionsAt(text, caret, all);
  const change = (next: string) => {
    const result = set(path, next);
    setRefused(result.ok ? undefined : { text: next, why: reasonOf(result, next), over: stored });
  };
  const insert = (piece: string, replaced: number) => {
    const at = area.current?.selectionStart ?? text.length;
    const end = area.current?.selectionEnd ?? at;
    change(`${text.slice(0, at - replaced)}${piece}${text.slice(end)}`);
    setCaret(undefined);
    requestAnimationFrame(() => {
      area.current?.focus();
      area.current?.setSelectionRange(at - replaced + piece.length, at - replaced + piece.length);
    });
  };
  const complete = (placeholder: Placeholder) => {
    const begun = /\{\{\s*[A-Za-z0-9_.:-]*$/.exec(text.slice(0, area.current?.selectionStart ?? 0))?.[0] ?? '';
    insert(placeholder.text, begun.length);
  };
  const onKey = (event: KeyboardEvent) => {
    const placeholder = offered[chosen];
    if (!placeholder) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp')
      setChosen((chosen + (event.key === 'ArrowDown' ? 1 : offered.length - 1)) % offered.length);
    else if (event.key === 'Enter' || event.key === 'Tab') complete(placeholder);
    else if (event.key === 'Escape') setCaret(undefined);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onPaste = (event: ClipboardEvent) => {
    const html = event.clipboardData.getData('text/html');
    const plain = event.clipboardData.getData('text/plain');
    const source = html === '' && /<(p|div|ul|ol|li|h[1-6]|strong|em|b|i|a|br)\b[^>]*>/i.test(plain) ? plain : html;
    const markdown =
      source === ''
        ? ''
        : htmlToMarkdown(source.replace(/^[\s\S]*<!--StartFragment-->|<!--EndFragment-->[\s\S]*$/g, ''), '');
    if (markdown === '' || markdown === plain.trim()) return;
    event.preventDefault();
    insert(markdown, 0);
    setNotice('What you pasted was a web page: it came in as Markdown. Look it through; undo takes it out again.');
  };
  return (
    <Field path={path}>
      <Textarea
        ref={area}
        label={label}
        description="Markdown: **bold**, *italic*, lists with -, [links](https://…). Type {{ for a placeholder or an agency."
        autosize
        minRows={6}
        maxRows={28}
        value={text}
        error={kept?.why}
        onChange={(event) => {
          setNotice(undefined);
          setChosen(0);
          setCaret(event.currentTarget.selectionStart);
          change(event.currentTarget.value);
        }}
        onKeyDown={onKey}
        onBlur={() => setCaret(undefined)}
        onPaste={onPaste}
        aria-autocomplete="list"
        aria-controls={offered.length > 0 ? list : undefined}
        aria-activedescendant={offered.length > 0 ? `${list}-${chosen}` : undefined}
      />
      {offered.length > 0 ? (
        <div className={classes['offers']} id={list} role="listbox" aria-label="Placeholders">
          {offered.map((placeholder, at) => (
            <div
              key={placeholder.text}
              id={`${list}-${at}`}
              role="option"
              tabIndex={-1}
              aria-selected={at === chosen}
              onMouseDown={(event) => {
                event.preventDefault();
                complete(placeholder);
              }}
            >
              <code>{placeholder.text}</code> {placeholder.says}
            </div>
          ))}
        </div>
      ) : null}
      {notice ? (
        <p className={classes['notice']} role="status">
          {notice}{' '}
          <Button variant="subtle" size="compact-xs" onClick={() => setNotice(undefined)}>
            Good
          </Button>
        </p>
      ) : null}
      <Group mt={6}>
        <Select
          aria-label={`Insert into ${label.toLowerCase()}`}
          placeholder="Insert a placeholder or agency"
          size="xs"
          searchable
          w={260}
          data={all.map((placeholder) => ({ value: placeholder.text, label: placeholder.says }))}
          value={null}
          onChange={(value) => value && insert(value, 0)}
        />
      </Group>
    </Field>
  );
}
