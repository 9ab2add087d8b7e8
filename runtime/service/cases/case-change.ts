import type { CaseCommand } from '../../../schemas/case-command.ts';
import { type CaseEventDraft, type CaseState, type CompiledWorkflow, decide, givenBy } from '../../engine/index.ts';
import type { StoredEvent } from '../commit/commit-group.ts';
import type { GroupView } from '../commit/group-view.ts';
import type { Change } from '../commit/pump.ts';
import type { SnapshotChange } from '../commit/snapshots.ts';
import type { RowChange } from '../commit/tables.ts';
import { seal } from '../identity/secrets.ts';
import { toOutboxRow } from '../notify/outbox.ts';
import type { Organisation } from '../organisation.ts';
import { Problem } from '../problem.ts';
import { cursorSnapshots, cursorStream, cursorsIn } from './allocation-cursors.ts';
import { type CaseSnapshot, caseSnapshots } from './case-snapshots.ts';
import { toCommandEnv } from './command-env.ts';
import { chainEvent, FIRST_HASH } from './event-chain.ts';
import { toGivenUpRow } from './given-up.ts';
import { loadsIn, toLoadChange } from './load-guard.ts';
import type { PreparedCase } from './prepare.ts';
import { storedAfter } from './stored-state.ts';

/** What a command answers. */
export interface CommandAnswer {
  revision: number;
  events: { seq: number; type: string }[];
}

/** What a command leads to: its events, and the state after them as the engine evolved it. */
export interface Decided {
  events: readonly CaseEventDraft[];
  state: CaseState;
  /** The state before; null is a new case. */
  before: CaseState | null;
  /** What the decision saw of everything else. */
  view: GroupView;
  /** The drawing the case is under from now on, where it is another (R5). */
  bundle?: CompiledWorkflow;
}

/** Decides a command; throws 409 with the reason and what is allowed now, 422 for a date that no state would take (T11). */
export function decideEvents(
  organisation: Organisation,
  prepared: PreparedCase,
  state: CaseState | null,
  command: CaseCommand,
  by: { actor: string; view: GroupView; takesDue?: boolean | undefined },
): Decided {
  const { loads, lastAllocated } = loadsIn(organisation, by.view, prepared);
  const cursors = cursorsIn(by.view, prepared.bundle);
  const shared = { loads, lastAllocated, cursors, isLive: by.takesDue !== true };
  const env = toCommandEnv(organisation, prepared, command, by.actor, shared);
  const decision = decide(prepared.bundle, state, command, env);
  if (decision.ok) return { events: decision.events, state: decision.state, before: state, view: by.view };
  const { code, reason, allowed, cascade, moves } = decision.rejection;
  const more = { ...(cascade ? { cascade } : {}), ...(moves ? { moves } : {}) };
  // T11 names its own status: the dates asked for are what is wrong, not the state.
  const status = code === 'TASK_TARGET_AFTER_CASE_TARGET' ? 422 : 409;
  throw new Problem(status, code, reason, { allowed: cascade || moves ? { commands: allowed, ...more } : allowed });
}

/** Everything that new events change. `snapshot.revision` 0 is a new case. */
export function toChange(
  organisation: Organisation,
  prepared: PreparedCase,
  snapshot: Omit<CaseSnapshot, 'state'>,
  { events: drafts, state, before, view, bundle = prepared.bundle }: Decided,
): Change {
  const { id } = prepared;
  const events: StoredEvent[] = [];
  const rows: RowChange[] = [];
  let { revision, lastHash } = snapshot;
  for (const draft of drafts) {
    const event = chainEvent(id, ++revision, lastHash || FIRST_HASH, draft);
    events.push(event);
    lastHash = event.hash;
    addSideRows(rows, prepared, draft);
  }
  const stored = storedAfter(snapshot.stored, revision);
  const after: CaseSnapshot = { state, revision, lastHash, stored, fixed: snapshot.fixed };
  const turns = turnsTaken(organisation, drafts);
  const sides = [
    { bundle: prepared.bundle, state: before },
    { bundle, state },
  ] as const;
  const loads = toLoadChange(organisation, prepared, view, drafts, sides);
  return {
    moves: [
      { stream: id, kind: 'case', by: drafts.length },
      ...turns.map(({ id: stream }) => turn(stream)),
      ...loads.moves,
    ],
    events,
    rows,
    snapshots: events.length > 0 ? [{ of: caseSnapshots, id, snapshot: after }, ...turns, ...loads.snapshots] : [],
    response: { revision, events: events.map(({ seq, type }) => ({ seq, type })) } satisfies CommandAnswer,
  };
}

/** Round robin cursors as the events leave them: each a stream of its own that the command guards (L4). */
function turnsTaken(organisation: Organisation, drafts: readonly CaseEventDraft[]): SnapshotChange<string>[] {
  const last = new Map<string, string>();
  for (const draft of drafts) for (const { cursor } of givenBy(draft)) if (cursor) last.set(cursor.key, cursor.user);
  for (const [key, user] of last) organisation.cursors.set(key, user);
  return [...last].map(([key, user]) => ({ of: cursorSnapshots, id: cursorStream(key), snapshot: user }));
}

function turn(stream: string): Change['moves'][number] {
  return { stream, kind: cursorSnapshots.kind, by: 1 };
}

/** Rows that single events bring along: personal values, messages to send. */
function addSideRows(rows: RowChange[], prepared: PreparedCase, draft: CaseEventDraft): void {
  if (draft.personal)
    for (const [ref, value] of Object.entries(draft.personal))
      rows.push(toPersonalRow(prepared, ref, value, draft.recordedAt));
  // In the case's own transaction: a crash must not send a letter for an event that was never stored.
  if (draft.type === 'messageQueued') rows.push(toOutboxRow(prepared.id, draft.payload, draft.recordedAt));
  if (draft.type === 'ladderFact' && draft.payload.kind === 'actionGivenUp')
    rows.push(toGivenUpRow(prepared.id, draft.payload, draft.recordedAt));
}

export function toPersonalRow(
  { person, key }: Pick<PreparedCase, 'person' | 'key'>,
  ref: string,
  value: unknown,
  now: number,
): RowChange {
  return { table: 'personal_values', values: { ref, person, sealed: seal(key, ref, value), created_at: now } };
}
