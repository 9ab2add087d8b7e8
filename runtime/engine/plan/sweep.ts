import type { Configuration } from '../../../schemas/configuration.ts';
import { inOrder } from '../../../schemas/document.ts';
import type { LocalDate } from '../../../schemas/ids.ts';
import type { StatutoryClock, WorkflowDocument } from '../../../schemas/workflow.ts';
import { dateOfDay, type EpochDay, epochDayOf } from '../calendar/dates.ts';
import { finishFor } from './duration.ts';
import { buildPlanNetwork, type Calendars, type PlanNetwork } from './network.ts';
import { type ForwardPass, passForward, type WorkflowPlanResult } from './plan.ts';
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
  const first = epochDayOf(`${String(year).padStart(4, '0')}-01-01`);
  const last = epochDayOf(`${String(year).padStart(4, '0')}-12-31`);
  return sweepBetween(configuration, key, first, last, calendars);
}

/** As `sweepStarts`, over the working days from `first` to `last`. */
export function sweepBetween(
  configuration: Configuration,
  key: string,
  first: EpochDay,
  last: EpochDay,
  calendars: Calendars,
): { ok: true; sweep: Sweep } | Exclude<WorkflowPlanResult, { ok: true }> {
  const workflow = configuration.workflow[key];
  if (!workflow) return { ok: false, missing: `workflow/${key}` };
  const built = buildPlanNetwork(configuration, workflow, calendars);
  if (!('network' in built)) return { ok: false, ...built };
  const { network } = built;
  const clocks = containedClocks(workflow, network, calendars);
  const sweep: Sweep = {
    bestLengthDays: Number.POSITIVE_INFINITY,
    worstLengthDays: Number.NEGATIVE_INFINITY,
    worstStart: dateOfDay(first),
    clocks: {},
  };
  const workdays = workdaysOf(network.calendar);
  for (let day = first; day <= last; day++) {
    if (!workdays.isWorking(day)) continue;
    const pass = passForward(network, day);
    const length = pass.finish - day;
    sweep.bestLengthDays = Math.min(sweep.bestLengthDays, length);
    if (length > sweep.worstLengthDays) {
      sweep.worstLengthDays = length;
      sweep.worstStart = dateOfDay(day);
    }
    for (const clock of clocks) recordSlack(sweep.clocks, clock.key, clock.slack(pass, day), day);
  }
  return { ok: true, sweep };
}

function recordSlack(clocks: Record<string, ClockSweep>, key: string, slack: number, day: EpochDay): void {
  const known = clocks[key] ?? {
    breachedStarts: 0,
    leastSlackDays: Number.POSITIVE_INFINITY,
    worstStart: dateOfDay(day),
  };
  clocks[key] = {
    breachedStarts: known.breachedStarts + (slack < 0 ? 1 : 0),
    leastSlackDays: Math.min(known.leastSlackDays, slack),
    worstStart: slack < known.leastSlackDays ? dateOfDay(day) : known.worstStart,
  };
}

interface ContainedClock {
  key: string;
  /** Days from the contained task's finish to the clock's last day; negative is a breach. */
  slack(pass: ForwardPass, start: EpochDay): number;
}

/** Clocks with `mustContain` and an anchor in the plan. */
function containedClocks(workflow: WorkflowDocument, network: PlanNetwork, calendars: Calendars): ContainedClock[] {
  const place = new Map(network.nodes.map((node, index) => [node.key, index]));
  return inOrder(workflow.clocks).flatMap((clock): ContainedClock[] => {
    const contained = (clock.mustContain ?? []).flatMap((key) => place.get(key) ?? []);
    const anchors =
      'caseLaunch' in clock.anchor ? [] : clock.anchor.completionOf.flatMap((key) => place.get(key) ?? []);
    const onLaunch = 'caseLaunch' in clock.anchor;
    if (contained.length === 0 || (!onLaunch && anchors.length === 0)) return [];
    const calendar = (clock.period.calendar ? calendars[clock.period.calendar] : undefined) ?? network.calendar;
    const slack = (pass: ForwardPass, start: EpochDay): number => {
      const starts = onLaunch ? [start] : anchors.map((anchor) => pass.finishes[anchor] ?? start);
      const lastDay = Math.min(...starts.map((anchor) => lastDayOf(clock, anchor, calendar)));
      return lastDay - Math.max(...contained.map((index) => pass.finishes[index] ?? start));
    };
    return [{ key: clock.key, slack }];
  });
}

/** Last day of a clock's period: anchor + n, or n - 1 under `same`. */
export function lastDayOf(clock: StatutoryClock, anchor: EpochDay, calendar: PlanNetwork['calendar']): EpochDay {
  return finishFor(clock.period, anchor, workdaysOf(calendar));
}
