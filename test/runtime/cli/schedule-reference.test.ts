import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runSchedule } from '../engine/schedule/vectors.ts';

type Kind = 'FS' | 'SS' | 'FF' | 'SF';
interface Link {
  readonly from: string;
  readonly to: string;
  readonly type: Kind;
  readonly lag: number;
}
const kinds: readonly Kind[] = ['FS', 'SS', 'FF', 'SF'];
const constraints = ['SNET', 'FNET', 'SNLT', 'FNLT', 'MSO', 'MFO', 'none', 'none', 'none'] as const;

/** Tasks in an order that links follow, so no cycle; names so that the listed order is not that order. */
const drawings = fc
  .record({
    durations: fc.array(fc.nat(12), { minLength: 1, maxLength: 9 }),
    picks: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.constantFrom(...kinds), fc.integer({ min: -5, max: 8 })), {
      maxLength: 16,
    }),
  })
  .map(({ durations, picks }) => {
    const n = durations.length;
    const links = picks.flatMap(([a, b, type, lag]): Link[] => {
      const [from, to] = [a % n, b % n].sort((x, y) => x - y) as [number, number];
      return from === to ? [] : [{ from: `t${from}`, to: `t${to}`, type, lag }];
    });
    return { durations, links };
  });

describe('lintel schedule beside a schedule by hand', () => {
  it('gives every figure of a network as repeated relaxation does', async () => {
    await fc.assert(
      fc.asyncProperty(drawings, async ({ durations, links }) => {
        const tasks = durations.map((durationDays, i) => ({ id: `t${i}`, durationDays })).reverse();
        const { document } = await runSchedule(
          '-',
          ['--schema', 'cpm-vector/1'],
          JSON.stringify({ name: 'drawn', tasks, links }),
        );
        const printed = document as Record<string, unknown>;
        const byHand = figuresByHand(durations, links);
        expect(Object.fromEntries(Object.keys(byHand).map((key) => [key, sorted(key, printed[key])]))).toEqual(byHand);
      }),
      { numRuns: 300 },
    );
  });

  it('measures a network against the case SLA and its targets', async () => {
    const limits = fc.array(fc.option(fc.integer({ min: 1, max: 60 })), { minLength: 9, maxLength: 9 });
    await fc.assert(
      fc.asyncProperty(drawings, limits, fc.nat(60), async ({ durations, links }, targets, slaTarget) => {
        const tasks = durations.map((durationDays, i) => ({ id: `t${i}`, durationDays, target: targets[i] ?? null }));
        const { document } = await runSchedule(
          '-',
          ['--schema', 'cpm-sla/1'],
          JSON.stringify({ slaTarget, tasks, links }),
        );
        const { es, ls, lf, makespan } = passesByHand(durations, links, {
          horizon: slaTarget,
          caps: targets.map((target) => target ?? Infinity),
        });
        const ids = durations.map((_, i) => `t${i}`);
        expect(document).toMatchObject({
          makespan,
          slaSlack: slaTarget - makespan,
          ls: named(ls),
          lf: named(lf),
          float: named(ls.map((late, i) => late - at(es, i))),
          infeasible: ids.filter((_, i) => at(ls, i) < at(es, i)),
          targetOutsideSla: ids.filter((_, i) => (targets[i] ?? -1) > slaTarget),
          targetBeforeEarliestFinish: ids.filter((_, i) => (targets[i] ?? Infinity) < at(es, i) + at(durations, i)),
        });
      }),
      { numRuns: 200 },
    );
  });

  it('gives the dates of a plan with constraints and deadlines on an office calendar', async () => {
    const dates = fc.array(
      fc.record({
        type: fc.constantFrom(...constraints),
        day: fc.nat(30),
        deadline: fc.option(fc.nat(30), { freq: 5 }),
      }),
      { minLength: 9, maxLength: 9 },
    );
    await fc.assert(
      fc.asyncProperty(drawings, dates, async ({ durations, links }, limits) => {
        const plan = toPlan(durations, links, limits);
        const byHand = planByHand(durations, links, limits);
        if (byHand.beforeLaunch) return;
        const { document } = await runSchedule('-', ['--schema', 'cal-schedule/1'], JSON.stringify(plan));
        const printed = document as Record<string, Record<string, string> & string>;
        for (const key of ['es', 'ef', 'ls', 'lf'] as const) {
          const works = Object.entries(printed[key] ?? {}).map(([id, text]) => [id, workOf(text)] as const);
          expect([key, Object.fromEntries(works)]).toEqual([key, named(byHand[key])]);
        }
        expect(printed['totalFloatMinutes']).toEqual(named(byHand.float));
        expect(workOf(printed['projectFinish'] ?? '')).toBe(byHand.finish);
        expect([...(printed['negativeFloat'] as unknown as string[])].sort()).toEqual(
          durations.map((_, i) => `t${i}`).filter((_, i) => at(byHand.float, i) < 0),
        );
      }),
      { numRuns: 400 },
    );
  });
});

function at(values: readonly number[], i: number): number {
  return values[i] ?? Number.NaN;
}

function named(values: readonly number[]): Record<string, number> {
  return Object.fromEntries(values.map((value, i) => [`t${i}`, value]));
}

const place = (id: string) => Number(id.slice(1));

/** Earliest time between two starts that a link allows (S2). */
function weight({ from, to, type, lag }: Link, durations: readonly number[]): number {
  const [a, b] = [at(durations, place(from)), at(durations, place(to))];
  return { FS: a + lag, SS: lag, FF: a + lag - b, SF: lag - b }[type];
}

/** Early and late starts by going over all links until nothing moves. */
function passesByHand(
  durations: readonly number[],
  links: readonly Link[],
  { horizon, caps }: { horizon?: number; caps?: readonly number[] } = {},
) {
  const es = durations.map(() => 0);
  untilStill(() => links.map((link) => raise(es, place(link.to), at(es, place(link.from)) + weight(link, durations))));
  const makespan = Math.max(0, ...es.map((start, i) => start + at(durations, i)));
  const ls = durations.map((duration, i) => Math.min(horizon ?? makespan, caps?.[i] ?? Infinity) - duration);
  untilStill(() => links.map((link) => lower(ls, place(link.from), at(ls, place(link.to)) - weight(link, durations))));
  return { es, ls, lf: ls.map((start, i) => start + at(durations, i)), makespan };
}

function untilStill(step: () => readonly boolean[]): void {
  while (step().some(Boolean));
}

function raise(values: number[], i: number, to: number): boolean {
  if (at(values, i) >= to) return false;
  values[i] = to;
  return true;
}

function lower(values: number[], i: number, to: number): boolean {
  if (at(values, i) <= to) return false;
  values[i] = to;
  return true;
}

function figuresByHand(durations: readonly number[], links: readonly Link[]): Record<string, unknown> {
  const { es, ls, lf, makespan } = passesByHand(durations, links);
  const ef = es.map((start, i) => start + at(durations, i));
  const float = ls.map((late, i) => late - at(es, i));
  const linkFloat = links.map((link) => at(es, place(link.to)) - at(es, place(link.from)) - weight(link, durations));
  const free = durations.map((_, i) =>
    Math.min(makespan - at(ef, i), ...linkFloat.filter((_, k) => place(links[k]?.from ?? '') === i)),
  );
  const critical = durations.map((_, i) => `t${i}`).filter((_, i) => at(float, i) <= 0);
  const isCritical = (id: string) => critical.includes(id);
  const without = (i: number) =>
    passesByHand(
      durations.map((d, k) => (k === i ? 0 : d)),
      links,
    ).makespan;
  const near = (most: number) =>
    durations.map((_, i) => `t${i}`).filter((_, i) => at(float, i) > 0 && at(float, i) <= most);
  return {
    makespan,
    es: named(es),
    ef: named(ef),
    ls: named(ls),
    lf: named(lf),
    totalFloat: named(float),
    freeFloat: named(free),
    critical,
    linkFloat,
    criticalLinks: links.flatMap((link, k) =>
      linkFloat[k] === 0 && isCritical(link.from) && isCritical(link.to) ? [k] : [],
    ),
    drag: Object.fromEntries(critical.map((id) => [id, makespan - without(place(id))])),
    nearCritical: { 1: near(1), 3: near(3) },
  };
}

function sorted(key: string, value: unknown): unknown {
  if (key === 'critical') return [...(value as string[])].sort();
  if (key !== 'nearCritical') return value;
  return Object.fromEntries(Object.entries(value as Record<string, string[]>).map(([k, ids]) => [k, ids.sort()]));
}

/** Monday to Friday 09:00 to 17:00 with one closed Friday; half hours of work from the Monday of launch. */
const launch = Date.parse('2026-03-30T00:00Z');
const HALF_HOURS = 16;
const workingDates = Array.from({ length: 400 }, (_, day) => new Date(launch + (day - 100) * 86_400_000))
  .filter((date) => date.getUTCDay() % 6 !== 0)
  .map((date) => date.toISOString().slice(0, 10))
  .filter((date) => date !== '2026-04-03');
const dayZero = workingDates.indexOf('2026-03-30');

interface Limit {
  readonly type: (typeof constraints)[number];
  readonly day: number;
  readonly deadline: number | null;
}

function toPlan(durations: readonly number[], links: readonly Link[], limits: readonly Limit[]) {
  const open = [['09:00', '17:00']];
  return {
    projectStart: '2026-03-30T09:00',
    defaultCalendar: 'office',
    calendars: [
      {
        id: 'office',
        week: { mon: open, tue: open, wed: open, thu: open, fri: open },
        exceptions: [{ from: '2026-04-03', to: '2026-04-03', hours: [] }],
      },
    ],
    tasks: durations.map((duration, i) => {
      const { type, day, deadline } = limits[i] as Limit;
      const isStart = type.startsWith('S') || type === 'MSO';
      return {
        id: `t${i}`,
        durationMinutes: minutesOf(duration),
        ...(type === 'none'
          ? {}
          : { constraint: { type, date: `${workingDates[dayZero + day]}T${isStart ? '09:00' : '17:00'}` } }),
        ...(deadline === null ? {} : { deadline: `${workingDates[dayZero + deadline]}T17:00` }),
      };
    }),
    links: links.map(({ from, to, type, lag }) => ({ from, to, type, lagMinutes: lag * 90 })),
  };
}

const minutesOf = (duration: number) => duration * 150;

/** Working minutes from launch to a local date-time, counted by looking at the working dates. */
function workOf(text: string): number {
  const [date = '', time = ''] = text.split('T');
  const before = workingDates.filter((one) => one < date).length - dayZero;
  const minute = Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5)) - 540;
  const today = workingDates.includes(date) ? Math.max(0, Math.min(HALF_HOURS * 30, minute)) : 0;
  return before * HALF_HOURS * 30 + today;
}

/** The passes of a planner that honours hard dates over links, in working minutes. */
function planByHand(durations: readonly number[], links: readonly Link[], limits: readonly Limit[]) {
  const lengths = durations.map(minutesOf);
  const timed = links.map((link) => ({ ...link, lag: link.lag * 90 }));
  const [es, lf] = [lengths.map(() => 0), lengths.map(() => 0)];
  let beforeLaunch = false;
  const byLinks = lengths.map(() => 0);
  const dateOf = (i: number): number => {
    const { type, day } = limits[i] as Limit;
    const work = day * HALF_HOURS * 30 + (type.startsWith('S') || type === 'MSO' ? 0 : HALF_HOURS * 30);
    return type.startsWith('F') || type === 'MFO' ? work - at(lengths, i) : work;
  };
  for (const [i] of lengths.entries()) {
    const bounds = timed
      .filter(({ to }) => place(to) === i)
      .map((link) => at(es, place(link.from)) + weight(link, lengths));
    const start = Math.max(0, ...bounds);
    const type = limits[i]?.type;
    if (bounds.some((bound) => bound < 0) && !bounds.some((bound) => bound >= 0)) beforeLaunch = true;
    if (type === 'SNET' || type === 'FNET') es[i] = Math.max(start, dateOf(i));
    else if (type === 'SNLT' || type === 'FNLT') es[i] = Math.min(start, dateOf(i));
    else es[i] = type === 'MSO' || type === 'MFO' ? dateOf(i) : start;
    if (type === 'MSO' || type === 'MFO') byLinks[i] = start;
    // A hard date before launch is nobody's plan.
    if (at(es, i) < 0) beforeLaunch = true;
  }
  const ef = es.map((start, i) => start + at(lengths, i));
  const finish = Math.max(...ef);
  const ls = lengths.map(() => 0);
  for (const i of lengths.map((_, k) => k).reverse()) {
    const bounds = timed
      .filter(({ from }) => place(from) === i)
      .map((link) => at(ls, place(link.to)) - weight(link, lengths) + at(lengths, i));
    const { type, deadline } = limits[i] as Limit;
    let late = Math.min(finish, ...bounds);
    const dated = dateOf(i) + at(lengths, i);
    if (type === 'MSO' || type === 'MFO') late = dated;
    if (type === 'SNLT' || type === 'FNLT') late = Math.min(late, dated);
    if (deadline !== null) late = Math.min(late, (deadline + 1) * HALF_HOURS * 30);
    lf[i] = late;
    ls[i] = late - at(lengths, i);
  }
  // A milestone that must lie on a date shows itself how far the links overrun it (slack9 of Microsoft Project).
  const shown = es.map((start, i) => (at(lengths, i) === 0 ? Math.max(start, at(byLinks, i)) : start));
  return { es, ef, ls, lf, finish, float: ls.map((late, i) => late - at(shown, i)), beforeLaunch };
}
