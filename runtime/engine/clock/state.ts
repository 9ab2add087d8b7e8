import type { Instant } from '../../../schemas/ids.ts';
import type { Amber, PeriodUnit, Sla, Target } from '../../../schemas/period.ts';
import type { CompiledCalendar } from '../calendar/compiled.ts';

/** Finds a pinned calendar by its key (T14). Throws where it is not known. */
export type CalendarOf = (key: string) => CompiledCalendar;

/** A target or a wait; `seconds` of open time exist beside the units that people write. */
export type CountedPeriod = Omit<Target, 'unit' | 'calendar'> & {
  readonly unit: PeriodUnit | 'seconds';
  readonly calendar?: string | undefined;
};

/** When amber starts (T8): open time, ticks or months before the deadline, or a percentage of the target. */
export type AmberPoint =
  | { readonly seconds: number }
  | { readonly ticks: number }
  | { readonly months: number }
  | { readonly percent: number };

/** What a clock is made from; an `Sla` of the configuration with its calendar settled. */
export interface ClockSpec {
  readonly calendar: string;
  readonly target: CountedPeriod;
  readonly amber: AmberPoint | null;
  /** A pause leaves a clock running that is not pausable (T9). */
  readonly pausable: boolean;
}

/** A stretch in which time is counted; `until: null` means it goes on. */
export interface Run {
  readonly from: Instant;
  readonly until: Instant | null;
}

/** One active reason of a pause, with the date on which somebody should look again (C13). */
export interface PauseReason {
  readonly reason: string;
  readonly since: Instant;
  readonly reviewAt: Instant | null;
}

/** A target in force from an instant on; the position in the list is its revision number (C9). */
export interface TargetRevision {
  readonly target: CountedPeriod;
  readonly since: Instant;
  readonly reason: string | null;
}

export type BreachReason = 'deadline' | 'target-shortened';

export interface Breach {
  readonly at: Instant;
  readonly revision: number;
  readonly reason: BreachReason;
}

export interface ClockEnd {
  readonly at: Instant;
  readonly how: 'completed' | 'cancelled';
  /** The pause was still on when the work was completed. */
  readonly whilePaused: boolean;
}

/** What is kept of a cycle after a restart (C11). */
export interface PastCycle {
  readonly cycle: number;
  readonly startedAt: Instant;
  readonly endedAt: Instant;
  readonly outcome: Outcome;
  readonly breachedAt: Instant | null;
}

/** Open, or how it ended (C1). */
export type Outcome = 'open' | 'met' | 'breached' | 'cancelled';
/** What a screen shows as green, amber and red (C1). */
export type Colour = 'onTrack' | 'amber' | 'exceeded';
export type ClockPhase = 'notStarted' | 'running' | 'paused' | 'ended';
export type ReopenPolicy = 'resume' | 'continue' | 'restart';

/** Everything that is stored of one clock, as plain JSON; due date, percentage and colour follow from it. */
export interface ClockState {
  readonly calendar: string;
  readonly amber: AmberPoint | null;
  readonly pausable: boolean;
  readonly phase: ClockPhase;
  readonly cycle: number;
  readonly startedAt: Instant | null;
  readonly runs: readonly Run[];
  readonly pauses: readonly PauseReason[];
  readonly revisions: readonly TargetRevision[];
  /** Latches: amber once a revision, breach once a cycle (C8, C9). */
  readonly ambers: readonly { readonly at: Instant; readonly revision: number }[];
  readonly breach: Breach | null;
  readonly end: ClockEnd | null;
  readonly pastCycles: readonly PastCycle[];
}

interface FactBase {
  /** True time, whenever it was recorded (C4). */
  readonly effectiveAt: Instant;
  readonly cycle: number;
  readonly revision: number;
}

/** What happened to a clock, as data; a stored event is named `sla.<kind>`. */
export type ClockFact = FactBase &
  (
    | { readonly kind: 'started' | 'amber' }
    | { readonly kind: 'paused'; readonly reason: string; readonly reviewAt: Instant | null }
    | { readonly kind: 'pauseIgnored' | 'pauseReasonEnded' | 'resumed'; readonly reason: string }
    | { readonly kind: 'breached'; readonly reason: BreachReason }
    | {
        readonly kind: 'retargeted';
        readonly from: CountedPeriod;
        readonly to: CountedPeriod;
        readonly reason: string | null;
      }
    | { readonly kind: 'reopened'; readonly policy: ReopenPolicy }
    | {
        readonly kind: 'ended';
        readonly outcome: Outcome;
        /** Open seconds. */
        readonly consumed: number;
        /** Open seconds. */
        readonly overdue: number;
        readonly completedWhilePaused: boolean;
      }
  );

export interface ClockStep {
  readonly state: ClockState;
  readonly facts: readonly ClockFact[];
}

/** The clock of an SLA; its own calendar stands before the one given. */
export function toClockSpec(sla: Sla, calendar: string): ClockSpec {
  return {
    calendar: sla.target.calendar ?? calendar,
    target: sla.target,
    amber: sla.amber ? toAmberPoint(sla.amber) : null,
    pausable: sla.pausable ?? true,
  };
}

/** The point of an amber setting; `0` before the deadline means no amber (T8). */
export function toAmberPoint(amber: Amber): AmberPoint | null {
  if ('percent' in amber) return { percent: amber.percent };
  const { value, unit } = amber.before;
  if (value === 0) return null;
  switch (unit) {
    case 'minutes':
      return { seconds: value * 60 };
    case 'hours':
      return { seconds: value * 3600 };
    case 'workingDays':
    case 'calendarDays':
      return { ticks: value };
    case 'weeks':
      return { ticks: value * 7 };
    case 'months':
      return { months: value };
  }
}

/** The revision in force; its number counts from 0 in each cycle. */
export function currentRevision(state: ClockState): { readonly number: number; readonly revision: TargetRevision } {
  const number = state.revisions.length - 1;
  const revision = state.revisions[number];
  if (!revision) throw new Error('a clock has at least one target revision; make it with makeClock');
  return { number, revision };
}
