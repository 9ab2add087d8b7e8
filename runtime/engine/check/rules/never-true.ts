import type { OwnerRules } from '../../../../schemas/allocation.ts';
import type { Condition } from '../../../../schemas/condition.ts';
import { inOrder } from '../../../../schemas/document.ts';
import type { WorkflowDocument } from '../../../../schemas/workflow.ts';
import type { AnalysedStatement } from '../../analyse/analyse.ts';
import { analyseConditions, formQuestionsOf, hasOwnFault } from '../answer-analysis.ts';
import { type CheckContext, defineRule, type RuleFinding } from '../rule.ts';

interface Place {
  key: string;
  path: string[];
  code: string;
  conditions: Condition[];
  /** Conditions before it, of which one true is enough for it never to be tried. */
  earlier: Condition[];
  message: string;
}

/** Every condition of the drawing can come true for some answers (A6). */
export const neverTrue = defineRule({
  name: 'never-true',
  kind: 'workflow',
  reads: ['form', 'question', 'task'],
  sees: 'shape',
  codes: [
    {
      code: 'BRANCH_NEVER_TRUE',
      severity: 'warning',
      means: 'A branch of a decision is never taken: no answers make its condition true while those before it are not.',
      cure: 'Change the condition, move the branch up, or delete it.',
    },
    {
      code: 'TASK_NEVER_APPLIES',
      severity: 'warning',
      means: 'A conditional task never applies: no answers the form allows make its condition true.',
      cure: 'Change the condition or the form, or delete the task.',
    },
    {
      code: 'CLOCK_NEVER_STARTS',
      severity: 'warning',
      means: 'A statutory clock never starts: no answers the form allows make its condition true.',
      cure: 'Change the condition, or leave it out.',
    },
    {
      code: 'ALLOCATION_RULE_NEVER',
      severity: 'warning',
      means: 'An allocation rule is never used: no answers make its condition true while those before it are not.',
      cure: 'Change the condition, move the rule up, or delete it.',
    },
  ],
  check: (workflow, context) => {
    const questions = formQuestionsOf(workflow, context);
    const places = placesOf(workflow).filter(
      ({ conditions, earlier }) =>
        ![...conditions, ...earlier].some((condition) => hasOwnFault(condition, workflow, questions)),
    );
    return places.length === 0 ? [] : findingsOf(places, workflow, context);
  },
});

function findingsOf(places: readonly Place[], workflow: WorkflowDocument, context: CheckContext): RuleFinding[] {
  const statements = places.flatMap(({ key, conditions, earlier }): AnalysedStatement[] => [
    { key, conditions, specific: false },
    ...(earlier.length > 0 ? [{ key: `${key} earlier`, conditions: earlier, specific: false }] : []),
  ]);
  const analysis = analyseConditions(workflow, statements, context, {
    firingOnly: places.every(({ earlier }) => earlier.length === 0),
  });
  const covered = new Set([
    ...analysis.subsumptions.map(([a, b]) => `${a}|${b}`),
    ...analysis.duplicates.flatMap(([a, b]) => [`${a}|${b}`, `${b}|${a}`]),
  ]);
  return places
    .filter(
      ({ key }) =>
        analysis.statements.get(key)?.unreachable === true ||
        covered.has(`${key}|${key} earlier`) ||
        analysis.statements.get(`${key} earlier`)?.alwaysFires === true,
    )
    .map(({ path, code, message }) => ({
      code,
      severity: 'warning',
      path,
      values: { place: path.join('/') },
      message,
    }));
}

function placesOf(workflow: WorkflowDocument): Place[] {
  return [
    ...Object.entries(workflow.nodes).flatMap(([key, node]): Place[] => {
      if (node.type === 'decision') return branches(key, inOrder(node.branches));
      if (node.type !== 'task') return [];
      const own = node.ownerRules ? allocation(node.ownerRules, ['nodes', key, 'ownerRules']) : [];
      if (typeof node.activation === 'string') return own;
      const path = ['nodes', key, 'activation', 'when'];
      const message = `${key} never applies: no answers the form allows make its condition true. Change the condition or the form, or delete the task.`;
      const conditions = [node.activation.when];
      return [...own, { key: path.join('/'), path, code: 'TASK_NEVER_APPLIES', conditions, earlier: [], message }];
    }),
    ...Object.entries(workflow.clocks).flatMap(([key, { when }]): Place[] => {
      if (!when) return [];
      const path = ['clocks', key, 'when'];
      const message = `Clock ${key} never starts: no answers the form allows make its condition true. Change the condition, or leave it out.`;
      return [{ key: path.join('/'), path, code: 'CLOCK_NEVER_STARTS', conditions: [when], earlier: [], message }];
    }),
    ...allocation(workflow.ownerRules, ['ownerRules']),
  ];
}

function branches(node: string, ordered: readonly { key: string; when: Condition }[]): Place[] {
  return ordered.map(({ key, when }, at) => {
    const path = ['nodes', node, 'branches', key, 'when'];
    const message = `Branch "${key}" of decision ${node} is never taken: no answers make its condition true while the branches before it are not. Change the condition, move the branch up, or delete it.`;
    const earlier = ordered.slice(0, at).map((one) => one.when);
    return { key: path.join('/'), path, code: 'BRANCH_NEVER_TRUE', conditions: [when], earlier, message };
  });
}

function allocation(rules: OwnerRules, base: string[]): Place[] {
  const ordered = inOrder(rules);
  return ordered.flatMap(({ key, when }, at): Place[] => {
    const before = ordered.slice(0, at);
    // A rule without a condition before it is ALLOCATION_RULE_SHADOWS.
    if (!when || before.some((one) => !one.when)) return [];
    const path = [...base, key, 'when'];
    const message = `Allocation rule ${key} is never used: no answers make its condition true while the rules before it are not. Change the condition, move the rule up, or delete it.`;
    const earlier = before.flatMap((one) => one.when ?? []);
    return [{ key: path.join('/'), path, code: 'ALLOCATION_RULE_NEVER', conditions: [when], earlier, message }];
  });
}
