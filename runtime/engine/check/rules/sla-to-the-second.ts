import type { Instant } from '../../../../schemas/ids.ts';
import type { WorkflowDocument } from '../../../../schemas/workflow.ts';
import type { CompiledCalendar } from '../../calendar/compiled.ts';
import { dateInWords } from '../../calendar/dates.ts';
import { toIsoText } from '../../calendar/iso.ts';
import { localDateOf, zoneAt } from '../../calendar/time.ts';
import { type BoundProof, proveNetwork } from '../../plan/containment.ts';
import type { StartSpan } from '../../plan/launches.ts';
import type { PlanNetwork } from '../../plan/network.ts';
import type { CheckContext, RuleFinding } from '../rule.ts';

/** What only shows to the second: targets in hours, ticks at different times of one date (T10, V06); asked where the dates fit. */
export function secondsFindings(
  workflow: WorkflowDocument,
  { calendars }: CheckContext,
  network: PlanNetwork,
  span: StartSpan,
): RuleFinding[] {
  const { calendar } = network;
  const found = proveNetwork(network, workflow, calendars, span);
  const proof = { ...found, case: found.case && ends(found.case) ? found.case : null };
  const tasks = Object.entries(proof.tasks)
    .filter(([, worst]) => ends(worst))
    .map(([task, worst]) =>
      finding('SLA_TASK_EXCEEDS_WORKFLOW', ['nodes', task], `${task} alone takes longer than the SLA of the case`, {
        calendar,
        worst,
        values: { task },
      }),
    );
  if (tasks.length > 0) return tasks;
  const clocks = Object.entries(proof.clocks).flatMap(([clock, worst]) => {
    const contained = workflow.clocks[clock]?.mustContain ?? [];
    const what = `${contained.join(', ')} may finish after the end of ${clock}`;
    const place = { calendar, worst, values: { clock, contained } };
    return worst.breachedStarts > 0 && ends(worst)
      ? [finding('SLA_PATH_EXCEEDS_CLOCK', ['clocks', clock], what, place)]
      : [];
  });
  if (!proof.case || proof.case.breachedStarts === 0) return clocks;
  const what = 'The tasks together take longer than the SLA of the case';
  return [finding('SLA_PATH_EXCEEDS_WORKFLOW', ['sla'], what, { calendar, worst: proof.case, values: {} }), ...clocks];
}

/** What never ends is the calendar's mistake, and named there. */
function ends({ finishAt }: BoundProof): boolean {
  return Number.isFinite(finishAt);
}

function finding(
  code: string,
  path: readonly string[],
  what: string,
  { calendar, worst, values }: { calendar: CompiledCalendar; worst: BoundProof; values: Record<string, unknown> },
): RuleFinding {
  const words = (at: Instant) => momentInWords(calendar, at);
  const message = `${what} on ${worst.breachedStarts} of the starts tried; worst ${words(worst.startAt)}: finished ${words(worst.finishAt)}, due ${words(worst.dueAt)}. Shorten a task or a lag, or lengthen the period.`;
  return {
    code,
    severity: 'error',
    path,
    values: { ...values, ...worst },
    message,
    counterexample: { start: worst.startAt },
  };
}

function momentInWords(calendar: CompiledCalendar, at: Instant): string {
  if (!Number.isFinite(at)) return 'never';
  return `${dateInWords(localDateOf(calendar, at))} ${toIsoText(at, zoneAt(calendar, at)).slice(11, 16)}`;
}
