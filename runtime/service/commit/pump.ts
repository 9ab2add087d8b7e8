import type { Database } from '../db/database.ts';
import { Problem } from '../problem.ts';
import type { StoredEvent } from './commit-group.ts';
import { type Accepted, type Answer, decideGroup, type Queued, toUnits } from './decide-group.ts';
import { type GroupSize, startGroupSize } from './group-size.ts';
import { type GroupView, type LoadedGroup, loadGroup } from './group-view.ts';
import { followOutages, type Outages } from './outages.ts';
import { type Sent, sendGroup, unavailable } from './send-group.ts';
import {
  createSnapshotCache,
  type SnapshotCache,
  type SnapshotChange,
  type SnapshotKind,
  type SnapshotsOf,
} from './snapshots.ts';
import type { RowChange } from './tables.ts';

const MAX_ATTEMPTS = 5;
/** After a group of so many, a few wait so long for those who were just answered: a group costs as much as five commands. */
const COMPANY = { after: 16, milliseconds: 3 };

/** What a decision changes. */
export interface Change {
  /** Streams that move, with the number of steps. Streams only depended on move by 0. */
  moves: readonly { stream: string; kind: string; by: number }[];
  events: StoredEvent[];
  rows: RowChange[];
  /** Snapshots after the change, for later commands; the rows they make are written once a group. */
  snapshots?: readonly SnapshotChange[];
  response: unknown;
}

/** One queued command: what it needs loaded and how it decides; `decide` is synchronous, and may be called again after a conflict. */
export interface Work {
  id: string;
  key: string;
  actor: string;
  type: string;
  requestHash: string;
  /** Streams it depends on, of any kind. */
  streams: readonly string[];
  /** Snapshots it wants to see. */
  reads?: readonly SnapshotsOf[];
  /** Its key is its own, so that no earlier answer needs to be looked for. */
  isOnce?: boolean;
  /** It waits while anybody else does: what time brings by the thousand must not keep people waiting. */
  isPatient?: boolean;
  /** Answers the change; throws a Problem to refuse. */
  decide(view: GroupView): Change;
  recordedAt: number;
}

export interface Pump {
  /** Queues a command; answers when it is durable. Throws its Problem when refused, 409 after five conflicts, 503 when the database fails. */
  submit(work: Work): Promise<Answer>;
  /** Waits until nothing is queued and refuses new work. */
  close(): Promise<void>;
  /** A snapshot as it was committed last, where no other process writes; undefined where it is not remembered. */
  known<S>(of: SnapshotKind<S>, id: string): S | undefined;
  /** Forgets a snapshot whose rows were changed past the pump, by hand: it is read again. */
  forget(of: SnapshotKind, id: string): void;
  /** Tells of every group that was committed. */
  onCommitted(hear: () => void): void;
  /** When the database was away: what the pump met, and what others met who read from it. */
  readonly outages: Outages;
  /** Counts since the start, for the metrics. */
  readonly counts: PumpCounts;
}

export interface PumpCounts {
  groups: number;
  commands: number;
  events: number;
  conflicts: number;
  failures: number;
  queued: number;
}

/**
 * The one commit pump of a node and database: groups what is waiting, decides in memory, commits once. Flushes at once when idle;
 * where a whole group waits, it is decided while the one before is written. A group is no larger than `largestGroup` commands.
 */
export function startPump(database: Database, largestGroup?: number): Pump {
  const queue: Queued[] = [];
  const patient: Queued[] = [];
  const cache = createSnapshotCache();
  const size = startGroupSize(database.isShared, largestGroup);
  const counts: PumpCounts = { groups: 0, commands: 0, events: 0, conflicts: 0, failures: 0, queued: 0 };
  const listeners: (() => void)[] = [];
  const outages = followOutages();
  let lastSize = 0;
  let running: Promise<void> | null = null;
  let closed = false;

  const laneOf = ({ work }: Queued) => (work.isPatient ? patient : queue);
  const waiting = () => queue.length + patient.length;

  async function run(): Promise<void> {
    let before: { group: readonly Queued[]; settled: Promise<void> } | null = null;
    try {
      while (waiting() > 0 || before) {
        // Whatever arrives in this turn of the event loop joins the group, and between groups requests and answers go on.
        await new Promise((resolve) => setImmediate(resolve));
        if (!before) await awaitCompany();
        // A small group gains more by waiting for company than by going on at once.
        const isFull = before !== null && waiting() >= size.most();
        const group: Queued[] = before && !isFull ? [] : takeGroup([queue, patient], size.most(), before?.group ?? []);
        if (group.length > 0) {
          lastSize = group.length;
          const { again } = await beginGroup(database, group, cache, size, counts, outages);
          await before?.settled;
          before = { group, settled: again.then(settled) };
        } else {
          await before?.settled;
          before = null;
        }
      }
    } finally {
      // In the very turn that finds the queue empty: a command that comes on the heels of an answer starts a run of its own.
      running = null;
    }
  }

  /** After a large group its senders are about to come back; where nobody does, the next few are not kept waiting again. */
  async function awaitCompany(): Promise<void> {
    if (lastSize < COMPANY.after) return;
    for (let ms = 0; ms < COMPANY.milliseconds && waiting() * 2 < lastSize; ms++)
      await new Promise((resolve) => setTimeout(resolve, 1));
  }

  function settled(again: Queued[]): void {
    for (const one of again.reverse()) laneOf(one).unshift(one);
    for (const hear of listeners) hear();
    counts.queued = waiting();
  }

  return {
    counts,
    onCommitted: (hear) => void listeners.push(hear),
    outages,
    known: <S>(of: SnapshotKind<S>, id: string) =>
      database.isShared ? undefined : (cache.find(of.kind, id)?.snapshot as S | undefined),
    forget: (_of, id) => cache.forget(id),
    submit(work) {
      if (closed)
        return Promise.reject(new Problem(503, 'STOPPING', 'The service is stopping; try again in a moment.'));
      return new Promise<Answer>((resolve, reject) => {
        const queued = { work, attempts: 0, resolve, reject };
        laneOf(queued).push(queued);
        running ??= run();
      });
    },
    async close() {
      closed = true;
      while (running) await running;
    },
  };
}

/** The first that wait, in order; what touches anything that is on its way waits, and so does whatever comes after it on the same. */
function takeGroup(lanes: readonly Queued[][], most: number, onTheWay: readonly Queued[]): Queued[] {
  const group: Queued[] = [];
  const blocked = new Set(onTheWay.flatMap(namesOf));
  for (const lane of lanes) {
    const kept: Queued[] = [];
    let looked = 0;
    for (; looked < lane.length && group.length < most; looked++) {
      const one = lane[looked] as Queued;
      const names = blocked.size > 0 ? namesOf(one) : [];
      if (names.some((name) => blocked.has(name))) {
        kept.push(one);
        for (const name of names) blocked.add(name);
      } else group.push(one);
    }
    lane.splice(0, looked, ...kept);
  }
  return group;
}

/** What a command may change or looks at, and the key it is known by. */
function namesOf({ work }: Queued): string[] {
  return [`key ${work.key}`, ...work.streams, ...(work.reads ?? []).flatMap(({ ids }) => ids)];
}

/** Decides a group and sends it off; answers, when it is settled, the commands that must be decided again. */
async function beginGroup(
  database: Database,
  group: readonly Queued[],
  cache: SnapshotCache,
  size: GroupSize,
  counts: PumpCounts,
  outages: Outages,
): Promise<{ again: Promise<Queued[]> }> {
  const failed = (error: unknown) => {
    counts.failures++;
    forget(group, cache);
    const problem = error instanceof Problem ? error : unavailable(error);
    if (!(error instanceof Problem))
      outages.refused(Math.min(...group.map(({ work }) => work.recordedAt)), group.length, error);
    for (const queued of group) queued.reject(problem);
    return [];
  };
  try {
    const watch = size.watch(group.length);
    const view = await loadGroup(
      database,
      group.map(({ work }) => work),
      cache,
    );
    watch.loaded();
    const { accepted, refused } = decideGroup(group, view);
    const units = toUnits(view, accepted);
    const sending = units.length > 0 ? sendGroup(database, units) : nothingSent;
    watch.sent();
    const finish = (sent: Sent) => finishGroup(group, { accepted, refused }, sent, view, cache, counts, outages);
    return { again: Promise.resolve(sending).then(finish).catch(failed) };
  } catch (error) {
    return { again: Promise.resolve(failed(error)) };
  }
}

const nothingSent: Sent = { taken: new Set(), broken: new Map() };

/** Tells everybody what became of their command; answers those that must be decided again. */
function finishGroup(
  group: readonly Queued[],
  { accepted, refused }: ReturnType<typeof decideGroup>,
  sent: Sent,
  view: LoadedGroup,
  cache: SnapshotCache,
  counts: PumpCounts,
  outages: Outages,
): Queued[] {
  const again = settle(accepted, sent, cache);
  view.keep(accepted.flatMap(({ queued, change }) => (sent.taken.has(queued.work.id) ? [change] : [])));
  // A refusal may rest on a neighbour's decision that did not come true: then it is asked again.
  const moved = new Set(again.flatMap(({ work }) => work.streams));
  for (const { queued, error } of refused) {
    if (queued.work.streams.some((stream) => moved.has(stream))) again.push(queued);
    else queued.reject(error);
  }
  counts.groups++;
  counts.conflicts += again.length;
  count(counts, accepted, sent);
  if (sent.taken.size > 0) outages.over(Math.max(...group.map(({ work }) => work.recordedAt)));
  return again;
}

function settle(accepted: readonly Accepted[], { taken, broken }: Sent, cache: SnapshotCache): Queued[] {
  const again: Queued[] = [];
  for (const { queued, change } of accepted) {
    const { work } = queued;
    if (taken.has(work.id)) {
      queued.resolve({ response: change.response, repeated: false });
      continue;
    }
    forget([queued], cache);
    const problem = broken.get(work.id);
    if (problem) queued.reject(problem);
    else if (++queued.attempts < MAX_ATTEMPTS) again.push(queued);
    else queued.reject(new Problem(409, 'CONFLICT', 'Others kept changing the same thing; load it again and repeat.'));
  }
  return again;
}

/** What is not known to be committed must be read again. */
function forget(group: readonly Queued[], cache: SnapshotCache): void {
  for (const { work } of group) for (const { ids } of work.reads ?? []) for (const id of ids) cache.forget(id);
}

function count(counts: PumpCounts, accepted: readonly Accepted[], { taken }: Sent): void {
  for (const { queued, change } of accepted) {
    if (!taken.has(queued.work.id)) continue;
    counts.commands++;
    counts.events += change.events.length;
  }
}
