import type { ItemId } from '../../../schemas/case-event.ts';
import type { Sla } from '../../../schemas/period.ts';
import { type ClockState, toClockSpec } from '../clock/state.ts';
import type { CompiledWorkflow } from '../compile/compiled-workflow.ts';
import { isOpenCase, isOpenTask } from '../run/rows.ts';
import {
  advanceClocks,
  armItemLadder,
  commandClocks,
  ladderOfItem,
  slasOfItem,
  startClocks,
  timeOf,
} from '../run/timekeeping.ts';
import type { CaseState } from '../run/types.ts';
import { splitItem, type Work } from '../run/work.ts';

/** Gives running clocks their new targets and ladders; what they consumed stays (R5, C9, C10). */
export function moveTime(work: Work, from: CompiledWorkflow): void {
  for (const item of runningItems(work.state)) {
    const before = slasOfItem({ ...work, bundle: from }, item);
    const after = slasOfItem(work, item);
    if (JSON.stringify(before) !== JSON.stringify(after)) retargetClocks(work, item, before, after);
    moveLadder(work, item, from);
  }
}

function retargetClocks(
  work: Work,
  item: ItemId,
  before: Readonly<Record<string, Sla>>,
  after: Readonly<Record<string, Sla>>,
): void {
  const time = timeOf(work, item);
  for (const name of Object.keys(time.clocks)) {
    const [old, sla] = [before[name], after[name]];
    const clock = time.clocks[name];
    if (!clock || clock.phase === 'ended') continue;
    if (!sla) delete time.clocks[name];
    else if (JSON.stringify(old) !== JSON.stringify(sla)) retargetClock(work, item, name, clock, sla);
  }
  const added = Object.keys(after).some((name) => !time.clocks[name]);
  if (!added) return;
  work.at = startOf(work.state, item) ?? work.env.now;
  startClocks(work, item);
  work.at = work.env.now;
  advanceClocks(work, item, work.env.now, false);
}

/** The calendar a clock has begun in stays its own: counting again in another would change what was consumed. */
function retargetClock(work: Work, item: ItemId, name: string, clock: ClockState, sla: Sla): void {
  const spec = toClockSpec(sla, work.bundle.workflow.calendar);
  const time = timeOf(work, item);
  time.clocks[name] = { ...clock, amber: spec.amber, pausable: spec.pausable };
  const target = { ...spec.target, calendar: clock.calendar };
  const reason = `release ${work.bundle.release ?? 'draft'}`;
  commandClocks(work, item, { verb: 'retarget', at: work.env.now, target, reason }, (_sla, one) => one === name);
}

function moveLadder(work: Work, item: ItemId, from: CompiledWorkflow): void {
  const [before, after] = [ladderOfItem({ ...work, bundle: from }, item), ladderOfItem(work, item)];
  const time = timeOf(work, item);
  if (!after) time.ladder = null;
  else if (!time.ladder || before?.key !== after.key) armItemLadder(work, item, after);
}

function startOf(state: CaseState, item: ItemId): number | null {
  const [kind, id] = splitItem(item);
  if (kind === 'task') return state.tasks[id]?.activeAt ?? null;
  return kind === 'clock' ? (state.clocks[id]?.startedAt ?? null) : state.receivedAt;
}

/** Items whose clocks may run: the case, its open tasks, its open statutory clocks. */
function runningItems(state: CaseState): ItemId[] {
  if (!isOpenCase(state)) return [];
  const tasks = Object.values(state.tasks).filter((task) => isOpenTask(task) && task.activeAt !== null);
  const clocks = Object.values(state.clocks).filter(
    (clock) => clock.outcome === 'open' || clock.outcome === 'exceeded',
  );
  return ['case:', ...tasks.map(({ id }): ItemId => `task:${id}`), ...clocks.map(({ id }): ItemId => `clock:${id}`)];
}
