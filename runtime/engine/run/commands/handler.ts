import type { CaseCommand, CaseCommandType } from '../../../../schemas/case-command.ts';
import type { ItemId } from '../../../../schemas/case-event.ts';
import type { LocalDate } from '../../../../schemas/ids.ts';
import { dateOfDay, epochDayOf } from '../../calendar/dates.ts';
import { dayOf, nthWorkingDayAfter, tickOf } from '../../calendar/time.ts';
import type { MachineEvent, MachineStep } from '../machine.ts';
import { type Doing, take } from '../perform.ts';
import { machineRefusal, type Refusal, refusal } from '../refusal.ts';
import { calendarsOf, commandLadder } from '../timekeeping.ts';
import { caseItem, type Work } from '../work.ts';

export type CommandOf<T extends CaseCommandType> = Extract<CaseCommand, { type: T }>;

/** Carries out one command; a refusal leaves nothing behind, since the whole decision is dropped. */
export type Handler<T extends CaseCommandType> = (work: Work, command: CommandOf<T>) => Refusal | undefined;

/** Lets the machine decide: its refusal in words, or the event told and its actions done. */
export function ask(
  work: Work,
  item: ItemId,
  event: MachineEvent,
  tell: (step: MachineStep) => void,
  doing?: Doing,
): Refusal | undefined {
  // What refuses an event changes nothing: the words are looked for where they are needed.
  return take(work, item, event, tell, doing) ? undefined : machineRefusal(work, item, event, work.command.type);
}

/** Staff activity on an item and so on its case (E4). */
export function noteActivity(work: Work, item: ItemId): void {
  if (item !== caseItem) commandLadder(work, item, { verb: 'activity', at: work.at });
  commandLadder(work, caseItem, { verb: 'activity', at: work.at });
}

const REVIEW_AFTER_WORKING_DAYS = 5;

/** Review date of a hold: as given, else five working days on; a date that has passed is refused (C13). */
export function reviewOf(
  work: Work,
  given: LocalDate | undefined,
): { reviewOn: LocalDate; reviewAt: number } | Refusal {
  const calendar = calendarsOf(work)(work.bundle.workflow.calendar);
  const today = dayOf(calendar, work.at);
  if (given !== undefined && epochDayOf(given) < today) {
    return refusal('REVIEW_DATE_PAST', `The review date ${given} has passed; give today or a later date.`);
  }
  const reviewOn = given ?? dateOfDay(nthWorkingDayAfter(calendar, today, REVIEW_AFTER_WORKING_DAYS));
  return { reviewOn, reviewAt: tickOf(calendar, reviewOn) };
}

/** Whether a part of a command was refused. */
export function isRefusal(value: object): value is Refusal {
  return 'code' in value;
}
