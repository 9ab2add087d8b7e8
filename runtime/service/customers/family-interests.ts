import { textOf, textOrNull } from '../db/database.ts';
import type { Organisation } from '../organisation.ts';
import { familyOf, survivorOf } from './survivor.ts';

const IS_LIVE = "state NOT IN ('refused', 'withdrawn', 'ended')";

/** Whether a customer holds this interest under another id of their own, of a merge; a null resource is any of the type. */
export async function isHeldInFamily(
  organisation: Organisation,
  customer: string,
  { serviceType, resource }: { serviceType: string; resource: string | null },
): Promise<boolean> {
  const family = await familyOf(organisation, (await survivorOf(organisation, customer)) ?? customer);
  const others = family.filter((id) => id !== customer);
  if (others.length === 0) return false;
  const rows = await organisation.database.query(
    `SELECT 1 FROM interests WHERE customer IN (SELECT value FROM json_each(?1)) AND service_type = ?2 AND resource IS ?3 AND ${IS_LIVE} LIMIT 1`,
    [JSON.stringify(others), serviceType, resource],
  );
  return rows.length > 0;
}

/** Live interests that both families hold: in the same resource, or in any of the same type. */
export async function sameInterests(
  { database }: Organisation,
  one: readonly string[],
  other: readonly string[],
): Promise<string[]> {
  const rows = await database.query(
    `SELECT id, customer, service_type, resource FROM interests WHERE customer IN (SELECT value FROM json_each(?)) AND ${IS_LIVE} ORDER BY id`,
    [JSON.stringify([...one, ...other])],
  );
  const of = rows.map((row) => ({
    id: textOf(row, 'id'),
    isFirst: one.includes(textOf(row, 'customer')),
    what: JSON.stringify([textOf(row, 'service_type'), textOrNull(row, 'resource')]),
  }));
  return of.flatMap(({ id, isFirst, what }) =>
    of.some((twin) => twin.isFirst !== isFirst && twin.what === what) ? [id] : [],
  );
}
