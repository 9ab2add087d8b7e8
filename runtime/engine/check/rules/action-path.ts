import type { ServiceTypeDocument } from '../../../../schemas/settings.ts';
import { planWorkflow } from '../../plan/plan.ts';
import { type CheckContext, defineRule, type RuleFinding } from '../rule.ts';

/** The action path of a service type names key actions of its plan, and every action that decides the plan's length (P11, R2). */
export const actionPath = defineRule({
  name: 'action-path',
  kind: 'service-type',
  reads: ['workflow', 'task', 'calendar'],
  codes: [
    {
      code: 'ACTION_PATH_EMPTY',
      severity: 'error',
      means: 'A service type has no key action: its resources would be ready before anything is done.',
      cure: 'Choose the actions that must be complete before a resource is ready.',
      fixed: true,
    },
    {
      code: 'ACTION_PATH_NODE_UNKNOWN',
      severity: 'error',
      means:
        'The action path names a node that the action plan does not have, so that the resource would never be ready.',
      cure: 'Choose an action of the plan.',
      fixed: true,
    },
    {
      code: 'ACTION_PATH_MISSES_CRITICAL',
      severity: 'warning',
      means: 'An action that decides how long the plan takes (computed critical) is not among the key actions.',
      cure: 'Add it to the action path, or be sure that a resource is ready without it.',
      fixed: true,
      shown: 'start',
    },
    {
      code: 'ACTION_PATH_TWICE',
      severity: 'warning',
      means: 'The action path names an action more than once.',
      cure: 'Leave it out the second time.',
      fixed: true,
    },
    {
      code: 'ACTION_PLAN_CATEGORY',
      severity: 'error',
      means: 'The action plan of a service type is a workflow of another category.',
      cure: 'Choose a workflow of category action-plan.',
    },
  ],
  check: (type, context) => {
    const plan = context.configuration.workflow[type.actionPlan];
    if (!plan) return [];
    if (plan.category !== 'action-plan') {
      const message = `${plan.key} is of category ${plan.category}, so it cannot be the action plan of ${type.key}. Choose a workflow of category action-plan.`;
      const values = { workflow: plan.key, category: plan.category };
      return [{ code: 'ACTION_PLAN_CATEGORY', severity: 'error', path: ['actionPlan'], values, message }];
    }
    const critical = criticalActions(type, context);
    if (type.actionPath.length === 0) return [emptyFinding(type, critical)];
    return [
      ...unknownNodes(type, Object.keys(plan.nodes)),
      ...twiceFindings(type),
      ...missedFindings(type, critical, context),
    ];
  },
});

function emptyFinding(type: ServiceTypeDocument, critical: readonly string[]): RuleFinding {
  return {
    code: 'ACTION_PATH_EMPTY',
    severity: 'error',
    path: ['actionPath'],
    values: { critical },
    message: `${type.key} has no key action: its resources would be ready before anything is done. Choose the actions that must be complete first.`,
    fix: setPath(type, [...critical]),
  };
}

function unknownNodes(type: ServiceTypeDocument, nodes: readonly string[]): RuleFinding[] {
  return type.actionPath.flatMap((node, at): RuleFinding[] => {
    if (nodes.includes(node)) return [];
    const message = `The action path names "${node}", which ${type.actionPlan} does not have: the resource would never be ready. Choose an action of the plan.`;
    return [
      {
        code: 'ACTION_PATH_NODE_UNKNOWN',
        severity: 'error',
        path: ['actionPath', at],
        values: { node },
        message,
        fix: setPath(
          type,
          type.actionPath.filter((one) => one !== node),
        ),
      },
    ];
  });
}

function twiceFindings(type: ServiceTypeDocument): RuleFinding[] {
  const once = [...new Set(type.actionPath)];
  return type.actionPath.flatMap((node, at): RuleFinding[] => {
    if (type.actionPath.indexOf(node) === at) return [];
    const message = `The action path of ${type.key} names ${node} more than once. Leave it out the second time.`;
    const path = ['actionPath', at];
    return [
      { code: 'ACTION_PATH_TWICE', severity: 'warning', path, values: { node }, message, fix: setPath(type, once) },
    ];
  });
}

function missedFindings(type: ServiceTypeDocument, critical: readonly string[], context: CheckContext): RuleFinding[] {
  return critical
    .filter((node) => !type.actionPath.includes(node))
    .map((node) => ({
      code: 'ACTION_PATH_MISSES_CRITICAL',
      severity: 'warning',
      path: ['actionPath'],
      values: { node },
      message: `${node} decides how long ${type.actionPlan} takes, but is not among the key actions of ${type.key}. Add it, or be sure that a resource is ready without it.`,
      fix: setPath(type, [...type.actionPath, node]),
      counterexample: { start: context.from },
    }));
}

function setPath(type: ServiceTypeDocument, value: string[]): NonNullable<RuleFinding['fix']> {
  return { type: 'setDocumentField', kind: 'service-type', key: type.key, path: ['actionPath'], value };
}

/** Actions on the longest path of a plan that starts on the check's first day. */
function criticalActions(type: ServiceTypeDocument, context: CheckContext): string[] {
  const planned = planWorkflow(context.configuration, type.actionPlan, context.from, context.calendars);
  return planned.ok ? planned.plan.criticalPath : [];
}
