import { randomUUID } from 'node:crypto';
import type { CaseCommand } from '../../../schemas/case-command.ts';
import { type CaseEventDraft, type CaseState, decide, evolve } from '../../engine/index.ts';
import type { StoredEvent } from '../commit/commit-group.ts';
import type { GroupView } from '../commit/group-view.ts';
import type { Answer, CaseSnapshot, Change, Work } from '../commit/pump.ts';
import type { RowChange } from '../commit/tables.ts';
import { seal } from '../identity/secrets.ts';
import { toOutboxRow } from '../notify/outbox.ts';
import type { Organisation } from '../organisation.ts';
import { Problem } from '../problem.ts';
import { toCaseChange, toTaskChanges } from './case-rows.ts';
import { chainEvent, FIRST_HASH, toCaseEvent } from './event-chain.ts';
import { type PreparedCase, prepareCase } from './prepare.ts';

/** Who sends a command, and under which key a repeat is known. */
export interface Sender {
  actor: string;
  /** Idempotency key within the organisation; by default the command is its own. */
  key?: string;
  requestHash?: string;
}

/** What a command answers. */
export interface CommandAnswer {
  revision: number;
  events: { seq: number; type: string }[];
}

/** Sends one command to a case; `revision` refuses with 412 when the case has moved on. */
export async function commandCase(
  organisation: Organisation,
  caseId: string,
  command: CaseCommand,
  sender: Sender & { revision?: number },
): Promise<Answer> {
  const prepared = await prepareCase(organisation, caseId);
  return organisation.pump.submit(toWork(organisation, prepared, command, sender));
}

/** A command as the pump takes it. */
export function toWork(
  organisation: Organisation,
  prepared: PreparedCase,
  command: CaseCommand,
  sender: Sender & { revision?: number },
): Work {
  const id = randomUUID();
  return {
    id,
    key: sender.key ?? id,
    actor: sender.actor,
    type: command.type,
    requestHash: sender.requestHash ?? '',
    recordedAt: organisation.clock.now(),
    cases: [prepared.id],
    streams: [prepared.id],
    decide: (view) => decideOnCase(organisation, prepared, command, sender, view),
  };
}

function decideOnCase(
  organisation: Organisation,
  prepared: PreparedCase,
  command: CaseCommand,
  sender: Sender & { revision?: number },
  view: GroupView,
): Change {
  const snapshot = view.caseOf(prepared.id);
  if (!snapshot) throw new Problem(404, 'NOT_FOUND', 'There is no such case.');
  if (sender.revision !== undefined && sender.revision !== snapshot.revision) {
    throw new Problem(412, 'STALE', `The case is at revision ${snapshot.revision} by now: load it again.`);
  }
  const drafts = decideEvents(organisation, prepared, snapshot.state, command, sender.actor);
  const corrected =
    command.type === 'correctAnswers' ? correctedAnswers(organisation, prepared, command.answers) : undefined;
  const fixed = corrected ? { ...snapshot.fixed, answersRef: corrected.ref } : snapshot.fixed;
  const change = toChange(organisation, prepared, { ...snapshot, fixed }, drafts);
  return corrected ? { ...change, rows: [corrected.row, ...change.rows] } : change;
}

function correctedAnswers(organisation: Organisation, prepared: PreparedCase, changed: PreparedCase['answers']) {
  const ref = `answers:${randomUUID()}`;
  const row = toPersonalRow(prepared, ref, { ...prepared.answers, ...changed }, organisation.clock.now());
  return { ref, row };
}

/** The events of a command; throws 409 with the reason and what is allowed now. */
export function decideEvents(
  organisation: Organisation,
  prepared: PreparedCase,
  state: CaseState | null,
  command: CaseCommand,
  actor: string,
): readonly CaseEventDraft[] {
  const decision = decide(prepared.bundle, state, command, {
    ...prepared.env,
    now: organisation.clock.now(),
    actor,
    ids: randomUUID,
    answers: prepared.answers,
    cursors: Object.fromEntries(organisation.cursors),
  });
  if (decision.ok) return decision.events;
  const { code, reason, allowed, cascade } = decision.rejection;
  throw new Problem(409, code, reason, { allowed: cascade ? { commands: allowed, cascade } : allowed });
}

/** Everything that new events change in the rows. `snapshot.revision` 0 with no state is a new case. */
export function toChange(
  organisation: Organisation,
  prepared: PreparedCase,
  snapshot: Omit<CaseSnapshot, 'state'> & { state: CaseState | null },
  drafts: readonly CaseEventDraft[],
): Change {
  const { id } = prepared;
  const events: StoredEvent[] = [];
  const rows: RowChange[] = [];
  let { state, revision, lastHash } = snapshot;
  for (const draft of drafts) {
    const event = chainEvent(id, ++revision, lastHash || FIRST_HASH, draft);
    events.push(event);
    lastHash = event.hash;
    state = evolve(state, toCaseEvent(event));
    rows.push(...sideRows(organisation, prepared, draft));
  }
  if (!state) throw new Error(`a case needs events to begin with: case ${id} got none`);
  const after: CaseSnapshot = { state, revision, lastHash, fixed: snapshot.fixed };
  return {
    moves: [{ stream: id, kind: 'case', by: drafts.length }],
    events,
    rows: [...rows, toCaseChange(id, after), ...toTaskChanges(id, snapshot.state, state)],
    cases: [{ id, snapshot: after }],
    response: { revision, events: events.map(({ seq, type }) => ({ seq, type })) } satisfies CommandAnswer,
  };
}

/** Rows that single events bring along: personal values, messages to send, round robin cursors. */
function sideRows(organisation: Organisation, prepared: PreparedCase, draft: CaseEventDraft): RowChange[] {
  const rows = Object.entries(draft.personal ?? {}).map(([ref, value]) =>
    toPersonalRow(prepared, ref, value, draft.recordedAt),
  );
  // In the case's own transaction: a crash must not send a letter for an event that was never stored.
  if (draft.type === 'messageQueued') rows.push(toOutboxRow(prepared.id, draft.payload, draft.recordedAt));
  if (draft.type === 'allocated' && draft.payload.cursor) {
    const { key, user } = draft.payload.cursor;
    organisation.cursors.set(key, user);
    rows.push({ table: 'allocation_cursors', values: { team: key, last_user: user } });
  }
  return rows;
}

export function toPersonalRow(
  { person, key }: Pick<PreparedCase, 'person' | 'key'>,
  ref: string,
  value: unknown,
  now: number,
): RowChange {
  return { table: 'personal_values', values: { ref, person, sealed: seal(key, ref, value), created_at: now } };
}
