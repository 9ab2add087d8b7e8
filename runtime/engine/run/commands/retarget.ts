import type { AnswerValue } from '../../../../schemas/condition.ts';
import type { Instant, LocalDate } from '../../../../schemas/ids.ts';
import type { Sla, Target } from '../../../../schemas/period.ts';
import { epochDayOf } from '../../calendar/dates.ts';
import { addPeriod } from '../../calendar/due.ts';
import { dayOf, localDateOf } from '../../calendar/time.ts';
import { applyToClock } from '../../clock/commands.ts';
import { dueAt } from '../../clock/readings.ts';
import type { ClockState, CountedPeriod } from '../../clock/state.ts';
import { caseSchedule } from '../../observe/case-schedule.ts';
import { type Refusal, refusal } from '../refusal.ts';
import { calendarsOf, commandClocks, mainClock, slasOfItem, timeOf } from '../timekeeping.ts';
import type { Move } from '../types.ts';
import { caseItem, emit, type ItemTime, personal, taskItem, type Work } from '../work.ts';
import { ask, type Handler, noteActivity } from './handler.ts';

/**
 * A target set by hand: never after the case is due (T11), within what the SLA allows as an extension. Where tasks that follow
 * would end later it is refused and names them, or moves them too when asked; those under way get the new date as well.
 */
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
  const moves = name === mainClockName(timeOf(work, item)) && to !== null ? movesOf(work, task, to) : [];
  const held = refuseMoves(work, moves, command.shiftSuccessors === true);
  if (held) return held;
  const { ref, values } = personal(work, reason);
  setTarget(work, task, name, target, { ref, values, moves });
  for (const move of moves) followTarget(work, move, ref);
  noteActivity(work, item);
  return undefined;
};

interface Why {
  readonly ref: string;
  readonly values: Record<string, AnswerValue>;
  readonly moves: readonly Move[];
}

function setTarget(work: Work, task: string, clock: string, target: CountedPeriod, { ref, values, moves }: Why): void {
  const item = taskItem(task);
  const before = timeOf(work, item).clocks[clock];
  const from = before ? dueAt(before, calendarsOf(work)) : null;
  const to = before ? dueAfter(work, before, target) : null;
  const shifted = moves.map((move) => move.task);
  const more = moves.length > 0 ? { moves: moves.map((move) => ({ ...move })) } : {};
  emit(work, 'taskRetargeted', { task, clock, from, to, reason: ref, shifted, ...more }, { personal: values });
  commandClocks(work, item, { verb: 'retarget', at: work.at, target, reason: ref }, (_sla, key) => key === clock);
}

/** A task under way that has to follow gets the new date; one that waits follows by the plan alone. */
function followTarget(work: Work, move: Move, ref: string): void {
  const time = timeOf(work, taskItem(move.task));
  const name = mainClockName(time);
  const clock = name === undefined ? undefined : time.clocks[name];
  if (name === undefined || clock?.phase !== 'running') return;
  const target = targetFor(work, clock, localDateOf(calendarsOf(work)(clock.calendar), move.to - 1));
  if (target) setTarget(work, move.task, name, target, { ref, values: {}, moves: [] });
}

function mainClockName(time: ItemTime): string | undefined {
  return time.clocks['completion'] ? 'completion' : Object.keys(time.clocks)[0];
}

/** Tasks whose projected end moves when this one is due at another instant (S7, T11). */
function movesOf(work: Work, task: string, to: Instant): Move[] {
  // The schedule reads the clocks as kept: they have not moved since the case was advanced to now.
  const ground = { now: work.at, calendars: work.env.calendars };
  const [before, after] = [{}, { [task]: Math.max(to, work.at) }].map(
    (dues) => caseSchedule(work.bundle, work.state, ground, { dues }).items,
  );
  return Object.entries(after ?? {}).flatMap(([id, item]): Move[] => {
    const from = before?.[id]?.finish;
    const isTask = Object.hasOwn(work.state.tasks, id) && id !== task;
    return isTask && from !== undefined && from !== item.finish ? [{ task: id, from, to: item.finish }] : [];
  });
}

function refuseMoves(work: Work, moves: readonly Move[], isAsked: boolean): Refusal | undefined {
  const calendar = calendarsOf(work)(work.bundle.workflow.calendar);
  const whole = mainClock(timeOf(work, caseItem));
  const caseDue = whole ? dueAt(whole, calendarsOf(work)) : null;
  const told = ({ task, from, to }: Move): string =>
    `${work.state.tasks[task]?.title ?? task} from ${localDateOf(calendar, from - 1)} to ${localDateOf(calendar, to - 1)}`;
  const late = moves.filter(({ from, to }) => to > from);
  const beyond = late.filter(
    ({ task, from, to }) => caseDue !== null && from <= caseDue && to > caseDue && isInside(work, task),
  );
  if (beyond.length > 0 && caseDue !== null) {
    const reason = `Tasks that follow would end after the case, which is due on ${localDateOf(calendar, caseDue - 1)}: ${beyond.map(told).join('; ')}.`;
    return { ...refusal('TASK_TARGET_AFTER_CASE_TARGET', reason), moves: beyond };
  }
  if (late.length === 0 || isAsked) return undefined;
  const reason = `Tasks that follow would move too: ${late.map(told).join('; ')}. Ask for them to be shifted with it.`;
  return { ...refusal('SUCCESSORS_WOULD_MOVE', reason), moves };
}

function isInside(work: Work, task: string): boolean {
  const drawn = work.bundle.nodes[work.state.tasks[task]?.node ?? ''];
  return drawn?.type === 'task' && drawn.outsideSla !== true;
}

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
