import type { Configuration } from '../../../schemas/configuration.ts';
import { inOrder } from '../../../schemas/document.ts';
import type { LocalDate } from '../../../schemas/ids.ts';
import type { StatutoryClock, WorkflowDocument } from '../../../schemas/workflow.ts';
import type { CompiledCalendar } from '../calendar/compiled.ts';
import { dateOfDay, type EpochDay, epochDayOf } from '../calendar/dates.ts';
import { Derivations } from './derivations.ts';
import { buildPlanNetwork, type Calendars, type PlanNetwork } from './network.ts';
import { type ForwardPasses, finishesFrom, passForwardFrom, type StartDays, type WorkflowPlanResult } from './plan.ts';
import { workdaysOf } from './workdays.ts';

export interface ClockSweep {
  breachedStarts: number;
  leastSlackDays: number;
  worstStart: LocalDate;
}

/** What a plan comes to over every working start day of a year; ties name the earliest day. */
export interface Sweep {
  bestLengthDays: number;
  worstLengthDays: number;
  worstStart: LocalDate;
  clocks: Record<string, ClockSweep>;
}

/** Sweeps the start of a plan over every working day of a year (T10 in dates). */
export function sweepStarts(
  configuration: Configuration,
  key: string,
  year: number,
  calendars: Calendars,
): { ok: true; sweep: Sweep } | Exclude<WorkflowPlanResult, { ok: true }> {
  const workflow = configuration.workflow[key];
  if (!workflow) return { ok: false, missing: `workflow/${key}` };
  const built = buildPlanNetwork(configuration, workflow, calendars);
  if (!('network' in built)) return { ok: false, ...built };
  const { network } = built;
  const first = epochDayOf(`${String(year).padStart(4, '0')}-01-01`);
  const last = epochDayOf(`${String(year).padStart(4, '0')}-12-31`);
  const passes = passForwardFrom(network, startDaysOf(network.calendar, first, last));
  const clocks = sweepClocks(workflow, network, calendars, passes);
  return { ok: true, sweep: { ...lengthsOf(passes, first), clocks } };
}

/** What a drawing of a thousand tasks comes to, a kilobyte each: after an edit only what follows from it is planned anew. */
const DAYS_KEPT = 3000;

const known = new WeakMap<CompiledCalendar, { first: EpochDay; last: EpochDay; from: StartDays }>();

/** The working days of a calendar from `first` to `last`; the workflows of one calendar share them. */
export function startDaysOf(calendar: CompiledCalendar, first: EpochDay, last: EpochDay): StartDays {
  const kept = known.get(calendar);
  if (kept && kept.first === first && kept.last === last) return kept.from;
  const workdays = workdaysOf(calendar);
  const days: EpochDay[] = [];
  for (let day = first; day <= last; day++) if (workdays.isWorking(day)) days.push(day);
  const from: StartDays = { days: Int32Array.from(days), derived: new Derivations(DAYS_KEPT) };
  known.set(calendar, { first, last, from });
  return from;
}

function lengthsOf({ days, finish }: ForwardPasses, first: EpochDay): Omit<Sweep, 'clocks'> {
  const lengths = Array.from(days, (day, n) => (finish[n] as number) - day);
  const worstLengthDays = lengths.reduce((most, length) => Math.max(most, length), Number.NEGATIVE_INFINITY);
  return {
    bestLengthDays: lengths.reduce((least, length) => Math.min(least, length), Number.POSITIVE_INFINITY),
    worstLengthDays,
    worstStart: dateOfDay(days[lengths.indexOf(worstLengthDays)] ?? first),
  };
}

/** Clocks with `mustContain` and an anchor in the plan, over all starts of the passes. */
export function sweepClocks(
  workflow: WorkflowDocument,
  network: PlanNetwork,
  calendars: Calendars,
  passes: ForwardPasses,
): Record<string, ClockSweep> {
  const swept: Record<string, ClockSweep> = {};
  for (const clock of inOrder(workflow.clocks)) {
    const slacks = slacksOf(clock, network, calendars, passes);
    if (!slacks || slacks.length === 0) continue;
    const leastSlackDays = slacks.reduce((least, slack) => Math.min(least, slack));
    swept[clock.key] = {
      breachedStarts: slacks.reduce((count, slack) => count + (slack < 0 ? 1 : 0), 0),
      leastSlackDays,
      worstStart: dateOfDay(passes.days[slacks.indexOf(leastSlackDays)] as number),
    };
  }
  return swept;
}

/** Days from the contained tasks' finish to the clock's last day (anchor + n, or n - 1 under `same`), by start; negative is a breach. */
function slacksOf(
  clock: StatutoryClock,
  network: PlanNetwork,
  calendars: Calendars,
  passes: ForwardPasses,
): Int32Array | undefined {
  const { days, finishes } = passes;
  const finishesOf = (key: string): Int32Array | undefined =>
    finishes[network.nodes.findIndex((node) => node.key === key)];
  const contained = (clock.mustContain ?? []).flatMap((key) => finishesOf(key) ?? []);
  const anchors =
    'caseLaunch' in clock.anchor ? [days] : clock.anchor.completionOf.flatMap((key) => finishesOf(key) ?? []);
  if (contained.length === 0 || anchors.length === 0) return undefined;
  const calendar = (clock.period.calendar ? calendars[clock.period.calendar] : undefined) ?? network.calendar;
  const lastDays = anchors.map((anchor) => finishesFrom(anchor, clock.period, calendar, passes));
  return days.map((_, n) => leastAt(lastDays, n) - mostAt(contained, n));
}

function leastAt(lists: readonly Int32Array[], n: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (const list of lists) least = Math.min(least, list[n] as number);
  return least;
}

function mostAt(lists: readonly Int32Array[], n: number): number {
  let most = Number.NEGATIVE_INFINITY;
  for (const list of lists) most = Math.max(most, list[n] as number);
  return most;
}
