import { defineRule } from '../rule.ts';

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
  check: (statement, { configuration, documents, shared }) => {
    const workflows = documents('workflow');
    const ruled = shared(
      'ruled statements',
      [workflows],
      () =>
        new Set(
          workflows.flatMap((workflow) => Object.values(workflow.adviceRules).flatMap((rule) => rule.statements)),
        ),
    );
    const { key, scope, when } = statement;
    const standsAlone =
      scope === 'generic' || (when !== undefined && scope.some((workflow) => configuration.workflow[workflow]));
    if (standsAlone || ruled.has(key)) return [];
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
