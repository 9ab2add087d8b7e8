import { Button, Menu, Textarea, TextInput } from '@mantine/core';
import { IconBraces } from '@tabler/icons-react';
import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from 'react';
import type { TemplateDocument } from '../../schemas/ladder.ts';
import { announce } from '../ui/announcer.tsx';
import { insertPlaceholder, placeholderChoices, unfinishedAt } from './placeholders.ts';
import classes from './template-editor.module.css';

export interface LiquidFieldProps {
  label: string;
  template: TemplateDocument;
  value: string;
  lines?: number;
  language?: 'en' | 'cy';
  onChange: (text: string) => void;
}

/** A text with placeholders: `{{` opens the list of those a message can fill in, and a button puts one in as well. */
export function LiquidField({ label, template, value, lines = 1, language = 'en', onChange }: LiquidFieldProps) {
  const field = useRef<HTMLTextAreaElement & HTMLInputElement>(null);
  const [cursor, setCursor] = useState<number>();
  const [active, setActive] = useState(0);
  const goTo = useRef<number>(undefined);
  const id = useId();
  useLayoutEffect(() => {
    if (goTo.current === undefined) return;
    field.current?.focus();
    field.current?.setSelectionRange(goTo.current, goTo.current);
    goTo.current = undefined;
  });
  const begun = cursor === undefined ? undefined : unfinishedAt(value, cursor);
  const choices = placeholderChoices(template);
  const found = begun ? choices.filter(({ path }) => path.toLowerCase().includes(begun.written.toLowerCase())) : [];
  const at = Math.min(active, Math.max(0, found.length - 1));
  const take = (path: string) => {
    const inserted = insertPlaceholder(value, cursor ?? value.length, path);
    goTo.current = inserted.cursor;
    setCursor(undefined);
    onChange(inserted.text);
    announce(`Put in ${path}`);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const [chosen] = found.slice(at);
    if (!chosen) return;
    if (event.key === 'ArrowDown') setActive((at + 1) % found.length);
    else if (event.key === 'ArrowUp') setActive((at + found.length - 1) % found.length);
    else if (event.key === 'Enter' || event.key === 'Tab') take(chosen.path);
    else if (event.key === 'Escape') setCursor(undefined);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const shared = {
    ref: field,
    label,
    lang: language,
    value,
    onKeyDown,
    onBlur: () => setCursor(undefined),
    onChange: (event: { currentTarget: HTMLTextAreaElement | HTMLInputElement }) => {
      onChange(event.currentTarget.value);
      setCursor(event.currentTarget.selectionStart ?? undefined);
      setActive(0);
    },
    ...(found.length > 0
      ? { role: 'combobox', 'aria-expanded': true, 'aria-controls': id, 'aria-activedescendant': `${id}-${at}` }
      : {}),
    'aria-autocomplete': 'list' as const,
  };
  return (
    <div className={classes['liquid']}>
      {lines > 1 ? <Textarea {...shared} autosize minRows={lines} maxRows={26} /> : <TextInput {...shared} />}
      {found.length > 0 ? (
        <div id={id} role="listbox" aria-label="Placeholders" className={classes['list']}>
          {found.map((choice, number) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
            <div
              key={choice.path}
              id={`${id}-${number}`}
              role="option"
              aria-selected={number === at}
              tabIndex={-1}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => take(choice.path)}
            >
              <code>{choice.path}</code> <span>{choice.meaning}</span>
            </div>
          ))}
        </div>
      ) : null}
      <Menu position="bottom-start">
        <Menu.Target>
          <Button
            variant="subtle"
            size="compact-xs"
            leftSection={<IconBraces size={13} />}
            aria-label={`Put a placeholder into ${label}`}
            onPointerDown={() => setCursor(field.current?.selectionStart ?? undefined)}
          >
            Placeholder
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {choices.map(({ path, meaning }) => (
            <Menu.Item
              key={path}
              onClick={() => {
                const place = field.current?.selectionStart ?? value.length;
                const inserted = insertPlaceholder(value, place, path);
                goTo.current = inserted.cursor;
                onChange(inserted.text);
              }}
            >
              {meaning} <code className={classes['path']}>{path}</code>
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
