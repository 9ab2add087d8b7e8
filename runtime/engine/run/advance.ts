import type { ItemId } from '../../../schemas/case-event.ts';
import type { Instant } from '../../../schemas/ids.ts';
import { earliest } from '../ladder/advance.ts';
import { carryOutFirings } from './firings.ts';
import { planReleases } from './planner.ts';
import { isOpenCase } from './rows.ts';
import { retryActions } from './rung-actions.ts';
import { advanceClocks, climbLadder, clocksDueAt } from './timekeeping.ts';
import { SYSTEM, type Work } from './work.ts';

/** Facts one decision may record; more means that something feeds itself. */
const MOST_FACTS = 100_000;

/**
 * Records everything that became due, in order of time, up to now: starts after lags, ambers, breaches, then the rungs of
 * ladders (C3, D1, D4). Facts due at this very instant are left to the ticker, which passes `inclusive` (C2).
 */
export function advanceTo(work: Work, inclusive: boolean): void {
  const { actor } = work;
  work.actor = SYSTEM;
  for (let round = 0; isOpenCase(work.state); round++) {
    if (round > MOST_FACTS)
      throw new Error(`case of ${work.bundle.key} has endless facts due at ${work.at}; report its release`);
    const next = nextDue(work, inclusive);
    if (next === null) {
      work.at = Math.max(work.at, work.env.now);
      if (!climb(work, inclusive)) break;
      planReleases(work);
      continue;
    }
    work.at = Math.max(work.at, next);
    for (const item of itemsOf(work, next)) advanceClocks(work, item, next, true);
    planReleases(work);
  }
  work.at = Math.max(work.at, work.env.now);
  work.actor = actor;
}

function climb(work: Work, inclusive: boolean): boolean {
  const items = itemsOf(work, work.env.now);
  if (items.length === 0) return carryOutFirings(work);
  const climbed = items.filter((item) => climbLadder(work, item, inclusive));
  const tried = items.filter((item) => retryActions(work, item));
  return carryOutFirings(work) || climbed.length > 0 || tried.length > 0;
}

/** The next start after a lag, or fact of a clock, that is due by now. */
function nextDue(work: Work, inclusive: boolean): Instant | null {
  const { now } = work.env;
  let next: Instant | null = null;
  for (const node of Object.keys(work.state.releases)) {
    const at = work.state.releases[node] ?? now;
    if (at <= now) next = earliest(next, at);
  }
  for (const item of itemsOf(work, now)) {
    const at = clocksDueAt(work, item);
    if (at !== null && (at < now || (inclusive && at === now))) next = earliest(next, at);
  }
  return next;
}

/** Items that may have something to say by an instant: those touched by this decision, and those whose time has come. */
function itemsOf(work: Work, by: Instant): ItemId[] {
  const { time } = work.state;
  const isDue = (item: ItemId): boolean => (time[item]?.nextDueAt ?? Number.POSITIVE_INFINITY) <= by;
  const items: ItemId[] = [];
  for (const item of Object.keys(time) as ItemId[]) if (isDue(item)) items.push(item);
  for (const item of work.time.keys()) if (!isDue(item)) items.push(item);
  return items;
}
