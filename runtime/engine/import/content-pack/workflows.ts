import type { z } from 'zod';
import type { OwnerRules } from '../../../../schemas/allocation.ts';
import type { Recurrence, TaskDocument } from '../../../../schemas/task.ts';
import type {
  Activation,
  AdviceRule,
  Link,
  StatutoryClock,
  TaskNode,
  WorkflowCategory,
  WorkflowDocument,
} from '../../../../schemas/workflow.ts';
import { wordsOfClock } from './clocks.ts';
import { caseOwners, toWords } from './labels.ts';
import { toActivationRule, toCondition, toOwner, toPeriod } from './notation.ts';
import type { ContentPack, PackClock, PackTask, PackWorkflow } from './pack.ts';

export const LABEL = 'Example for England, not legal advice.';
const holdReasons = {
  'awaiting-applicant': { order: 1, label: 'Awaiting applicant' },
  'awaiting-third-party': { order: 2, label: 'Awaiting another organisation' },
  'awaiting-court': { order: 3, label: 'Awaiting a court' },
};
const categories: Record<string, z.infer<typeof WorkflowCategory>> = {
  'housing-options': 'housing-options',
  'support:Assessment': 'support-assessment',
  'support:Support Plan': 'support-plan',
  'services-resource:Professional Training': 'action-plan',
};

/** Task types by what the pack's name says; the pack leaves them open. */
const typeWords: [RegExp, TaskDocument['type']][] = [
  [/call|contact/i, 'call'],
  [/visit|inspection|inspect|investigation|check for return/i, 'visit'],
  [/notice|letter|acknowledge|send|summary|tell/i, 'letter'],
  [/decision|approve|approval|outcome/i, 'decision'],
  [/referral|agency|refer/i, 'agency'],
  [/assessment|interview|session|plan and goals/i, 'interview'],
  [/check|review|screen|verify|test/i, 'check'],
];

/** The SLA of a pack period: hours are elapsed (24x7), days count to close of business. */
function toSla(text: string, amber?: string): TaskDocument['sla'] {
  const target = toPeriod(text);
  return {
    target: target.unit === 'hours' ? { ...target, calendar: '24x7' } : target,
    ...(amber ? { amber: { before: toPeriod(amber) } } : {}),
  };
}

function toRecurrence(task: PackTask): { recurrence?: Recurrence } {
  if (!task.recur) return {};
  const outcome = task.recur.until.replace(/^outcome=/, '');
  return {
    recurrence: {
      every: toPeriod(task.recur.every),
      anchor: task.recur.anchor,
      until: { outcome },
      max: task.recur.max,
      overlap: 'no',
    },
  };
}

function toOutcomes(task: PackTask): TaskDocument['outcomes'] {
  if (task.outcomes) {
    return Object.fromEntries(
      task.outcomes.map((key, order) => [
        key,
        {
          order,
          label: toWords(key),
          kind: 'neutral' as const,
          ...(key === 'short' || key === 'intensive' ? { raises: 'SP' } : {}),
        },
      ]),
    );
  }
  if (!task.recur) return {};
  const last = task.recur.until.replace(/^outcome=/, '');
  return {
    done: { order: 0, label: 'Done, goes on', kind: 'neutral' },
    [last]: { order: 1, label: toWords(last), kind: 'success' },
    // A review of a plan may lead to a course.
    ...(task.code === 'SP04'
      ? {
          training: { order: 2, label: 'Goes on, with training', kind: 'neutral' as const, raisesInterest: 'TRAINING' },
        }
      : {}),
  };
}

/** The pack's task as a reusable task document; owner and SLA are its own, the node only places it. */
export function toTaskDocument(task: PackTask): TaskDocument {
  const type = typeWords.find(([words]) => words.test(task.name))?.[1] ?? 'other';
  return {
    kind: 'task',
    format: 1,
    key: task.code,
    title: task.name,
    ...(task.note ? { description: toWords(task.note) } : {}),
    type,
    sla: toSla(task.sla, task.amber),
    ladder: task.ladder,
    ownerRules: toOwnerRules(task.owner),
    repeatable: task.repeatable ?? false,
    ...toRecurrence(task),
    fields: {},
    outcomes: toOutcomes(task),
    checklist: {},
    holdReasons,
    source: task.source,
  };
}

function toOwnerRules(owner: string): OwnerRules {
  return { default: { order: 1, to: toOwner(owner) } };
}

function toActivation(text: string): Activation {
  if (text === 'auto') return 'automatic';
  if (text === 'manual') return 'manual';
  return { when: toActivationRule(text.replace(/^rule: /, '')) };
}

function toNode(task: PackTask, order: number): TaskNode {
  return {
    type: 'task',
    order,
    task: task.code,
    activation: toActivation(task.activation),
    mandatory: task.mandatory === 1,
    ...(task.outsideSla ? { outsideSla: true } : {}),
    source: task.source,
  };
}

function toLinks(tasks: readonly PackTask[]): Record<string, Link> {
  const links = tasks.flatMap((task) =>
    Object.entries(task.preds).map(([from, lag]): [string, Omit<Link, 'order'>] => [
      `${from}-${task.code}`,
      {
        from,
        to: task.code,
        type: 'FS',
        ...(lag === '0' ? {} : { lag: { ...toPeriod(lag), basis: 'elapsed' as const } }),
      },
    ]),
  );
  return Object.fromEntries(links.map(([key, link], order) => [key, { order, ...link }]));
}

function toClock(clock: PackClock, order: number): StatutoryClock {
  const when = clock.when && toCondition(clock.when);
  return {
    order,
    anchor: clock.anchor,
    ...(clock.each ? { each: true } : {}),
    ...(when ? { when } : {}),
    period: {
      value: clock.period.value,
      unit: clock.period.unit,
      ...(clock.period.dayOne ? { dayOne: clock.period.dayOne } : {}),
      ...(clock.period.dueAt ? { dueAt: clock.period.dueAt } : {}),
    },
    ...(clock.mustContain ? { mustContain: clock.mustContain } : {}),
    onEnd: clock.onEnd,
    source: clock.source,
    ...wordsOfClock(clock.key, clock.ladder),
  };
}

/** Workflows a statement of this scope belongs to; `SU` means both support workflows. */
export function workflowsOf(scope: string): string[] {
  return scope === 'SU' ? ['SA', 'SP'] : [scope];
}

function toAdviceRules(pack: ContentPack, workflow: string): Record<string, AdviceRule> {
  const own = pack.advice.filter((statement) => workflowsOf(statement.scope).includes(workflow));
  return Object.fromEntries(
    own.map((statement, order) => {
      const when = toCondition(statement.trigger);
      return [statement.id, { order, ...(when ? { when } : {}), statements: [statement.id], source: statement.source }];
    }),
  );
}

/** The pack's workflow as a document. */
export function toWorkflowDocument(pack: ContentPack, workflow: PackWorkflow): WorkflowDocument {
  const internal = workflow.code === 'SP' || workflow.code === 'TR';
  return {
    kind: 'workflow',
    format: 1,
    key: workflow.code,
    title: workflow.name,
    description: LABEL,
    category: categories[workflow.kind] ?? 'general',
    audience: internal ? 'internal' : 'customer',
    privateToOwner: false,
    form: workflow.code,
    calendar: workflow.calendar,
    start: workflow.startEvent,
    sla: toSla(workflow.sla),
    namedConditions: {},
    reopen: 'resume',
    ownerRules: toOwnerRules(
      `${caseOwners[workflow.code] && isGroup(workflow.code) ? 'group' : 'role'}:${caseOwners[workflow.code] ?? 'TL'}${workflow.code === 'HP' ? ' round-robin' : workflow.code === 'SA' ? ' workload' : ''}`,
    ),
    nodes: Object.fromEntries(workflow.tasks.map((task, order) => [task.code, toNode(task, order)])),
    links: toLinks(workflow.tasks),
    lanes: {},
    clocks: Object.fromEntries(workflow.clocks.map((clock, order) => [clock.key, toClock(clock, order)])),
    adviceRules: toAdviceRules(pack, workflow.code),
    holdReasons,
    outcomes: {
      completed: { order: 1, label: 'Completed' },
      withdrawn: { order: 2, label: 'Withdrawn by the customer' },
      'lost-contact': { order: 3, label: 'Lost contact' },
    },
    retention: { period: { value: 72, unit: 'months' }, from: 'closed' },
    source: workflow.source,
  };
}

function isGroup(workflow: string): boolean {
  return ['NEI', 'TSO', 'REPAIRS'].includes(caseOwners[workflow] ?? '');
}
