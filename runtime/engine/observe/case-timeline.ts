import type { CaseEvent } from '../../../schemas/case-event.ts';
import type { CompiledWorkflow } from '../compile/compiled-workflow.ts';
import type { TimelineEntry } from '../run/types.ts';

/** The history of a case in sentences, oldest first. */
export function caseTimeline(_bundle: CompiledWorkflow, _events: readonly CaseEvent[]): TimelineEntry[] {
  return [];
}
