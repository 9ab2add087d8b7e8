import type { Configuration } from '../../../schemas/configuration.ts';
import type { LocalDate } from '../../../schemas/ids.ts';
import { closedDaysBetween } from '../calendar/closed-days.ts';
import { dateInWords, dateOfDay, daysBetween, epochDayOf } from '../calendar/dates.ts';
import type { Calendars } from './network.ts';
import { sweepStarts } from './sweep.ts';
import { planTimeline, type TimelineTarget } from './timeline.ts';

/** The start day of a year from which a plan comes out worst, and why. */
export interface WorstStart {
  readonly start: LocalDate;
  readonly finish: LocalDate;
  readonly lengthDays: number;
  /** Days more than from the best start of the year. */
  readonly moreThanBest: number;
  /** The target that is missed by most from there; null where every target is kept. */
  readonly missed: TimelineTarget | null;
  /** Closures of the workflow's calendar inside the plan, weekends left out. */
  readonly closures: readonly { readonly on: LocalDate; readonly reason: string }[];
  /** All of it in sentences. */
  readonly because: string;
}

/**
 * The worst day of a year to start on (T10 in dates): the one with the largest breach of a statutory clock, else the one from which
 * the plan takes longest. Undefined where the drawing cannot be planned.
 */
export function findWorstStart(
  configuration: Configuration,
  key: string,
  year: number,
  calendars: Calendars,
): WorstStart | undefined {
  const swept = sweepStarts(configuration, key, year, calendars);
  const workflow = configuration.workflow[key];
  const calendar = workflow && calendars[workflow.calendar];
  if (!swept.ok || !calendar) return undefined;
  const { sweep } = swept;
  const [breach] = Object.values(sweep.clocks)
    .filter(({ breachedStarts }) => breachedStarts > 0)
    .sort((a, b) => a.leastSlackDays - b.leastSlackDays || (a.worstStart < b.worstStart ? -1 : 1));
  const start = breach?.worstStart ?? sweep.worstStart;
  const planned = planTimeline(configuration, key, start, calendars);
  if (!planned.ok) return undefined;
  const { finish, targets } = planned.timeline;
  const lengthDays = daysBetween(start, finish);
  const dayBefore = dateOfDay(epochDayOf(start) + 1);
  const closures = closedDaysBetween(calendar, dayBefore, finish).flatMap(({ on, reason }) =>
    reason === null ? [] : [{ on, reason }],
  );
  const [missed = null] = targets
    .filter(({ slackDays }) => slackDays !== null && slackDays < 0)
    .sort((a, b) => (a.slackDays ?? 0) - (b.slackDays ?? 0));
  const found = { start, finish, lengthDays, moreThanBest: lengthDays - sweep.bestLengthDays, missed, closures };
  return { ...found, because: inSentences(found, year) };
}

function inSentences(found: Omit<WorstStart, 'because'>, year: number): string {
  const { start, finish, lengthDays, moreThanBest, missed, closures } = found;
  const more = moreThanBest > 0 ? `, ${moreThanBest} ${plural(moreThanBest, 'day')} more than from the best start` : '';
  const held = missed
    ? ` ${missed.title} ends on ${dateInWords(missed.dueOn)}, ${-(missed.slackDays ?? 0)} ${plural(-(missed.slackDays ?? 0), 'day')} too early for it.`
    : ' Every target is kept even so.';
  const closed =
    closures.length === 0
      ? ' No bank holiday falls into it; weekends alone make the difference.'
      : ` ${closures.length} ${plural(closures.length, 'closure')} ${closures.length === 1 ? 'falls' : 'fall'} into it: ${closures.map(({ on, reason }) => `${reason} (${dateInWords(on)})`).join(', ')}.`;
  return `The worst start of ${year} is ${dateInWords(start)}: planned to finish ${dateInWords(finish)}, after ${lengthDays} days${more}.${held}${closed}`;
}

function plural(count: number, word: string): string {
  return count === 1 ? word : `${word}s`;
}
