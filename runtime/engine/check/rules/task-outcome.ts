import type { Condition, Scalar } from '../../../../schemas/condition.ts';
import type { TaskDocument } from '../../../../schemas/task.ts';
import type { TaskNode, WorkflowDocument } from '../../../../schemas/workflow.ts';
import { leavesIn } from '../conditions.ts';
import { linksFrom } from '../links-of.ts';
import { type CheckContext, defineRule, type RuleFinding } from '../rule.ts';

/** Conditions on a task's result name outcomes and fields that its document has (P6). */
export const taskOutcome = defineRule({
  name: 'task-outcome',
  kind: 'workflow',
  reads: ['task'],
  sees: 'shape',
  codes: [
    {
      code: 'TASK_OUTCOME_UNKNOWN',
      severity: 'error',
      means: 'A condition asks for an outcome that the task does not have, so that it is never true.',
      cure: "Name one of the task's outcomes, or add it to the task.",
    },
    {
      code: 'TASK_FIELD_UNKNOWN',
      severity: 'error',
      means: 'A condition looks at an information field that the task does not have.',
      cure: "Name one of the task's fields, or add it to the task.",
    },
    {
      code: 'TASK_RESULT_TOO_LATE',
      severity: 'warning',
      means: 'A branch or a task is decided by the result of a task that can only come after it, so it is never true.',
      cure: 'Ask for the result of a task before it, or move the decision behind the task.',
    },
  ],
  check: (workflow, context) => {
    const behind = new Map<string, ReadonlySet<string>>();
    return leavesIn(workflow).flatMap(({ condition, path }) => [
      ...leafFindings(workflow, condition, path, context),
      ...lateFindings(workflow, condition, path, { context, behind }),
    ]);
  },
});

/** A decision is taken once, and what comes behind it waits for it; what recurs is decided again later. */
function lateFindings(
  workflow: WorkflowDocument,
  condition: Condition,
  path: string[],
  { context, behind }: { context: CheckContext; behind: Map<string, ReadonlySet<string>> },
): RuleFinding[] {
  const [place, at = '', part] = path;
  if (place !== 'nodes' || (part !== 'branches' && part !== 'activation') || !('of' in condition)) return [];
  const asked =
    'taskOutcome' in condition.of
      ? condition.of.taskOutcome
      : 'taskField' in condition.of
        ? condition.of.taskField.node
        : undefined;
  const node = workflow.nodes[at];
  if (asked === undefined || (node?.type === 'task' && recurs(node, context))) return [];
  const later = behind.get(at) ?? nodesBehind(workflow, at);
  behind.set(at, later);
  if (asked !== at && !later.has(asked)) return [];
  const message = `${at} is decided by the result of ${asked}, which ${asked === at ? 'is the task itself' : 'can only come after it'}, so this is never true. Ask for the result of a task before it.`;
  return [{ code: 'TASK_RESULT_TOO_LATE', severity: 'warning', path, values: { node: at, asked }, message }];
}

function recurs(node: TaskNode, { configuration }: CheckContext): boolean {
  return (node.recurrence ?? configuration.task[node.task]?.recurrence) !== undefined;
}

/** Nodes that cannot start before another has. */
function nodesBehind(workflow: WorkflowDocument, key: string): ReadonlySet<string> {
  const behind = new Set<string>();
  const open = [key];
  for (let from = open.pop(); from !== undefined; from = open.pop()) {
    for (const { type, to } of linksFrom(workflow, from)) {
      if ((type !== 'FS' && type !== 'SS') || behind.has(to)) continue;
      behind.add(to);
      open.push(to);
    }
  }
  return behind;
}

function leafFindings(
  workflow: WorkflowDocument,
  condition: Condition,
  path: string[],
  context: CheckContext,
): RuleFinding[] {
  if (!('of' in condition)) return [];
  if ('taskOutcome' in condition.of) {
    const node = condition.of.taskOutcome;
    const outcomes = Object.keys(taskAt(workflow, node, context)?.outcomes ?? {});
    if (outcomes.length === 0) return [];
    return valuesOf(condition)
      .filter((value) => !outcomes.includes(String(value)))
      .map((value) => ({
        code: 'TASK_OUTCOME_UNKNOWN',
        severity: 'error',
        path,
        values: { node, outcome: value, outcomes },
        message: `${node} has no outcome "${String(value)}", so the condition at /${path.join('/')} is never true. Its outcomes are ${outcomes.join(', ')}.`,
      }));
  }
  if (!('taskField' in condition.of)) return [];
  const { node, field } = condition.of.taskField;
  const task = taskAt(workflow, node, context);
  if (!task || Object.hasOwn(task.fields, field)) return [];
  const message = `${node} has no information field "${field}", named at /${path.join('/')}. Add it to task ${task.key} or choose another.`;
  return [{ code: 'TASK_FIELD_UNKNOWN', severity: 'error', path, values: { node, field }, message }];
}

function taskAt(workflow: WorkflowDocument, key: string, { configuration }: CheckContext): TaskDocument | undefined {
  const node = workflow.nodes[key];
  return node?.type === 'task' ? configuration.task[node.task] : undefined;
}

function valuesOf(condition: Condition): readonly Scalar[] {
  if (condition.op === 'is') return [condition.value];
  return condition.op === 'isOneOf' ? condition.values : [];
}
