import { randomUUID } from 'node:crypto';
import type { CaseCommand } from '../../../schemas/case-command.ts';
import type { CaseEventDraft } from '../../engine/index.ts';
import type { Answer } from '../commit/decide-group.ts';
import type { GroupView } from '../commit/group-view.ts';
import { newId } from '../commit/new-id.ts';
import type { Change, Work } from '../commit/pump.ts';
import type { RowChange } from '../commit/tables.ts';
import type { Organisation } from '../organisation.ts';
import { Problem } from '../problem.ts';
import { changeReadiness } from '../resources/follow-plan.ts';
import { joinChanges } from '../resources/resource-change.ts';
import { resourceSnapshots } from '../resources/resource-snapshots.ts';
import { type Decided, decideEvents, toPersonalRow } from './case-change.ts';
import { type CaseSnapshot, caseSnapshots } from './case-snapshots.ts';
import { checkCorrection, correctedAnswers } from './correct-answers.ts';
import { linkReads, noLinks, type PreparedLinks, prepareLinks, withRaised } from './linked-cases.ts';
import { forgetPrepared, type PreparedCase, prepareCase } from './prepare.ts';
import { sharedReads, sharedStreams } from './shared-reads.ts';

/** Who sends a command, and under which key a repeat is known. */
export interface Sender {
  actor: string;
  /** Idempotency key within the organisation; by default the command is its own. */
  key?: string;
  requestHash?: string;
  /** An advance that is no live ticker's takes what is due at this very instant too (C2). */
  takesDue?: boolean;
  /** Rows that the command's events bring along, in its own transaction. */
  alsoRows?(events: readonly CaseEventDraft[]): RowChange[];
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
      // An outcome may raise a support plan or an interest (P12), which is loaded for beforehand.
      const links = command.type === 'completeTask' ? await prepareLinks(organisation, prepared) : noLinks;
      return await organisation.pump.submit(toWork(organisation, prepared, command, sender, links));
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
export class StalePreparation extends Error {}

/** A command as the pump takes it. */
export function toWork(
  organisation: Organisation,
  prepared: PreparedCase,
  command: CaseCommand,
  sender: Sender & { revision?: number },
  links: PreparedLinks = noLinks,
): Work {
  const id = newId();
  const raised = linkReads(organisation, links, prepared);
  const subjects = prepared.subject === null ? [] : [prepared.subject];
  return {
    id,
    key: sender.key ?? id,
    actor: sender.actor,
    type: command.type,
    requestHash: sender.requestHash ?? '',
    recordedAt: organisation.clock.now(),
    streams: [prepared.id, ...subjects, ...sharedStreams(prepared), ...raised.streams],
    reads: [
      { of: caseSnapshots, ids: [prepared.id] },
      ...sharedReads(organisation, prepared),
      ...(raised.reads ?? []),
      ...(prepared.subject === null ? [] : [{ of: resourceSnapshots, ids: subjects }]),
    ],
    isOnce: sender.key === undefined,
    decide: (view) => decideOnCase(organisation, prepared, command, sender, view, links),
  };
}

function decideOnCase(
  organisation: Organisation,
  prepared: PreparedCase,
  command: CaseCommand,
  sender: Sender & { revision?: number },
  view: GroupView,
  links: PreparedLinks,
): Change {
  const snapshot = view.find(caseSnapshots, prepared.id);
  if (!snapshot) throw new Problem(404, 'NOT_FOUND', 'There is no such case.');
  if (isStale(prepared, snapshot)) throw new StalePreparation(`case ${prepared.id} moved on since it was prepared`);
  if (sender.revision !== undefined && sender.revision !== snapshot.revision) {
    throw new Problem(412, 'STALE', `The case is at revision ${snapshot.revision} by now: load it again.`);
  }
  if (command.type === 'correctAnswers') checkCorrection(prepared, command.answers, organisation.clock.now());
  const { actor, takesDue } = sender;
  const decided = decideEvents(organisation, prepared, snapshot.state, command, { actor, view, takesDue });
  const corrected =
    command.type === 'correctAnswers' ? storeCorrection(organisation, prepared, command.answers) : undefined;
  const fixed = corrected ? { ...snapshot.fixed, answersRef: corrected.ref } : snapshot.fixed;
  const by = { actor: sender.actor, view };
  const own = withRaised(organisation, prepared, links, { ...snapshot, fixed }, decided, by);
  const change = withReadiness(organisation, prepared, own, decided, sender.actor, view);
  const also = [...(corrected ? [corrected.row] : []), ...(sender.alsoRows?.(decided.events) ?? [])];
  return also.length > 0 ? { ...change, rows: [...also, ...change.rows] } : change;
}

/** An action plan that moves tells its resource, in the same transaction (P11). */
function withReadiness(
  { clock }: Organisation,
  { subject }: PreparedCase,
  change: Change,
  { state }: Decided,
  actor: string,
  view: GroupView,
): Change {
  const follows = subject === null ? undefined : changeReadiness(view, subject, state, { actor, at: clock.now() });
  return follows ? { ...joinChanges({ snapshots: [], ...change }, follows), response: change.response } : change;
}

function storeCorrection(organisation: Organisation, prepared: PreparedCase, changed: PreparedCase['answers']) {
  const ref = `answers:${randomUUID()}`;
  const row = toPersonalRow(prepared, ref, correctedAnswers(prepared.answers, changed), organisation.clock.now());
  return { ref, row };
}

function isStale(prepared: PreparedCase, { revision, fixed }: CaseSnapshot): boolean {
  // It may have been moved to another release (R5).
  if (prepared.bundle.release !== fixed.release) return true;
  return prepared.answersRef !== fixed.answersRef || (prepared.readAt !== null && prepared.readAt !== revision);
}
