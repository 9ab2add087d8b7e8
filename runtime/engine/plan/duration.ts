import type { Period, Sla, SlaSet, Target } from '../../../schemas/period.ts';
import type { Lag } from '../../../schemas/workflow.ts';
import { addMonthsToDay, type EpochDay } from '../calendar/dates.ts';
import { type Workdays, withinHorizon } from './workdays.ts';

/** The SLA that plans a task: the only one, or of several the one named `completion`, else the first by name. */
export function planningSla(set: SlaSet): Sla | undefined {
  const known = planning.get(set);
  if (known) return known;
  const sla = isSingle(set) ? set : (set['completion'] ?? set[Object.keys(set).sort()[0] ?? '']);
  if (sla) planning.set(set, sla);
  return sla;
}

// A drawing asks for those of all its tasks each time it is planned, and they never change.
const planning = new WeakMap<SlaSet, Sla>();

function isSingle(sla: SlaSet): sla is Sla {
  return typeof (sla as { target?: { unit?: unknown } }).target?.unit === 'string';
}

/** Date of the due tick of a target whose day 0 is `start` (T6, T7, T13); elapsed hours add whole days of 24 hours. */
export function finishFor(target: Target, start: EpochDay, workdays: Workdays): EpochDay {
  return withinHorizon(finishWithout(target, start, workdays));
}

function finishWithout(target: Target, start: EpochDay, workdays: Workdays): EpochDay {
  const { value, unit } = target;
  const same = target.dayOne === 'same';
  switch (unit) {
    case 'minutes':
      return start + Math.floor(value / 1440);
    case 'hours':
      return start + Math.floor(value / 24);
    case 'calendarDays':
      return start + (same && value > 0 ? value - 1 : value);
    case 'workingDays':
      // Under `same` the start date counts only where it is a working day.
      return workdays.nth(start, same && value > 0 && workdays.isWorking(start) ? value - 1 : value);
    case 'weeks':
      return roll(target, start + 7 * value, workdays);
    case 'months':
      return roll(target, addMonthsToDay(start, value), workdays);
  }
}

function roll(target: Target, day: EpochDay, workdays: Workdays): EpochDay {
  return target.roll === 'nextWorkingDay' ? workdays.atOrAfter(day) : day;
}

/** Date at the end of a lag that begins on `day` (S3); negative lags go back. */
export function endOfLag(lag: Lag | undefined, day: EpochDay, workdays: Workdays): EpochDay {
  if (!lag || lag.value === 0) return day;
  const period: Period = { value: Math.abs(lag.value), unit: lag.unit };
  if (lag.unit === 'workingDays') return workdays.nth(day, lag.value);
  if (lag.unit === 'months') return withinHorizon(addMonthsToDay(day, lag.value));
  return withinHorizon(day + Math.sign(lag.value) * (finishFor(period, day, workdays) - day));
}
