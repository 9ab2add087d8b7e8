import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, epochDayOf } from '../../../../runtime/engine/calendar/dates.ts';
import { checkConfiguration, compileCalendars, shippedBankHolidays } from '../../../../runtime/engine/index.ts';
import { proveContainment } from '../../../../runtime/engine/plan/containment.ts';
import type { Target } from '../../../../schemas/period.ts';
import type { Lag } from '../../../../schemas/workflow.ts';
import { alteredHousing, loadHousing } from '../../../support/configuration.ts';

const at = (text: string) => Date.parse(text) / 1000;
const { configuration: housing } = loadHousing();

/** The re-housing workflow cut down to a chain of tasks with these targets, on an office calendar of nine to five. */
function chain(sla: Target, targets: readonly Target[], lags: Record<number, Lag> = {}) {
  return alteredHousing((copy) => {
    const workflow = copy.workflow['RG'];
    const calendar = copy.calendar['england-and-wales'];
    if (!workflow || !calendar) throw new Error('expected the shipped workflow RG and its calendar');
    const keys = Object.keys(workflow.nodes)
      .filter((key) => workflow.nodes[key]?.type === 'task')
      .slice(0, targets.length);
    workflow.sla = { target: sla, pausable: true, inheritCasePause: true };
    workflow.clocks = {};
    workflow.nodes = Object.fromEntries(
      keys.map((key, i) => {
        const node = { ...workflow.nodes[key], type: 'task', task: key, activation: 'automatic' };
        return [key, { ...node, sla: { target: targets[i], pausable: true, inheritCasePause: true } }];
      }),
    ) as never;
    for (const key of keys) delete (copy.task[key] as { estimate?: unknown; recurrence?: unknown }).recurrence;
    workflow.links = Object.fromEntries(
      keys.slice(1).map((to, i) => {
        const lag = lags[i];
        return [to, { order: i, from: keys[i] ?? '', to, type: 'FS', ...(lag ? { lag } : {}) }];
      }),
    );
    const nine = [{ start: '09:00', end: '17:00' }];
    calendar.weekly = { mon: nine, tue: nine, wed: nine, thu: nine, fri: nine };
  });
}

function prove(configuration: typeof housing, first: string, days: number, key = 'RG') {
  const workflow = configuration.workflow[key];
  if (!workflow) throw new Error(`expected a workflow ${key}`);
  const calendars = compileCalendars(configuration, shippedBankHolidays);
  return proveContainment(configuration, workflow, calendars, { first: epochDayOf(first), days });
}

const wd = (value: number): Target => ({ value, unit: 'workingDays' });
const oneDay: Lag = { value: 1, unit: 'workingDays', basis: 'working' };

describe('the containment proof (T10)', () => {
  it('finds the path that leaves the target of the workflow, with its witness (V06)', () => {
    const long = prove(chain(wd(10), [wd(2), wd(5), wd(4)], { 0: oneDay }), '2026-12-17', 1);
    expect(long?.case).toMatchObject({
      breachedStarts: 4,
      startAt: at('2026-12-17T09:00:00Z'),
      finishAt: at('2027-01-07T17:00:00Z'),
      dueAt: at('2027-01-05T17:00:00Z'),
    });
    const short = prove(chain(wd(10), [wd(2), wd(5), wd(2)], { 0: oneDay }), '2026-12-17', 1);
    expect(short?.case).toMatchObject({ breachedStarts: 0, leastSlackSeconds: 0 });
  });

  it('finds the start from which 16 hours outlast 2 working days that begin with the day (V06)', () => {
    const mixed = chain({ ...wd(2), dayOne: 'same' }, [{ value: 16, unit: 'hours', calendar: 'england-and-wales' }]);
    // From the opening both end at the second close; from any later moment of the day the task ends after it.
    const monday = prove(mixed, '2026-03-02', 1);
    expect(Object.values(monday?.tasks ?? {})).toEqual([
      expect.objectContaining({ breachedStarts: 3, dueAt: at('2026-03-03T17:00:00Z') }),
    ]);
    const codes = checkConfiguration(mixed, { from: '2026-03-02' }).filter(
      ({ document }) => document === 'workflow/RG',
    );
    expect(codes.map(({ code }) => code)).toContain('SLA_TASK_EXCEEDS_WORKFLOW');
  });

  it('lets a lag of calendar hours run through the night and one of working hours wait for the morning (S3)', () => {
    const lag = (basis: Lag['basis']): Lag => ({ value: 4, unit: 'hours', basis });
    const hours = (value: number): Target => ({ value, unit: 'hours', calendar: 'england-and-wales' });
    const finish = (basis: Lag['basis']) =>
      prove(chain(wd(9), [hours(7), hours(1)], { 0: lag(basis) }), '2026-03-02', 1)?.case?.finishAt;
    // From Monday 17:00 on (close): 7 hours end on Tuesday at 16:00.
    expect(finish('elapsed')).toBe(at('2026-03-04T10:00:00Z'));
    expect(finish('working')).toBe(at('2026-03-04T13:00:00Z'));
  });

  it('agrees with the dates of the shipped workflows: none leaves its target or a clock in 2027', () => {
    for (const key of Object.keys(housing.workflow)) {
      const proof = prove(housing, '2027-01-01', 365, key);
      const all = [proof?.case, ...Object.values(proof?.clocks ?? {})].filter((one) => one != null);
      expect([key, all.map(({ breachedStarts }) => breachedStarts)]).toEqual([key, all.map(() => 0)]);
    }
  });

  it('finds the days on which a lag of 14 days breaks the prevention duty, and how late they end', () => {
    const longer = alteredHousing((copy) => {
      const link = copy.workflow['HP']?.links['HP05-HP09'];
      if (link?.lag) link.lag.value = 14;
    });
    const duty = prove(longer, '2027-01-01', 365, 'HP')?.clocks['HP-DUTY'];
    const day = (t: number) => new Date(t * 1000).toISOString().slice(0, 10);
    expect(day(duty?.startAt ?? 0)).toBe('2027-03-09');
    expect(duty?.leastSlackSeconds).toBeLessThan(-86_400);
    expect(duty?.leastSlackSeconds).toBeGreaterThan(-3 * 86_400);
  });

  it('says of many days what it says of them one by one, whatever the targets, lags and links', () => {
    const targets = fc.constantFrom<Target>(
      wd(1),
      wd(2),
      { ...wd(2), dayOne: 'same' },
      { value: 3, unit: 'calendarDays', dueAt: 'endOfDay' },
      { value: 6, unit: 'hours', calendar: 'england-and-wales' },
      { value: 1, unit: 'weeks', roll: 'nextWorkingDay' },
    );
    const lags = fc.constantFrom<Lag | undefined>(undefined, oneDay, { value: 20, unit: 'hours', basis: 'elapsed' });
    const types = fc.constantFrom<'FS' | 'SS' | 'FF'>('FS', 'FS', 'SS', 'FF');
    const drawing = fc.tuple(
      fc.array(targets, { minLength: 4, maxLength: 4 }),
      fc.array(lags, { minLength: 3, maxLength: 3 }),
      types,
    );
    fc.assert(
      fc.property(drawing, ([tasks, between, type]) => {
        const drawn = chain(wd(5), tasks, between as never);
        const last = Object.values(drawn.workflow['RG']?.links ?? {}).at(-1);
        Object.assign(last ?? {}, { type });
        const whole = prove(drawn, '2027-03-24', 12);
        const days = Array.from({ length: 12 }, (_, n) => prove(drawn, addDays('2027-03-24', n), 1));
        const cases = days.flatMap((proof) => proof?.case ?? []);
        expect(whole?.starts).toBe(days.reduce((sum, proof) => sum + (proof?.starts ?? 0), 0));
        expect(whole?.case?.breachedStarts).toBe(cases.reduce((sum, { breachedStarts }) => sum + breachedStarts, 0));
        const least = cases.reduce((worst, one) => (one.leastSlackSeconds < worst.leastSlackSeconds ? one : worst));
        expect(whole?.case).toEqual({ ...least, breachedStarts: whole?.case?.breachedStarts });
      }),
      { numRuns: 12 },
    );
  });
});
