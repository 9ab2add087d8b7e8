import type { CompiledWorkflow } from '../compile/compiled-workflow.ts';
import { advanceTo } from '../run/advance.ts';
import { carryOutFirings } from '../run/firings.ts';
import { planReleases } from '../run/planner.ts';
import { keepTime, timeOf } from '../run/timekeeping.ts';
import type { CaseEventDraft, CaseState, DecideEnv } from '../run/types.ts';
import { emit, newWork } from '../run/work.ts';
import { datesBetween } from './effect.ts';
import { recordPast } from './move-case.ts';

/**
 * Reckons the dates of an open case again after calendars were published anew (T3, T14): what was counted before the publication
 * stays, and what lies ahead follows the calendars of `env`. No event where no date moves. Pure; `calendars` are the keys published.
 */
export function reckonDates(
  bundle: CompiledWorkflow,
  state: CaseState,
  calendars: readonly string[],
  env: DecideEnv,
): { readonly events: readonly CaseEventDraft[]; readonly state: CaseState } {
  const past = recordPast(bundle, state, env);
  const work = newWork(bundle, past.state, { type: 'advance' }, env);
  work.at = env.now;
  for (const item of Object.keys(past.state.time)) timeOf(work, item as Parameters<typeof timeOf>[1]);
  do planReleases(work);
  while (carryOutFirings(work));
  advanceTo(work, false);
  keepTime(work);
  const dates = datesBetween(past.state, work.state);
  if (dates.length === 0) return { events: [], state };
  emit(work, 'datesReckoned', { calendars: [...calendars], dates: dates.map((date) => ({ ...date })) });
  return { events: [...past.events, ...work.drafts], state: work.state };
}
