import { randomBytes } from 'node:crypto';
import { type Database, textOf } from '../db/database.ts';

/** Keys of the people whose personal values an organisation keeps; they live in the control database, apart from the values. */
export interface PersonKeys {
  /** The person's key, made when there is none. */
  ensure(person: string, now: number): Promise<Buffer>;
  /** The person's key, or undefined when the person was erased. */
  find(person: string): Promise<Buffer | undefined>;
  /** Keys of many people in one read; erased ones are missing. */
  findAll(people: readonly string[]): Promise<Map<string, Buffer>>;
}

const REMEMBERED = 5_000;

export function createPersonKeys(control: Database, organisation: string): PersonKeys {
  const known = new Map<string, Buffer>();
  const remember = (person: string, key: Buffer) => {
    if (known.size >= REMEMBERED) known.clear();
    known.set(person, key);
    return key;
  };
  const findAll = async (people: readonly string[]) => {
    const missing = [...new Set(people)].filter((person) => !known.has(person));
    if (missing.length > 0) {
      const rows = await control.query(
        'SELECT person, key FROM person_keys WHERE organisation = ? AND person IN (SELECT value FROM json_each(?))',
        [organisation, JSON.stringify(missing)],
      );
      for (const row of rows) remember(textOf(row, 'person'), Buffer.from(textOf(row, 'key'), 'base64'));
    }
    return new Map(
      people.flatMap((person) => {
        const key = known.get(person);
        return key ? [[person, key] as const] : [];
      }),
    );
  };
  return {
    findAll,
    find: async (person) => (await findAll([person])).get(person),
    async ensure(person, now) {
      const there = (await findAll([person])).get(person);
      if (there) return there;
      const key = randomBytes(32);
      await control.batch([
        {
          sql: 'INSERT INTO person_keys (person, organisation, key, created_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
          args: [person, organisation, key.toString('base64'), BigInt(now)],
        },
      ]);
      const stored = (await findAll([person])).get(person);
      if (!stored) throw new Error(`the key of person ${person} was not stored`);
      return stored;
    },
  };
}
