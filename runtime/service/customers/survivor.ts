import { textOf, textOrNull } from '../db/database.ts';
import type { Organisation } from '../organisation.ts';

/** Merges longer than this are a mistake of ours: a customer that was merged is never merged again. */
const LONGEST_CHAIN = 50;

/** The customer that a duplicate was merged into, at the end of the chain; the same one where it was not. */
export async function survivorOf(organisation: Organisation, customer: string | null): Promise<string | null> {
  let id = customer;
  for (let step = 0; id !== null && step < LONGEST_CHAIN; step++) {
    const [row] = await organisation.database.query('SELECT merged_into FROM customers WHERE id = ?', [id]);
    const next = row ? textOrNull(row, 'merged_into') : null;
    if (next === null) return id;
    id = next;
  }
  return id;
}

/** A customer and every duplicate that was merged into it, however far back. */
export async function familyOf(organisation: Organisation, customer: string): Promise<string[]> {
  const family = [customer];
  for (let fresh = [customer]; fresh.length > 0; ) {
    const rows = await organisation.database.query(
      'SELECT id FROM customers WHERE merged_into IN (SELECT value FROM json_each(?))',
      [JSON.stringify(fresh)],
    );
    fresh = rows.map((row) => textOf(row, 'id')).filter((id) => !family.includes(id));
    family.push(...fresh);
  }
  return family;
}
