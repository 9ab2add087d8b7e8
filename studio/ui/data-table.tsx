import { Children, cloneElement, isValidElement, type ReactNode, useMemo } from 'react';
import tables from './table.module.css';
import { Spacer, useWindow } from './window.tsx';

/** A table with its column heads; of a long one only the rows in sight are drawn; below phone width each cell says its `data-label`. */
export function DataTable({
  heads,
  caption,
  children,
}: {
  heads: readonly string[];
  /** Said to screen readers only. */
  caption?: string;
  /** Rows; of many, each is best a component of its own, so that those out of sight cost nothing. */
  children: ReactNode;
}) {
  const rows = useMemo(() => Children.toArray(children), [children]);
  const { body, from, to, before, after, isPart } = useWindow(rows.length);
  return (
    <div className={tables['wrap']}>
      <table className={tables['table']} aria-rowcount={isPart ? rows.length + 1 : undefined}>
        {caption ? <caption className="visually-hidden">{caption}</caption> : null}
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          <Spacer height={before} columns={heads.length} />
          {isPart ? rows.slice(from, to).map((row, at) => numbered(row, from + at)) : rows}
          <Spacer height={after} columns={heads.length} />
        </tbody>
      </table>
    </div>
  );
}

/** Rows with their number: one that stays in sight is the same again, so that scrolling draws the new ones alone. */
const known = new WeakMap<object, ReactNode>();

/** Where only some rows are drawn each says which one it is; the heads are the first. */
function numbered(row: ReactNode, at: number): ReactNode {
  if (!isValidElement<{ 'aria-rowindex'?: number }>(row)) return row;
  const made = known.get(row) ?? cloneElement(row, { 'aria-rowindex': at + 2 });
  known.set(row, made);
  return made;
}
