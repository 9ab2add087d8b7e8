// The only entrance to the engine: explicit named exports, one section a part.

export type { BankHolidayImport, BankHolidays } from './calendar/bank-holidays.ts';
// calendar: time
export { importBankHolidays, noBankHolidays, shippedBankHolidays } from './calendar/bank-holidays.ts';
export type { CalendarVersion, CompileOptions } from './calendar/compile.ts';
export { compileCalendar, withoutIntervals } from './calendar/compile.ts';
export type { CompiledCalendar, Interval } from './calendar/compiled.ts';
export { addDays, addMonthsClipped, dateInWords, daysBetween } from './calendar/dates.ts';
export type { CountingStart, Due, TickCounts } from './calendar/due.ts';
export {
  addPeriod,
  amberFor,
  amberSecondsOf,
  dueCounting,
  dueFor,
  latestStartFor,
  openSecondsOf,
} from './calendar/due.ts';
export type { DueExplanation } from './calendar/explain.ts';
export { explainDue } from './calendar/explain.ts';
export { fromIsoText, toIsoText } from './calendar/iso.ts';
export type { CalendarProblem } from './calendar/problems.ts';
export { calendarProblems } from './calendar/problems.ts';
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
// Edit
export type { Edit, EditResult } from './edit/apply-edit.ts';
export { applyEdit, freeNodeKey } from './edit/apply-edit.ts';
export type { DraftContent, EditCommand, EditRefusal, Position } from './edit/command.ts';
export type { EditHistory } from './edit/history.ts';
export { emptyHistory, recordEdit, redoEdit, touchedDocuments, undoEdit } from './edit/history.ts';
export type { LinkTarget } from './edit/link-rules.ts';
export { linkRefusal, linkTargets } from './edit/link-rules.ts';
export { newTaskDocument } from './edit/new-task.ts';


// Compile
export { compileWorkflow } from './compile/compile-workflow.ts';
export type { CompiledTask, CompiledWorkflow, MachineConfig, ReleaseBundle } from './compile/compiled-workflow.ts';

// Run
export { allowedCommands, decide } from './run/decide.ts';
export { evolve, replay } from './run/evolve.ts';
export { isOpenCase, isOpenTask, toCaseRow, toClockViews, toTaskRows, wakeAt } from './run/rows.ts';
export type {
  AllowedCommands,
  CaseEventDraft,
  CaseRow,
  CaseState,
  ClockView,
  DecideEnv,
  Decision,
  Directory,
  DirectoryUser,
  Rejection,
  TaskRow,
  TaskState,
  TimelineEntry,
} from './run/types.ts';

// Observe
export { caseTimeline } from './observe/case-timeline.ts';
