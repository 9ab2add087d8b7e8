import type { ItemId } from '../../../schemas/case-event.ts';
import type { Instant } from '../../../schemas/ids.ts';
import type { ClockState } from '../clock/state.ts';
import type { CaseState, Timekeeping } from '../run/types.ts';

/** How a target came out: kept, passed, or still running in green or amber (C1). */
export type SlaStanding = 'met' | 'exceeded' | 'amber' | 'onTrack';

/** One target of a case as reports count it (W9). */
export interface SlaRecord {
  readonly item: ItemId;
  /** Node of a task, key of a statutory clock, empty for the case itself. */
  readonly key: string;
  readonly title: string;
  readonly owner: string | null;
  readonly group: string | null;
  readonly standing: SlaStanding;
  /** When it was settled: the end of work that was in time, the deadline that passed; null while it runs. */
  readonly settledAt: Instant | null;
  readonly completedWhilePaused: boolean;
  readonly wasPaused: boolean;
}

/** A stretch in which a reason paused a clock; `until: null` goes on. */
export interface PausedStretch {
  readonly item: ItemId;
  readonly reason: string;
  readonly from: Instant;
  readonly until: Instant | null;
}

/** Every target of a case that was started and not withdrawn, the case's own first (W9). A right that lapsed was not missed. */
export function slaRecords(state: CaseState): SlaRecord[] {
  const own = { title: state.title, owner: state.owner, group: state.group };
  return [
    ...recordOf('case:', '', own, state.time['case:']),
    ...Object.values(state.tasks).flatMap((task) =>
      recordOf(`task:${task.id}`, task.node, task, state.time[`task:${task.id}`]),
    ),
    ...Object.values(state.clocks).flatMap((clock) =>
      clock.outcome === 'lapsed'
        ? []
        : recordOf(`clock:${clock.id}`, clock.key, { ...own, title: clock.title }, state.time[`clock:${clock.id}`]),
    ),
  ];
}

/** Stretches in which the completion clocks of a case's items were paused, by reason, from the case's facts in order. */
export function pausedStretches(
  facts: readonly { item: ItemId; clock: string; kind: string; reason: string; at: Instant }[],
): PausedStretch[] {
  const open = new Map<string, PausedStretch>();
  const done: PausedStretch[] = [];
  const close = (name: string, until: Instant): void => {
    const stretch = open.get(name);
    open.delete(name);
    if (stretch) done.push({ ...stretch, until });
  };
  for (const { item, clock, kind, reason, at } of facts) {
    if (clock !== 'completion') continue;
    if (kind === 'paused') open.set(`${item} ${reason}`, { item, reason, from: at, until: null });
    if (kind === 'resumed' || kind === 'pauseReasonEnded') close(`${item} ${reason}`, at);
    // Work that ends while it is paused ends the pause too.
    if (kind === 'ended')
      for (const name of [...open.keys()].filter((one) => one.startsWith(`${item} `))) close(name, at);
  }
  return [...done, ...open.values()];
}

function recordOf(
  item: ItemId,
  key: string,
  { title, owner, group }: { title: string; owner: string | null; group: string | null },
  time: Timekeeping | undefined,
): SlaRecord[] {
  const clock = time?.clocks['completion'];
  if (!clock || clock.startedAt === null) return [];
  if (clock.end?.how === 'cancelled' && !clock.breach) return [];
  const { standing, settledAt } = standingOf(clock);
  const completedWhilePaused = clock.end?.whilePaused === true;
  const wasPaused = clock.runs.length > 1 || clock.phase === 'paused' || completedWhilePaused;
  return [{ item, key, title, owner, group, standing, settledAt, completedWhilePaused, wasPaused }];
}

function standingOf({ breach, end, ambers, revisions }: ClockState): Pick<SlaRecord, 'standing' | 'settledAt'> {
  if (breach) return { standing: 'exceeded', settledAt: breach.at };
  if (end) return { standing: 'met', settledAt: end.at };
  const isAmber = ambers.some(({ revision }) => revision === revisions.length - 1);
  return { standing: isAmber ? 'amber' : 'onTrack', settledAt: null };
}
