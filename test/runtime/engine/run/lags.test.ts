import { describe, expect, it } from 'vitest';
import { compileCalendar } from '../../../../runtime/engine/calendar/compile.ts';
import { shippedBankHolidays } from '../../../../runtime/engine/index.ts';
import { CalendarDocument } from '../../../../schemas/calendar.ts';
import { compiled, DAY, HOUR, launchedCase, lives, MONDAY } from './drawing.ts';

const always = CalendarDocument.parse({
  kind: 'calendar',
  format: 1,
  key: 'always',
  title: 'Always open',
  zone: 'Europe/London',
  weekly: Object.fromEntries(
    ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [{ start: '00:00', end: '24:00' }]]),
  ),
  closed: {},
  openings: {},
});
const calendars = { always: compileCalendar([{ publishedAt: null, content: always }], shippedBankHolidays) };
const days = (value: number) => ({ value, unit: 'calendarDays' });
const midnight = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 1000;

/** A drawing on a calendar that never closes, so that days end at 24:00. */
function roundTheClock(drawing: Parameters<typeof launchedCase>[0]) {
  const whole = { ...drawing, workflow: { calendar: 'always', ...drawing.workflow } };
  return launchedCase(whole, { bundle: compiled(whole), calendars });
}

describe('a lag that ends at 24:00', () => {
  const lag = { ...days(2), basis: 'working' };
  const sla = { target: { ...days(5), dueAt: 'endOfDay' } };

  it('counts the target that follows from the date on which it ended (T13)', () => {
    const player = roundTheClock({ nodes: { A: {}, B: { task: { sla } } }, links: [{ from: 'A', to: 'B', lag }] });
    // Friday 8 January plus two days ends on Sunday the 10th at 24:00; five days after Sunday is Friday the 15th.
    player.send(MONDAY + 4 * DAY, { type: 'completeTask', task: 'A' });
    player.runTo(midnight('2027-01-11') + 1);
    expect(player.state.tasks['B']?.activeAt).toBe(midnight('2027-01-11'));
    expect(player.state.time['task:B']?.rows['completion']?.dueAt).toBe(midnight('2027-01-16'));
  });

  it('hands that date on through a milestone to the lag after it', () => {
    const player = roundTheClock({
      nodes: { A: {}, M: { type: 'milestone', stage: 'waited' }, B: {} },
      links: [
        { from: 'A', to: 'M', lag },
        { from: 'M', to: 'B', lag: { ...days(5), basis: 'working' } },
      ],
    });
    player.send(MONDAY + 4 * DAY, { type: 'completeTask', task: 'A' });
    player.runTo(midnight('2027-01-20'));
    expect(player.state.tasks['B']?.activeAt).toBe(midnight('2027-01-16'));
  });

  it('leaves targets in open hours to the second, and a lag that ends at noon alone', () => {
    const player = roundTheClock({
      nodes: { A: {}, B: { task: { sla: { target: { value: 3, unit: 'hours' } } } }, C: { task: { sla } } },
      links: [
        { from: 'A', to: 'B', lag },
        { from: 'A', to: 'C', lag: { value: 2, unit: 'hours', basis: 'elapsed' } },
      ],
    });
    player.send(MONDAY, { type: 'completeTask', task: 'A' });
    player.runTo(midnight('2027-01-07') + 1);
    expect(player.state.time['task:B']?.rows['completion']?.dueAt).toBe(midnight('2027-01-07') + 3 * HOUR);
    expect(player.state.time['task:C']?.rows['completion']?.dueAt).toBe(midnight('2027-01-10'));
  });
});

describe('a task that may not finish before another node', () => {
  it('waits for a milestone too, and for the lag after it (FF)', () => {
    const lag = { value: 3, unit: 'hours', basis: 'elapsed' };
    const player = launchedCase({
      nodes: { A: {}, M: { type: 'milestone', stage: 'x' }, B: {} },
      links: ['A>M', { from: 'M', to: 'B', type: 'FF', lag }],
    });
    expect(lives(player)['B']).toBe('ready');
    const refused = () => player.refused(MONDAY + HOUR, { type: 'completeTask', task: 'B' }).reason;
    expect(refused()).toBe('Task Task B cannot be completed: it may not finish before M.');
    player.send(MONDAY, { type: 'completeTask', task: 'A' });
    expect(refused()).toBe('Task Task B cannot be completed: it may not finish before M.');
    player.send(MONDAY + 3 * HOUR, { type: 'completeTask', task: 'B' });
    expect(lives(player)['B']).toBe('complete');
  });
});

describe('the case itself', () => {
  const ladder = {
    subject: 'case',
    rungs: { late: { trigger: { on: 'breached' }, to: ['caseOwner', 'group:leaders'] } },
  };

  it('has a target and a ladder of its own beside those of its tasks', () => {
    const player = launchedCase({
      nodes: { A: { task: { ladder: 'T', sla: { target: { value: 9, unit: 'workingDays' } } } } },
      ladders: { W: ladder, T: { rungs: { soon: { trigger: { on: 'warning' } } } } },
      workflow: {
        ladder: 'W',
        sla: { target: { value: 2, unit: 'workingDays' }, amber: { before: { value: 1, unit: 'workingDays' } } },
      },
    });
    player.runTo(MONDAY + 9 * DAY);
    const told = player.events.flatMap((event) =>
      event.type === 'slaAmber' || event.type === 'slaBreached' || event.type === 'rungFired'
        ? [[event.type, event.payload.item, event.effectiveAt]]
        : [],
    );
    // Two working days after Monday 4 January are over at the close of business of Wednesday.
    const close = (date: string): number => Date.parse(`${date}T17:00:00Z`) / 1000;
    expect(told).toEqual([
      ['slaAmber', 'case:', close('2027-01-05')],
      ['slaBreached', 'case:', close('2027-01-06')],
      ['rungFired', 'case:', close('2027-01-06')],
    ]);
    const leaders = player.events.flatMap((event) => (event.type === 'messageQueued' ? [event.payload.to] : []));
    expect(leaders).toContain('lee');
    expect(lives(player)['A']).toBe('ready');
  });
});
