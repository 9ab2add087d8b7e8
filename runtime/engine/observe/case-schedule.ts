import type { Instant } from '../../../schemas/ids.ts';
import { openSecondsBetween } from '../calendar/time.ts';
import type { CalendarOf } from '../clock/state.ts';
import type { CompiledWorkflow } from '../compile/compiled-workflow.ts';
import type { CaseState, DecideEnv } from '../run/types.ts';
import { type OutOfSequenceMode, scheduleLivePairs } from '../schedule/progress.ts';
import { caseNetwork, dueOf } from './case-network.ts';

/** Where and in which calendars a case is looked at. */
export type ScheduleGround = Pick<DecideEnv, 'now' | 'calendars'>;

export interface ScheduleOptions {
  /** `retained` is the what-if in which work begun out of sequence waits (S7). */
  readonly mode?: OutOfSequenceMode;
  /** Ends to assume for tasks under way instead of their due dates. */
  readonly dues?: Readonly<Record<string, Instant>>;
}

/** Projected or actual dates of one task, or of another node by its key. */
export interface ScheduledItem {
  readonly state: 'done' | 'started' | 'open';
  readonly start: Instant;
  readonly finish: Instant;
  /** Latest end that leaves the end of the case where it is; the actual end of done work. */
  readonly lateFinish: Instant;
  /** Working minutes it can slip without moving the end (S5); null where it is done, or outside the SLA. */
  readonly float: number | null;
  readonly critical: boolean;
  readonly beyondCaseTarget: boolean;
}

/** A live case as scheduled at an instant (S7, P10). */
export interface CaseSchedule {
  readonly now: Instant;
  readonly finish: Instant;
  readonly caseDueAt: Instant | null;
  readonly items: Readonly<Record<string, ScheduledItem>>;
  readonly critical: readonly string[];
  /** Links that what happened contradicts: from, to (S7). */
  readonly outOfSequence: readonly (readonly [string, string])[];
}

/**
 * Schedules what is left of a case from what has happened (S7, P10): done work keeps its actual dates, work under way ends when it
 * is due and not before now, the rest follows. Throws RangeError when a calendar of the workflow is missing.
 */
export function caseSchedule(
  bundle: CompiledWorkflow,
  state: CaseState,
  ground: ScheduleGround,
  { mode = 'override', dues = {} }: ScheduleOptions = {},
): CaseSchedule {
  const calendarOf = calendarsIn(ground);
  const network = caseNetwork(bundle, state, { now: ground.now, calendarOf, dues });
  const calendar = calendarOf(bundle.workflow.calendar);
  const run = (horizon?: Instant) =>
    scheduleLivePairs(
      network.items.map(({ pair }) => ({
        ...pair,
        floatBetween: (from, to) => Math.floor(openSecondsBetween(calendar, from, to) / 60),
      })),
      network.links,
      ground.now,
      horizon === undefined ? { mode } : { mode, horizon },
    ).schedule;
  const first = run();
  if (!first) throw new Error(`the links of ${bundle.key} make a circle, which its checks refuse`);
  const counted = network.items.filter(({ isCounted }) => isCounted);
  const finish = counted.reduce((last, { id }) => Math.max(last, first.earlyFinish.get(id) ?? last), ground.now);
  const dates = finish === first.finish ? first : (run(finish) ?? first);
  const caseDueAt = dueOf(state.time['case:'], ground.now, calendarOf);
  const items = network.items.map(({ id, state: how, isCounted, startedAt }): [string, ScheduledItem] => {
    const float = isCounted ? (dates.totalFloat.get(id) ?? null) : null;
    const ends = dates.earlyFinish.get(id) ?? ground.now;
    const start = startedAt ?? dates.earlyStart.get(id) ?? ground.now;
    const isBeyond = isCounted && how !== 'done' && caseDueAt !== null && ends > caseDueAt;
    return [
      id,
      {
        state: how,
        start,
        finish: ends,
        lateFinish: dates.lateFinish.get(id) ?? ends,
        float,
        critical: (float ?? Infinity) <= 0,
        beyondCaseTarget: isBeyond,
      },
    ];
  });
  return {
    now: ground.now,
    finish,
    caseDueAt,
    items: Object.fromEntries(items),
    critical: items.flatMap(([id, item]) => (item.critical ? [id] : [])),
    outOfSequence: dates.outOfSequence,
  };
}

function calendarsIn({ calendars }: ScheduleGround): CalendarOf {
  return (key) => {
    const calendar = calendars[key];
    if (!calendar) throw new RangeError(`calendar "${key}" is not among the calendars of this organisation`);
    return calendar;
  };
}
