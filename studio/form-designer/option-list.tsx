import { Button, Checkbox, Group, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { type ClipboardEvent, type FormEvent, useState } from 'react';
import { inOrder } from '../../schemas/document.ts';
import type { QuestionDocument } from '../../schemas/form.ts';
import { useEditor } from '../document-editor/editor.ts';
import { TextField } from '../document-editor/field.tsx';
import { PartUses } from '../document-editor/part-uses.tsx';
import { useEntryMove } from '../document-editor/use-entry-move.ts';
import { announce } from '../ui/announcer.tsx';
import { MoveButtons, RemoveButton } from '../ui/entry-tools.tsx';
import classes from './form-designer.module.css';
import { readOptions } from './form-edits.ts';

type Options = NonNullable<QuestionDocument['options']>;

/** The options of a choice, each with the key that rules name. */
export function OptionList({
  options,
  path,
  isMulti,
}: {
  options: Options;
  path: readonly string[];
  isMulti: boolean;
}) {
  const { set, document } = useEditor();
  // In a form the path leads through the question; a library question is the document itself.
  const question = path.at(-2) ?? document.key;
  const [label, setLabel] = useState('');
  const list = inOrder(options);
  const move = useEntryMove(path, options);
  const add = (event: FormEvent) => {
    event.preventDefault();
    const text = label.trim();
    if (text === '') return;
    set(path, readOptions(text, options));
    setLabel('');
  };
  const onPaste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData('text/plain');
    if (!text.trim().includes('\n')) return;
    event.preventDefault();
    const next = readOptions(text, options);
    set(path, next);
    announce(`Added ${Object.keys(next).length - list.length} options`);
  };
  return (
    <fieldset className={classes['options']}>
      <legend>Options</legend>
      <ol>
        {list.map((option, at) => (
          <li key={option.key}>
            <TextField label={`Option ${at + 1}`} path={[...path, option.key, 'label']} />
            <span className={classes['key']}>{option.key}</span>
            {isMulti ? (
              <Checkbox
                label="Goes with nothing else"
                checked={option.exclusive === true}
                onChange={(event) =>
                  set([...path, option.key, 'exclusive'], event.currentTarget.checked ? true : undefined)
                }
              />
            ) : null}
            <Group gap={2} wrap="nowrap">
              <MoveButtons name={option.label} at={at} count={list.length} onMove={(by) => move(option.key, by)} />
              <RemoveButton name={option.label} onClick={() => set([...path, option.key])} />
            </Group>
            <PartUses part={{ question, option: option.key }} />
          </li>
        ))}
      </ol>
      <form onSubmit={add} className={classes['addOption']}>
        <TextInput
          label="New option"
          value={label}
          placeholder="What people see"
          description="Or paste a list: each line becomes an option."
          onPaste={onPaste}
          onChange={(event) => setLabel(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" leftSection={<IconPlus size={14} />} disabled={label.trim() === ''}>
          Add option
        </Button>
      </form>
    </fieldset>
  );
}
