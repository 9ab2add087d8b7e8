import type { CaseState } from '../../engine/index.ts';
import { type Database, isConstraint, WriterLostError } from '../db/connect.ts';
import { Problem } from '../problem.ts';
import { commitGroup, type GroupCommand, type GroupUnit, type StoredEvent } from './commit-group.ts';
import { type GroupView, loadGroup } from './group-view.ts';
import type { RowChange } from './tables.ts';

export const MAX_GROUP = 256;
const MAX_ATTEMPTS = 5;
const MAX_SENDS = 4;

/** What a decision changes. */
export interface Change {
  /** Streams that move, with the number of steps. Streams only depended on move by 0. */
  moves: readonly { stream: string; kind: string; by: number }[];
  events: StoredEvent[];
  rows: RowChange[];
  /** Case snapshots after the change, for later commands of the same group. */
  cases?: readonly { id: string; snapshot: CaseSnapshot }[];
  response: unknown;
}

/** A case as its row holds it. */
export interface CaseSnapshot {
  state: CaseState;
  revision: number;
  lastHash: string;
  /** The row's columns that no event carries. */
  fixed: {
    reference: string;
    workflow: string;
    release: number;
    customer: string | null;
    enquiry: string | null;
    sample: number;
    answersRef: string | null;
  };
}

/** One queued command: what it needs loaded and how it decides; `decide` is synchronous, and may be called again after a conflict. */
export interface Work {
  id: string;
  key: string;
  actor: string;
  type: string;
  requestHash: string;
  cases: readonly string[];
  streams: readonly string[];
  /** Answers the change; throws a Problem to refuse. */
  decide(view: GroupView): Change;
  recordedAt: number;
}

/** The answer of a command: that of the first time when it was a repeat. */
export interface Answer {
  response: unknown;
  repeated: boolean;
}

interface Queued {
  work: Work;
  attempts: number;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

export interface Pump {
  /** Queues a command; answers when it is durable. Throws its Problem when refused, 409 after five conflicts, 503 when the database fails. */
  submit(work: Work): Promise<Answer>;
  /** Waits until nothing is queued and refuses new work. */
  close(): Promise<void>;
}

/** The one commit pump of a database: groups what is waiting, decides in memory, commits once. Flushes at once when idle. */
export function startPump(database: Database): Pump {
  const queue: Queued[] = [];
  let running: Promise<void> | null = null;
  let closed = false;

  async function run(): Promise<void> {
    while (queue.length > 0) {
      const group = queue.splice(0, MAX_GROUP);
      const again = await runGroup(database, group);
      queue.unshift(...again);
    }
  }

  return {
    submit(work) {
      if (closed)
        return Promise.reject(new Problem(503, 'STOPPING', 'The service is stopping; try again in a moment.'));
      return new Promise<Answer>((resolve, reject) => {
        queue.push({ work, attempts: 0, resolve, reject });
        // Whatever arrives in this turn of the event loop joins the same group.
        running ??= Promise.resolve()
          .then(run)
          .finally(() => {
            running = null;
          });
      });
    },
    async close() {
      closed = true;
      while (running) await running;
    },
  };
}

async function runGroup(database: Database, group: readonly Queued[]): Promise<Queued[]> {
  try {
    const view = await loadGroup(
      database,
      group.map((queued) => queued.work),
    );
    const accepted = decideAll(group, view);
    if (accepted.length === 0) return [];
    return await commitAccepted(database, view, accepted);
  } catch (error) {
    const problem = error instanceof WriterLostError || !(error instanceof Problem) ? unavailable(error) : error;
    for (const queued of group) queued.reject(problem);
    return [];
  }
}

interface Accepted {
  queued: Queued;
  change: Change;
}

/** Decides in order; a refused command refuses only itself, a repeat gets its first answer. */
function decideAll(group: readonly Queued[], view: GroupView): Accepted[] {
  const accepted: Accepted[] = [];
  const keys = new Map<string, Accepted>();
  for (const queued of group) {
    const { work } = queued;
    try {
      const before = view.answered(work.key);
      if (before) {
        queued.resolve(repeatOf(work, before));
        continue;
      }
      const twin = keys.get(work.key);
      if (twin) {
        answerLike(queued, twin.queued);
        continue;
      }
      const change = work.decide(view);
      view.apply(change);
      const entry = { queued, change };
      keys.set(work.key, entry);
      accepted.push(entry);
    } catch (error) {
      queued.reject(error);
    }
  }
  return accepted;
}

/** The same key twice in one group: the second waits for the first's outcome. */
function answerLike(queued: Queued, first: Queued): void {
  const { resolve, reject } = first;
  first.resolve = (answer) => {
    resolve(answer);
    try {
      queued.resolve(
        repeatOf(queued.work, { requestHash: first.work.requestHash, response: JSON.stringify(answer.response) }),
      );
    } catch (error) {
      queued.reject(error);
    }
  };
  first.reject = (error) => {
    reject(error);
    queued.reject(error);
  };
}

function repeatOf(work: Work, before: { requestHash: string; response: string }): Answer {
  if (before.requestHash !== work.requestHash) {
    throw new Problem(
      422,
      'IDEMPOTENCY_KEY_REUSED',
      'This Idempotency-Key was used for another request: choose a new key.',
    );
  }
  return { response: JSON.parse(before.response), repeated: true };
}

async function commitAccepted(database: Database, view: GroupView, accepted: readonly Accepted[]): Promise<Queued[]> {
  const taken = await sendGroup(database, toUnits(view, accepted), accepted);
  const again: Queued[] = [];
  for (const { queued, change } of accepted) {
    if (taken.has(queued.work.id)) queued.resolve({ response: change.response, repeated: false });
    else if (++queued.attempts < MAX_ATTEMPTS) again.push(queued);
    else queued.reject(new Problem(409, 'CONFLICT', 'Others kept changing the same thing; load it again and repeat.'));
  }
  return again;
}

/** The same batch again after an unknown outcome: the guards make a second arrival harmless. */
async function sendGroup(
  database: Database,
  units: readonly GroupUnit[],
  accepted: readonly Accepted[],
): Promise<Set<string>> {
  for (let send = 1; ; send++) {
    try {
      return await commitGroup(database, units);
    } catch (error) {
      if (error instanceof WriterLostError) throw error;
      if (isConstraint(error)) return oneByOne(database, units, accepted, error);
      if (send >= MAX_SENDS) throw error;
      await new Promise((resolve) => setTimeout(resolve, 10 * 2 ** send * (1 + Math.random())));
    }
  }
}

/** A row that the database refuses is a mistake of ours in one command: its neighbours must not pay for it. */
async function oneByOne(
  database: Database,
  units: readonly GroupUnit[],
  accepted: readonly Accepted[],
  error: unknown,
): Promise<Set<string>> {
  const taken = new Set<string>();
  for (const unit of units) {
    try {
      for (const id of await commitGroup(database, [unit])) taken.add(id);
    } catch (cause) {
      if (!isConstraint(cause)) throw cause;
      const ids = new Set(unit.commands.map((command) => command.id));
      for (const { queued } of accepted) {
        if (!ids.has(queued.work.id)) continue;
        queued.attempts = MAX_ATTEMPTS;
        queued.reject(unavailable(error));
      }
    }
  }
  return taken;
}

function unavailable(cause: unknown): Problem {
  return new Problem(
    503,
    'DATABASE_UNAVAILABLE',
    'The database did not answer; nothing was confirmed. Repeat with the same Idempotency-Key.',
    { cause },
  );
}

/** Commands joined by shared streams make one unit, guarded by the streams' revisions at load. */
function toUnits(view: GroupView, accepted: readonly Accepted[]): GroupUnit[] {
  const unitOf = new Map<string, GroupUnit>();
  const units = new Set<GroupUnit>();
  for (const { queued, change } of accepted) {
    const unit: GroupUnit = { commands: [toCommand(queued.work, change)], streams: [] };
    for (const move of change.moves) {
      const other = unitOf.get(move.stream);
      if (!other)
        unit.streams.push({
          id: move.stream,
          kind: move.kind,
          base: view.base(move.stream),
          revision: view.revision(move.stream),
        });
      else if (units.delete(other)) {
        unit.commands.unshift(...other.commands);
        unit.streams.push(...other.streams);
        for (const stream of other.streams) unitOf.set(stream.id, unit);
      }
      unitOf.set(move.stream, unit);
    }
    units.add(unit);
  }
  return [...units];
}

function toCommand(work: Work, change: Change): GroupCommand {
  return {
    id: work.id,
    key: work.key,
    actor: work.actor,
    type: work.type,
    requestHash: work.requestHash,
    response: JSON.stringify(change.response ?? null),
    recordedAt: work.recordedAt,
    events: change.events,
    rows: change.rows,
  };
}
