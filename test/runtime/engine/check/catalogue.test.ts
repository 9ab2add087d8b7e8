import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkRules, findingCatalogue, renderFindingCatalogue } from '../../../../runtime/engine/index.ts';
import { defects } from './defects.ts';

const page = fileURLToPath(new URL('../../../../docs/findings.md', import.meta.url));

describe('the catalogue of findings', () => {
  it('says every code once, with what is wrong and what puts it right', () => {
    const codes = checkRules.flatMap((rule) => rule.codes.map(({ code }) => code));
    expect(codes.filter((code, at) => codes.indexOf(code) !== at)).toEqual([]);
    for (const { code, means, cure } of findingCatalogue()) {
      expect(code).toMatch(/^[A-Z][A-Z_]+$/);
      expect(means, code).toMatch(/\.$/);
      expect(cure, code).toMatch(/\.$/);
    }
  });

  it('is the page docs/findings.md', async () => {
    await expect(renderFindingCatalogue()).toMatchFileSnapshot(page);
    expect(readFileSync(page, 'utf8')).toContain('PLAN_CYCLE');
  });

  it('has a seeded defect for nearly every code of a rule', () => {
    const seeded = new Set(defects.flatMap((defect) => defect.findings.map((one) => one.split(' ')[0])));
    const without = checkRules
      .flatMap((rule) => rule.codes.map(({ code }) => code))
      .filter((code) => !seeded.has(code));
    expect(without.sort()).toEqual(notSeeded);
  });
});

/** Remarks on the shipped configuration as it is, and what only the budget or the year of the check brings out. */
const notSeeded = [
  'ADVICE_ALWAYS',
  'ADVICE_CLAUSE_DEAD',
  'ADVICE_GAP',
  'ADVICE_HARD_TO_READ',
  'ADVICE_MUST_ADVISE_UNDECIDED',
  'ADVICE_OPTION_UNUSED',
  'ANALYSIS_NOT_DECIDED',
  'CALENDAR_OPEN_ON_HOLIDAY',
  'CASE_STUCK',
  'EXPLORATION_NOT_DECIDED',
  'RESOURCE_AS_CASE',
  'STAKEHOLDERS_WITHOUT_ADDRESS',
  'TASK_NEVER_STARTS',
  'TEMPLATE_LANGUAGE_MISSING',
  'TEXT_TOO_DEEP',
];
