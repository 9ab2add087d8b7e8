import type { SnapshotKind } from '../commit/snapshots.ts';
import { intOf, textOf, textOrNull } from '../db/database.ts';

/** A customer as the row holds it. */
export interface CustomerSnapshot {
  id: string;
  nameRef: string;
  contactRef: string;
  createdAt: number;
  mergedInto: string | null;
  revision: number;
  lastHash: string;
}

/** Stream of a customer: creations, corrections, merges. */
export const customerStream = (id: string) => `customer:${id}`;

/** Customers for the pump, by their stream. */
export const customerSnapshots: SnapshotKind<CustomerSnapshot> = {
  kind: 'customer',
  async read(database, streams) {
    const ids = streams.map((stream) => stream.slice('customer:'.length));
    const rows = await database.query(
      `SELECT id, name_ref, contact_ref, created_at, merged_into, revision, last_hash FROM customers
       WHERE id IN (SELECT value FROM json_each(?))`,
      [JSON.stringify(ids)],
    );
    return new Map(
      rows.map((row) => {
        const snapshot = {
          id: textOf(row, 'id'),
          nameRef: textOf(row, 'name_ref'),
          contactRef: textOf(row, 'contact_ref'),
          createdAt: intOf(row, 'created_at'),
          mergedInto: textOrNull(row, 'merged_into'),
          revision: intOf(row, 'revision'),
          lastHash: textOf(row, 'last_hash'),
        };
        return [customerStream(snapshot.id), { revision: snapshot.revision, snapshot }] as const;
      }),
    );
  },
  toRows: (_stream, _before, { id, nameRef, contactRef, createdAt, mergedInto, revision, lastHash }) => [
    {
      table: 'customers',
      values: {
        id,
        name_ref: nameRef,
        contact_ref: contactRef,
        created_at: createdAt,
        merged_into: mergedInto,
        revision,
        last_hash: lastHash,
      },
    },
  ],
};
