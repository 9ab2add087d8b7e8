import { openValues } from '../cases/prepare.ts';
import { textOf, textOrNull } from '../db/database.ts';
import { contactOf } from '../notify/render-message.ts';
import type { Organisation } from '../organisation.ts';

/** Names of customers by id, in one read of each table; an erased customer is missing. */
export async function namesOf(organisation: Organisation, customers: readonly string[]): Promise<Map<string, string>> {
  const ids = [...new Set(customers)];
  if (ids.length === 0) return new Map();
  const keys = await organisation.keys.findAll(ids);
  const rows = await organisation.database.query(
    'SELECT id, name_ref, merged_into FROM customers WHERE id IN (SELECT value FROM json_each(?))',
    [JSON.stringify(ids)],
  );
  const names = await Promise.all(
    rows.map(async (row): Promise<[string, string][]> => {
      const [id, key] = [textOf(row, 'id'), keys.get(textOf(row, 'id'))];
      // A duplicate goes by the name of the one it was merged into.
      if (textOrNull(row, 'merged_into') !== null) {
        const contact = await contactOf(organisation, id);
        return contact ? [[id, contact.name]] : [];
      }
      if (!key) return [];
      const { name } = await openValues(organisation, key, { name: textOf(row, 'name_ref') });
      return typeof name === 'string' ? [[id, name]] : [];
    }),
  );
  return new Map(names.flat());
}
