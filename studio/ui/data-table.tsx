import type { ReactNode } from 'react';
import tables from './table.module.css';

/** A table with its column heads; below phone width each cell says its `data-label`. */
export function DataTable({
  heads,
  caption,
  children,
}: {
  heads: readonly string[];
  /** Said to screen readers only. */
  caption?: string;
  /** Rows. */
  children: ReactNode;
}) {
  return (
    <div className={tables['wrap']}>
      <table className={tables['table']}>
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
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
