import type { WorkflowDocument } from '../../../../schemas/workflow.ts';
import type { EditCommand } from '../../edit/command.ts';
import { isLeftOut } from '../../plan/network.ts';
import { type CheckContext, defineRule, type RuleFinding } from '../rule.ts';

/** What a statutory clock must contain is in the plan, so that it can be proved to finish inside it (R2, T10). */
export const clockProof = defineRule({
  name: 'clock-proof',
  kind: 'workflow',
  reads: ['task'],
  codes: [
    {
      code: 'CLOCK_PROOF_LEAVES_OUT',
      severity: 'warning',
      means:
        'A statutory clock must contain a task that no plan has (manual, recurrent or outside the SLA), so that nothing is proved of it.',
      cure: 'Bring the task into the plan, or take it out of what the clock must contain.',
      fixed: true,
    },
    {
      code: 'CLOCK_PROOF_NO_ANCHOR',
      severity: 'warning',
      means:
        'A statutory clock that must contain tasks starts with tasks that no plan has, so that nothing is proved of it.',
      cure: 'Anchor it at a task of the plan or at the launch of the case.',
    },
  ],
  check: (workflow, context) =>
    Object.entries(workflow.clocks).flatMap(([key, { anchor, mustContain = [] }]) => {
      if (mustContain.length === 0) return [];
      const anchors = 'completionOf' in anchor ? anchor.completionOf : [];
      const unplanned = anchors.filter((node) => whyLeftOut(workflow, node, context));
      // Where the clock itself has no place in the plan, that is said once.
      if (anchors.length > 0 && unplanned.length === anchors.length) return [noAnchor(key, anchors, mustContain)];
      return mustContain.flatMap((node, at) => {
        const why = whyLeftOut(workflow, node, context);
        return why ? [leftOut(workflow, { clock: key, node, why, at })] : [];
      });
    }),
});

type Why = 'manual' | 'recurrent' | 'outside the SLA';

/** Why a plan leaves a task out; undefined where it does not. */
function whyLeftOut(workflow: WorkflowDocument, key: string, context: CheckContext): Why | undefined {
  const node = workflow.nodes[key];
  if (node?.type !== 'task' || !isLeftOut(context.configuration, node)) return undefined;
  if (node.activation === 'manual') return 'manual';
  return node.outsideSla ? 'outside the SLA' : 'recurrent';
}

function leftOut(
  workflow: WorkflowDocument,
  { clock, node, why, at }: { clock: string; node: string; why: Why; at: number },
): RuleFinding {
  const fix = fixFor(workflow.key, node, why);
  return {
    code: 'CLOCK_PROOF_LEAVES_OUT',
    severity: 'warning',
    path: ['clocks', clock, 'mustContain', at],
    values: { clock, node, why },
    message: `Clock ${clock} must contain ${node}, but ${node} is ${why}, so that no plan has it and nothing is proved of it. Bring it into the plan, or take it out of what the clock must contain.`,
    ...(fix ? { fix } : {}),
  };
}

function fixFor(workflow: string, node: string, why: Why): EditCommand | undefined {
  if (why === 'manual') return { type: 'setNodeField', workflow, node, field: 'activation', value: 'automatic' };
  if (why === 'recurrent') return undefined;
  return { type: 'setNodeField', workflow, node, field: 'outsideSla', value: false };
}

function noAnchor(clock: string, anchors: readonly string[], contained: readonly string[]): RuleFinding {
  const message = `Clock ${clock} starts when ${anchors.join(' or ')} is completed, which no plan has, so that it is not proved that ${contained.join(', ')} ends inside it. Anchor it at a task of the plan or at the launch of the case.`;
  return {
    code: 'CLOCK_PROOF_NO_ANCHOR',
    severity: 'warning',
    path: ['clocks', clock, 'anchor', 'completionOf'],
    values: { clock, anchors, contained },
    message,
  };
}
