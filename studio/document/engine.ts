// The studio's one door to the engine: what is derived from the draft is derived here, in the browser.

import * as engine from '../../runtime/engine/index.ts';
import type { Configuration } from '../../schemas/configuration.ts';

export type {
  AdviceBook,
  AnswerChange,
  DraftContent,
  EditCommand,
  EditHistory,
  EditResult,
  PlannedTask,
  Position,
  Question,
  TextNode,
  Use,
  Vocabulary,
  WorkflowPlan,
} from '../../runtime/engine/index.ts';
export {
  applyEdit,
  buildAdviceBook,
  buildPack,
  describeAt,
  diffDocument,
  effectiveAnswers,
  emptyHistory,
  explainStatement,
  freeNodeKey,
  inspectText,
  layOutCondition,
  linkRefusal,
  linkTargets,
  newTaskDocument,
  parseCondition,
  printCondition,
  recordEdit,
  redoEdit,
  referenceKind,
  suggestAt,
  touchedDocuments,
  undoEdit,
  whereUsed,
} from '../../runtime/engine/index.ts';

/** The plan of a workflow from a start date, or the cycle that makes one impossible. */
export function planOf(configuration: Configuration, workflow: string, start: string): engine.WorkflowPlanResult {
  return engine.planWorkflow(configuration, workflow, start, calendarsOf(configuration));
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
