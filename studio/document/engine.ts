// The studio's one door to the engine: what is derived from the draft is derived here, in the browser.
import type { Configuration } from '../../schemas/configuration.ts';
import type { Finding } from '../../schemas/finding.ts';
import * as engine from '../../runtime/engine/index.ts';

export type { DraftContent, EditCommand, EditHistory, EditRefusal, EditResult, PlannedTask, Position, WorkflowPlan } from '../../runtime/engine/index.ts';
export {
  applyEdit, emptyHistory, freeNodeKey, linkRefusal, linkTargets, newTaskDocument, recordEdit, redoEdit, touchedDocuments, undoEdit,
} from '../../runtime/engine/index.ts';

/** The plan of a workflow from a start date, or the cycle that makes one impossible. */
export function planOf(configuration: Configuration, workflow: string, start: string): engine.WorkflowPlanResult {
  return engine.planWorkflow(configuration, workflow, start, calendarsOf(configuration));
}

/** Every finding of the draft (R1). */
export function findingsOf(configuration: Configuration): Finding[] {
  const check = (engine as unknown as Record<string, unknown>)['checkConfiguration'];
  if (typeof check !== 'function') return [];
  return (check as (configuration: Configuration, options: object) => Finding[])(configuration, { holidays: engine.shippedBankHolidays });
}

let compiled: { of: Configuration['calendar']; calendars: ReturnType<typeof engine.compileCalendars> } | undefined;

/** Calendars change seldom and compile slowly. */
function calendarsOf(configuration: Configuration): ReturnType<typeof engine.compileCalendars> {
  if (compiled?.of !== configuration.calendar) {
    compiled = { of: configuration.calendar, calendars: engine.compileCalendars(configuration, engine.shippedBankHolidays) };
  }
  return compiled.calendars;
}
