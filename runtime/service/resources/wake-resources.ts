import { textOf } from '../db/database.ts';
import type { Organisation } from '../organisation.ts';
import { commandResource } from './command-resource.ts';

const BATCH = 256;

/** Sends the empty command to resources whose offers have expired or allocations have ended, one by one, until it is over; answers how many. */
export async function wakeResources(
  organisation: Organisation,
  onError: (error: unknown) => void,
  isOver: () => boolean = () => false,
): Promise<number> {
  const tried = new Set<string>();
  for (;;) {
    const due = (await dueResources(organisation)).filter((id) => !tried.has(id));
    if (due.length === 0) return tried.size;
    for (const id of due) {
      if (isOver()) return tried.size;
      // One that stays due after it was woken waits for the next turn.
      tried.add(id);
      await commandResource(organisation, id, { type: 'advance' }, { actor: 'ticker' }).catch(onError);
    }
  }
}

async function dueResources({ database, clock }: Organisation): Promise<string[]> {
  const rows = await database.query(
    'SELECT id FROM resources WHERE wake_at IS NOT NULL AND wake_at <= ? ORDER BY wake_at, id LIMIT ?',
    [clock.now(), BATCH],
  );
  return rows.map((row) => textOf(row, 'id'));
}
