import type { WorkflowDocument } from '../../../../schemas/workflow.ts';
import { conditionNodes } from '../../condition/shape.ts';
import { conditionsIn, leavesOf } from '../conditions.ts';
import { findCycleGroups } from '../cycle-groups.ts';
import { defineRule, type RuleFinding } from '../rule.ts';

/** Conditions used by name exist and do not use one another in a circle (A1). */
export const namedCondition = defineRule({
  name: 'named-condition',
  kind: 'workflow',
  reads: [],
  sees: 'shape',
  codes: [
    {
      code: 'NAMED_CONDITION_UNKNOWN',
      severity: 'error',
      means: 'A condition uses a named condition that the workflow does not have.',
      cure: 'Add it to the workflow or name another.',
    },
    {
      code: 'NAMED_CONDITION_CYCLE',
      severity: 'error',
      means: 'Named conditions use one another in a circle, so that none of them has a meaning.',
      cure: 'Write one of them out.',
    },
  ],
  check: (workflow) => [...unknown(workflow), ...cycles(workflow)],
});

function unknown(workflow: WorkflowDocument): RuleFinding[] {
  return conditionsIn(workflow)
    .flatMap(leavesOf)
    .flatMap(({ condition, path }): RuleFinding[] => {
      if (condition.op !== 'named' || Object.hasOwn(workflow.namedConditions, condition.name)) return [];
      const message = `There is no named condition "${condition.name}". Add it to the workflow or choose another.`;
      return [{ code: 'NAMED_CONDITION_UNKNOWN', severity: 'error', path, values: { name: condition.name }, message }];
    });
}

function cycles(workflow: WorkflowDocument): RuleFinding[] {
  const uses = Object.entries(workflow.namedConditions).flatMap(([from, { when }]) =>
    conditionNodes(when).flatMap((node) => (node.op === 'named' ? [{ from, to: node.name }] : [])),
  );
  return findCycleGroups(Object.keys(workflow.namedConditions), uses).map(({ cycle, members }) => ({
    code: 'NAMED_CONDITION_CYCLE',
    severity: 'error',
    path: ['namedConditions', cycle[0] ?? ''],
    values: { cycle, members },
    message: `These named conditions use one another in a circle: ${[...cycle, cycle[0]].join(' -> ')}. Write one of them out.`,
  }));
}
