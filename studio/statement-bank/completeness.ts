import type { StatementRow } from '../document/engine.ts';

/** What a statement can lack, in words. */
export const lackWords = {
  rule: 'No rule',
  source: 'No source',
  reviewBy: 'No review date',
  reviewDue: 'Review is due',
  welsh: 'No Welsh',
  oldWelsh: 'Welsh out of date',
} as const;

export type Lack = keyof typeof lackWords;

/** What a statement still lacks; Welsh is missed only where the organisation gives it. */
export function lacks(row: StatementRow, isBilingual: boolean): Lack[] {
  const welsh = row.translations['cy'];
  const found: [Lack, boolean][] = [
    ['rule', row.advisedIn.length === 0],
    ['source', row.source === undefined],
    ['reviewBy', row.reviewBy === undefined],
    ['reviewDue', row.reviewDue],
    ['welsh', isBilingual && welsh === undefined],
    ['oldWelsh', welsh === 'outOfDate'],
  ];
  return found.filter(([, isLacking]) => isLacking).map(([lack]) => lack);
}
