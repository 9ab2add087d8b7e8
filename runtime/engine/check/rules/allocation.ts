import type { OwnerRules } from '../../../../schemas/allocation.ts';
import type { AnyDocument } from '../../../../schemas/configuration.ts';
import { inOrder } from '../../../../schemas/document.ts';
import { defineCommonRule, type RuleFinding } from '../rule.ts';

/** The last allocation rule has no condition, so that work always finds a queue (L1). */
export const allocation = defineCommonRule({
  name: 'allocation',
  reads: [],
  sees: 'shape',
  codes: [
    {
      code: 'ALLOCATION_FALLS_THROUGH',
      severity: 'error',
      means: 'Work that meets none of the conditions of the allocation rules would have no owner.',
      cure: 'Add a last rule without a condition.',
    },
    {
      code: 'ALLOCATION_RULE_SHADOWS',
      severity: 'warning',
      means: 'An allocation rule without a condition stands before others, which are then never tried.',
      cure: 'Move it to the end or give it a condition.',
    },
  ],
  check: (document) => ownerRulesOf(document).flatMap(({ rules, path }) => ruleFindings(rules, path)),
});

function ownerRulesOf(document: AnyDocument): { rules: OwnerRules; path: string[] }[] {
  if (document.kind === 'task') return [{ rules: document.ownerRules, path: ['ownerRules'] }];
  if (document.kind !== 'workflow') return [];
  const nodes = Object.entries(document.nodes).flatMap(([key, node]) =>
    node.type === 'task' && node.ownerRules ? [{ rules: node.ownerRules, path: ['nodes', key, 'ownerRules'] }] : [],
  );
  return [{ rules: document.ownerRules, path: ['ownerRules'] }, ...nodes];
}

function ruleFindings(rules: OwnerRules, path: string[]): RuleFinding[] {
  const ordered = inOrder(rules);
  const last = ordered.at(-1);
  if (!last || last.when) {
    const message =
      'No allocation rule is left for work that meets none of the conditions: it would have no owner. Add a last rule without a condition.';
    return [{ code: 'ALLOCATION_FALLS_THROUGH', severity: 'error', path, values: { rules: ordered.length }, message }];
  }
  return ordered.slice(0, -1).flatMap((rule): RuleFinding[] => {
    if (rule.when) return [];
    const message = `Allocation rule ${rule.key} has no condition, so the rules after it are never tried. Move it to the end or give it a condition.`;
    return [
      {
        code: 'ALLOCATION_RULE_SHADOWS',
        severity: 'warning',
        path: [...path, rule.key],
        values: { rule: rule.key },
        message,
      },
    ];
  });
}
