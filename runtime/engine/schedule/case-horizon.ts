import { compileNetwork, type NetworkLink, type NetworkTask, type PlanFinding } from './network.ts';
import { computeSchedule, type Schedule } from './pass.ts';

/** A task with an optional target, measured from launch like the case SLA. */
export interface TargetedTask extends NetworkTask {
  readonly target?: number | null;
}

/** A schedule measured against the case SLA; the task lists are in listed order (S6). */
export interface HorizonSchedule {
  readonly ids: readonly string[];
  readonly schedule: Schedule;
  /** Case SLA less the makespan; negative where the case cannot meet it. */
  readonly slaSlack: number;
  /** Every task on a chain that cannot meet the case SLA or a target behind it. */
  readonly infeasible: readonly string[];
  /** Targets later than the case SLA. */
  readonly targetOutsideSla: readonly string[];
  /** Targets that no schedule can meet. */
  readonly targetBeforeEarliestFinish: readonly string[];
}

/** The case SLA is the horizon of the backward pass and task targets are caps; float is measured against both (S6). */
export function scheduleAgainstSla(
  tasks: readonly TargetedTask[],
  links: readonly NetworkLink[],
  slaTarget: number,
): { readonly result?: HorizonSchedule; readonly findings: readonly PlanFinding[] } {
  const { network, findings } = compileNetwork(tasks, links);
  if (network === undefined) return { findings };
  const target = new Float64Array(network.taskCount).fill(Infinity);
  for (const task of tasks) target[network.indexOf.get(task.id) as number] = task.target ?? Infinity;
  const schedule = computeSchedule(network, { horizon: slaTarget, target });
  const idsWhere = (holds: (index: number) => boolean): string[] => network.ids.filter((_, index) => holds(index));
  const targetOf = (index: number): number => target[index] as number;
  const result: HorizonSchedule = {
    ids: network.ids,
    schedule,
    slaSlack: slaTarget - schedule.makespan,
    infeasible: idsWhere((index) => (schedule.totalFloat[index] as number) < 0),
    targetOutsideSla: idsWhere((index) => targetOf(index) < Infinity && targetOf(index) > slaTarget),
    targetBeforeEarliestFinish: idsWhere((index) => targetOf(index) < (schedule.earlyFinish[index] as number)),
  };
  return { result, findings };
}
