import { describe, expect, it } from 'vitest';
import { type Plan, schedulePairs, schedulePlan } from '../../../../runtime/engine/index.ts';
import { runSchedule } from './vectors.ts';

const office = [['09:00', '17:00'] as const];
const night = [['22:00', '06:00'] as const];
const fiveDays = { mon: office, tue: office, wed: office, thu: office, fri: office };

describe('a plan with calendars', () => {
  it('counts an elapsed lag in calendar time and a working lag in the calendar of the successor', async () => {
    const elapsed = await scheduleText({
      links: [{ from: 'a', to: 'b', type: 'FS', lagMinutes: 1440, elapsed: true }],
    });
    // a ends Friday 17:00; a day later is Saturday, so b starts on Monday.
    expect(elapsed).toMatchObject({ es: { b: '2026-03-30T09:00' }, ef: { b: '2026-03-30T17:00' } });
    const working = await scheduleText({ links: [{ from: 'a', to: 'b', type: 'FS', lagMinutes: 480 }] });
    expect(working).toMatchObject({ es: { b: '2026-03-31T09:00' } });
  });

  it('lets each task work in its own calendar, over midnight too', async () => {
    const answer = await scheduleText({
      tasks: [
        { id: 'a', durationMinutes: 480 },
        { id: 'b', durationMinutes: 600, calendar: 'night' },
      ],
      links: [{ from: 'a', to: 'b', type: 'FS', lagMinutes: 0 }],
    });
    // Friday 17:00, then the night shift of Friday (8 hours, to 06:00) and 2 hours of Saturday's.
    expect(answer).toMatchObject({
      es: { b: '2026-03-27T22:00' },
      ef: { b: '2026-03-29T00:00' },
      projectFinish: '2026-03-29T00:00',
    });
  });

  it('names a calendar that never opens, one that does not exist, and a date that is none', () => {
    const closed = schedulePlan({ ...plan(), calendars: [{ id: 'office', week: {} }] });
    expect(closed.schedule).toBeUndefined();
    expect(new Set(closed.findings.map(({ code }) => code))).toEqual(new Set(['PLAN_BAD_CALENDAR']));
    const unknown = schedulePlan({ ...plan(), tasks: [{ id: 'a', durationMinutes: 60, calendar: 'moon' }] });
    expect(unknown.findings[0]?.message).toContain('Calendar "moon" cannot be used');
    const date = schedulePlan({ ...plan(), projectStart: '2026-02-30T09:00' });
    expect(date.findings.map(({ code }) => code)).toEqual(['PLAN_BAD_DATE']);
  });

  it('ends with a finding where a calendar has no time left', () => {
    const once = [{ from: '2026-03-30', to: '2026-03-30', hours: office }];
    const { schedule, findings } = schedulePlan({
      ...plan(),
      calendars: [{ id: 'office', week: {}, exceptions: once }],
      tasks: [{ id: 'a', durationMinutes: 4800 }],
    });
    expect(schedule).toBeUndefined();
    expect(findings.map(({ code }) => code)).toEqual(['PLAN_BAD_CALENDAR']);
  });

  it('has a date for a task without length at the closing where the work before it ended', async () => {
    const answer = await scheduleText({
      tasks: [
        { id: 'a', durationMinutes: 480 },
        { id: 'b', durationMinutes: 0 },
      ],
      links: [{ from: 'a', to: 'b', type: 'FS', lagMinutes: 0 }],
    });
    expect(answer).toMatchObject({ es: { b: '2026-03-27T17:00' }, ef: { b: '2026-03-27T17:00' } });
  });
});

describe('a schedule over pairs', () => {
  // A day's length of 10 hours, day n starting at 10n: a target of n days is due at the end of the n-th day after its start.
  const days = (n: number) => ({
    finishFor: (start: number) => (Math.floor(start / 10) + n + 1) * 10,
    latestStartFor: (finish: number) => (Math.floor(finish / 10) - n) * 10 - 1,
  });

  it('starts a date target at any time of its day for the same finish, with no float', () => {
    const { schedule } = schedulePairs(
      [
        { id: 'a', ...days(2) },
        { id: 'b', ...days(1) },
      ],
      [{ from: 'a', to: 'b', type: 'FS', after: (end) => end + 3, before: (bound) => bound - 3 }],
      4,
    );
    expect(schedule?.dates).toEqual([
      { earlyStart: 4, earlyFinish: 30, lateStart: 9, lateFinish: 36, totalFloat: 5 },
      { earlyStart: 33, earlyFinish: 50, lateStart: 39, lateFinish: 50, totalFloat: 0 },
    ]);
    expect(schedule?.drivers).toEqual([[], [0]]);
  });

  it('measures late dates against a horizon and shows a missed one as negative float', () => {
    const fixed = { finishFor: (start: number) => start + 5, latestStartFor: (finish: number) => finish - 5 };
    const { schedule } = schedulePairs([{ id: 'a', ...fixed, target: 9 }], [], 0, 4);
    expect(schedule?.dates[0]).toMatchObject({ lateFinish: 4, totalFloat: -1 });
  });
});

describe("a planner's own files", () => {
  const table =
    'ID;Task name;Duration;Predecessors;Deadline\nHP-1;Receive;1d;;\nHP-2;Inspect;3d;HP-1FS+1d;2026-03-31\nHP-3;Write;4h;"HP-2SS+2h, HP-1";\n';

  it('reads a CSV table with link types, lags and deadlines', async () => {
    const { code, document } = await runSchedule('-', ['--start', '2026-03-26'], table);
    expect(code).toBe(0);
    // Thursday; Friday is the lag; Inspect runs Monday to Wednesday and is a day late for Tuesday.
    expect(document).toMatchObject({
      es: { 'HP-2': '2026-03-30T09:00', 'HP-3': '2026-03-30T11:00' },
      ef: { 'HP-2': '2026-04-01T17:00', 'HP-3': '2026-03-30T15:00' },
      totalFloatMinutes: { 'HP-1': -480, 'HP-2': -480 },
      names: { 'HP-2': 'Inspect' },
    });
  });

  it('schedules a CSV table without dates in working days', async () => {
    const { document } = await runSchedule('-', [], 'Key,Duration,After\na,2,\nb,4h,a\nc,1w,aSS+50%\n');
    expect(document).toMatchObject({ makespan: 6, ef: { a: 2, b: 2.5, c: 6 } });
  });

  it('names what it cannot read in a CSV table and refuses one that is no plan', async () => {
    const { code, document } = await runSchedule('-', [], 'ID,Duration,Predecessors\na,soon,\nb,1,aFS+x?!\nc,1,zz\n');
    expect(code).toBe(1);
    const { findings } = document as { findings: { code: string }[] };
    expect(findings.map((finding) => finding.code)).toContain('PLAN_BAD_NUMBER');
    expect(findings.map((finding) => finding.code)).toContain('PLAN_UNKNOWN_TASK');
    await expect(runSchedule('-', [], 'hello\nworld\n')).rejects.toThrow('neither JSON, XML nor a table');
  });

  it('reads MS Project XML with calendars, exceptions, summary tasks and elapsed lags', async () => {
    const { code, document } = await runSchedule('-', [], mspdi);
    expect(code).toBe(0);
    // Good Friday is closed. A: Mon to Wed; B after one more day: Mon 6 April; C five elapsed days after both of the phase: Mon 13 April 17:00 is no opening.
    expect(document).toMatchObject({
      ef: { '2': '2026-04-01T17:00', '3': '2026-04-06T17:00' },
      es: { '4': '2026-04-13T08:00' },
      names: { '1': 'Phase & one' },
      negativeFloat: ['2', '3', '4'],
    });
  });

  it('refuses XML that is broken or no project', async () => {
    await expect(runSchedule('-', [], '<Project><Tasks></Project>')).rejects.toThrow('is not XML');
    await expect(runSchedule('-', [], '<html></html>')).rejects.toThrow('no Project element');
  });
});

const mspdi = `<?xml version="1.0" encoding="UTF-8"?>
<Project xmlns="http://schemas.microsoft.com/project"><StartDate>2026-03-30T08:00:00</StartDate><CalendarUID>1</CalendarUID>
<Calendars><Calendar><UID>1</UID><Name>Standard</Name><BaseCalendarUID>-1</BaseCalendarUID><WeekDays>
<WeekDay><DayType>1</DayType><DayWorking>0</DayWorking></WeekDay>
<WeekDay><DayType>2</DayType><DayWorking>1</DayWorking><WorkingTimes><WorkingTime><FromTime>08:00:00</FromTime><ToTime>12:00:00</ToTime></WorkingTime><WorkingTime><FromTime>13:00:00</FromTime><ToTime>17:00:00</ToTime></WorkingTime></WorkingTimes></WeekDay>
<WeekDay><DayType>0</DayType><DayWorking>0</DayWorking><TimePeriod><FromDate>2026-04-03T00:00:00</FromDate><ToDate>2026-04-03T23:59:00</ToDate></TimePeriod></WeekDay>
</WeekDays></Calendar></Calendars>
<Tasks><Task><UID>0</UID><Name>Plan</Name><OutlineLevel>0</OutlineLevel><Summary>1</Summary></Task>
<Task><UID>1</UID><Name>Phase &amp; one</Name><OutlineLevel>1</OutlineLevel><Summary>1</Summary><Duration>PT40H0M0S</Duration></Task>
<Task><UID>2</UID><Name>A</Name><OutlineLevel>2</OutlineLevel><Duration>PT24H0M0S</Duration><DurationFormat>7</DurationFormat></Task>
<Task><UID>3</UID><Name>B</Name><OutlineLevel>2</OutlineLevel><Duration>PT8H0M0S</Duration><PredecessorLink><PredecessorUID>2</PredecessorUID><Type>1</Type><LinkLag>4800</LinkLag><LagFormat>7</LagFormat></PredecessorLink></Task>
<Task><UID>4</UID><Name>C</Name><OutlineLevel>1</OutlineLevel><Duration>PT8H0M0S</Duration><ConstraintType>4</ConstraintType><ConstraintDate>2026-04-01T08:00:00</ConstraintDate><Deadline>2026-04-06T17:00:00</Deadline><PredecessorLink><PredecessorUID>1</PredecessorUID><Type>1</Type><LinkLag>72000</LinkLag><LagFormat>8</LagFormat></PredecessorLink></Task>
</Tasks></Project>`;

function plan(): Plan {
  return {
    projectStart: '2026-03-27T09:00',
    defaultCalendar: 'office',
    calendars: [
      { id: 'office', week: fiveDays },
      { id: 'night', week: { ...Object.fromEntries(['fri', 'sat', 'sun'].map((day) => [day, night])) } },
    ],
    tasks: [
      { id: 'a', durationMinutes: 480 },
      { id: 'b', durationMinutes: 480 },
    ],
    links: [],
  };
}

async function scheduleText(part: Partial<Plan>): Promise<unknown> {
  return (await runSchedule('-', [], JSON.stringify({ ...plan(), ...part }))).document;
}
