import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { run } from '../../../runtime/cli/simulate.ts';

const DAY = 86_400;
const SLOT = 900;
const first = Date.parse('2026-03-25T00:00:00Z') / 1000;
const days = 75;
const holidays = ['2026-04-03', '2026-04-06', '2026-05-04', '2026-05-25'];
const nine = [['09:00', '17:00']] as const;
const lunch = [
  ['09:00', '12:30'],
  ['13:30', '17:00'],
] as const;
const night = [['22:00', '06:00']] as const;
type Windows = readonly (readonly [string, string])[];
const week = (windows: Windows, names = ['mon', 'tue', 'wed', 'thu', 'fri']) =>
  Object.fromEntries(names.map((name) => [name, windows]));
const calendars: Record<
  string,
  { zone: string; weekly?: Record<string, Windows>; holidays?: string[]; always?: true }
> = {
  office: { zone: 'Europe/London', weekly: week(nine), holidays },
  lunch: { zone: 'Europe/London', weekly: week(lunch), holidays },
  always: { zone: 'Europe/London', always: true },
  night: { zone: 'Europe/London', weekly: week(night, ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']) },
};
const directory = {
  managerOf: { A: 'M', B: 'M' },
  groups: { stake: ['s1', 's2'] },
  roles: { duty: ['d1', 'd2'], lead: ['l1'], nobody: [] },
};

type Command = readonly [number, string, unknown?];
interface Rung {
  readonly id: string;
  readonly trigger: { readonly on: string; readonly after?: string; readonly secs?: number };
  readonly to: readonly string[];
  readonly repeat?: { readonly every: number; readonly max: number } | null;
}
interface Trace {
  readonly calendar: string;
  readonly unit: 'hours' | 'workingDays' | 'calendarDays';
  readonly value: number;
  readonly how: { readonly dayOne?: 'same' | 'next'; readonly dueAt?: 'closeOfBusiness' | 'endOfDay' };
  readonly percent: number | null;
  readonly pausable: boolean;
  readonly rungs: readonly Rung[];
  readonly fallback: readonly string[] | null;
  readonly hold: number;
  readonly commands: readonly Command[];
}

const reason = fc.constantFrom('awaiting-agency', 'awaiting-customer');
const verb = fc.oneof(
  { weight: 4, arbitrary: reason.map((name) => ['pause', name] as const) },
  { weight: 4, arbitrary: reason.map((name) => ['resume', name] as const) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 30 }).map((value) => ['retarget', value] as const) },
  { weight: 2, arbitrary: fc.constant(['ack', undefined] as const) },
  { weight: 1, arbitrary: fc.constantFrom('A', 'B').map((user) => ['reassign', user] as const) },
);
const wait = fc.integer({ min: 1, max: 14 }).map((hours) => hours * 3600);
const repeat = fc.option(fc.record({ every: wait, max: fc.integer({ min: 2, max: 4 }) }));
const who = fc.constantFrom(['role:lead', 'owner'], ['role:nobody'], ['group:stake'], ['role:duty']);
const traces = (isLadder: boolean): fc.Arbitrary<Trace> =>
  fc
    .record({
      calendar: fc.constantFrom(...Object.keys(calendars)),
      unit: isLadder ? fc.constant('hours' as const) : fc.constantFrom('hours', 'workingDays', 'calendarDays'),
      value: fc.integer({ min: 1, max: 24 }),
      how: fc.record({
        dayOne: fc.constantFrom('same', 'next'),
        dueAt: fc.constantFrom('closeOfBusiness', 'endOfDay'),
      }),
      percent: fc.option(fc.integer({ min: 20, max: 90 })),
      pausable: fc.boolean(),
      repeats: fc.tuple(repeat, repeat),
      waits: fc.tuple(wait, wait),
      to: fc.tuple(who, who),
      fallback: fc.constantFrom(null, ['f1']),
      hold: fc.constant(28_800),
      begin: fc.nat(6 * 96),
      steps: fc.array(fc.tuple(fc.integer({ min: 1, max: 4 * 96 }), verb), { maxLength: 6 }),
      rest: fc.integer({ min: 1, max: 8 * 96 }),
      end: fc.constantFrom('complete', 'runTo'),
    })
    .map(({ begin, steps, rest, end, repeats, waits, to, ...trace }) => {
      let at = first + begin * SLOT;
      const commands: Command[] = [[at, 'start']];
      for (const [gap, [name, detail]] of steps) {
        if (!isLadder && (name === 'ack' || name === 'reassign')) continue;
        if (isLadder && name === 'retarget') continue;
        at += gap * SLOT;
        commands.push([at, name, detail]);
      }
      commands.push([at + rest * SLOT, end]);
      const rungs: Rung[] = [
        { id: 'R1', trigger: { on: 'warning' }, to: ['owner'] },
        { id: 'R2', trigger: { on: 'breached' }, to: ['owner', 'manager-of:owner'], repeat: repeats[0] },
        { id: 'R3', trigger: { on: 'followOn', after: 'R2', secs: waits[0] }, to: to[0], repeat: repeats[1] },
        { id: 'R4', trigger: { on: 'followOn', after: 'R3', secs: waits[1] }, to: to[1] },
      ];
      return { ...trace, rungs: isLadder ? rungs : [], commands } as Trace;
    });

describe('lintel simulate beside a walk second by second', () => {
  it('finds the same facts of clocks, whatever pauses and changes', async () => {
    await fc.assert(
      fc.asyncProperty(traces(false), async (trace) => {
        const { breachedAt, outcome, consumedSeconds, overdueSeconds, facts } = await play(trace, 'clock');
        expect({ breachedAt, outcome, consumedSeconds, overdueSeconds, facts }).toEqual(walkClock(trace));
      }),
      { numRuns: 12 },
    );
  }, 120_000);

  it('fires the same rungs at the same times to the same people', async () => {
    await fc.assert(
      fc.asyncProperty(traces(true), async (trace) => {
        const { firings, breachedAt } = await play(trace, 'ladder');
        const walked = walkLadder(trace);
        expect({ firings, breachedAt }).toEqual(walked);
      }),
      { numRuns: 12 },
    );
  }, 120_000);
});

// biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects
async function play(trace: Trace, kind: 'clock' | 'ladder'): Promise<any> {
  const { calendar, unit, value, how, percent, pausable, rungs, fallback, hold } = trace;
  const target = { unit, value, ...(unit === 'hours' ? {} : how) };
  const commands = trace.commands.map(([at, name, detail]) => [
    textOf(at),
    name,
    ...(name === 'retarget' ? [{ ...target, value: detail }] : detail === undefined ? [] : [detail]),
  ]);
  const clock = { calendar, target, amber: percent === null ? null : { percent }, pausable };
  const ladder = kind === 'ladder' ? { owner: 'A', rungs, ackHoldSeconds: hold, fallback } : {};
  const vectors = [{ name: 'drawn', kind, clock, ...ladder, commands }];
  const printed: string[] = [];
  const text = JSON.stringify({ schema: 'sla-trace/1', calendars, directory, vectors });
  await run(['-', '--json'], { read: () => text, print: (line) => void printed.push(line), say: () => undefined });
  return JSON.parse(printed.join('')).results[0].result;
}

const opens = new Map<string, Uint8Array>();

/** Whether each quarter of an hour is open, and the ticks and working days, found by writing every window down. */
function openSlots(name: string): Uint8Array {
  const known = opens.get(name);
  if (known) return known;
  const calendar = calendars[name];
  const open = new Uint8Array((days * DAY) / SLOT).fill(calendar?.always ? 1 : 0);
  for (let day = -1; day < days && calendar?.weekly; day++) {
    for (const [from, to] of windowsOn(name, day)) {
      for (let t = localAt(day, from); t < localAt(to <= from ? day + 1 : day, to); t += SLOT) {
        if (t >= first) open[(t - first) / SLOT] = 1;
      }
    }
  }
  opens.set(name, open);
  return open;
}

function dateOn(day: number): Temporal.PlainDate {
  return Temporal.PlainDate.from('2026-03-25').add({ days: day });
}

function windowsOn(name: string, day: number): Windows {
  const { weekly, holidays: closed = [], always } = calendars[name] ?? {};
  if (always) return [['00:00', '24:00']];
  const date = dateOn(day);
  if (closed.includes(date.toString())) return [];
  return weekly?.[['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'][date.dayOfWeek - 1] ?? ''] ?? [];
}

function localAt(day: number, time: string): number {
  const [on, at] = time === '24:00' ? [dateOn(day + 1), '00:00'] : [dateOn(day), time];
  return Temporal.PlainDateTime.from(`${on}T${at}`).toZonedDateTime('Europe/London').epochMilliseconds / 1000;
}

function tickOn(name: string, day: number, dueAt: string | undefined): number {
  const last = windowsOn(name, day).at(-1);
  if (dueAt === 'endOfDay' || !last) return localAt(day, '24:00');
  return localAt(last[1] <= last[0] ? day + 1 : day, last[1]);
}

/** A clock as its rules say it, second by second: commands at an instant come before the facts due at it (C2). */
class Walk {
  readonly trace: Trace;
  readonly open: Uint8Array;
  /** Ticks of the dates that may count, by instant. */
  readonly ticks = new Map<number, number>();
  t = 0;
  running = false;
  ended = false;
  reasons = new Set<string>();
  value: number;
  consumed = 0;
  counted = 0;
  overdue = 0;
  hasAmber = false;
  breachedAt: number | null = null;
  facts: [string, string][] = [];

  constructor(trace: Trace) {
    this.trace = trace;
    this.open = openSlots(trace.calendar);
    this.value = trace.value;
  }

  isOpen(): boolean {
    return this.open[Math.floor((this.t - first) / SLOT)] === 1;
  }

  start(): void {
    const { calendar, unit, how } = this.trace;
    this.running = true;
    if (unit === 'hours') return;
    let day = 0;
    while (localAt(day + 1, '00:00') <= this.t) day++;
    const counts = (one: number) => unit === 'calendarDays' || windowsOn(calendar, one).length > 0;
    if (how.dayOne === 'same' && counts(day)) this.counted = 1;
    this.startDay = day;
    for (let one = day + 1; one < days; one++) if (counts(one)) this.ticks.set(tickOn(calendar, one, how.dueAt), one);
    // Used up on the start date itself: at its own tick, or at once where that has passed.
    this.firstTick = Math.max(this.t, tickOn(calendar, day, how.dueAt));
  }

  startDay = 0;
  firstTick = 0;

  /** The tick of a date counts where the clock was running up to it (C7). */
  countTick(wasRunning: boolean): void {
    if (wasRunning && this.ticks.has(this.t)) this.counted++;
  }

  hasReached(share: number): boolean {
    if (this.trace.unit === 'hours') return this.consumed >= Math.ceil((this.value * 3600 * share) / 100);
    const needed = Math.ceil((this.value * share) / 100);
    return this.counted >= needed && (needed > (this.trace.how.dayOne === 'same' ? 1 : 0) || this.t >= this.firstTick);
  }

  /** Facts due at this instant, after its commands. */
  tell(): void {
    if (!this.running || this.breachedAt !== null) return;
    const { percent } = this.trace;
    if (percent !== null && !this.hasAmber && this.hasReached(percent)) {
      this.hasAmber = true;
      this.facts.push(['amber', textOf(this.t)]);
    }
    if (!this.hasReached(100)) return;
    this.breachedAt = this.t;
    this.facts.push(['breached', textOf(this.t)]);
  }

  command([, name, detail]: Command): void {
    if (name === 'start') this.start();
    if (name === 'complete') [this.running, this.ended] = [false, true];
    if (name === 'retarget') [this.value, this.hasAmber] = [detail as number, false];
    if (name === 'pause' && !this.trace.pausable) this.facts.push(['pauseIgnored', textOf(this.t)]);
    else if (name === 'pause') this.reasons.add(detail as string);
    if (name === 'resume') this.reasons.delete(detail as string);
    if (name === 'pause' || name === 'resume') this.running = this.reasons.size === 0;
  }

  pass(): void {
    if (!this.running || !this.isOpen()) return;
    this.consumed++;
    if (this.breachedAt !== null) this.overdue++;
  }
}

function walkClock(trace: Trace) {
  const walk = new Walk(trace);
  const last = trace.commands.at(-1)?.[0] ?? 0;
  for (walk.t = trace.commands[0]?.[0] ?? 0; walk.t <= last; walk.t++) {
    const wasRunning = walk.running;
    walk.countTick(wasRunning);
    for (const command of trace.commands) if (command[0] === walk.t) walk.command(command);
    if (walk.t === last) break;
    walk.tell();
    walk.pass();
  }
  const outcome = walk.ended ? (walk.breachedAt === null ? 'met' : 'breached') : 'open';
  return {
    breachedAt: walk.breachedAt === null ? null : textOf(walk.breachedAt),
    outcome,
    consumedSeconds: walk.consumed,
    overdueSeconds: walk.overdue,
    facts: [...walk.facts].sort((a, b) => (a.join() < b.join() ? -1 : 1)),
  };
}

interface Climbed {
  fired: number;
  /** Open, unpaused seconds since the first and since the last firing. */
  sinceFirst: number;
  sinceLast: number;
  reachedNobody: boolean;
}

function walkLadder(trace: Trace) {
  const walk = new Walk(trace);
  const last = trace.commands.at(-1)?.[0] ?? 0;
  const climbed = new Map<string, Climbed>();
  const firings: unknown[][] = [];
  let owner = 'A';
  let holdLeft = 0;
  const isDue = (rung: Rung): boolean => {
    const done = climbed.get(rung.id);
    const isHeld = holdLeft > 0;
    if (done) {
      const { repeat: again } = rung;
      return !!again && done.fired < again.max && done.sinceLast >= again.every && !isHeld && walk.running;
    }
    if (rung.trigger.on === 'warning') return walk.hasAmber;
    if (rung.trigger.on === 'breached') return walk.breachedAt !== null;
    const base = climbed.get(rung.trigger.after ?? '');
    if (!base || isHeld || !walk.running) return false;
    return base.reachedNobody || base.sinceFirst >= (rung.trigger.secs ?? 0);
  };
  const climb = () => {
    for (let moved = true; moved; ) {
      moved = false;
      for (const rung of trace.rungs) {
        if (!isDue(rung)) continue;
        moved = true;
        const to = resolve(rung.to, owner);
        const people = to.length > 0 ? to : (trace.fallback ?? []);
        const done = climbed.get(rung.id) ?? { fired: 0, sinceFirst: 0, sinceLast: 0, reachedNobody: false };
        done.fired++;
        done.sinceLast = 0;
        if (people.length === 0) done.reachedNobody = true;
        climbed.set(rung.id, done);
        firings.push([rung.id, done.fired, textOf(walk.t), people]);
      }
    }
  };
  for (walk.t = trace.commands[0]?.[0] ?? 0; walk.t <= last; walk.t++) {
    for (const command of trace.commands) {
      if (command[0] !== walk.t) continue;
      walk.command(command);
      if (command[1] === 'ack') holdLeft = trace.hold;
      if (command[1] === 'reassign') [owner, holdLeft] = [command[2] as string, 0];
    }
    if (walk.t === last) break;
    const breachedBefore = walk.breachedAt;
    walk.tell();
    if (walk.breachedAt !== breachedBefore) holdLeft = 0;
    climb();
    if (walk.isOpen() && holdLeft > 0) holdLeft--;
    if (walk.isOpen() && walk.running)
      for (const done of climbed.values()) {
        done.sinceFirst++;
        done.sinceLast++;
      }
    walk.pass();
  }
  const order = trace.rungs.map(({ id }) => id);
  firings.sort((a, b) =>
    a[2] === b[2] ? order.indexOf(String(a[0])) - order.indexOf(String(b[0])) : String(a[2]) < String(b[2]) ? -1 : 1,
  );
  return { firings, breachedAt: walk.breachedAt === null ? null : textOf(walk.breachedAt) };
}

function resolve(selectors: readonly string[], owner: string): string[] {
  const found = selectors.flatMap((selector) => {
    const [kind, key = ''] = selector.split(':');
    if (kind === 'owner') return [owner];
    if (kind === 'manager-of') return ['M'];
    return kind === 'role'
      ? [...(directory.roles[key as 'duty'] ?? [])]
      : [...(directory.groups[key as 'stake'] ?? [])];
  });
  return [...new Set(found)];
}

function textOf(t: number): string {
  return new Date(t * 1000).toISOString().replace('.000Z', 'Z');
}
