import { randomUUID } from 'node:crypto';
import type { CaseCommand } from '../../../schemas/case-command.ts';
import { type CaseEventDraft, type CaseState, decide } from '../../engine/index.ts';
import type { StoredEvent } from '../commit/commit-group.ts';
import type { Answer } from '../commit/decide-group.ts';
import type { GroupView } from '../commit/group-view.ts';
import type { Change, Work } from '../commit/pump.ts';
import type { RowChange } from '../commit/tables.ts';
import { seal } from '../identity/secrets.ts';
import { toOutboxRow } from '../notify/outbox.ts';
import type { Organisation } from '../organisation.ts';
import { Problem } from '../problem.ts';
import { type CaseSnapshot, caseSnapshots } from './case-snapshots.ts';
import { chainEvent, FIRST_HASH } from './event-chain.ts';
import { forgetPrepared, type PreparedCase, prepareCase } from './prepare.ts';

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
  for (let attempt = 1; ; attempt++) {
    const prepared = await prepareCase(organisation, caseId);
    try {
      return await organisation.pump.submit(toWork(organisation, prepared, command, sender));
    } catch (error) {
      if (!(error instanceof StalePreparation)) throw error;
      if (attempt === MOST_PREPARATIONS)
        throw new Problem(409, 'CONFLICT', 'Others kept changing the same case; load it again and repeat.');
      forgetPrepared(organisation, caseId);
    }
  }
}

const MOST_PREPARATIONS = 5;

/** What was loaded for the decision is older than the case: load it again. */
class StalePreparation extends Error {}

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
    streams: [prepared.id],
    reads: [{ of: caseSnapshots, ids: [prepared.id] }],
    isOnce: sender.key === undefined,
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
  const snapshot = view.find(caseSnapshots, prepared.id);
  if (!snapshot) throw new Problem(404, 'NOT_FOUND', 'There is no such case.');
  if (isStale(prepared, snapshot)) throw new StalePreparation(`case ${prepared.id} moved on since it was prepared`);
  if (sender.revision !== undefined && sender.revision !== snapshot.revision) {
    throw new Problem(412, 'STALE', `The case is at revision ${snapshot.revision} by now: load it again.`);
  }
  const decided = decideEvents(organisation, prepared, snapshot.state, command, sender.actor);
  const corrected =
    command.type === 'correctAnswers' ? correctedAnswers(organisation, prepared, command.answers) : undefined;
  const fixed = corrected ? { ...snapshot.fixed, answersRef: corrected.ref } : snapshot.fixed;
  const change = toChange(organisation, prepared, { ...snapshot, fixed }, decided);
  return corrected ? { ...change, rows: [corrected.row, ...change.rows] } : change;
}

function correctedAnswers(organisation: Organisation, prepared: PreparedCase, changed: PreparedCase['answers']) {
  const ref = `answers:${randomUUID()}`;
  const row = toPersonalRow(prepared, ref, { ...prepared.answers, ...changed }, organisation.clock.now());
  return { ref, row };
}

function isStale(prepared: PreparedCase, { revision, fixed }: CaseSnapshot): boolean {
  return prepared.answersRef !== fixed.answersRef || (prepared.readAt !== null && prepared.readAt !== revision);
}

/** What a command leads to: its events, and the state after them as the engine evolved it. */
export interface Decided {
  events: readonly CaseEventDraft[];
  state: CaseState;
}

/** Decides a command; throws 409 with the reason and what is allowed now. */
export function decideEvents(
  organisation: Organisation,
  prepared: PreparedCase,
  state: CaseState | null,
  command: CaseCommand,
  actor: string,
): Decided {
  const decision = decide(prepared.bundle, state, command, {
    ...prepared.env,
    now: organisation.clock.now(),
    actor,
    ids: randomUUID,
    answers: prepared.answers,
    cursors: Object.fromEntries(organisation.cursors),
  });
  if (decision.ok) return decision;
  const { code, reason, allowed, cascade } = decision.rejection;
  throw new Problem(409, code, reason, { allowed: cascade ? { commands: allowed, cascade } : allowed });
}

/** Everything that new events change. `snapshot.revision` 0 is a new case. */
export function toChange(
  organisation: Organisation,
  prepared: PreparedCase,
  snapshot: Omit<CaseSnapshot, 'state'>,
  { events: drafts, state }: Decided,
): Change {
  const { id } = prepared;
  const events: StoredEvent[] = [];
  const rows: RowChange[] = [];
  let { revision, lastHash } = snapshot;
  for (const draft of drafts) {
    const event = chainEvent(id, ++revision, lastHash || FIRST_HASH, draft);
    events.push(event);
    lastHash = event.hash;
    rows.push(...sideRows(organisation, prepared, draft));
  }
  const after: CaseSnapshot = { state, revision, lastHash, fixed: snapshot.fixed };
  return {
    moves: [{ stream: id, kind: 'case', by: drafts.length }],
    events,
    rows,
    snapshots: events.length > 0 ? [{ of: caseSnapshots, id, snapshot: after }] : [],
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
