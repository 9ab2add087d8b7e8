import { Button } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './line-list.module.css';

/** What people put down line by line: each line has its fields and can be left out, and more can be added. */
export function LineList<T extends { readonly id: number }>({
  legend,
  none,
  lines,
  add,
  onAdd,
  canAdd = true,
  onLines,
  children,
}: {
  legend: string;
  /** Said where there is no line, and what that means. */
  none: string;
  lines: readonly T[];
  /** What the button is called that adds one. */
  add: string;
  /** The new line, under the id it is given. */
  onAdd: (id: number) => T;
  canAdd?: boolean;
  onLines: (lines: readonly T[]) => void;
  /** The fields of a line. */
  children: (line: T, at: number, change: (part: Partial<T>) => void) => ReactNode;
}) {
  const change = (id: number, part: Partial<T>) =>
    onLines(lines.map((line) => (line.id === id ? { ...line, ...part } : line)));
  return (
    <fieldset className={classes['list']}>
      <legend>{legend}</legend>
      {lines.length === 0 ? <p className={classes['none']}>{none}</p> : null}
      <ul>
        {lines.map((line, at) => (
          <li key={line.id}>
            {children(line, at, (part) => change(line.id, part))}
            <Button
              variant="subtle"
              color="gray"
              leftSection={<IconTrash size={13} />}
              onClick={() => onLines(lines.filter(({ id }) => id !== line.id))}
            >
              Leave out
            </Button>
          </li>
        ))}
      </ul>
      <Button
        variant="default"
        leftSection={<IconPlus size={13} />}
        disabled={!canAdd}
        onClick={() => onLines([...lines, onAdd(Math.max(0, ...lines.map(({ id }) => id)) + 1)])}
      >
        {add}
      </Button>
    </fieldset>
  );
}
