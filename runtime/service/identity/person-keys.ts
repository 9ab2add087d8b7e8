import { randomBytes } from 'node:crypto';
import { type Database, type Row, textOf } from '../db/database.ts';

/** Keys of the people whose personal values an organisation keeps; they live in the control database, apart from the values. */
export interface PersonKeys {
  /** The person's key, made when there is none. */
  ensure(person: string, now: number): Promise<Buffer>;
  /** A key for somebody who has none yet: their id was just made. */
  make(person: string, now: number): Promise<Buffer>;
  /** The person's key, or undefined when the person was erased. */
  find(person: string): Promise<Buffer | undefined>;
  /** Keys of many people in one read; erased ones are missing. */
  findAll(people: readonly string[]): Promise<Map<string, Buffer>>;
}

const REMEMBERED = 5_000;
const INSERT_KEYS = `INSERT INTO person_keys (person, organisation, key, created_at)
SELECT value->>'person', ?1, value->>'key', value->>'now' FROM json_each(?2) WHERE true ON CONFLICT DO NOTHING RETURNING person, key`;

interface NewKey {
  person: string;
  key: string;
  now: number;
}

export function createPersonKeys(control: Database, organisation: string): PersonKeys {
  const known = new Map<string, Buffer>();
  const rememberRow = (row: Row) => {
    if (known.size >= REMEMBERED) known.clear();
    known.set(textOf(row, 'person'), Buffer.from(textOf(row, 'key'), 'base64'));
  };
  const findAll = async (people: readonly string[]) => {
    const missing = [...new Set(people)].filter((person) => !known.has(person));
    if (missing.length > 0) {
      const rows = await control.query(
        'SELECT person, key FROM person_keys WHERE organisation = ? AND person IN (SELECT value FROM json_each(?))',
        [organisation, JSON.stringify(missing)],
      );
      for (const row of rows) rememberRow(row);
    }
    return new Map(
      people.flatMap((person) => {
        const key = known.get(person);
        return key ? [[person, key] as const] : [];
      }),
    );
  };
  // Everybody new of one turn of the event loop, and of the time the last write took, is stored in one transaction.
  let waiting: NewKey[] = [];
  let writing: Promise<void> | null = null;
  let last: Promise<void> = Promise.resolve();
  const store = (one: NewKey): Promise<void> => {
    waiting.push(one);
    writing ??= last
      .catch(() => {})
      .then(() => new Promise((resolve) => setImmediate(resolve)))
      .then(async () => {
        const people = waiting;
        [waiting, writing] = [[], null];
        const statement = { sql: INSERT_KEYS, args: [organisation, JSON.stringify(people)] };
        // Sessions and keys of the API stay remembered: people come by the dozen a second.
        const [made] = await control.batch([statement], { onlyAdds: true });
        for (const row of made?.rows ?? []) rememberRow(row);
      });
    last = writing;
    return writing;
  };
  const make = async (person: string, now: number): Promise<Buffer> => {
    await store({ person, key: randomBytes(32).toString('base64'), now });
    const stored = known.get(person) ?? (await findAll([person])).get(person);
    if (!stored) throw new Error(`the key of person ${person} was not stored`);
    return stored;
  };
  return {
    findAll,
    make,
    find: async (person) => (await findAll([person])).get(person),
    async ensure(person, now) {
      return (await findAll([person])).get(person) ?? make(person, now);
    },
  };
}
