import { Problem } from '../problem.ts';
import type { GroupCommand, GroupUnit } from './commit-group.ts';
import type { LoadedGroup } from './group-view.ts';
import type { Change, Work } from './pump.ts';

/** The answer of a command: that of the first time when it was a repeat. */
export interface Answer {
  response: unknown;
  repeated: boolean;
}

export interface Queued {
  work: Work;
  attempts: number;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

export interface Accepted {
  queued: Queued;
  change: Change;
}

/** Decides in order; a refused command refuses only itself, a repeat gets its first answer. */
export function decideGroup(
  group: readonly Queued[],
  view: LoadedGroup,
): { accepted: Accepted[]; refused: { queued: Queued; error: unknown }[] } {
  const accepted: Accepted[] = [];
  const refused: { queued: Queued; error: unknown }[] = [];
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
      refused.push({ queued, error });
    }
  }
  return { accepted, refused };
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

/** Commands joined by shared streams make one unit, guarded by the streams' revisions at load. */
export function toUnits(view: LoadedGroup, accepted: readonly Accepted[]): GroupUnit[] {
  const unitOf = new Map<string, Unit>();
  const units = new Set<Unit>();
  for (const entry of accepted) {
    const unit: Unit = { entries: [entry], streams: [] };
    for (const { stream, kind } of entry.change.moves) {
      const other = unitOf.get(stream);
      if (!other) unit.streams.push({ id: stream, kind, base: view.base(stream), revision: view.revision(stream) });
      else if (units.delete(other)) {
        unit.entries.unshift(...other.entries);
        unit.streams.push(...other.streams);
        for (const { id } of other.streams) unitOf.set(id, unit);
      }
      unitOf.set(stream, unit);
    }
    units.add(unit);
  }
  return [...units].map(({ entries, streams }) => ({
    commands: entries.map(({ queued, change }) => toCommand(queued.work, change)),
    streams,
    rows: view.rowsOf(entries.map(({ change }) => change)),
  }));
}

interface Unit {
  entries: Accepted[];
  streams: GroupUnit['streams'];
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
