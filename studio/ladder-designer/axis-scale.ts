import type { Trigger } from '../../schemas/ladder.ts';
import type { PeriodUnit } from '../../schemas/period.ts';
import {
  addDays,
  addOpenSeconds,
  type CompiledCalendar,
  daysBetween,
  isWorkingDay,
  localDateOf,
  openSecondsBetween,
  workingDaysInclusive,
} from '../document/time-engine.ts';

/** Working time leaves nights, weekends and holidays out; elapsed time shows them. */
export type AxisMode = 'working' | 'elapsed';

/** Instants to places on the axis, 0 at its start and 1 at its end, and back. */
export interface AxisScale {
  readonly mode: AxisMode;
  readonly from: number;
  readonly until: number;
  toPlace(at: number): number;
  toInstant(place: number): number;
}

/** A scale in a calendar; a calendar that is closed throughout is drawn in elapsed time. */
export function makeScale(calendar: CompiledCalendar, wanted: AxisMode, from: number, until: number): AxisScale {
  const open = openSecondsBetween(calendar, from, until);
  const mode = open > 0 ? wanted : 'elapsed';
  const clamp = (place: number) => Math.min(1, Math.max(0, place));
  if (mode === 'working') {
    return {
      mode,
      from,
      until,
      toPlace: (at) => clamp(openSecondsBetween(calendar, from, Math.max(from, at)) / open),
      toInstant: (place) => addOpenSeconds(calendar, from, Math.round(clamp(place) * open)),
    };
  }
  const length = Math.max(1, until - from);
  return {
    mode,
    from,
    until,
    toPlace: (at) => clamp((at - from) / length),
    toInstant: (place) => Math.round(from + clamp(place) * length),
  };
}

/** How many whole units lie between two instants, negative where the second is earlier. */
export function unitsBetween(calendar: CompiledCalendar, unit: PeriodUnit, from: number, to: number): number {
  if (to < from) return -unitsBetween(calendar, unit, to, from);
  // T13: what ends at 24:00 ended on the date before.
  const [first, last] = [localDateOf(calendar, from - 1), localDateOf(calendar, to - 1)];
  switch (unit) {
    case 'minutes':
      return Math.round(openSecondsBetween(calendar, from, to) / 60);
    case 'hours':
      return Math.round(openSecondsBetween(calendar, from, to) / 3600);
    case 'workingDays':
      return Math.max(0, workingDaysInclusive(calendar, addDays(first, 1), last));
    case 'calendarDays':
      return daysBetween(first, last);
    case 'weeks':
      return Math.round(daysBetween(first, last) / 7);
    case 'months':
      return Math.round(daysBetween(first, last) / 30.44);
  }
}

/** The trigger that a rung dropped at an instant has; `base` is the instant it is counted from. Its unit stays. */
export function dropTrigger(calendar: CompiledCalendar, trigger: Trigger, base: number, at: number): Trigger {
  const { on } = trigger;
  const isOffset = on === 'warning' || on === 'breached' || on === 'clockEnd';
  const unit = (isOffset ? trigger.offset : trigger.for)?.unit ?? 'workingDays';
  const value = unitsBetween(calendar, unit, base, at);
  if (isOffset) {
    const { offset: _, ...rest } = trigger;
    return value === 0 ? rest : { ...rest, offset: { value, unit } };
  }
  return { ...trigger, for: { value: Math.max(0, value), unit } };
}

/** Stretches of whole dates on which nobody works, for the shading of elapsed time. */
export function closedStretches(
  calendar: CompiledCalendar,
  from: number,
  until: number,
): { from: string; to: string }[] {
  const stretches: { from: string; to: string }[] = [];
  const last = localDateOf(calendar, until);
  for (let date = localDateOf(calendar, from); date <= last; date = addDays(date, 1)) {
    if (isWorkingDay(calendar, date)) continue;
    const open = stretches.at(-1);
    if (open && open.to === date) open.to = addDays(date, 1);
    else stretches.push({ from: date, to: addDays(date, 1) });
  }
  return stretches;
}
