// The only entrance to the engine: explicit named exports, one section a part.

export type { BankHolidayImport, BankHolidays } from './calendar/bank-holidays.ts';
// calendar: time
export { importBankHolidays, noBankHolidays, shippedBankHolidays } from './calendar/bank-holidays.ts';
export type { CalendarVersion, CompileOptions } from './calendar/compile.ts';
export { compileCalendar, withoutIntervals } from './calendar/compile.ts';
export type { CompiledCalendar, Interval } from './calendar/compiled.ts';
export { addDays, addMonthsClipped, dateInWords, daysBetween } from './calendar/dates.ts';
export { fromIsoText, toIsoText } from './calendar/iso.ts';
export {
  addOpenSeconds,
  addWorkingDays,
  BEFORE_ALL_TIME,
  isOpenAt,
  isWorkingDay,
  localDateOf,
  NEVER,
  nextOpening,
  openIntervalsBetween,
  openSecondsBetween,
  previousClosing,
  startOfDate,
  subtractOpenSeconds,
  tickOf,
  workingDaysInclusive,
  zoneAt,
} from './calendar/time.ts';
// Import
export { AdviceCases, importContentPack } from './import/content-pack/import.ts';
export { ContentPack } from './import/content-pack/pack.ts';
