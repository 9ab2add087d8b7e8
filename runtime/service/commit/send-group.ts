import { type Database, isConstraint, WriterLostError } from '../db/database.ts';
import { Problem } from '../problem.ts';
import { commitGroup, type GroupUnit } from './commit-group.ts';

const MAX_SENDS = 4;

/** Which commands took effect, and which can never: a row of theirs is refused by the database. */
export interface Sent {
  taken: ReadonlySet<string>;
  broken: ReadonlyMap<string, Problem>;
}

/** The same batch again after an unknown outcome: the guards make a second arrival harmless. Throws when the database stays away. */
export async function sendGroup(database: Database, units: readonly GroupUnit[]): Promise<Sent> {
  for (let send = 1; ; send++) {
    try {
      return { taken: await commitGroup(database, units), broken: new Map() };
    } catch (error) {
      if (error instanceof WriterLostError) throw error;
      if (isConstraint(error)) return oneByOne(database, units);
      if (send >= MAX_SENDS) throw error;
      await database.pause(10 * 2 ** send);
    }
  }
}

/** A row that the database refuses is a mistake of ours in one command: its neighbours must not pay for it. */
async function oneByOne(database: Database, units: readonly GroupUnit[]): Promise<Sent> {
  const taken = new Set<string>();
  const broken = new Map<string, Problem>();
  for (const unit of units) {
    try {
      for (const id of await commitGroup(database, [unit])) taken.add(id);
    } catch (cause) {
      if (!isConstraint(cause)) throw cause;
      for (const { id } of unit.commands) broken.set(id, unavailable(cause));
    }
  }
  return { taken, broken };
}

export function unavailable(cause: unknown): Problem {
  return new Problem(
    503,
    'DATABASE_UNAVAILABLE',
    'The database did not answer; nothing was confirmed. Repeat with the same Idempotency-Key.',
    { cause },
  );
}
