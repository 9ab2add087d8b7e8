import { Button, Group, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { inOrder } from '../../schemas/document.ts';
import { MoveButtons, RemoveButton } from '../ui/entry-tools.tsx';
import { useEditor } from './editor.ts';
import classes from './entry-list.module.css';
import { Field, TextField } from './field.tsx';
import { keyOfTitle } from './new-key.ts';
import { useEntryMove } from './use-entry-move.ts';

export interface EntryListProps<T extends { order: number }> {
  /** What the entries are together: "Outcomes". */
  legend: string;
  /** One of them: "outcome". */
  one: string;
  /** Said where there is none, and what that means. */
  none: string;
  entries: Readonly<Record<string, T>>;
  path: readonly string[];
  /** The field of an entry that people know it by. */
  named?: keyof T & string;
  /** What a new entry holds beside its name and its place. */
  blank?: Omit<T, 'order'> | object;
  /** Further fields of an entry. */
  children?: (entry: T & { key: string }, path: readonly string[]) => ReactNode;
}

/** Entries that people order and name: the key is made of the name once and never changes. */
export function EntryList<T extends { order: number }>({
  legend,
  one,
  none,
  entries,
  path,
  named = 'label' as keyof T & string,
  blank = {},
  children,
}: EntryListProps<T>) {
  const { set } = useEditor();
  const [name, setName] = useState('');
  const list = inOrder(entries);
  const move = useEntryMove(path, entries);
  const add = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    const text = name.trim();
    if (text === '') return;
    const order = Math.floor(list.at(-1)?.order ?? 0) + 1;
    const result = set([...path, keyOfTitle(text, Object.keys(entries))], { ...blank, order, [named]: text });
    if (result.ok) setName('');
  };
  return (
    <fieldset className={classes['list']}>
      <legend>{legend}</legend>
      {list.length === 0 ? <p className={classes['none']}>{none}</p> : null}
      <ol aria-label={legend}>
        {list.map((entry, at) => {
          const says = String(entry[named]);
          return (
            <li key={entry.key}>
              <Field path={[...path, entry.key]} own>
                <div className={classes['head']}>
                  <div className={classes['name']}>
                    <TextField label={`${capital(one)} ${at + 1}`} path={[...path, entry.key, named]} />
                  </div>
                  <code className={classes['key']}>{entry.key}</code>
                  <Group gap={2} wrap="nowrap">
                    <MoveButtons name={says} at={at} count={list.length} onMove={(by) => move(entry.key, by)} />
                    <RemoveButton name={says} onClick={() => set([...path, entry.key])} />
                  </Group>
                </div>
                {children ? <div className={classes['more']}>{children(entry, [...path, entry.key])}</div> : null}
              </Field>
            </li>
          );
        })}
      </ol>
      <form onSubmit={add} className={classes['add']}>
        <TextInput label={`New ${one}`} value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <Button type="submit" variant="default" leftSection={<IconPlus size={14} />} disabled={name.trim() === ''}>
          Add {one}
        </Button>
      </form>
    </fieldset>
  );
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
