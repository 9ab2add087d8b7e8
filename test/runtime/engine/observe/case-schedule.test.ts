import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileCalendar } from '../../../../runtime/engine/calendar/compile.ts';
import { applyToClock, makeClock } from '../../../../runtime/engine/clock/commands.ts';
import { compileWorkflow } from '../../../../runtime/engine/compile/compile-workflow.ts';
import { shippedBankHolidays } from '../../../../runtime/engine/index.ts';
import { caseSchedule } from '../../../../runtime/engine/observe/case-schedule.ts';
import { replay } from '../../../../runtime/engine/run/evolve.ts';
import { CalendarDocument } from '../../../../schemas/calendar.ts';
import type { CaseEvent } from '../../../../schemas/case-event.ts';
import { compiled, DAY, type Drawing, draw, HOUR, launchedCase, MONDAY } from '../run/drawing.ts';

interface Vector {
  readonly name: string;
  readonly dataDate: number;
  readonly tasks: readonly {
    id: string;
    duration: number;
    actualStart?: number;
    actualFinish?: number;
    remaining?: number;
  }[];
  readonly links: readonly { from: string; to: string; type: 'FS' | 'SS' | 'FF' | 'SF'; lag: number }[];
  readonly expected: Record<'override' | 'retained', Expected>;
}
interface Expected {
  finish: number;
  es: Record<string, number>;
  ef: Record<string, number>;
  lf: Record<string, number>;
  totalFloat: Record<string, number | null>;
  outOfSequence: [string, string][];
}

const { vectors } = JSON.parse(readFileSync('test/cases/schedule/progress.json', 'utf8')) as { vectors: Vector[] };
const ALL_DAY = [{ start: '00:00', end: '24:00' }];
const always = CalendarDocument.parse({
  kind: 'calendar',
  format: 1,
  key: 'always',
  title: 'Always open',
  zone: 'UTC',
  weekly: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, ALL_DAY])),
  closed: {},
  openings: {},
});
const calendars = { always: compileCalendar([{ publishedAt: null, content: always }], shippedBankHolidays) };
const at = (hour: number): number => MONDAY + hour * HOUR;
const hours = (value: number) => ({ value, unit: 'hours' as const });

/** A vector as a drawing: what takes no time is a milestone, lags are hours of calendar time. */
function drawn({ tasks, links }: Vector) {
  const configuration = draw({
    nodes: Object.fromEntries(
      tasks.map(({ id, duration }) => [
        id,
        duration === 0 ? { type: 'milestone', stage: id } : { task: { sla: { target: hours(duration) } } },
      ]),
    ),
    links: links.map(({ lag, ...link }) => ({ ...link, lag: { ...hours(lag), basis: 'elapsed' } })),
    workflow: { calendar: 'always', sla: { target: { value: 500, unit: 'hours' } } },
  });
  return compileWorkflow({ configuration: { ...configuration, calendar: { always } } }, 'W');
}

/** What the actual times of a vector make of its case, as events of that history. */
function lived(vector: Vector) {
  const steps = vector.tasks.filter(({ duration }) => duration === 0);
  const work = vector.tasks.filter(({ duration }) => duration > 0);
  const value = (life: string) => ({ life });
  const events: Pick<CaseEvent, 'type' | 'payload' | 'effectiveAt'>[] = [
    {
      type: 'caseLaunched',
      effectiveAt: at(0),
      payload: {
        workflow: 'W',
        release: null,
        digest: '',
        title: 'W',
        category: 'general',
        calendar: 'always',
        receivedAt: at(0),
        value: value('open'),
        tasks: work.map(({ id }) => ({
          id,
          node: id,
          occurrence: 1,
          title: id,
          mandatory: false,
          state: 'pending',
          value: value('pending'),
        })),
        steps: steps.map(({ id }) => ({ node: id, type: 'milestone', title: id, value: value('pending') })),
      },
    },
  ];
  for (const { id, actualStart, actualFinish, remaining = 0 } of work) {
    if (actualStart === undefined) continue;
    const told = { task: id, value: value('ready') };
    events.push({ type: 'taskReady', effectiveAt: at(actualStart), payload: told });
    events.push({
      type: 'taskStarted',
      effectiveAt: at(actualStart),
      payload: { ...told, value: value('inProgress') },
    });
    if (actualFinish !== undefined) {
      const payload = { task: id, value: value('complete'), outcome: null, fields: {} };
      events.push({ type: 'taskCompleted', effectiveAt: at(actualFinish), payload });
    } else {
      const target = hours(vector.dataDate - actualStart + remaining);
      const clock = makeClock({ calendar: 'always', target, amber: null, pausable: true });
      const { state } = applyToClock(clock, { verb: 'start', at: at(actualStart) }, () => calendars.always);
      const payload = { item: `task:${id}` as const, ladder: null, rows: {}, nextDueAt: null };
      events.push({
        type: 'timekept',
        effectiveAt: at(actualStart),
        payload: { ...payload, clocks: { completion: { ...state } } },
      });
    }
  }
  for (const { id, actualFinish } of steps) {
    if (actualFinish === undefined) continue;
    events.push({ type: 'stepReached', effectiveAt: at(actualFinish), payload: { node: id, value: value('reached') } });
  }
  return replay(
    events.map(
      (event, seq) => ({ ...event, seq: seq + 1, actor: 'amira', recordedAt: event.effectiveAt }) as CaseEvent,
    ),
  );
}

const inHours = (instants: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(instants).map(([id, instant]) => [id, (instant - MONDAY) / HOUR]));

describe('a live case re-scheduled from what happened (S7)', () => {
  it.each(
    vectors.flatMap((vector) =>
      (['override', 'retained'] as const).map((mode) => [vector.name, mode, vector] as const),
    ),
  )('%s in mode %s has the dates, floats and broken links of the reference', (_name, mode, vector) => {
    const ground = { now: at(vector.dataDate), calendars };
    const schedule = caseSchedule(drawn(vector), lived(vector), ground, { mode });
    const of = <K extends 'start' | 'finish' | 'lateFinish'>(key: K) =>
      inHours(Object.fromEntries(Object.entries(schedule.items).map(([id, item]) => [id, item[key]])));
    const expected = vector.expected[mode];
    const floats = Object.fromEntries(
      Object.entries(schedule.items).map(([id, { float }]) => [id, float === null ? null : float / 60]),
    );
    expect((schedule.finish - MONDAY) / HOUR).toBe(expected.finish);
    expect(of('start')).toEqual(expected.es);
    expect(of('finish')).toEqual(expected.ef);
    expect(of('lateFinish')).toEqual(expected.lf);
    expect(floats).toEqual(expected.totalFloat);
    expect([...schedule.outOfSequence].map(String).sort()).toEqual(expected.outOfSequence.map(String).sort());
  });
});

describe('a case lived by its officers', () => {
  const office = (date: string): number => Date.parse(`${date}T17:00:00Z`) / 1000;
  const scheduled = (drawing: Drawing, player: ReturnType<typeof launchedCase>, now: number) =>
    caseSchedule(compiled(drawing), player.state, { now, calendars: player.env.calendars });
  const ends = (schedule: ReturnType<typeof scheduled>) =>
    Object.fromEntries(Object.entries(schedule.items).map(([id, { finish }]) => [id, finish]));

  it('moves what follows when work is done early, and counts the float in working minutes (P10)', () => {
    const drawing = { nodes: { A: {}, B: {}, C: {} }, links: ['A>B'] };
    const player = launchedCase(drawing);
    const planned = scheduled(drawing, player, MONDAY);
    // Five working days after Monday 4 January is Monday the 11th; five more the 18th.
    expect(ends(planned)).toEqual({ A: office('2027-01-11'), B: office('2027-01-18'), C: office('2027-01-11') });
    expect(planned.critical).toEqual(['A', 'B']);
    expect(planned.items['C']?.float).toBe(5 * 8 * 60);
    const done = MONDAY + 2 * DAY;
    player.send(done, { type: 'completeTask', task: 'A' });
    const moved = scheduled(drawing, player, done);
    expect(ends(moved)).toEqual({ A: done, B: office('2027-01-13'), C: office('2027-01-11') });
    expect(moved.finish).toBe(office('2027-01-13'));
  });

  it('takes a manual task in when it is added, and passes through one that is bypassed', () => {
    const drawing = {
      nodes: { A: {}, B: { activation: 'manual' }, C: {} },
      links: ['A>B', 'B>C'],
    };
    const player = launchedCase(drawing);
    expect(ends(scheduled(drawing, player, MONDAY))).toEqual({ A: office('2027-01-11'), C: office('2027-01-18') });
    player.send(MONDAY, { type: 'addTask', node: 'B' });
    expect(ends(scheduled(drawing, player, MONDAY))['C']).toBe(office('2027-01-25'));
    player.send(MONDAY, { type: 'bypassTask', task: 'B', reason: 'not needed' });
    expect(ends(scheduled(drawing, player, MONDAY))).toEqual({ A: office('2027-01-11'), C: office('2027-01-11') });
  });

  it('ends overdue work now at the earliest and says which tasks end after the case (T11)', () => {
    const drawing = {
      nodes: { A: {}, B: {} },
      links: ['A>B'],
      workflow: { sla: { target: { value: 12, unit: 'workingDays' } } },
    };
    const player = launchedCase(drawing);
    const now = Date.parse('2027-01-15T12:00:00Z') / 1000;
    player.runTo(now);
    const late = scheduled(drawing, player, now);
    expect(ends(late)).toEqual({ A: now, B: office('2027-01-22') });
    expect(late.items['B']?.beyondCaseTarget).toBe(true);
    expect(late.items['A']?.beyondCaseTarget).toBe(false);
  });

  it('names the links that what happened contradicts, and the work stands (S7)', () => {
    const drawing = { nodes: { A: {}, B: {} }, links: ['A>B'] };
    const player = launchedCase(drawing);
    player.send(MONDAY, { type: 'completeTask', task: 'A' });
    player.send(MONDAY + HOUR, { type: 'startTask', task: 'B' });
    const news = player.send(MONDAY + 2 * HOUR, { type: 'reopenTask', task: 'A', reason: 'wrong form' });
    expect(news.find(({ type }) => type === 'taskOutOfSequence')?.payload).toEqual({ task: 'B', before: ['A'] });
    expect(player.state.tasks['B']).toMatchObject({ life: 'inProgress', flags: ['outOfSequence'] });
    expect(scheduled(drawing, player, MONDAY + 2 * HOUR).outOfSequence).toEqual([['A', 'B']]);
  });
});
