import type { CaseCommandType } from '../../../schemas/case-command.ts';
import type { ItemId } from '../../../schemas/case-event.ts';
import type { CompiledWorkflow } from '../compile/compiled-workflow.ts';
import { nextTaskId } from './add-task.ts';
import { completionEvent, reopenEvent } from './commands/task-life.ts';
import { ownerEvent } from './commands/task-owner.ts';
import { guardsOf, type MachineEvent, stepMachine } from './machine.ts';
import { timeOf } from './timekeeping.ts';
import type { AllowedCommands, CaseState, DecideEnv } from './types.ts';
import { caseItem, machineFor, newWork, taskItem, taskOf, valueOfItem, type Work } from './work.ts';

/** The commands that the case and each of its tasks take now, as their machines say; what they need is filled in kindly. */
export function allowedCommands(bundle: CompiledWorkflow, state: CaseState | null, env: DecideEnv): AllowedCommands {
  const work = workFor(bundle, state, env);
  if (state === null) return { case: ['launch'], tasks: {}, addable: [] };
  const tasks = Object.keys(state.tasks).map((id) => [id, allowedForTask(work, id)] as const);
  const addable = bundle.order.filter((node) => nextTaskId(work, node) !== undefined);
  return {
    case: allowedForCase(work).filter((type) => type !== 'addTask' || addable.length > 0),
    tasks: Object.fromEntries(tasks),
    addable: takes(work, caseItem, { type: 'ADD_TASK' }) ? addable : [],
  };
}

function workFor(bundle: CompiledWorkflow, state: CaseState | null, env: DecideEnv): Work {
  const work = newWork(bundle, state, { type: 'advance' }, env);
  work.at = env.now;
  return work;
}

const caseEvents: readonly (readonly [CaseCommandType, string])[] = [
  ['addNote', 'NOTE'],
  ['logContact', 'CONTACT'],
  ['attachDocument', 'ATTACH'],
  ['linkCase', 'LINK'],
  ['correctAnswers', 'CORRECT'],
  ['recordMoney', 'MONEY'],
  ['addTask', 'ADD_TASK'],
  ['changeCaseOwner', 'CHANGE_OWNER'],
  ['holdCase', 'HOLD'],
  ['resumeCase', 'RESUME'],
  ['closeCase', 'CLOSE'],
  ['cancelCase', 'CANCEL'],
  ['reopenCase', 'REOPEN'],
];

/** Commands the case itself takes now. */
export function allowedForCase(work: Work): CaseCommandType[] {
  if (work.state.revision === 0) return ['launch'];
  const kindly = { reason: true, outcome: null, mandatoryOpen: [] };
  const hasMoney = Object.keys(work.bundle.workflow.money ?? {}).length > 0;
  const offered = caseEvents.filter(([command]) => command !== 'recordMoney' || hasMoney);
  const allowed = offered.filter(([, type]) =>
    takes(work, caseItem, type === 'HOLD' ? holdEvent(work, caseItem) : { type, ...kindly }),
  );
  return allowed.map(([command]) => command);
}

/** Commands one task takes now. */
export function allowedForTask(work: Work, id: string): CaseCommandType[] {
  const item = taskItem(id);
  const isLive = takes(work, caseItem, { type: 'TASK_COMMAND' });
  const isKept = takes(work, caseItem, { type: 'NOTE' });
  return taskEvents(work, id).flatMap(([command, event]) => {
    const caseAllows = event.type === 'NOTE' || event.type === 'CONTACT' || event.type === 'ATTACH' ? isKept : isLive;
    return caseAllows && takes(work, item, event) ? [command] : [];
  });
}

function taskEvents(work: Work, id: string): [CaseCommandType, MachineEvent][] {
  const hasLadder = timeOf(work, taskItem(id)).ladder !== null;
  const hasFields = Object.keys(work.bundle.tasks[taskOf(work, id).node]?.task.fields ?? {}).length > 0;
  const held = Object.keys(taskOf(work, id).holds).length > 0;
  const started = taskOf(work, id).startedAt !== null;
  return [
    ['startTask', { type: 'START' }],
    ['completeTask', kindCompletion(work, id)],
    ['holdTask', holdEvent(work, taskItem(id))],
    ['resumeTask', { type: 'RESUME', isActive: held, remaining: 0, started }],
    ['bypassTask', { type: 'BYPASS' }],
    ['cancelTask', { type: 'CANCEL', reason: true }],
    ['reopenTask', reopenEvent(work, id)],
    ['reassignTask', { type: 'REASSIGN' }],
    ['claimTask', ownerEvent(work, 'CLAIM', id)],
    ['releaseTask', ownerEvent(work, 'RELEASE_OWNER', id)],
    ['delegateTask', ownerEvent(work, 'DELEGATE', id)],
    ['returnTask', ownerEvent(work, 'RETURN', id)],
    ['retargetTask', { type: 'RETARGET' }],
    ...(hasLadder ? [['acknowledge', { type: 'ACKNOWLEDGE' }] as [CaseCommandType, MachineEvent]] : []),
    ...(hasFields ? [['recordFields', { type: 'FIELDS' }] as [CaseCommandType, MachineEvent]] : []),
    ['addNote', { type: 'NOTE' }],
    ['logContact', { type: 'CONTACT' }],
    ['recordReferral', { type: 'REFER' }],
    ['attachDocument', { type: 'ATTACH' }],
  ];
}

/** A completion with an outcome and every field the guard asks for: allowed says that the form may be filled in. */
function kindCompletion(work: Work, id: string): MachineEvent {
  const event = completionEvent(work, { type: 'completeTask', task: id });
  const params = paramsOf(work, taskItem(id), 'COMPLETE');
  const outcomes = (params['outcomes'] ?? []) as string[];
  return { ...event, outcome: outcomes[0] ?? null, fields: params['mandatoryFields'] ?? [], wrongFields: [] };
}

function holdEvent(work: Work, item: ItemId): MachineEvent {
  const reasons = (paramsOf(work, item, 'HOLD')['reasons'] ?? []) as string[];
  return { type: 'HOLD', reason: reasons[0] };
}

function paramsOf(work: Work, item: ItemId, event: string): Readonly<Record<string, unknown>> {
  const config = machineFor(work, item);
  return (config ? guardsOf(config, valueOfItem(work, item), event) : [])[0]?.params ?? {};
}

function takes(work: Work, item: ItemId, event: MachineEvent): boolean {
  const config = machineFor(work, item);
  return config !== undefined && stepMachine(config, valueOfItem(work, item), event) !== null;
}
