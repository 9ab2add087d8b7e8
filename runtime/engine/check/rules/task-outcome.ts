import type { Condition, Scalar } from '../../../../schemas/condition.ts';
import type { TaskDocument } from '../../../../schemas/task.ts';
import type { WorkflowDocument } from '../../../../schemas/workflow.ts';
import { conditionsIn, leavesOf } from '../conditions.ts';
import { type CheckContext, defineRule, type RuleFinding } from '../rule.ts';

/** Conditions on a task's result name outcomes and fields that its document has (P6). */
export const taskOutcome = defineRule({
  name: 'task-outcome',
  kind: 'workflow',
  reads: ['task'],
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
  ],
  check: (workflow, context) =>
    conditionsIn(workflow)
      .flatMap(leavesOf)
      .flatMap(({ condition, path }) => leafFindings(workflow, condition, path, context)),
});

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
