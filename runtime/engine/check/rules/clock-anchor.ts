import type { WorkflowDocument } from '../../../../schemas/workflow.ts';
import { linksFrom, linksTo } from '../links-of.ts';
import { defineRule, type RuleFinding } from '../rule.ts';

/** A statutory clock starts with something that happens in every case, unless it has a condition of its own. */
export const clockAnchor = defineRule({
  name: 'clock-anchor',
  kind: 'workflow',
  reads: [],
  codes: [
    {
      code: 'CLOCK_ANCHOR_OPTIONAL',
      severity: 'warning',
      means:
        'A statutory clock starts with the completion of a task that may never happen, so that a period set by law might never be watched.',
      cure: 'Anchor it at a task that always happens too, or give the clock the condition under which it runs.',
    },
    {
      code: 'CLOCK_ANCHOR_NEVER',
      severity: 'error',
      means: 'A statutory clock is anchored on a node that is never completed: an end.',
      cure: 'Anchor it at a task or at the launch of the case.',
    },
  ],
  check: (workflow) =>
    Object.entries(workflow.clocks).flatMap(([key, clock]): RuleFinding[] => {
      if (!('completionOf' in clock.anchor)) return [];
      const anchors = clock.anchor.completionOf;
      const path = ['clocks', key, 'anchor', 'completionOf'];
      if (anchors.some((node) => !workflow.nodes[node])) return [];
      if (anchors.every((node) => workflow.nodes[node]?.type === 'end')) {
        const message = `Clock ${key} would start when ${anchors.join(', ')} is completed, which ends the case. Anchor it at a task.`;
        return [{ code: 'CLOCK_ANCHOR_NEVER', severity: 'error', path, values: { clock: key, anchors }, message }];
      }
      const behind = behindBranches(workflow);
      if (clock.when || clock.each || !anchors.every((node) => mayNeverHappen(workflow, node, behind))) return [];
      const message = `Clock ${key} starts when ${anchors.join(' or ')} is completed, which may never happen. Anchor it at a task that always happens too, or give the clock the condition under which it runs.`;
      return [{ code: 'CLOCK_ANCHOR_OPTIONAL', severity: 'warning', path, values: { clock: key, anchors }, message }];
    }),
});

function mayNeverHappen(workflow: WorkflowDocument, key: string, behind: ReadonlySet<string>): boolean {
  const node = workflow.nodes[key];
  return behind.has(key) || (node?.type === 'task' && node.activation !== 'automatic');
}

/** Nodes that are reached through a branch of a decision only. */
function behindBranches(workflow: WorkflowDocument): Set<string> {
  const behind = new Set<string>();
  const open = Object.keys(workflow.nodes);
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    const incoming = linksTo(workflow, key);
    const isBehind =
      incoming.length > 0 && incoming.every((link) => link.branch !== undefined || behind.has(link.from));
    if (!isBehind || behind.has(key)) continue;
    behind.add(key);
    for (const { to } of linksFrom(workflow, key)) if (Object.hasOwn(workflow.nodes, to)) open.push(to);
  }
  return behind;
}
