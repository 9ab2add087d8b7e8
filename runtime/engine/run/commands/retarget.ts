import type { Instant, LocalDate } from '../../../../schemas/ids.ts';
import type { Sla, Target } from '../../../../schemas/period.ts';
import { epochDayOf } from '../../calendar/dates.ts';
import { addPeriod } from '../../calendar/due.ts';
import { dayOf, localDateOf } from '../../calendar/time.ts';
import { applyToClock } from '../../clock/commands.ts';
import { dueAt } from '../../clock/readings.ts';
import type { ClockState, CountedPeriod } from '../../clock/state.ts';
import { type Refusal, refusal } from '../refusal.ts';
import { calendarsOf, commandClocks, mainClock, slasOfItem, timeOf } from '../timekeeping.ts';
import { caseItem, emit, personal, taskItem, type Work } from '../work.ts';
import { ask, type Handler, noteActivity } from './handler.ts';

/** A target set by hand: never after the case is due (T11), within what the SLA allows as an extension. */
export const retargetTask: Handler<'retargetTask'> = (work, command) => {
  const { task, reason, clock: name = 'completion' } = command;
  const item = taskItem(task);
  const clock = timeOf(work, item).clocks[name];
  const refused = ask(work, item, { type: 'RETARGET' }, () => {});
  if (refused) return refused;
  if (!clock) return refusal('UNKNOWN_CLOCK', `This task has no clock "${name}".`);
  const target = command.target ?? (command.dueOn === undefined ? undefined : targetFor(work, clock, command.dueOn));
  if (!target) return refusal('TARGET_MISSING', 'Say the new target, or the date on which the task is due.');
  const to = dueAfter(work, clock, target);
  const problem = problemWith(work, clock, slasOfItem(work, item)[name], to);
  if (problem) return problem;
  const { ref, values } = personal(work, reason);
  const from = dueAt(clock, calendarsOf(work));
  emit(work, 'taskRetargeted', { task, clock: name, from, to, reason: ref, shifted: [] }, { personal: values });
  commandClocks(work, item, { verb: 'retarget', at: work.at, target, reason: ref }, (_sla, key) => key === name);
  noteActivity(work, item);
  return undefined;
};

function problemWith(work: Work, clock: ClockState, sla: Sla | undefined, to: Instant | null): Refusal | undefined {
  const calendar = calendarsOf(work)(work.bundle.workflow.calendar);
  const whole = mainClock(timeOf(work, caseItem));
  const caseDue = whole ? dueAt(whole, calendarsOf(work)) : null;
  if (to !== null && caseDue !== null && to > caseDue) {
    const [own, other] = [localDateOf(calendar, to), localDateOf(calendar, caseDue)];
    return refusal(
      'TASK_TARGET_AFTER_CASE_TARGET',
      `The task would be due on ${own}, after the case, which is due on ${other}.`,
    );
  }
  const before = dueAt(clock, calendarsOf(work));
  if (!sla?.extension || to === null || before === null || to <= before) return undefined;
  if (sla.extension.beforeDeadlineOnly && (clock.breach || work.at > before)) {
    return refusal('EXTENSION_TOO_LATE', 'The target has passed; it may be extended only before.');
  }
  const { atMost } = sla.extension;
  if (atMost && to > addPeriod(calendar, before, atMost).dueAt) {
    return refusal('EXTENSION_TOO_LONG', `An extension is at most ${atMost.value} ${atMost.unit}.`);
  }
  return undefined;
}

function dueAfter(work: Work, clock: ClockState, target: CountedPeriod): Instant | null {
  return dueAt(
    applyToClock(clock, { verb: 'retarget', at: work.at, target }, calendarsOf(work)).state,
    calendarsOf(work),
  );
}

/** Calendar days after the start that lead to a date, pauses counted in (C7). */
function targetFor(work: Work, clock: ClockState, dueOn: LocalDate): Target | undefined {
  const calendar = calendarsOf(work)(clock.calendar);
  const wanted = epochDayOf(dueOn);
  const startedOn = dayOf(calendar, clock.startedAt ?? work.at);
  const tick = clock.revisions.at(-1)?.target.dueAt;
  let value = wanted - startedOn;
  for (let tries = 0; tries < 5 && value >= 1; tries++) {
    const target: Target = { value, unit: 'calendarDays', ...(tick ? { dueAt: tick } : {}) };
    const due = dueAfter(work, clock, target);
    const over = due === null ? 0 : dayOf(calendar, due - 1) - wanted;
    if (over === 0) return target;
    value -= over;
  }
  return undefined;
}
