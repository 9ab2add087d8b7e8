import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  checkConfiguration,
  compileCalendars,
  planWorkflow,
  shippedBankHolidays,
  sweepStarts,
} from '../../../../runtime/engine/index.ts';
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

describe('a plan that a calendar cannot hold', () => {
  const altered = (change: (target: { value: number; unit: string }, calendar: { weekly: object }) => void) =>
    alteredHousing((copy) => {
      const sla = copy.task['HP02']?.sla as unknown as { target: { value: number; unit: string } };
      const calendar = copy.calendar['england-and-wales'];
      if (calendar) change(sla.target, calendar);
    });

  it.each(['workingDays', 'months', 'weeks'])('ends on the last day of the calendar after a million %s', (unit) => {
    const far = altered((target) => Object.assign(target, { value: 1_000_000, unit }));
    const planned = planWorkflow(far, 'HP', '2026-11-23', compileCalendars(far, shippedBankHolidays));
    expect(planned).toMatchObject({ ok: true, plan: { finish: '2200-01-01' } });
    const codes = checkConfiguration(far, { from: '2026-11-23' }).map(({ code }) => code);
    expect(codes).toContain('SLA_TASK_EXCEEDS_WORKFLOW');
  });

  it('on days that never come is a finding about the calendar, not a hang', () => {
    const closed = altered((_target, calendar) => {
      calendar.weekly = {};
    });
    const planned = planWorkflow(closed, 'HP', '2026-11-23', compileCalendars(closed, shippedBankHolidays));
    expect(planned).toMatchObject({ ok: true, plan: { finish: '2200-01-01' } });
    const codes = checkConfiguration(closed, { from: '2026-11-23' }).map(({ code }) => code);
    expect(codes).toContain('CALENDAR_NEVER_OPENS');
  });

  it('with a lag of a hundred thousand working days, or a date in the year 9999, ends on the last day too', () => {
    const lagged = alteredHousing((copy) => {
      const link = copy.workflow['HP']?.links['HP05-HP09'];
      if (link) link.lag = { value: 100_000, unit: 'workingDays', basis: 'working' };
      const node = copy.workflow['HP']?.nodes['HP07'];
      if (node?.type === 'task') node.notBefore = '9999-01-01';
    });
    const planned = planWorkflow(lagged, 'HP', '2026-11-23', compileCalendars(lagged, shippedBankHolidays));
    expect(planned).toMatchObject({ ok: true, plan: { finish: '2200-01-01' } });
  });
});
