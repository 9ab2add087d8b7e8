import {
  type CaseEventDraft,
  type CaseState,
  type CompiledWorkflow,
  givenBy,
  loadsOfTasks,
} from '../../engine/index.ts';
import type { GroupView } from '../commit/group-view.ts';
import type { Change } from '../commit/pump.ts';
import type { SnapshotChange, SnapshotKind, SnapshotsOf } from '../commit/snapshots.ts';
import type { Organisation } from '../organisation.ts';
import { hasMoved } from './case-rows.ts';
import type { PreparedCase } from './prepare.ts';
import { loadStream, readWorkloads, toLoads, type Workload } from './workloads.ts';

type Load = Pick<Workload, 'weight' | 'lastAt'>;
const kinds = new WeakMap<Organisation, SnapshotKind<Load>>();

/**
 * What people carry, in the view of a group (L3, L5): one guarded stream a person. It moves when a case that weighs people adds
 * to somebody's load, so that nobody decides on a load from before; what takes from a load needs no guard.
 */
export function loadSnapshots(organisation: Organisation): SnapshotKind<Load> {
  const known = kinds.get(organisation);
  if (known) return known;
  const users = (ids: readonly string[]) => ids.map((id) => id.slice(loadStream('').length));
  const kind: SnapshotKind<Load> = {
    kind: 'load',
    isDerived: true,
    async read(_database, ids) {
      const found = await readWorkloads(organisation, users(ids));
      return new Map([...found].map(([user, { revision, ...snapshot }]) => [loadStream(user), { revision, snapshot }]));
    },
    toRows: () => [],
  };
  kinds.set(organisation, kind);
  return kind;
}

/** What the pump loads so that a command sees the loads. */
export function loadReads(organisation: Organisation, { weighed }: Pick<PreparedCase, 'weighed'>): SnapshotsOf {
  return { of: loadSnapshots(organisation) as SnapshotKind, ids: weighed.map(loadStream) };
}

/** The loads as the decisions before left them. */
export function loadsIn(organisation: Organisation, view: GroupView, { weighed }: Pick<PreparedCase, 'weighed'>) {
  if (weighed.length === 0) return noLoads;
  const kind = loadSnapshots(organisation);
  return toLoads(
    weighed.flatMap((user) => {
      const load = view.find(kind, loadStream(user));
      return load ? [[user, load] as const] : [];
    }),
  );
}

const noLoads: ReturnType<typeof toLoads> = { loads: {}, lastAllocated: {} };
const noChange = { moves: [], snapshots: [] };

/** A side of a decision: a case's tasks, and the drawing that says what they weigh. */
interface Side {
  readonly bundle: CompiledWorkflow;
  readonly state: CaseState | null;
}

/** What a decision does to loads: those it added to move on, those it looked at must be as they were. */
export function toLoadChange(
  organisation: Organisation,
  { weighed }: Pick<PreparedCase, 'weighed'>,
  view: GroupView,
  events: readonly CaseEventDraft[],
  [before, after]: readonly [Side, Side],
): Required<Pick<Change, 'moves' | 'snapshots'>> {
  const kind = loadSnapshots(organisation);
  const given = givenIn(events);
  const added = addedLoads(before, after);
  const looked = lookedAt(events);
  if (given.size + added.size + looked.length === 0) return noChange;
  const snapshots = [...new Set([...added.keys(), ...given.keys()])].flatMap((user): SnapshotChange<Load>[] => {
    const load = view.find(kind, loadStream(user));
    if (!load) return [];
    const snapshot = { weight: load.weight + (added.get(user) ?? 0), lastAt: given.get(user) ?? load.lastAt };
    return [{ of: kind, id: loadStream(user), snapshot }];
  });
  const guarded = new Set(weighed);
  const used = new Set([...added.keys(), ...given.keys(), ...looked]);
  const moves = [...used]
    .filter((user) => guarded.has(user))
    .map((user) => ({ stream: loadStream(user), kind: kind.kind, by: added.has(user) || given.has(user) ? 1 : 0 }));
  return { moves, snapshots: snapshots as SnapshotChange[] };
}

const none: ReadonlyMap<string, number> = new Map();

/** By how much each person's load grew. */
function addedLoads(before: Side, after: Side): ReadonlyMap<string, number> {
  const { state } = after;
  if (!state) return none;
  const isSame = before.bundle === after.bundle;
  const tasks = Object.keys(state.tasks).filter(
    (task) =>
      (isOwned(state, task) || isOwned(before.state, task)) &&
      (!isSame || !before.state || hasMoved(before.state, state, task)),
  );
  if (tasks.length === 0) return none;
  const had = before.state ? loadsOfTasks(before.bundle, before.state, tasks) : {};
  const grown = Object.entries(loadsOfTasks(after.bundle, state, tasks)).map(
    ([user, load]) => [user, load - (had[user] ?? 0)] as const,
  );
  return new Map(grown.filter(([, by]) => by > 0));
}

function isOwned(state: CaseState | null, task: string): boolean {
  return (state?.tasks[task]?.owner ?? null) !== null;
}

/** When each person was given work by these events. */
function givenIn(events: readonly CaseEventDraft[]): ReadonlyMap<string, number> {
  const given = new Map<string, number>();
  for (const event of events)
    for (const { owner } of givenBy(event)) if (owner !== null) given.set(owner, event.recordedAt);
  return given;
}

function lookedAt(events: readonly CaseEventDraft[]): string[] {
  const looked: string[] = [];
  for (const event of events)
    for (const { explanation } of givenBy(event)) looked.push(...Object.keys(explanation?.loads ?? {}));
  return looked;
}
