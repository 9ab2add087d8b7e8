import type { OwnerRules } from '../../../schemas/allocation.ts';
import type { Configuration } from '../../../schemas/configuration.ts';
import type { LadderDocument } from '../../../schemas/ladder.ts';
import type { Sla } from '../../../schemas/period.ts';
import type { TaskDocument } from '../../../schemas/task.ts';
import type { StatutoryClock, TaskNode, WorkflowDocument } from '../../../schemas/workflow.ts';

/** Key of the workflow and of the task that a ladder is tried on; no configuration has it. */
export const SAMPLE_KEY = 'storyboard-sample';
/** The one reason for which the sample is put on hold. */
export const SAMPLE_HOLD = 'paused';

/** What a ladder is tried on: one task, one case or one statutory clock. */
export interface SampleItem {
  readonly title: string;
  readonly sla: Sla;
  /** Calendar of the sample's periods; its target may name another. */
  readonly calendar: string;
  /** User id; null leaves the work in the queue of `team`. */
  readonly owner: string | null;
  readonly team: string;
  /** How each rung's condition is taken to come out (E16); a rung that is not named is asked as drawn. */
  readonly assumed?: Readonly<Record<string, boolean>>;
}

/** Ten years: nothing of the sample's surroundings is due while it is looked at. */
const NOT_DUE: Sla = { target: { value: 3650, unit: 'calendarDays' } };

/** The configuration with a workflow of one task, case or clock that the ladder watches. */
export function withSampleItem(configuration: Configuration, ladder: LadderDocument, item: SampleItem): Configuration {
  const assumed = assume(ladder, item.assumed ?? {});
  return {
    ...configuration,
    ladder: { ...configuration.ladder, [ladder.key]: assumed },
    task: { ...configuration.task, [SAMPLE_KEY]: sampleTask(assumed, item) },
    workflow: { ...configuration.workflow, [SAMPLE_KEY]: sampleWorkflow(assumed, item) },
  };
}

function assume(ladder: LadderDocument, assumed: Readonly<Record<string, boolean>>): LadderDocument {
  const rungs = Object.entries(ladder.rungs).map(([key, rung]) => {
    const { when, ...rest } = rung;
    if (when === undefined || !Object.hasOwn(assumed, key)) return [key, rung] as const;
    // Any of no conditions is false.
    return [key, assumed[key] ? rest : { ...rest, when: { op: 'any' as const, conditions: [] } }] as const;
  });
  return { ...ladder, rungs: Object.fromEntries(rungs) };
}

function ownerRules({ owner, team }: SampleItem): OwnerRules {
  const queue = { by: 'group' as const, group: team };
  return { last: { order: 1, to: owner === null ? queue : { by: 'user', user: owner } } };
}

const holdReasons = { [SAMPLE_HOLD]: { order: 1, label: 'Paused' } };

function sampleTask(ladder: LadderDocument, item: SampleItem): TaskDocument {
  return {
    kind: 'task',
    format: 1,
    key: SAMPLE_KEY,
    title: item.title,
    type: 'other',
    sla: ladder.subject === 'task' ? item.sla : NOT_DUE,
    ...(ladder.subject === 'task' ? { ladder: ladder.key } : {}),
    ownerRules: ownerRules(item),
    repeatable: true,
    fields: {},
    outcomes: {},
    checklist: {},
    holdReasons,
    cancelReason: 'optional',
  };
}

function sampleWorkflow(ladder: LadderDocument, item: SampleItem): WorkflowDocument {
  const node: TaskNode = {
    type: 'task',
    order: 0,
    task: SAMPLE_KEY,
    activation: ladder.subject === 'task' ? 'automatic' : 'manual',
    mandatory: false,
  };
  return {
    kind: 'workflow',
    format: 1,
    key: SAMPLE_KEY,
    title: item.title,
    category: 'general',
    audience: 'internal',
    privateToOwner: false,
    calendar: item.calendar,
    start: 'sample',
    sla: ladder.subject === 'case' ? item.sla : NOT_DUE,
    ...(ladder.subject === 'case' ? { ladder: ladder.key } : {}),
    namedConditions: {},
    reopen: 'resume',
    ownerRules: ownerRules(item),
    nodes: { [SAMPLE_KEY]: node, ...addedByRungs(ladder, node) },
    links: {},
    lanes: {},
    clocks: ladder.subject === 'clock' ? { [SAMPLE_KEY]: sampleClock(ladder, item) } : {},
    adviceRules: {},
    holdReasons,
    outcomes: {},
    retention: { period: { value: 1, unit: 'months' }, from: 'closed' },
  };
}

/** Tasks that a rung adds stand in the sample too, so that the action can be carried out (E14). */
function addedByRungs(ladder: LadderDocument, node: TaskNode): Record<string, TaskNode> {
  const keys = Object.values(ladder.rungs).flatMap(({ actions }) =>
    actions.flatMap((action) => (action.do === 'addTask' ? [action.node] : [])),
  );
  return Object.fromEntries(
    keys.map((key, at) => [key, { ...node, title: key, order: at + 1, activation: 'manual' as const, sla: NOT_DUE }]),
  );
}

function sampleClock(ladder: LadderDocument, { title, sla }: SampleItem): StatutoryClock {
  const { value, unit, dayOne, dueAt, roll, calendar } = sla.target;
  return {
    order: 1,
    title,
    anchor: { caseLaunch: true },
    period: {
      value: Math.max(1, value),
      unit,
      ...(dayOne ? { dayOne } : {}),
      ...(dueAt ? { dueAt } : {}),
      ...(roll ? { roll } : {}),
      ...(calendar ? { calendar } : {}),
    },
    onEnd: 'what its end means',
    endIs: 'breach',
    source: 'its source in law',
    ladder: ladder.key,
  };
}
