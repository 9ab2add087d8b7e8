// The studio's one door to the engine: what is derived from the draft is derived here, in the browser.

import * as engine from '../../runtime/engine/index.ts';
import type { Configuration } from '../../schemas/configuration.ts';

export type {
  AdviceBook,
  AnswerChange,
  AskedForm,
  ClipboardBundle,
  ClipboardContent,
  DocumentPart,
  DraftContent,
  DrawingDiff,
  DrawnMark,
  EditCommand,
  EditHistory,
  EditResult,
  PlanMoves,
  PlannedTask,
  PlanTimeline,
  Position,
  Question,
  ReadShape,
  Repair,
  RepairChoice,
  RowsPlan,
  StatementRow,
  TextNode,
  TimelineBar,
  TimelineTarget,
  TitleCopy,
  TraceNode,
  Use,
  Vocabulary,
  WorkflowPlan,
} from '../../runtime/engine/index.ts';
export {
  applyCommand,
  applyEdit,
  askedQuestions,
  boundsMistake,
  buildAdviceBook,
  CARD,
  checkAnswers,
  conditionNodes,
  copiesOfTitle,
  copyNodes,
  countUses,
  describeAt,
  describeStatements,
  diffConfigurations,
  diffDocument,
  diffDrawing,
  effectiveAnswers,
  emptyHistory,
  explainStatement,
  fitsType,
  formQuestions,
  freeNodeKey,
  htmlToMarkdown,
  inspectText,
  isMissing,
  isRequired,
  isSame,
  layOutCondition,
  layoutByRank,
  linkRefusal,
  linkTargets,
  measureReadability,
  mergeConfigurations,
  mergeValue,
  missingWords,
  newTaskDocument,
  nextBranch,
  packValues,
  parseCondition,
  plainText,
  planPaste,
  planRows,
  printAllPredecessors,
  printBundle,
  printCondition,
  printPeriod,
  questionsOf,
  readLag,
  readMarkdown,
  readPeriod,
  readPredecessors,
  readStatement,
  recordEdit,
  redoEdit,
  referenceKind,
  referenceKindAt,
  removeWithTasks,
  renameTitle,
  selectAdvice,
  setEstimate,
  sha256,
  statementDigest,
  suggestAt,
  touchedDocuments,
  traceCondition,
  undoEdit,
  valueWords,
  whatMoves,
  wherePartUsed,
  whereUsed,
  workflowQuestions,
} from '../../runtime/engine/index.ts';

/** The plan of a workflow from a start date, or the cycle that makes one impossible. */
export function planOf(configuration: Configuration, workflow: string, start: string): engine.WorkflowPlanResult {
  const known = plans.get(configuration) ?? new Map<string, engine.WorkflowPlanResult>();
  plans.set(configuration, known);
  const name = `${workflow} ${start}`;
  const plan = known.get(name) ?? engine.planWorkflow(configuration, workflow, start, calendarsOf(configuration));
  known.set(name, plan);
  return plan;
}

/** One state of the draft is asked for its plan by what changed it, what shows it and what tells of it. */
const plans = new WeakMap<Configuration, Map<string, engine.WorkflowPlanResult>>();

/** The plan with every date a timeline draws. */
export function timelineOf(configuration: Configuration, workflow: string, start: string): engine.PlanTimelineResult {
  return engine.planTimeline(configuration, workflow, start, calendarsOf(configuration));
}

/** What moves an end of a bar to a date: its start by a lag, its finish by its estimate. */
export function gestureOf(
  configuration: Configuration,
  bar: engine.HeldBar,
  edge: 'start' | 'finish',
  wanted: string,
): engine.BarGesture {
  const move = edge === 'start' ? engine.moveBarStart : engine.moveBarFinish;
  return move(configuration, bar, wanted, calendarsOf(configuration));
}

/** Dates on which a workflow's calendar does not open. */
export function closedDaysOf(
  configuration: Configuration,
  workflow: string,
  from: string,
  to: string,
): engine.ClosedDay[] {
  const calendar = calendarsOf(configuration)[configuration.workflow[workflow]?.calendar ?? ''];
  return calendar ? engine.closedDaysBetween(calendar, from, to) : [];
}

/** The start day of a year from which the plan comes out worst, with the reason. */
export function worstStartOf(
  configuration: Configuration,
  workflow: string,
  year: number,
): engine.WorstStart | undefined {
  return engine.findWorstStart(configuration, workflow, year, calendarsOf(configuration));
}

let compiled: { of: Configuration['calendar']; calendars: ReturnType<typeof engine.compileCalendars> } | undefined;

/** Calendars change seldom and compile slowly. */
function calendarsOf(configuration: Configuration): ReturnType<typeof engine.compileCalendars> {
  if (compiled?.of !== configuration.calendar) {
    compiled = {
      of: configuration.calendar,
      calendars: engine.compileCalendars(configuration, engine.shippedBankHolidays),
    };
  }
  return compiled.calendars;
}
