import { type CompiledWorkflow, type Directory, peopleWeighed } from '../../engine/index.ts';
import { familyOf } from '../customers/survivor.ts';
import { intOf, intOrNull, textOf, textOrNull } from '../db/database.ts';
import type { Organisation } from '../organisation.ts';

/** What somebody carries, and how often it was added to under guard. */
export interface Workload {
  /** Revision of the stream that guards it. */
  revision: number;
  /** Weight of their open, unpaused tasks (L5). */
  weight: number;
  /** When they were last given work; null is never. */
  lastAt: number | null;
}

const PREFIX = 'load:';

/** The stream that guards what somebody carries. */
export function loadStream(user: string): string {
  return `${PREFIX}${user}`;
}

const weighedIn = new WeakMap<Directory, WeakMap<CompiledWorkflow, readonly string[]>>();

/** People whose load a decision on a case of this workflow looks at; none where neither capacity nor a preference asks for it. */
export function weighedBy(bundle: CompiledWorkflow, directory: Directory): readonly string[] {
  let known = weighedIn.get(directory);
  if (!known) {
    known = new WeakMap();
    weighedIn.set(directory, known);
  }
  const found = known.get(bundle);
  if (found) return found;
  const people = peopleWeighed(bundle, directory);
  known.set(bundle, people);
  return people;
}

/** What each of these people carries. */
export async function readWorkloads(
  organisation: Organisation,
  users: readonly string[],
): Promise<Map<string, Workload>> {
  if (users.length === 0) return new Map();
  const { database, releases } = organisation;
  // Revision and tasks in one statement: read one after the other they could be of different moments.
  const rows = await database.query(
    `SELECT u.value AS owner, COALESCE(s.revision, 0) AS revision, c.release, c.workflow, t.node, COUNT(t.id) AS tasks
     FROM json_each(?) u LEFT JOIN streams s ON s.id = '${PREFIX}' || u.value
     LEFT JOIN case_tasks t ON t.owner = u.value AND t.is_open = 1 AND t.paused = 0 LEFT JOIN cases c ON c.id = t.case_id
     GROUP BY u.value, c.release, c.workflow, t.node`,
    [JSON.stringify(users)],
  );
  const loads = new Map<string, Workload>();
  for (const row of rows) {
    const owner = textOf(row, 'owner');
    const load = loads.get(owner) ?? { revision: intOf(row, 'revision'), weight: 0, lastAt: null };
    loads.set(owner, load);
    const [release, node] = [intOrNull(row, 'release'), textOrNull(row, 'node')];
    if (release === null || node === null) continue;
    const bundle = (await releases.load(release)).bundleOf(textOf(row, 'workflow'));
    load.weight += (bundle.tasks[node]?.task.weight ?? 1) * intOf(row, 'tasks');
  }
  // After the revisions: whoever is given work meanwhile has moved on by the time of the commit.
  const last = await lastAllocatedOf(organisation);
  for (const [owner, load] of loads) load.lastAt = last[owner] ?? null;
  return loads;
}

/** Loads as decisions take them. */
export function toLoads(workloads: Iterable<readonly [string, Pick<Workload, 'weight' | 'lastAt'>]>) {
  const loads: Record<string, number> = {};
  const lastAllocated: Record<string, number> = {};
  for (const [user, { weight, lastAt }] of workloads) {
    loads[user] = weight;
    if (lastAt !== null) lastAllocated[user] = lastAt;
  }
  return { loads, lastAllocated };
}

/** How far each organisation's allocations have been read; new ones are read on from there. */
const known = new WeakMap<Organisation, { position: number; at: Record<string, number> }>();

async function lastAllocatedOf(organisation: Organisation): Promise<Readonly<Record<string, number>>> {
  const before = known.get(organisation) ?? { position: 0, at: {} };
  const rows = await organisation.database.query(
    `WITH given AS MATERIALIZED (
       SELECT position, recorded_at, payload FROM case_events WHERE position > ? AND type IN ('allocated', 'taskReassigned'))
     SELECT owner, MAX(recorded_at) AS at, MAX(position) AS position FROM (
       SELECT payload->>'owner' AS owner, recorded_at, position FROM given
       UNION ALL SELECT value->>'owner', recorded_at, position FROM given, json_each(payload, '$.others'))
     WHERE owner IS NOT NULL GROUP BY owner`,
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
