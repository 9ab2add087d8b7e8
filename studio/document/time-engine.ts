// The door to the engine for the editors of time, escalation and messages.

import * as engine from '../../runtime/engine/index.ts';
import type { Configuration } from '../../schemas/configuration.ts';

export type {
  CompiledCalendar,
  DeadSelector,
  Directory,
  DirectoryUser,
  MessageScope,
  ScriptedCommand,
  Storyboard,
  StoryMessage,
  StripDay,
  TriedPause,
} from '../../runtime/engine/index.ts';
export {
  addDays,
  addOpenSeconds,
  calculateDue,
  dayStrip,
  daysBetween,
  findDeadSelectors,
  fromIsoText,
  importBankHolidays,
  isOutdated,
  isWorkingDay,
  localDateOf,
  measureSms,
  openSecondsBetween,
  placeholdersOf,
  renderTemplate,
  SAMPLE_HOLD,
  SAMPLE_KEY,
  sampleDirectory,
  shippedBankHolidays,
  startOfDate,
  tellStory,
  templateDigest,
  toDateTimeText,
  toIsoText,
  toMessageScope,
  toOfferScope,
  tryAllocation,
  withSampleItem,
  workflowQuestions,
  workingDaysInclusive,
} from '../../runtime/engine/index.ts';

type Calendars = Readonly<Record<string, engine.CompiledCalendar>>;
const compiled = new WeakMap<Configuration['calendar'], Calendars>();

/** The draft's calendars, compiled; they change seldom and compile slowly. */
export function calendarsOf({ calendar }: Pick<Configuration, 'calendar'>): Calendars {
  const known = compiled.get(calendar);
  if (known) return known;
  const made = engine.compileCalendars({ calendar } as Configuration, engine.shippedBankHolidays);
  compiled.set(calendar, made);
  return made;
}

/** The organisation's time zone. */
export function zoneOf({ settings }: Pick<Configuration, 'settings'>): string {
  return Object.values(settings)[0]?.zone ?? 'Europe/London';
}

/** The instant of a date-time field; undefined while it is half-written. */
export function readMoment(text: string, zone: string): number | undefined {
  try {
    return engine.fromIsoText(text, zone);
  } catch {
    return undefined;
  }
}
