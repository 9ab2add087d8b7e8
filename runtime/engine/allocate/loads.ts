import type { OwnerStrategy } from '../../../schemas/allocation.ts';
import type { CompiledWorkflow } from '../compile/compiled-workflow.ts';
import { isOpenTask, isPaused } from '../run/rows.ts';
import type { CaseState, Directory } from '../run/types.ts';
import { strategiesOf } from './strategies.ts';

type ByLoad = Extract<OwnerStrategy, { by: 'leastLoaded' | 'skill' | 'locality' | 'lastOfficer' }>;
const preferring: readonly OwnerStrategy['by'][] = ['leastLoaded', 'skill', 'locality', 'lastOfficer'];

/** Whether a strategy prefers whoever has least work (L5). */
export function prefersLeastLoaded(to: OwnerStrategy): to is ByLoad {
  return preferring.includes(to.by);
}

/** People whose loads decide who gets work of this workflow: whoever has a capacity (L3), and teams whose least loaded takes it (L5). */
export function peopleWeighed(bundle: CompiledWorkflow, directory: Directory): string[] {
  const teams = new Set(strategiesOf(bundle).flatMap(({ to }) => (prefersLeastLoaded(to) ? [to.team] : [])));
  return Object.entries(directory.users)
    .flatMap(([id, { capacity, teams: own }]) =>
      capacity !== undefined || own.some((team) => teams.has(team)) ? [id] : [],
    )
    .sort();
}

/** Weights of open, unpaused tasks by owner, of all tasks of a case or of those named (L5). */
export function loadsOfTasks(
  bundle: CompiledWorkflow,
  state: CaseState,
  tasks: readonly string[] = Object.keys(state.tasks),
): Record<string, number> {
  const loads: Record<string, number> = {};
  for (const id of tasks) {
    const task = state.tasks[id];
    if (!task || task.owner === null || task.life === 'pending' || !isOpenTask(task) || isPaused(state, id)) continue;
    loads[task.owner] = (loads[task.owner] ?? 0) + (bundle.tasks[task.node]?.task.weight ?? 1);
  }
  return loads;
}
