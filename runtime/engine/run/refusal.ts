import type { CaseCommandType } from '../../../schemas/case-command.ts';
import type { ItemId } from '../../../schemas/case-event.ts';
import { isAvailable, isFull } from '../allocate/staff.ts';
import { closingProblem, completionProblem, guardsOf, type MachineEvent } from './machine.ts';
import { barredFrom, weightOf } from './ownership.ts';
import type { Move, TaskState } from './types.ts';
import { caseItem, machineFor, splitItem, valueOfItem, type Work } from './work.ts';

/** Why a command was refused; the caller adds what is allowed instead. */
export interface Refusal {
  readonly code: string;
  readonly reason: string;
  readonly cascade?: readonly string[];
  readonly moves?: readonly Move[];
}

/** A refusal as data. */
export function refusal(code: string, reason: string): Refusal {
  return { code, reason };
}

const lifeWords: Readonly<Record<string, string>> = {
  notAdded: 'has not been added yet',
  pending: 'waits for its predecessors',
  notApplicable: 'is not applicable',
  ready: 'is ready to be started',
  inProgress: 'is in progress',
  onHold: 'is on hold',
  complete: 'is complete',
  bypassed: 'was bypassed',
  cancelled: 'was cancelled',
  open: 'is open',
  closed: 'is closed',
  new: 'has not been launched',
};

/** What a command cannot do, as the end of a sentence about the task or the case. */
const cannot: Readonly<Record<CaseCommandType, string>> = {
  launch: 'it cannot be launched',
  advance: 'nothing is due',
  startTask: 'it cannot be started',
  completeTask: 'it cannot be completed',
  holdTask: 'it cannot be put on hold',
  resumeTask: 'it cannot be resumed',
  bypassTask: 'it cannot be bypassed',
  cancelTask: 'it cannot be cancelled',
  reopenTask: 'it cannot be reopened',
  reassignTask: 'it cannot be reassigned',
  claimTask: 'it cannot be claimed',
  releaseTask: 'it cannot be released',
  delegateTask: 'it cannot be delegated',
  returnTask: 'it cannot be returned',
  addTask: 'no task can be added',
  retargetTask: 'its target cannot be changed',
  acknowledge: 'its escalation cannot be acknowledged',
  addNote: 'no note can be added',
  logContact: 'no contact can be logged',
  recordFields: 'its fields cannot be filled in',
  recordReferral: 'no referral can be recorded',
  attachDocument: 'no document can be attached',
  holdCase: 'it cannot be put on hold',
  resumeCase: 'it cannot be resumed',
  changeCaseOwner: 'its owner cannot be changed',
  linkCase: 'it cannot be linked',
  correctAnswers: 'its answers cannot be corrected',
  recordMoney: 'no amounts can be recorded',
  closeCase: 'it cannot be closed',
  cancelCase: 'it cannot be cancelled',
  reopenCase: 'it cannot be reopened',
};

/** The sentence for an event that a machine did not take: what its guard found, else the state it is in. */
export function machineRefusal(work: Work, item: ItemId, event: MachineEvent, command: CaseCommandType): Refusal {
  const value = valueOfItem(work, item);
  const config = machineFor(work, item);
  const what =
    item === caseItem ? 'The case' : `Task ${work.state.tasks[splitItem(item)[1]]?.title ?? splitItem(item)[1]}`;
  for (const { type, params = {} } of config ? guardsOf(config, value, event.type) : []) {
    const found = guardRefusal(type, event, params, what, work);
    if (found) return found;
  }
  const life = typeof value === 'string' ? value : String(value['life']);
  return refusal('COMMAND_NOT_ALLOWED', `${what} ${lifeWords[life] ?? life}, so ${cannot[command]}.`);
}

function guardRefusal(
  guard: string,
  event: MachineEvent,
  params: Readonly<Record<string, unknown>>,
  what: string,
  work: Work,
): Refusal | undefined {
  const listed = (value: unknown): string => (Array.isArray(value) && value.length > 0 ? value.join(', ') : 'none');
  const owner = String(event['owner'] ?? '');
  switch (guard) {
    case 'completionInOrder':
      return sentence('COMPLETION_REFUSED', `${what} cannot be completed`, completionProblem(event, params));
    case 'mayClose':
      return sentence('CLOSING_REFUSED', `${what} cannot be closed`, closingProblem(event, params));
    case 'notMandatory':
      return refusal('MANDATORY_TASK', `${what} is mandatory, so it cannot be bypassed.`);
    case 'reasonKnown':
      return refusal(
        'UNKNOWN_REASON',
        `"${event['reason']}" is not a reason for a hold here; there are: ${listed(params['reasons'])}.`,
      );
    case 'reasonGiven':
      return refusal('REASON_REQUIRED', `${what} can be cancelled only with a reason.`);
    case 'reasonActive':
      return refusal('REASON_NOT_ACTIVE', `${what} is not on hold for that reason.`);
    case 'unclaimed':
      return refusal(
        'ALREADY_CLAIMED',
        `${what} already belongs to ${work.env.directory.users[owner]?.name ?? owner}.`,
      );
    case 'hasOwner':
      return refusal('NOT_OWNED', `${what} belongs to nobody, so there is nothing to release.`);
    case 'notDelegated':
      return refusal('ALREADY_DELEGATED', `${what} is delegated already; it must be returned first.`);
    case 'isDelegated':
      return refusal('NOT_DELEGATED', `${what} is not delegated.`);
    default:
      return undefined;
  }
}

function sentence(code: string, start: string, problem: string | undefined): Refusal | undefined {
  return problem === undefined ? undefined : refusal(code, `${start}: ${problem}.`);
}

/** Where work goes that is given by hand: `group:KEY`, `role:KEY`, or a person who may have it (L3, L10). */
export function findOwner(
  work: Work,
  to: string,
  task: TaskState | undefined,
): { owner: string | null; group: string | null } | Refusal {
  const queue = /^(?:group|role):(.+)$/.exec(to)?.[1];
  if (queue !== undefined) {
    if (!Object.hasOwn(work.bundle.teams, queue)) return refusal('UNKNOWN_TEAM', `There is no team "${queue}".`);
    return { owner: null, group: queue };
  }
  const person = Object.hasOwn(work.env.directory.users, to) ? work.env.directory.users[to] : undefined;
  if (!person?.active) return refusal('UNKNOWN_USER', `"${to}" is not an active member of staff.`);
  if (!isAvailable(work.env.directory, to, work.env.now))
    return refusal('NOT_ELIGIBLE', `${person.name} is absent now; choose their cover or a team.`);
  // Who takes work for themselves knows what they can carry.
  const takesMore = task !== undefined && to !== task.owner && to !== work.env.actor;
  if (takesMore && isFull(work.env.directory, to, work.loads[to] ?? 0, weightOf(work, task)))
    return refusal('NOT_ELIGIBLE', `${person.name} has no capacity left; choose somebody else or a team.`);
  if (barredFrom(work, task).includes(to))
    return refusal('NOT_ELIGIBLE', `${person.name} did the work this task must be kept apart from.`);
  return { owner: to, group: task?.group ?? null };
}
