import { type DerivedFact, isSameSet } from '../derived.ts';
import { defineRule } from '../rule.ts';

/** Statements that a rule of some workflow names. */
const ruledStatements: DerivedFact<ReadonlySet<string>> = {
  kinds: ['workflow'],
  make: (documents) => {
    const rules = documents('workflow').flatMap(({ adviceRules }) => Object.values(adviceRules));
    return new Set(rules.flatMap(({ statements }) => statements));
  },
  isSame: isSameSet,
};

/** Every statement is advised by some workflow: generic, named by a rule, or bound with a condition of its own (A6). */
export const adviceOrphan = defineRule({
  name: 'advice-orphan',
  kind: 'advice',
  reads: ['workflow'],
  codes: [
    {
      code: 'ADVICE_ORPHAN',
      severity: 'warning',
      means: 'A statement is never advised: no workflow has a rule that names it.',
      cure: 'Add a rule, make it generic, or remove it.',
      fixed: true,
    },
  ],
  check: (statement, { configuration, isIn }) => {
    const { key, scope, when } = statement;
    const standsAlone =
      scope === 'generic' || (when !== undefined && scope.some((workflow) => configuration.workflow[workflow]));
    if (standsAlone || isIn(ruledStatements, key)) return [];
    const message = `Statement "${key}" is never advised: no workflow has a rule that names it. Add a rule, make it generic, or remove it.`;
    return [
      {
        code: 'ADVICE_ORPHAN',
        severity: 'warning',
        path: [],
        values: { statement: key },
        message,
        fix: { type: 'removeDocument', kind: 'advice', key },
      },
    ];
  },
});
