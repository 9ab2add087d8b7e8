import type { Answers } from '../../../schemas/condition.ts';
import type { CompiledWorkflow } from '../compile/compiled-workflow.ts';
import { isOpenCase, isOpenTask } from '../run/rows.ts';
import type { CaseState } from '../run/types.ts';
import { heldOptions } from './held-options.ts';

/** One reason why a case cannot go on under another release. */
export interface MoveBlock {
  readonly code:
    | 'CASE_ENDED'
    | 'WORKFLOW_GONE'
    | 'TASK_ORPHANED'
    | 'DECISION_TAKEN'
    | 'CLOCK_GONE'
    | 'CLOCK_CALENDAR_CHANGED'
    | 'HOLD_REASON_GONE'
    | 'OPTION_REMOVED';
  readonly reason: string;
  readonly what: string;
}

/** Everything that keeps a case where it is, as sentences; none where it can move (R5). */
export function whyItCannotMove(
  to: CompiledWorkflow | undefined,
  state: CaseState,
  answers: Answers,
): readonly MoveBlock[] {
  if (!isOpenCase(state))
    return [{ code: 'CASE_ENDED', what: '', reason: 'The case has ended; only open cases move.' }];
  if (!to) {
    const reason = `The release has no workflow ${state.workflow}. Keep the case where it is.`;
    return [{ code: 'WORKFLOW_GONE', what: state.workflow, reason }];
  }
  return [
    ...orphans(to, state),
    ...decisions(to, state),
    ...clocks(to, state),
    ...holds(to, state),
    ...heldOptions(to, answers).map(({ question, option }): MoveBlock => {
      const reason = `The answer "${option}" to "${question}" is no option any more. Correct the answer first.`;
      return { code: 'OPTION_REMOVED', what: `${question}=${option}`, reason };
    }),
  ];
}

function orphans(to: CompiledWorkflow, state: CaseState): MoveBlock[] {
  return Object.values(state.tasks)
    .filter((task) => isOpenTask(task) && task.life !== 'pending' && !to.tasks[task.node])
    .map((task) => ({
      code: 'TASK_ORPHANED',
      what: task.id,
      reason: `${task.title} (${task.id}) is being worked and is not drawn any more. Complete or cancel it first.`,
    }));
}

function decisions(to: CompiledWorkflow, state: CaseState): MoveBlock[] {
  return Object.values(state.steps).flatMap((step): MoveBlock[] => {
    const drawn = to.nodes[step.node];
    if (step.type !== 'decision' || step.branch === null || !drawn) return [];
    const known =
      drawn.type === 'decision' && (step.branch === 'otherwise' || Object.hasOwn(drawn.branches, step.branch));
    const reason = `Decision ${step.node} took branch "${step.branch}", which is not drawn any more. Keep the case where it is.`;
    return known ? [] : [{ code: 'DECISION_TAKEN', what: step.node, reason }];
  });
}

/** A period set by law is never dropped silently, and what was counted in one calendar is not counted again in another. */
function clocks(to: CompiledWorkflow, state: CaseState): MoveBlock[] {
  return Object.values(state.clocks).flatMap((clock): MoveBlock[] => {
    if (clock.outcome !== 'open') return [];
    const found = to.clocks[clock.key];
    if (!found) {
      const reason = `Clock ${clock.title} is running and is not in the release. Keep the case where it is.`;
      return [{ code: 'CLOCK_GONE', what: clock.id, reason }];
    }
    const before = state.time[`clock:${clock.id}`]?.clocks['completion']?.calendar;
    const after = found.sla.target.calendar ?? to.workflow.calendar;
    if (before === undefined || before === after) return [];
    const reason = `Clock ${clock.title} is counted in calendar ${before}, in the release in ${after}. Keep the case where it is.`;
    return [{ code: 'CLOCK_CALENDAR_CHANGED', what: clock.id, reason }];
  });
}

function holds(to: CompiledWorkflow, state: CaseState): MoveBlock[] {
  return Object.values(state.tasks).flatMap((task) =>
    Object.keys(task.holds)
      .filter((reason) => to.tasks[task.node] && !Object.hasOwn(to.tasks[task.node]?.task.holdReasons ?? {}, reason))
      .map(
        (reason): MoveBlock => ({
          code: 'HOLD_REASON_GONE',
          what: task.id,
          reason: `${task.title} is on hold for "${reason}", which is no reason any more. Resume it first.`,
        }),
      ),
  );
}
