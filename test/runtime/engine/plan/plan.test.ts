import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileCalendars, planWorkflow, shippedBankHolidays, sweepStarts } from '../../../../runtime/engine/index.ts';
import { alteredHousing, loadHousing } from '../../../support/configuration.ts';

interface ExpectedPlan {
  workflow: string;
  start: string;
  plannedFinish: string;
  bestLengthDays: number;
  worstLengthDays: number;
  worstStart: string;
  criticalPath: string[];
  clocks?: Record<string, { breachedStarts: number; leastSlackDays: number; worstStart?: string }>;
}

const expected = JSON.parse(
  readFileSync(new URL('../../../cases/content/expected-schedules.json', import.meta.url), 'utf8'),
) as ExpectedPlan[];
const { configuration } = loadHousing();
const calendars = compileCalendars(configuration, shippedBankHolidays);

describe('the plan of a workflow', () => {
  it.each(expected)('gives the expected dates and critical path of $workflow', (row) => {
    const planned = planWorkflow(configuration, row.workflow, row.start, calendars);
    expect(planned).toMatchObject({ ok: true, plan: { finish: row.plannedFinish, criticalPath: row.criticalPath } });
  });

  it.each(expected)('sweeps $workflow over every working day of 2027', (row) => {
    const swept = sweepStarts(configuration, row.workflow, 2027, calendars);
    const { bestLengthDays, worstLengthDays, worstStart } = row;
    expect(swept).toMatchObject({
      ok: true,
      sweep: { bestLengthDays, worstLengthDays, worstStart, clocks: row.clocks ?? {} },
    });
  });

  it('finds the two start days on which a lag of 14 days breaks the prevention duty', () => {
    const longer = alteredHousing((copy) => {
      const link = copy.workflow['HP']?.links['HP05-HP09'];
      if (link?.lag) link.lag.value = 14;
    });
    const swept = sweepStarts(longer, 'HP', 2027, compileCalendars(longer, shippedBankHolidays));
    expect(swept).toMatchObject({
      ok: true,
      sweep: { clocks: { 'HP-DUTY': { breachedStarts: 2, worstStart: '2027-03-09', leastSlackDays: -2 } } },
    });
  });

  it('leaves manual tasks out and lets their predecessors through', () => {
    const planned = planWorkflow(configuration, 'HP', '2026-11-23', calendars);
    expect(planned.ok && Object.keys(planned.plan.tasks)).not.toContain('HP11');
  });

  it('names a cycle instead of planning it', () => {
    const cyclic = alteredHousing((copy) => {
      const workflow = copy.workflow['HP'];
      if (workflow) workflow.links['back'] = { order: 99, from: 'HP03', to: 'HP01', type: 'FS' };
    });
    const planned = planWorkflow(cyclic, 'HP', '2026-11-23', calendars);
    expect(planned).toMatchObject({ ok: false });
    expect(!planned.ok && 'cycle' in planned && [...planned.cycle].sort()).toEqual(['HP01', 'HP02', 'HP03']);
  });
});
