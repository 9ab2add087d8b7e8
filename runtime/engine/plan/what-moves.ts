import type { LocalDate } from '../../../schemas/ids.ts';
import type { PlanTimeline, TimelineTarget } from './timeline.ts';

/** A bar whose dates change between two plans. */
export interface MovedBar {
  readonly key: string;
  readonly start: readonly [before: LocalDate, after: LocalDate];
  readonly finish: readonly [before: LocalDate, after: LocalDate];
}

/** What differs between two plans of one workflow. */
export interface PlanMoves {
  readonly finish: readonly [before: LocalDate, after: LocalDate];
  readonly moved: readonly MovedBar[];
  /** Targets that are kept in one plan and missed in the other. */
  readonly targets: readonly { readonly title: string; readonly missed: boolean; readonly byDays: number }[];
}

/** Lists what moves from one plan to another, in the order of the plan; nodes that only one of them has are left out. */
export function whatMoves(before: PlanTimeline, after: PlanTimeline): PlanMoves {
  const moved = Object.values(after.bars).flatMap((bar): MovedBar[] => {
    const old = before.bars[bar.key];
    if (!old || (old.start === bar.start && old.finish === bar.finish)) return [];
    return [{ key: bar.key, start: [old.start, bar.start], finish: [old.finish, bar.finish] }];
  });
  const targets = after.targets.flatMap((target) => {
    const old = before.targets.find((one) => one.clock === target.clock && one.after === target.after);
    if (!old || isMissed(old) === isMissed(target)) return [];
    return [{ title: target.title, missed: isMissed(target), byDays: Math.abs(target.slackDays ?? 0) }];
  });
  return { finish: [before.finish, after.finish], moved, targets };
}

function isMissed({ slackDays }: TimelineTarget): boolean {
  return (slackDays ?? 0) < 0;
}
