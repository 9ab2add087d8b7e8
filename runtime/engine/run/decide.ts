import type { CaseCommand, CaseCommandType } from '../../../schemas/case-command.ts';
import type { CompiledWorkflow } from '../compile/compiled-workflow.ts';
import { advanceTo } from './advance.ts';
import { allowedForCase, allowedForTask } from './allowed.ts';
import * as life from './commands/case-life.ts';
import type { Handler } from './commands/handler.ts';
import { retargetTask } from './commands/retarget.ts';
import { recordFields } from './commands/task-fields.ts';
import * as task from './commands/task-life.ts';
import * as owner from './commands/task-owner.ts';
import { carryOutFirings } from './firings.ts';
import { planReleases } from './planner.ts';
import { type Refusal, refusal } from './refusal.ts';
import { brokenBy } from './releases.ts';
import { keepTime } from './timekeeping.ts';
import type { CaseState, DecideEnv, Decision } from './types.ts';
import { caseItem, emit, newWork, tryStep, type Work } from './work.ts';

const handlers: { [T in CaseCommandType]: Handler<T> } = {
  launch: life.launch,
  advance: () => undefined,
  startTask: task.startTask,
  completeTask: task.completeTask,
  holdTask: task.holdTask,
  resumeTask: task.resumeTask,
  bypassTask: task.bypassTask,
  cancelTask: task.cancelTask,
  reopenTask: task.reopenTask,
  reassignTask: owner.reassignTask,
  claimTask: owner.claimTask,
  releaseTask: owner.releaseTask,
  delegateTask: owner.delegateTask,
  returnTask: owner.returnTask,
  addTask: owner.addTask,
  retargetTask,
  acknowledge: owner.acknowledge,
  addNote: task.addNote,
  logContact: task.logContact,
  recordFields,
  recordReferral: task.recordReferral,
  attachDocument: task.attachDocument,
  holdCase: life.holdCase,
  resumeCase: life.resumeCase,
  changeCaseOwner: life.changeCaseOwner,
  linkCase: life.linkCase,
  correctAnswers: life.correctAnswers,
  recordMoney: life.recordMoney,
  closeCase: life.closeCase,
  cancelCase: life.cancelCase,
  reopenCase: life.reopenCase,
};

/**
 * What a command leads to (P8, C3): first everything due before it, then what the machines make of the command, then what may
 * start because of it, to a fixpoint. Pure: the same bundle, state, command and environment give the same events. Throws
 * RangeError when the environment lacks a calendar of the workflow.
 */
export function decide(
  bundle: CompiledWorkflow,
  state: CaseState | null,
  command: CaseCommand,
  env: DecideEnv,
): Decision {
  if (state === null && command.type !== 'launch') {
    return {
      ok: false,
      rejection: { ...refusal('NOT_LAUNCHED', 'The case has not been launched.'), allowed: ['launch'] },
    };
  }
  const work = newWork(bundle, state, command, env);
  if (state !== null && command.type === 'launch') {
    return rejected(work, state, refusal('ALREADY_LAUNCHED', 'The case is launched already.'));
  }
  if (state !== null) advanceTo(work, command.type === 'advance' && env.isLive !== true);
  const refused = caseRefusal(work) ?? (handlers[command.type] as Handler<CaseCommandType>)(work, command);
  if (refused) return rejected(work, state, refused);
  if (command.type !== 'advance') follow(work);
  keepTime(work);
  return { ok: true, events: work.drafts, state: work.state };
}

/** What follows from the command: starts, firings and their actions, and facts a retroactive start put into the past. */
function follow(work: Work): void {
  do planReleases(work);
  while (carryOutFirings(work));
  advanceTo(work, false);
  if (work.drafts.some(({ type }) => type === 'taskReopened' || type === 'taskAdded')) flagOutOfSequence(work);
}

/** Work that was begun stands, and says so, when what should have come first is open again or was added later (S7). */
function flagOutOfSequence(work: Work): void {
  for (const task of Object.values(work.state.tasks)) {
    if (task.startedAt === null || task.flags.includes('outOfSequence')) continue;
    const before = [...new Set(brokenBy(work, task))];
    if (before.length > 0) emit(work, 'taskOutOfSequence', { task: task.id, before });
  }
}

/** Commands that the history of an ended case still takes on its tasks. */
const afterwards: Partial<Record<CaseCommandType, string>> = {
  addNote: 'NOTE',
  logContact: 'CONTACT',
  attachDocument: 'ATTACH',
};

/** A command on a task needs that task, and a case that still lives. */
function caseRefusal(work: Work): Refusal | undefined {
  const { command } = work;
  if (!('task' in command) || command.task === undefined) return undefined;
  if (!Object.hasOwn(work.state.tasks, command.task))
    return refusal('UNKNOWN_TASK', `There is no task "${command.task}" in this case.`);
  if (tryStep(work, caseItem, { type: afterwards[command.type] ?? 'TASK_COMMAND' })) return undefined;
  return refusal('CASE_NOT_OPEN', `The case is ${work.state.status}, so its tasks cannot be worked.`);
}

function rejected(work: Work, state: CaseState | null, { code, reason, cascade, moves }: Refusal): Decision {
  const { command, bundle, env } = work;
  const id = 'task' in command ? command.task : undefined;
  // The refused command may have moved the machines on paper: ask them as they stood.
  const before = newWork(bundle, state, command, env);
  const allowed =
    id !== undefined && state && Object.hasOwn(state.tasks, id) ? allowedForTask(before, id) : allowedForCase(before);
  const more = { ...(cascade ? { cascade } : {}), ...(moves ? { moves } : {}) };
  return { ok: false, rejection: { code, reason, allowed, ...more } };
}
