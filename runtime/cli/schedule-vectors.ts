import { z } from 'zod';
import {
  compileNetwork,
  computeDrag,
  computeSchedule,
  countCriticalPaths,
  dateTimeOfMinute,
  findCriticalLinks,
  findCriticalTasks,
  findLongestPath,
  findNearCriticalTasks,
  fingerprintSchedule,
  generateNetwork,
  IncrementalSchedule,
  type LiveResult,
  type LiveTask,
  type Network,
  type NetworkLink,
  type OutOfSequenceMode,
  type Plan,
  type PlanFinding,
  type Schedule,
  scheduleAgainstSla,
  scheduleLiveCase,
  schedulePlan,
} from '../engine/index.ts';

/** What one vector comes to: the keys of its schema, or the findings of its drawing. */
export type VectorResult = Readonly<Record<string, unknown>>;

const LinkShape = z.object({
  from: z.string(),
  to: z.string(),
  type: z.enum(['FS', 'SS', 'FF', 'SF']).default('FS'),
  lag: z.number().default(0),
});
const Links = z.array(LinkShape).default([]);
const DayTask = z.object({ id: z.string(), durationDays: z.number() });
const CpmVector = z.object({ tasks: z.array(DayTask), links: Links });
const CompactVector = z.object({ d: z.array(z.number()), s: z.array(z.array(z.number().int())) });
const Generator = z.object({
  n: z.number().int().min(0).max(5_000_000),
  seed: z.number().int(),
  window: z.number().int().min(1),
  maxPred: z.number().int().min(1),
  kinds: z.string(),
  leads: z.boolean(),
});
const GeneratedVector = z.object({ generator: Generator });
const Edit = z.discriminatedUnion('op', [
  z.object({ op: z.literal('setDuration'), id: z.string(), duration: z.number().min(0) }),
  z.object({ op: z.literal('setLag'), from: z.string(), to: z.string(), lag: z.number() }),
  z.object({ op: z.literal('addLink'), ...LinkShape.shape }),
  z.object({ op: z.literal('removeLink'), from: z.string(), to: z.string() }),
]);
type Edit = z.infer<typeof Edit>;
const IncrementalVector = z.object({ generator: Generator, edits: z.array(Edit) });
const SlaVector = z.object({
  slaTarget: z.number(),
  tasks: z.array(DayTask.extend({ target: z.number().nullish() })),
  links: Links,
});
const Hours = z.array(z.tuple([z.string(), z.string()]));
const Day = z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']);
const CalendarVector = z.object({
  projectStart: z.string(),
  defaultCalendar: z.string(),
  calendars: z.array(
    z.object({
      id: z.string(),
      week: z.partialRecord(Day, Hours),
      exceptions: z.array(z.object({ from: z.string(), to: z.string(), hours: Hours.default([]) })).default([]),
    }),
  ),
  tasks: z.array(
    z.object({
      id: z.string(),
      durationMinutes: z.number(),
      calendar: z.string().nullable().default(null),
      elapsed: z.boolean().default(false),
      constraint: z
        .object({ type: z.string(), date: z.string().nullable().default(null) })
        .nullable()
        .default(null),
      deadline: z.string().nullable().default(null),
    }),
  ),
  links: z
    .array(
      LinkShape.omit({ lag: true }).extend({ lagMinutes: z.number().default(0), elapsed: z.boolean().default(false) }),
    )
    .default([]),
});
const LiveTaskShape = z.object({
  id: z.string(),
  duration: z.number(),
  actualStart: z.number().nullish(),
  actualFinish: z.number().nullish(),
  remaining: z.number().nullish(),
});
const ProgressVector = z.object({ dataDate: z.number(), tasks: z.array(LiveTaskShape), links: Links });

const NEAR_CRITICAL = [1, 3];
const SHOWN_CRITICAL = 20;

/** One reader a schema: parses a vector (`expected` is never read) and answers its result; throws ZodError on a wrong shape. */
export const vectorReaders: Readonly<Record<string, (vector: unknown) => VectorResult>> = {
  'cpm-vector/1': (vector) => scheduleVector(CpmVector.parse(vector)),
  'cpm-cycle/1': (vector) => scheduleVector(CpmVector.parse(vector)),
  'cpm-compact/1': (vector) => scheduleCompact(CompactVector.parse(vector)),
  'cpm-generated/1': (vector) => scheduleGenerated(GeneratedVector.parse(vector)),
  'cpm-incremental/1': (vector) => scheduleEdits(IncrementalVector.parse(vector)),
  'cpm-sla/1': (vector) => scheduleSla(SlaVector.parse(vector)),
  'cal-schedule/1': (vector) => schedulePlanVector(CalendarVector.parse(vector)),
  'progress/1': (vector) => scheduleProgress(ProgressVector.parse(vector)),
};

/** The schema of a vector that does not name it, by the keys only that schema has; undefined when none fits. */
export function recogniseSchema(vector: object): string | undefined {
  if ('edits' in vector) return 'cpm-incremental/1';
  if ('generator' in vector) return 'cpm-generated/1';
  if ('slaTarget' in vector) return 'cpm-sla/1';
  if ('dataDate' in vector) return 'progress/1';
  if ('projectStart' in vector) return 'cal-schedule/1';
  if ('d' in vector && 's' in vector) return 'cpm-compact/1';
  return 'tasks' in vector ? 'cpm-vector/1' : undefined;
}

function scheduleVector({ tasks, links }: z.infer<typeof CpmVector>): VectorResult {
  const durations = tasks.map(({ id, durationDays }) => ({ id, duration: durationDays }));
  return scheduleNetwork(durations, links);
}

/** All figures of a network on an integer axis. */
export function scheduleNetwork(
  tasks: readonly { readonly id: string; readonly duration: number }[],
  links: readonly NetworkLink[],
): VectorResult {
  const { network, findings } = compileNetwork(tasks, links);
  if (network === undefined) return { findings };
  const schedule = computeSchedule(network);
  const drag = computeDrag(network, schedule);
  const names = (indexes: readonly number[]): string[] => indexes.map((index) => network.ids[index] as string);
  return {
    makespan: schedule.makespan,
    ...datesById(network, schedule),
    totalFloat: byId(network.ids, schedule.totalFloat),
    freeFloat: byId(network.ids, schedule.freeFloat),
    critical: names(findCriticalTasks(schedule)),
    linkFloat: Array.from(schedule.linkFloat, orNull),
    criticalLinks: findCriticalLinks(network, schedule),
    drag: Object.fromEntries(Array.from(drag, ([index, saved]) => [network.ids[index] as string, saved])),
    nearCritical: Object.fromEntries(
      NEAR_CRITICAL.map((threshold) => [threshold, names(findNearCriticalTasks(schedule, threshold))]),
    ),
    startClampActive: schedule.startClampActive,
    longestPath: names(findLongestPath(network, schedule)),
    criticalPathCount: countCriticalPaths(network, schedule),
    ...unlessEmpty(findings),
  };
}

function scheduleCompact({ d, s }: z.infer<typeof CompactVector>): VectorResult {
  const tasks = d.map((duration, i) => ({ id: String(i + 1), duration }));
  const links = s.flatMap((successors, i) =>
    successors.map((to): NetworkLink => ({ from: String(i + 1), to: String(to), type: 'FS', lag: 0 })),
  );
  const { network, findings } = compileNetwork(tasks, links);
  if (network === undefined) return { findings };
  const schedule = computeSchedule(network);
  return { mpm: schedule.makespan, crit: findCriticalTasks(schedule).length, ...unlessEmpty(findings) };
}

function scheduleGenerated({ generator }: z.infer<typeof GeneratedVector>): VectorResult {
  const { tasks, links } = generateNetwork(generator);
  const { network, findings } = compileNetwork(tasks, links);
  if (network === undefined) return { findings };
  const schedule = computeSchedule(network);
  const critical = findCriticalTasks(schedule);
  const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
  return {
    links: links.length,
    makespan: schedule.makespan,
    criticalCount: critical.length,
    sumEs: sum(schedule.earlyStart),
    sumLs: sum(schedule.lateStart),
    sumTotalFloat: sum(schedule.totalFloat),
    sumFreeFloat: sum(schedule.freeFloat),
    digest: fingerprintSchedule(schedule),
    firstCritical: critical.slice(0, SHOWN_CRITICAL).map((index) => network.ids[index]),
    startClampActive: schedule.startClampActive,
    ...unlessEmpty(findings),
  };
}

function scheduleEdits({ generator, edits }: z.infer<typeof IncrementalVector>): VectorResult {
  const { tasks, links } = generateNetwork(generator);
  const { network, findings } = compileNetwork(tasks, links);
  if (network === undefined) return { findings };
  const schedule = new IncrementalSchedule(network);
  return { edits: edits.map((edit) => ({ ...applyEdit(schedule, edit), ...summarise(schedule) })) };
}

/** Carries out one edit; a link that would close a cycle is refused, an unknown task or link is named, and nothing changes. */
function applyEdit(schedule: IncrementalSchedule, edit: Edit): VectorResult {
  const missing = findMissing(schedule, edit);
  if (missing !== undefined) return { refused: missing };
  switch (edit.op) {
    case 'setDuration':
      schedule.setDuration(edit.id, edit.duration);
      return {};
    case 'setLag':
      schedule.setLag(edit.from, edit.to, edit.lag);
      return {};
    case 'removeLink':
      schedule.removeLink(edit.from, edit.to);
      return {};
    case 'addLink': {
      const answer = schedule.addLink(edit);
      return answer.made ? {} : { refused: 'PLAN_CYCLE', cycle: answer.cycle };
    }
  }
}

function findMissing(schedule: IncrementalSchedule, edit: Edit): string | undefined {
  const ids = edit.op === 'setDuration' ? [edit.id] : [edit.from, edit.to];
  if (!ids.every((id) => schedule.hasTask(id))) return 'PLAN_UNKNOWN_TASK';
  const needsLink = edit.op === 'setLag' || edit.op === 'removeLink';
  return needsLink && !schedule.hasLink(edit.from, edit.to) ? 'PLAN_UNKNOWN_LINK' : undefined;
}

function summarise(schedule: IncrementalSchedule): VectorResult {
  return { makespan: schedule.makespan, criticalCount: schedule.countCritical(), digest: schedule.fingerprint() };
}

function scheduleSla({ slaTarget, tasks, links }: z.infer<typeof SlaVector>): VectorResult {
  const targeted = tasks.map(({ id, durationDays, target }) => ({
    id,
    duration: durationDays,
    target: target ?? null,
  }));
  const { result, findings } = scheduleAgainstSla(targeted, links, slaTarget);
  if (result === undefined) return { findings };
  const { ids, schedule, slaSlack, infeasible, targetOutsideSla, targetBeforeEarliestFinish } = result;
  return {
    makespan: schedule.makespan,
    slaSlack,
    ...datesById({ ids }, schedule),
    float: byId(ids, schedule.totalFloat),
    infeasible,
    targetOutsideSla,
    targetBeforeEarliestFinish,
    startClampActive: schedule.startClampActive,
    ...unlessEmpty(findings),
  };
}

/** A plan with calendars, printed with local date-times and floats in working minutes. */
export function schedulePlanVector(plan: Plan): VectorResult {
  const { schedule, findings } = schedulePlan(plan);
  if (schedule === undefined) return { findings };
  const { ids, totalFloat } = schedule;
  const dates = (minutes: Float64Array): Record<string, unknown> => byId(ids, minutes, dateTimeOfMinute);
  const idsWhere = (holds: (float: number) => boolean): string[] =>
    ids.filter((_, i) => holds(totalFloat[i] as number));
  return {
    es: dates(schedule.earlyStart),
    ef: dates(schedule.earlyFinish),
    ls: dates(schedule.lateStart),
    lf: dates(schedule.lateFinish),
    totalFloatMinutes: byId(ids, totalFloat),
    projectFinish: dateTimeOfMinute(schedule.finish),
    negativeFloat: idsWhere((float) => float < 0),
    critical: idsWhere((float) => float <= 0),
    startClampActive: schedule.startClampActive,
    ...(schedule.freeFloat ? { freeFloatMinutes: byId(ids, schedule.freeFloat) } : {}),
    ...(schedule.linkFloat ? { linkFloatMinutes: Array.from(schedule.linkFloat, orNull) } : {}),
    ...(schedule.criticalLinks ? { criticalLinks: schedule.criticalLinks } : {}),
    ...unlessEmpty(findings),
  };
}

function scheduleProgress({ dataDate, tasks, links }: z.infer<typeof ProgressVector>): VectorResult {
  const live = tasks.map(toLiveTask);
  const retained = scheduleLiveCase(live, links, dataDate, 'retained');
  if (retained.schedule === undefined) return { findings: retained.findings };
  const mode = (logic: OutOfSequenceMode): VectorResult => printLive(scheduleLiveCase(live, links, dataDate, logic));
  return { retained: mode('retained'), override: mode('override'), ...unlessEmpty(retained.findings) };
}

function toLiveTask({ id, duration, actualStart, actualFinish, remaining }: z.infer<typeof LiveTaskShape>): LiveTask {
  return {
    id,
    duration,
    ...(typeof actualStart === 'number' ? { actualStart } : {}),
    ...(typeof actualFinish === 'number' ? { actualFinish } : {}),
    ...(typeof remaining === 'number' ? { remaining } : {}),
  };
}

function printLive({ schedule }: LiveResult): VectorResult {
  if (schedule === undefined) return {};
  return {
    finish: schedule.finish,
    es: Object.fromEntries(schedule.earlyStart),
    ef: Object.fromEntries(schedule.earlyFinish),
    lf: Object.fromEntries(schedule.lateFinish),
    rs: Object.fromEntries(schedule.restStart),
    rls: Object.fromEntries(schedule.lateRestStart),
    totalFloat: Object.fromEntries(schedule.totalFloat),
    critical: schedule.critical,
    outOfSequence: schedule.outOfSequence,
  };
}

function datesById({ ids }: Pick<Network, 'ids'>, schedule: Schedule): VectorResult {
  return {
    es: byId(ids, schedule.earlyStart),
    ef: byId(ids, schedule.earlyFinish),
    ls: byId(ids, schedule.lateStart),
    lf: byId(ids, schedule.lateFinish),
  };
}

function byId(
  ids: readonly string[],
  values: Float64Array,
  show: (value: number) => unknown = (value) => value,
): Record<string, unknown> {
  return Object.fromEntries(ids.map((id, i) => [id, show(values[i] as number)]));
}

function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

function unlessEmpty(findings: readonly PlanFinding[]): { findings?: readonly PlanFinding[] } {
  return findings.length > 0 ? { findings } : {};
}
