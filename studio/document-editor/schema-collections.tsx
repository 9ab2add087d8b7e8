import { Button, Group, Stack, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { type ReactNode, useRef, useState } from 'react';
import { keysInOrder } from '../../schemas/document.ts';
import { Key } from '../../schemas/ids.ts';
import { MoveButtons, RemoveButton } from '../ui/entry-tools.tsx';
import { useFocusKept } from '../ui/use-focus-kept.ts';
import { useEditor } from './editor.ts';
import { orderBetween } from './entry-order.ts';
import { Field } from './field.tsx';
import classes from './generic-form.module.css';
import { blankValue, type JsonSchema, resolveSchema } from './schema-shape.ts';
import { useEntryMove } from './use-entry-move.ts';

/** Draws what an entry holds. */
export type ShowEntry = (path: readonly string[], value: unknown) => ReactNode;

/** Entries of a map by key: added with a key of their own, moved where they have an order. */
export function MapField({
  entries: schema,
  root,
  path,
  value,
  show,
}: {
  entries: JsonSchema;
  root: JsonSchema;
  path: readonly string[];
  value: unknown;
  show: ShowEntry;
}) {
  const { set } = useEditor();
  const entries = useRef<HTMLDivElement>(null);
  useFocusKept(entries);
  const shape = resolveSchema(schema, root);
  const map = (value ?? {}) as Record<string, { order: number }>;
  const isOrdered = shape.properties?.['order'] !== undefined;
  const keys = isOrdered ? keysInOrder(map) : Object.keys(map);
  const move = useEntryMove(path, map);
  const remove = (key: string) => {
    const { [key]: _, ...others } = map;
    set(path, others);
  };
  const add = (key: string) => {
    const blank = blankValue(shape, root);
    const order = orderBetween(map[keys.at(-1) ?? '']?.order, undefined);
    set(path, { ...map, [key]: isOrdered ? { ...(blank as object), order } : blank });
  };
  return (
    <Stack gap="xs" ref={entries}>
      {keys.map((key, at) => (
        <Field key={key} path={[...path, key]}>
          <div className={classes['entry']}>
            <div className={classes['entryHead']}>
              <span>{key}</span>
              <Group gap={4} wrap="nowrap">
                {isOrdered ? (
                  <MoveButtons name={key} at={at} count={keys.length} onMove={(by) => move(key, by)} />
                ) : null}
                <RemoveButton name={key} onClick={() => remove(key)} />
              </Group>
            </div>
            {show([...path, key], map[key])}
          </div>
        </Field>
      ))}
      <AddKey taken={keys} onAdd={add} />
    </Stack>
  );
}

/** A list of parts that have no keys. */
export function ListField({
  items,
  root,
  path,
  value,
  label,
  show,
}: {
  items: JsonSchema;
  root: JsonSchema;
  path: readonly string[];
  value: unknown;
  label: string;
  show: ShowEntry;
}) {
  const { set } = useEditor();
  const entries = useRef<HTMLDivElement>(null);
  useFocusKept(entries);
  const list = Array.isArray(value) ? value : [];
  const put = (next: unknown[]) => set(path, next);
  return (
    <Field path={path}>
      <fieldset className={classes['group']}>
        <legend className={classes['legend']}>{label}</legend>
        <Stack gap="xs" ref={entries}>
          {list.map((entry, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: entries of a list have no other identity
            <Field key={at} path={[...path, String(at)]}>
              <div className={classes['entry']}>
                <div className={classes['entryHead']}>
                  <span>{at + 1}</span>
                  <RemoveButton
                    name={`${label} ${at + 1}`}
                    onClick={() => put(list.filter((_, other) => other !== at))}
                  />
                </div>
                {show([...path, String(at)], entry)}
              </div>
            </Field>
          ))}
          <Group>
            <Button
              variant="default"
              leftSection={<IconPlus size={14} />}
              onClick={() => put([...list, blankValue(items, root)])}
            >
              Add to {label.toLowerCase()}
            </Button>
          </Group>
        </Stack>
      </fieldset>
    </Field>
  );
}

function AddKey({ taken, onAdd }: { taken: readonly string[]; onAdd: (key: string) => void }) {
  const [key, setKey] = useState('');
  const isTaken = taken.some((other) => other.toLowerCase() === key.toLowerCase());
  const isKey = Key.safeParse(key).success;
  const add = () => {
    if (!isKey || isTaken) return;
    onAdd(key);
    setKey('');
  };
  return (
    <Group gap="xs" align="flex-end">
      <TextInput
        label="New key"
        value={key}
        onChange={(event) => setKey(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Enter' && add()}
        error={
          key === '' ? undefined : isTaken ? 'There is one already' : isKey ? undefined : 'Letters, digits, - and _'
        }
      />
      <Button variant="default" leftSection={<IconPlus size={14} />} disabled={!isKey || isTaken} onClick={add}>
        Add
      </Button>
    </Group>
  );
}
