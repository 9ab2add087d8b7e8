import { inOrder } from '../../../../schemas/document.ts';
import type { LocalDate } from '../../../../schemas/ids.ts';
import type { Target } from '../../../../schemas/period.ts';
import type { WorkflowDocument } from '../../../../schemas/workflow.ts';
import { dateInWords, dateOfDay, epochDayOf } from '../../calendar/dates.ts';
import { textOf } from '../../plan/derivations.ts';
import { endOfLag, finishFor, planningSla } from '../../plan/duration.ts';
import { buildPlanNetwork, isLeftOut, type PlanNetwork } from '../../plan/network.ts';
import { type ForwardPasses, finishesFrom, longestPath, passAt, passForwardFrom } from '../../plan/plan.ts';
import { startDaysOf, sweepClocks } from '../../plan/sweep.ts';
import { workdaysOf } from '../../plan/workdays.ts';
import { type CheckContext, defineRule, type RuleFinding } from '../rule.ts';
import { secondsFindings } from './sla-to-the-second.ts';

/** Start days that are proved: every working day of the year that begins at the check's first day. */
const DAYS_PROVED = 365;

/** Tasks and the longest path stay inside the case SLA and inside each statutory clock, for every start day of the next year (R2, T10). */
export const slaPaths = defineRule({
  name: 'sla-paths',
  kind: 'workflow',
  reads: ['task', 'calendar'],
  codes: [
    {
      code: 'SLA_TASK_EXCEEDS_WORKFLOW',
      severity: 'error',
      means: 'A task alone takes longer than the SLA of the case.',
      cure: 'Shorten the target of the task or lengthen that of the case.',
      shown: 'start',
    },
    {
      code: 'LAG_EXCEEDS_SLA',
      severity: 'error',
      means: 'The lag of a link alone takes longer than the SLA of the case.',
      cure: 'Shorten the lag, or leave the task behind it outside the SLA.',
      fixed: true,
      shown: 'start',
    },
    {
      code: 'SLA_PATH_EXCEEDS_WORKFLOW',
      severity: 'error',
      means:
        'The longest path of targets and lags is longer than the SLA of the case, for some start day of the next year.',
      cure: 'Shorten a task or a lag on the path, or lengthen the SLA.',
      shown: 'start',
    },
    {
      code: 'SLA_PATH_EXCEEDS_CLOCK',
      severity: 'error',
      means:
        'Tasks that must finish inside a statutory clock may finish after its end, for some start day of the next year.',
      cure: 'Shorten a task or a lag on the way.',
      shown: 'start',
    },
  ],
  check: (workflow, context) => {
    const built = buildPlanNetwork(context.configuration, workflow, context.calendars);
    if (!('network' in built)) return lagFindings(workflow, context);
    const { network } = built;
    const first = epochDayOf(context.from);
    const passes = passForwardFrom(network, startDaysOf(network.calendar, first, first + DAYS_PROVED - 1));
    const lags = lagFindings(workflow, context);
    const found = [
      ...caseFindings(workflow, network, passes, lags.length === 0),
      ...lags,
      ...clockFindings(workflow, context, network, passes),
    ];
    return found.length > 0 ? found : secondsFindings(workflow, context, network, { first, days: DAYS_PROVED });
  },
});

function caseFindings(
  workflow: WorkflowDocument,
  network: PlanNetwork,
  passes: ForwardPasses,
  withPath: boolean,
): RuleFinding[] {
  const { days, finish } = passes;
  const target = planningSla(workflow.sla)?.target;
  if (!target) return [];
  const due = finishesFrom(days, target, network.calendar, passes);
  const tasks = targetsOf(network).flatMap(({ keys, target, calendar }) => {
    const worst = worstOver(finishesFrom(days, target, calendar, passes), due, days);
    return worst ? keys.map((key) => taskFinding(key, dateOfDay(worst.start), worst.over)) : [];
  });
  const worst = worstOver(finish, due, days);
  // What a task or a lag breaks alone is told of that one, not of the whole path again.
  if (!worst || tasks.length > 0 || !withPath) return tasks;
  return [pathFinding(criticalPathFrom(network, passes, worst.start), worst)];
}

/** The start from which a finish lies furthest after its due day, the earliest of equals; undefined where none does. */
function worstOver(finish: Int32Array, due: Int32Array, days: Int32Array) {
  let worst: { start: number; finish: number; over: number; starts: number } | undefined;
  for (let n = 0; n < days.length; n++) {
    const over = (finish[n] as number) - (due[n] as number);
    if (over <= 0) continue;
    const starts = (worst?.starts ?? 0) + 1;
    worst =
      worst && worst.over >= over
        ? { ...worst, starts }
        : { start: days[n] as number, finish: finish[n] as number, over, starts };
  }
  return worst;
}

/** The targets of a plan, those of several tasks once. */
function targetsOf(network: PlanNetwork) {
  const found = new Map<string, { keys: string[]; target: Target; calendar: PlanNetwork['calendar'] }>();
  for (const { key, target, calendar } of network.nodes) {
    if (!target) continue;
    const name = `${textOf(target)} ${calendar === network.calendar}`;
    const known = found.get(name);
    if (known) known.keys.push(key);
    else found.set(name, { keys: [key], target, calendar });
  }
  return [...found.values()];
}

function taskFinding(key: string, start: LocalDate, over: number): RuleFinding {
  const message = `${key} alone takes longer than the SLA of the case: started on ${dateInWords(start)} it ends ${over} days after the case is due. Shorten its target or lengthen that of the case.`;
  return {
    code: 'SLA_TASK_EXCEEDS_WORKFLOW',
    severity: 'error',
    path: ['nodes', key],
    values: { task: key, start, overDays: over },
    message,
    counterexample: { start },
  };
}

function pathFinding(
  path: string[],
  found: { start: number; finish: number; over: number; starts: number },
): RuleFinding {
  const worst = { ...found, start: dateOfDay(found.start), finish: dateOfDay(found.finish) };
  const due = dateOfDay(found.finish - found.over);
  const message = `The tasks ${path.join(', ')} take longer than the SLA of the case on ${worst.starts} start days; worst ${dateInWords(worst.start)}: planned to finish ${dateInWords(worst.finish)}, due ${dateInWords(due)}. Shorten a task or a lag, or lengthen the SLA.`;
  return {
    code: 'SLA_PATH_EXCEEDS_WORKFLOW',
    severity: 'error',
    path: ['sla'],
    values: { path, ...worst, due },
    message,
    counterexample: { start: worst.start },
  };
}

/** Links between planned tasks whose lag alone outlasts the case; tasks outside the plan may wait as long as they like. */
function lagFindings(workflow: WorkflowDocument, context: CheckContext): RuleFinding[] {
  const target = planningSla(workflow.sla)?.target;
  const calendar = context.calendars[workflow.calendar];
  if (!target || !calendar) return [];
  const first = epochDayOf(context.from);
  const due = finishFor(target, first, workdaysOf(calendar));
  // Most links have none, and putting all of them in order takes its time.
  const lagged = Object.fromEntries(Object.entries(workflow.links).filter(([, { lag }]) => lag && lag.value > 0));
  return inOrder(lagged).flatMap(({ key, to, lag }): RuleFinding[] => {
    const node = workflow.nodes[to];
    if (!lag || (node?.type === 'task' && isLeftOut(context.configuration, node))) return [];
    if (endOfLag(lag, first, workdaysOf(calendar)) <= due) return [];
    const message = `The lag of link ${key}, ${lag.value} ${lag.unit}, is longer than the SLA of the case (${target.value} ${target.unit}). Shorten the lag, or leave ${to} outside the SLA.`;
    return [
      {
        code: 'LAG_EXCEEDS_SLA',
        severity: 'error',
        path: ['links', key, 'lag'],
        values: { link: key, lag, target },
        message,
        fix: { type: 'setLag', workflow: workflow.key, link: key },
        counterexample: { start: context.from },
      },
    ];
  });
}

function clockFindings(
  workflow: WorkflowDocument,
  context: CheckContext,
  network: PlanNetwork,
  passes: ForwardPasses,
): RuleFinding[] {
  const swept = sweepClocks(workflow, network, context.calendars, passes);
  return Object.entries(swept).flatMap(([key, clock]): RuleFinding[] => {
    if (clock.breachedStarts === 0) return [];
    const path = criticalPathFrom(network, passes, epochDayOf(clock.worstStart));
    const contained = workflow.clocks[key]?.mustContain ?? [];
    const message = `${contained.join(', ')} may finish after the end of ${key} on ${clock.breachedStarts} start days; worst ${dateInWords(clock.worstStart)}, by ${-clock.leastSlackDays} days, along ${path.join(', ')}. Shorten a task or a lag on the way.`;
    return [
      {
        code: 'SLA_PATH_EXCEEDS_CLOCK',
        severity: 'error',
        path: ['clocks', key],
        values: { clock: key, ...clock, contained, path },
        message,
        counterexample: { start: clock.worstStart },
      },
    ];
  });
}

function criticalPathFrom(network: PlanNetwork, passes: ForwardPasses, start: number): string[] {
  return longestPath(network, passAt(passes, passes.days.indexOf(start)));
}
