// The only entrance to the engine: explicit named exports, one section a part.

// Advise
export { type AdviceBook, type AdviceEntry, buildAdviceBook } from './advise/advice-book.ts';
// Fast selection
export { AdviceIndex } from './advise/advice-index.ts';
// Saved tests of advice
export { type BoundaryPersona, boundaryPersonas, boundaryTests } from './advise/boundary-personas.ts';
export { checkAdviceText } from './advise/check-text.ts';
// Packs and the statement bank
export { type Explanation, explainAdvice, explainStatement } from './advise/explain.ts';
export { type AnswerChange, applyChange } from './advise/flip.ts';
export { type ListedLink, listLinks } from './advise/link-list.ts';
export {
  isAllowedUrl,
  linksOf,
  type MarkdownProblem,
  plainText,
  readMarkdown,
  renderMarkdownHtml,
  type TextNode,
} from './advise/markdown.ts';
export { buildPack, type InformationPack, type PackRequest, readStatement, statementDigest } from './advise/pack.ts';
export { renderPackHtml } from './advise/pack-html.ts';
export { packValues } from './advise/placeholder.ts';
export { measureReadability, type Readability } from './advise/readability.ts';
export { measureCoverage, runAdviceTest, type TestCoverage, type TestResult } from './advise/run-tests.ts';
export { selectAdvice } from './advise/select.ts';
export { describeStatements, type StatementRow } from './advise/statement-bank.ts';
// Allocation
export { givenBy } from './allocate/allocations-in.ts';
export { roundRobinCursors } from './allocate/cursors.ts';
export { loadsOfTasks, peopleWeighed } from './allocate/loads.ts';
export { coveringAt } from './allocate/staff.ts';
export { type AllocationTrial, type TriedRule, tryAllocation } from './allocate/try-allocation.ts';
// Analyse
export { type Analysis, analyseStatements } from './analyse/analyse.ts';
export { analyseWorkflow, type WorkflowAnalysis } from './analyse/workflow-analysis.ts';
export type { BankHolidays } from './calendar/bank-holidays.ts';
// calendar: time
export { noBankHolidays, shippedBankHolidays } from './calendar/bank-holidays.ts';
// Plan
export { type ClosedDay, closedDaysBetween } from './calendar/closed-days.ts';
export type { CalendarVersion, CompileOptions } from './calendar/compile.ts';
export { compileCalendar, withoutIntervals } from './calendar/compile.ts';
export type { CompiledCalendar, Interval } from './calendar/compiled.ts';
export { addDays, addMonthsClipped, dateInWords, daysBetween } from './calendar/dates.ts';
export { dayStrip, type StripDay } from './calendar/day-strip.ts';
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
export { type BankHolidayImport, importBankHolidays } from './calendar/import-bank-holidays.ts';
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
export { type CatalogueEntry, findingCatalogue, renderFindingCatalogue } from './check/catalogue.ts';
// Check
export { type Checker, type CheckOptions, checkConfiguration, checkDocuments, createChecker } from './check/check.ts';
export { findEmptyTeams } from './check/empty-teams.ts';
export { type DocumentPart, wherePartUsed } from './check/part-uses.ts';
export { checkRules } from './check/registry.ts';
export { referenceKind, referenceKindAt } from './check/rules/references.ts';
export { sha256 } from './check/sha256.ts';
export { countUses, type LawRegister, lawRegister, type Use, whereUsed } from './check/where-used.ts';
export { advanceClock, clockDueAt, type Until } from './clock/advance.ts';
// clock
export { type CalculatedDue, calculateDue, type TriedPause } from './clock/calculate-due.ts';
export { applyToClock, type ClockCommand, makeClock } from './clock/commands.ts';
export { explainClocks } from './clock/explain-clock.ts';
export {
  amberAt,
  type ClockReading,
  colourOf,
  consumedSeconds,
  dueAt,
  dueIfResumed,
  outcomeOf,
  overdueSeconds,
  readClock,
} from './clock/readings.ts';
export type {
  AmberPoint,
  CalendarOf,
  ClockFact,
  ClockPhase,
  ClockSpec,
  ClockState,
  ClockStep,
  Colour,
  CountedPeriod,
  Outcome,
  ReopenPolicy,
} from './clock/state.ts';
export { toAmberPoint, toClockSpec } from './clock/state.ts';
// Compile
export { compileWorkflow } from './compile/compile-workflow.ts';
export type { CompiledTask, CompiledWorkflow, MachineConfig, ReleaseBundle } from './compile/compiled-workflow.ts';
export { toMermaid, toTypeScript } from './compile/export.ts';
// Conditions
export {
  type AskedForm,
  askedQuestions,
  boundsMistake,
  isMissing,
  isRequired,
  missingWords,
  settleAnswers,
} from './condition/asking.ts';
export { type AnswerProblem, checkAnswers } from './condition/check-answers.ts';
export { toEpochDay } from './condition/dates.ts';
export { type EffectiveAnswers, effectiveAnswers } from './condition/effective-answers.ts';
export {
  type ConditionFacts,
  evaluateCondition,
  isTrue,
  type TraceNode,
  traceCondition,
} from './condition/evaluate.ts';
export { fitsType } from './condition/fits-type.ts';
export { formQuestions, type Question, type Questions, workflowQuestions } from './condition/question.ts';
export { conditionNodes, measureCondition, questionsOf } from './condition/shape.ts';
export { describeAt, inspectText } from './condition/text/inspect.ts';
export { parseCondition, type SourceRange } from './condition/text/parse.ts';
export { layOutCondition, printCondition } from './condition/text/print.ts';
export { suggestAt } from './condition/text/suggest.ts';
export type { TextProblem } from './condition/text/token.ts';
export type { Vocabulary } from './condition/text/vocabulary.ts';
export type { Truth } from './condition/truth.ts';
// Diff and merge
export { type DiffOptions, type DocumentDiff, diffConfigurations, diffDocument } from './diff/diff.ts';
export { type DrawingDiff, type DrawnMark, diffDrawing } from './diff/drawing.ts';
export { type MergeConflict, type Merged, mergeConfigurations, mergeValue } from './diff/merge.ts';
export { isSame } from './diff/parts.ts';
export { valueWords } from './diff/words.ts';
// Edit
export type { Edit, EditResult } from './edit/apply-command.ts';
export { applyCommand } from './edit/apply-command.ts';
export { applyEdit } from './edit/apply-edit.ts';
export type { ClipboardBundle } from './edit/clipboard/bundle.ts';
export { copyNodes, printBundle } from './edit/clipboard/copy-nodes.ts';
export { type PastePlan, planPaste, type Repair, type RepairChoice } from './edit/clipboard/paste-nodes.ts';
export { planRows, type RowsPlan } from './edit/clipboard/paste-rows.ts';
export { type ClipboardContent, readClipboard } from './edit/clipboard/read-clipboard.ts';
export type { DraftContent, EditCommand, EditRefusal, Position } from './edit/command.ts';
export type { ReadShape } from './edit/document-edits.ts';
export type { EditHistory } from './edit/history.ts';
export { emptyHistory, recordEdit, redoEdit, touchedDocuments, undoEdit } from './edit/history.ts';
export { lagUnits, printPeriod, readLag, readPeriod } from './edit/lag-notation.ts';
export type { LinkTarget } from './edit/link-rules.ts';
export { linkRefusal, linkTargets } from './edit/link-rules.ts';
export { newTaskDocument } from './edit/new-task.ts';
export { nextBranch } from './edit/next-branch.ts';
export { freeNodeKey } from './edit/node-edits.ts';
export { type PredecessorProblem, printAllPredecessors } from './edit/predecessor-notation.ts';
export { removeWithTasks } from './edit/remove-with-tasks.ts';
export { copiesOfTitle, renameTitle, type TitleCopy } from './edit/rename-title.ts';
export { type PredecessorsRead, readPredecessors } from './edit/set-predecessors.ts';
// Export
export type { MissingReference } from './export/bundle.ts';
export { withWhatTheyNeed, writeBundle } from './export/bundle.ts';
export { csvCell } from './export/csv-cell.ts';
export { writeMspdi } from './export/mspdi.ts';
export { writePlanCsv } from './export/plan-csv.ts';
export { CARD, layoutByRank } from './export/rank-layout.ts';
export { type WorkflowFormat, workflowFormats, writeWorkflowFile } from './export/workflow-file.ts';
export { type NamedPlan, toNamedPlan } from './export/workflow-plan.ts';
// Import
export { type Bank, importBankDocuments } from './import/bank.ts';
export { AdviceCases, importContentPack } from './import/content-pack/import.ts';
export { ContentPack } from './import/content-pack/pack.ts';
export { type ExchangeFile, planKeyOf, readExchangeFile } from './import/exchange-file.ts';
export { htmlToMarkdown } from './import/html-to-markdown.ts';
export { officePlanCalendars, readMspdi, readPlanTable } from './import/plan-file.ts';
// ladder
export {
  advanceEscalation,
  advanceLadder,
  type Escalation,
  earliest,
  escalationDueAt,
  type LadderWorld,
  ladderDueAt,
  type Pace,
} from './ladder/advance.ts';
export { applyToLadder, armLadder, type LadderCommand, muteDueRungs } from './ladder/commands.ts';
export { type DeadSelector, findDeadSelectors } from './ladder/dead-selectors.ts';
export { DIGEST_WINDOW_SECONDS, type OutgoingMessage, planRelease, releaseAt } from './ladder/digest.ts';
export { type LadderMessage, toMessages } from './ladder/messages.ts';
export {
  type Directory as EscalationDirectory,
  type ItemPeople,
  type Recipient,
  resolveRecipients,
  resolveWithFallback,
} from './ladder/recipients.ts';
export type { Firing, LadderFact, LadderRung, LadderSpec, LadderState, LadderStep } from './ladder/state.ts';
export { firingKey, toLadderSpec } from './ladder/state.ts';
// Move open cases between releases
export { datesUnderCalendars } from './move/calendar-effect.ts';
export {
  datesBetween,
  effectOfMove,
  isWithoutEffect,
  type MovedDate,
  type MoveEffect,
  type MoveSide,
} from './move/effect.ts';
export { isUntouched, type MoveResult, moveCase } from './move/move-case.ts';
export { reckonDates } from './move/reckon-dates.ts';
export { findingsOfRemoved, type RemovedOption, removedAndHeld, removedOptions } from './move/removed-options.ts';
export type { MoveBlock } from './move/why-not.ts';
// Notify
export { placeholdersOf } from './notify/placeholders.ts';
export { type ReleaseView, whyNotSent } from './notify/release.ts';
export type { MessageScope, RenderedTemplate, SenderFacts } from './notify/render.ts';
export { renderTemplate, toDateTimeText, toDurationText, toMessageScope, toOfferScope } from './notify/render.ts';
export { measureSms, type SmsLength } from './notify/sms-length.ts';
export { isOutdated, templateDigest } from './notify/translation.ts';
// Observe
export { type CaseSchedule, caseSchedule } from './observe/case-schedule.ts';
export { caseTimeline } from './observe/case-timeline.ts';
export { type PausedStretch, pausedStretches, type SlaRecord, slaRecords } from './observe/sla-record.ts';
export { compileCalendars } from './plan/calendars.ts';
export { type BarGesture, type HeldBar, moveBarFinish, moveBarStart, setEstimate } from './plan/gestures.ts';
export { type PlannedTask, planWorkflow, type WorkflowPlan, type WorkflowPlanResult } from './plan/plan.ts';
export { type Sweep, sweepStarts } from './plan/sweep.ts';
export {
  type PlanTimeline,
  type PlanTimelineResult,
  planTimeline,
  type TimelineBar,
  type TimelineTarget,
} from './plan/timeline.ts';
export { type MovedBar, type PlanMoves, whatMoves } from './plan/what-moves.ts';
export { findWorstStart, type WorstStart } from './plan/worst-start.ts';
// Play a virtual case
export { emptyWorld, notLaunched, type PlayGround, type PlayWorld, playCommand, playUntil } from './play/player.ts';
export { runOnTime } from './play/run-on.ts';
export { type AssumedLength, type SampleRun, type SampleSettings, sampleCase } from './play/sample.ts';
export { type Scenario, toScenario } from './play/scenario.ts';
export {
  actInPlay,
  allowedInPlay,
  launchPlay,
  nextTimer,
  type PlayResult,
  type PlaySession,
  type PlayStep,
  playSteps,
  stepBack,
  waitForTimer,
  waitInPlay,
} from './play/session.ts';
export { withoutLadders } from './play/without-ladders.ts';
// Service resources (P11)
export { type AllowedResourceCommands, allowedResourceCommands } from './resource/allowed.ts';
export { decideResource } from './resource/decide.ts';
export { evolveInterests, evolveResource, replayInterests, replayResource } from './resource/evolve.ts';
export { followPlan } from './resource/readiness.ts';
export {
  keyActionsOf,
  liveInterests,
  openKeyActions,
  openOffers,
  placesFree,
  placesTaken,
  wakeResourceAt,
} from './resource/readings.ts';
export { chargeInWords, resourceTimeline } from './resource/timeline.ts';
export type {
  AllocationState,
  InterestBook,
  InterestEventDraft,
  InterestState,
  MatchState,
  MissingGround,
  OfferState,
  ResourceEnv,
  ResourceEventDraft,
  ResourceState,
} from './resource/types.ts';
// Run
export { allowedCommands } from './run/allowed.ts';
export { decide } from './run/decide.ts';
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
// schedule: the critical path, live progress, plans with calendars
export type {
  ConstraintType,
  Plan,
  PlanLink,
  PlanResult,
  PlanSchedule,
  PlanTask,
} from './schedule/calendar-schedule.ts';
export { schedulePlan } from './schedule/calendar-schedule.ts';
export type { HorizonSchedule, TargetedTask } from './schedule/case-horizon.ts';
export { scheduleAgainstSla } from './schedule/case-horizon.ts';
export {
  computeDrag,
  countCriticalPaths,
  findCriticalLinks,
  findCriticalTasks,
  findLongestPath,
  findNearCriticalTasks,
} from './schedule/critical.ts';
export { fingerprintSchedule, type GeneratorSettings, generateNetwork } from './schedule/generate.ts';
export { IncrementalSchedule, type LinkAnswer } from './schedule/incremental.ts';
export type { CompiledNetwork, LinkType, Network, NetworkLink, NetworkTask, PlanFinding } from './schedule/network.ts';
export { compileNetwork } from './schedule/network.ts';
export type { HardDates, PairDates, PairLink, PairResult, PairSchedule, PairTask } from './schedule/pair.ts';
export { schedulePairs } from './schedule/pair.ts';
export type { PassLimits, Schedule } from './schedule/pass.ts';
export { computeSchedule } from './schedule/pass.ts';
export type { LocalMinute, PlanCalendar } from './schedule/plan-calendar.ts';
export { dateTimeOfMinute, minuteOfDateTime } from './schedule/plan-calendar.ts';
export type { LivePairTask, LiveResult, LiveSchedule, LiveTask, OutOfSequenceMode } from './schedule/progress.ts';
export { scheduleLiveCase, scheduleLivePairs } from './schedule/progress.ts';
export { readMspdiProject, type XmlNode } from './schedule/read/mspdi.ts';
export { type PlanRow, type PlanTable, readPlanRows } from './schedule/read/plan-rows.ts';
// Simulate a case
export type { CaseScript, PlayedCase, ScriptedCommand } from './simulate/case.ts';
export {
  launched,
  playCase,
  readScript,
  sampleDirectory,
  stateOf,
} from './simulate/case.ts';
// The storyboard of a ladder
export { SAMPLE_HOLD, SAMPLE_KEY, type SampleItem, withSampleItem } from './simulate/sample-item.ts';
export {
  type Storyboard,
  type StoryMessage,
  type StoryScript,
  tellMessages,
  tellStory,
} from './simulate/storyboard.ts';
// simulate: traces
export {
  type PlayedTrace,
  playTrace,
  type Trace,
  type TraceCommand,
  toClockResult,
  toLadderResult,
  toPauseCommand,
} from './simulate/trace.ts';
// Saved scripts
export { type CaseCoverage, measureCaseCoverage } from './test-run/case-coverage.ts';
export { peopleOf, type RanScript, scriptPlayer } from './test-run/run-script.ts';
