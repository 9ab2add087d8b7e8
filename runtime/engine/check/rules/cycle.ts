import type { WorkflowDocument } from '../../../../schemas/workflow.ts';
import { type CycleGroup, findCycleGroups } from '../cycle-groups.ts';
import { defineRule, type RuleFinding } from '../rule.ts';

/** The drawing has no cycle, through decisions or not; each is named as a path (P3, S8). */
export const cycle = defineRule({
  name: 'cycle',
  kind: 'workflow',
  reads: [],
  sees: 'shape',
  codes: [
    {
      code: 'PLAN_CYCLE',
      severity: 'error',
      means: 'Tasks wait for each other in a circle, so that none of them could ever start.',
      cure: 'Remove one of the links of the circle.',
      fixed: true,
    },
  ],
  check: (workflow) => cyclesOf(workflow).map((group) => cycleFinding(workflow, group)),
});

/** Sets of nodes of a workflow that wait for each other. */
export function cyclesOf(workflow: WorkflowDocument): readonly CycleGroup[] {
  const known = foundIn.get(workflow);
  if (known) return known;
  const groups = findCycleGroups(Object.keys(workflow.nodes), Object.values(workflow.links));
  foundIn.set(workflow, groups);
  return groups;
}

// A drawing never changes, and several rules ask for it.
const foundIn = new WeakMap<WorkflowDocument, readonly CycleGroup[]>();

function cycleFinding(workflow: WorkflowDocument, { members, cycle }: CycleGroup): RuleFinding {
  const closed = [...cycle, cycle[0] ?? ''];
  const last = Object.entries(workflow.links).find(([, link]) => link.from === cycle.at(-1) && link.to === cycle[0]);
  return {
    code: 'PLAN_CYCLE',
    severity: 'error',
    path: last ? ['links', last[0]] : ['links'],
    values: { cycle, members },
    message: `These tasks wait for each other: ${closed.join(' -> ')}. Remove one of the links.`,
    ...(last ? { fix: { type: 'unlink', workflow: workflow.key, links: [last[0]] } } : {}),
  };
}
