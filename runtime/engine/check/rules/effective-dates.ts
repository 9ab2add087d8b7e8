import { defineCommonRule, type RuleFinding } from '../rule.ts';

interface Period {
  effectiveFrom?: string | undefined;
  effectiveTo?: string | undefined;
}

/** What is in effect from one date to another ends after it begins (A4). */
export const effectiveDates = defineCommonRule({
  name: 'effective-dates',
  reads: [],
  codes: [
    {
      code: 'EFFECTIVE_INVERTED',
      severity: 'error',
      means: 'Something stops being in effect before it begins, so that it never is.',
      cure: 'Swap or correct the dates; both are inclusive.',
    },
  ],
  check: (document) => {
    const rules = document.kind === 'workflow' ? Object.entries(document.adviceRules) : [];
    return [
      ...inverted(document, document.key, []),
      ...rules.flatMap(([key, rule]) => inverted(rule, key, ['adviceRules', key])),
    ];
  },
});

function inverted({ effectiveFrom, effectiveTo }: Period, name: string, path: string[]): RuleFinding[] {
  if (effectiveFrom === undefined || effectiveTo === undefined || effectiveFrom <= effectiveTo) return [];
  const message = `${name} is in effect from ${effectiveFrom} until ${effectiveTo}, which is before it begins. Correct one of the dates.`;
  const values = { effectiveFrom, effectiveTo };
  return [{ code: 'EFFECTIVE_INVERTED', severity: 'error', path: [...path, 'effectiveTo'], values, message }];
}
