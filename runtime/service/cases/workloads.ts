import { familyOf } from '../customers/survivor.ts';
import { intOf, textOf } from '../db/database.ts';
import type { Organisation } from '../organisation.ts';

/** Weight of everybody's open, unpaused tasks, and when each was last given work (L5). */
export async function workloads(organisation: Organisation) {
  const [loads, lastAllocated] = await Promise.all([loadsOf(organisation), lastAllocatedOf(organisation)]);
  return { loads, lastAllocated };
}

async function loadsOf({ database, releases }: Organisation): Promise<Record<string, number>> {
  const rows = await database.query(
    `SELECT t.owner, c.release, c.workflow, t.node, COUNT(*) AS tasks FROM case_tasks t JOIN cases c ON c.id = t.case_id
     WHERE t.is_open = 1 AND t.paused = 0 AND t.owner IS NOT NULL GROUP BY t.owner, c.release, c.workflow, t.node`,
  );
  const loads: Record<string, number> = {};
  for (const row of rows) {
    const release = await releases.load(intOf(row, 'release'));
    const weight = release.bundleOf(textOf(row, 'workflow')).tasks[textOf(row, 'node')]?.task.weight ?? 1;
    const owner = textOf(row, 'owner');
    loads[owner] = (loads[owner] ?? 0) + weight * intOf(row, 'tasks');
  }
  return loads;
}

/** How far each organisation's allocations have been read; new ones are read on from there. */
const known = new WeakMap<Organisation, { position: number; at: Record<string, number> }>();

async function lastAllocatedOf(organisation: Organisation): Promise<Readonly<Record<string, number>>> {
  const before = known.get(organisation) ?? { position: 0, at: {} };
  const rows = await organisation.database.query(
    `SELECT json_extract(payload, '$.owner') AS owner, MAX(recorded_at) AS at, MAX(position) AS position FROM case_events
     WHERE position > ? AND type IN ('allocated', 'taskReassigned') AND json_extract(payload, '$.owner') IS NOT NULL GROUP BY 1`,
    [before.position],
  );
  const after = { position: before.position, at: { ...before.at } };
  for (const row of rows) {
    after.at[textOf(row, 'owner')] = intOf(row, 'at');
    after.position = Math.max(after.position, intOf(row, 'position'));
  }
  known.set(organisation, after);
  return after.at;
}

/** Who owned the customer's latest case, this one left out (L2). */
export async function lastOfficerOf(
  organisation: Organisation,
  customer: string,
  except = '',
): Promise<{ lastOfficer?: string }> {
  const [row] = await organisation.database.query(
    `SELECT owner FROM cases WHERE owner IS NOT NULL AND id <> ? AND customer IN (SELECT value FROM json_each(?))
     ORDER BY opened_at DESC, id LIMIT 1`,
    [except, JSON.stringify(await familyOf(organisation, customer))],
  );
  return row ? { lastOfficer: textOf(row, 'owner') } : {};
}
