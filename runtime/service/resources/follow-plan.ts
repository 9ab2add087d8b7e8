import { type CaseState, followPlan, keyActionsOf } from '../../engine/index.ts';
import type { GroupView } from '../commit/group-view.ts';
import { changeResource, type PartialChange } from './resource-change.ts';
import { resourceSnapshots } from './resource-snapshots.ts';

/** What a move of an action plan changes in its resource: readiness gained, or lost by a reopening, in the plan's own transaction (P11). */
export function changeReadiness(
  view: GroupView,
  resource: string,
  plan: CaseState,
  stamp: { actor: string; at: number },
): PartialChange | undefined {
  const state = view.find(resourceSnapshots, resource)?.state;
  const drafts = state ? followPlan(state, keyActionsOf(plan), stamp) : [];
  if (drafts.length === 0) return undefined;
  return changeResource(view, resource, drafts, () => {
    throw new Error('readiness holds no personal words');
  });
}
