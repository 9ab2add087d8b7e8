import type { AnyDocument } from '../../../../schemas/configuration.ts';
import type { FormQuestion } from '../../../../schemas/form.ts';
import { defineCommonRule, type RuleFinding } from '../rule.ts';

type Limits = NonNullable<FormQuestion['validation']>;

/** What an answer must satisfy can be satisfied: the least is not above the most. */
export const validationRange = defineCommonRule({
  name: 'validation-range',
  reads: [],
  codes: [
    {
      code: 'VALIDATION_RANGE_EMPTY',
      severity: 'error',
      means: 'No answer satisfies the limits of a question: the least is above the most.',
      cure: 'Put the limits the right way round, or leave one out.',
    },
  ],
  check: (document) =>
    limitsOf(document).flatMap(({ limits, path }) => [
      ...rangeFinding([...path, 'min'], least(limits), most(limits)),
      ...rangeFinding([...path, 'minLength'], limits.minLength, limits.maxLength),
    ]),
});

function limitsOf(document: AnyDocument): { limits: Limits; path: string[] }[] {
  if (document.kind === 'question')
    return document.validation ? [{ limits: document.validation, path: ['validation'] }] : [];
  if (document.kind !== 'form') return [];
  return Object.entries(document.questions).flatMap(([key, { validation }]) =>
    validation ? [{ limits: validation, path: ['questions', key, 'validation'] }] : [],
  );
}

/** Of whole numbers only those between the limits count. */
function least({ min, whole }: Limits): number | undefined {
  return min !== undefined && whole ? Math.ceil(min) : min;
}

function most({ max, whole }: Limits): number | undefined {
  return max !== undefined && whole ? Math.floor(max) : max;
}

function rangeFinding(path: string[], from: number | undefined, to: number | undefined): RuleFinding[] {
  if (from === undefined || to === undefined || from <= to) return [];
  const message = `No answer satisfies the limits at /${path.slice(0, -1).join('/')}: the least (${from}) is above the most (${to}). Put them the right way round, or leave one out.`;
  return [{ code: 'VALIDATION_RANGE_EMPTY', severity: 'error', path, values: { from, to }, message }];
}
