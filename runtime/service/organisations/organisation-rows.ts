import { type Database, intOrNull, isConstraint, textOf } from '../db/database.ts';
import { newSecret } from '../identity/secrets.ts';
import { Problem } from '../problem.ts';

/** The organisation of a service that serves one: its pages are at the root, and its administrators may add others. */
export const FIRST_ORGANISATION = 'main';

/** An organisation as the control database knows it. */
export interface OrganisationRow {
  readonly id: string;
  readonly name: string;
  /** File below the data folder, or the address of a server's database. */
  readonly place: string;
  readonly secret: string;
  /** When it has something to do while it is closed; 0 while it is open, null for nothing. */
  readonly nextWake: number | null;
}

/** Short names that become part of addresses and file names. */
const KEY = /^[a-z][a-z0-9-]{1,39}$/;

/** What is wrong with an organisation's key, in words; undefined when it is one. */
export function wrongKey(key: string): string | undefined {
  return KEY.test(key) ? undefined : 'a key has 2 to 40 small letters, digits and hyphens and begins with a letter';
}

export async function listOrganisations(control: Database): Promise<OrganisationRow[]> {
  const rows = await control.query(
    'SELECT id, name, file, secret, next_wake FROM organisations ORDER BY created_at, id',
  );
  return rows.map((row) => ({
    id: textOf(row, 'id'),
    name: textOf(row, 'name'),
    place: textOf(row, 'file'),
    secret: textOf(row, 'secret'),
    nextWake: intOrNull(row, 'next_wake'),
  }));
}

/** Throws 404. */
export async function loadOrganisation(control: Database, id: string): Promise<OrganisationRow> {
  const found = (await listOrganisations(control)).find((row) => row.id === id);
  if (!found) throw new Problem(404, 'NOT_FOUND', 'There is no such organisation.');
  return found;
}

/** Enters an organisation; throws 422 for a key that is none, 409 where it is there. */
export async function insertOrganisation(
  control: Database,
  { id, name, place }: { id: string; name: string; place?: string | undefined },
  now: number,
): Promise<void> {
  const wrong = wrongKey(id);
  if (wrong !== undefined) throw new Problem(422, 'ORGANISATION_KEY_INVALID', `${id}: ${wrong}.`, { pointer: '/key' });
  const sql = 'INSERT INTO organisations (id, name, file, secret, created_at) VALUES (?, ?, ?, ?, ?)';
  await control
    .batch([{ sql, args: [id, name, place ?? `organisations/${id}.db`, newSecret(), BigInt(now)] }])
    .catch((cause: unknown) => {
      if (!isConstraint(cause)) throw cause;
      throw new Problem(409, 'ORGANISATION_EXISTS', `There is an organisation ${id} already, or one at its place.`, {
        cause,
      });
    });
}

/** Makes the first organisation's row where there is none. */
export async function ensureFirstOrganisation(control: Database, now: number): Promise<void> {
  const args = [FIRST_ORGANISATION, FIRST_ORGANISATION, `organisations/${FIRST_ORGANISATION}.db`, newSecret(), now];
  await control.batch([
    {
      sql: 'INSERT INTO organisations (id, name, file, secret, created_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
      args,
    },
  ]);
}

export async function setNextWake(control: Database, id: string, at: number | null): Promise<void> {
  await control.batch([{ sql: 'UPDATE organisations SET next_wake = ? WHERE id = ?', args: [at, id] }]);
}
