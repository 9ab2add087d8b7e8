import { dateInWords } from '../../calendar/dates.ts';
import { defineCommonRule } from '../rule.ts';

/** Law and advice are looked at again by the date somebody set. */
export const reviewBy = defineCommonRule({
  name: 'review-by',
  reads: [],
  codes: [
    {
      code: 'REVIEW_DUE',
      severity: 'warning',
      means: 'The date by which a statement or a piece of law was to be looked at again is past.',
      cure: 'Look whether it still holds, then set the next date.',
    },
  ],
  check: (document, { from }) => {
    const on = document.kind === 'advice' || document.kind === 'provision' ? document.reviewBy : undefined;
    if (on === undefined || on >= from) return [];
    const message = `${document.title} was to be looked at again by ${dateInWords(on)}. Look whether it still holds, then set the next date.`;
    return [{ code: 'REVIEW_DUE', severity: 'warning', path: ['reviewBy'], values: { reviewBy: on }, message }];
  },
});
