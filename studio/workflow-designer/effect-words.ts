import type { planOf } from '../document/engine.ts';
import { dateInWords, daysBetween } from '../words/date-words.ts';

type Planned = ReturnType<typeof planOf>;

/** `Critical path now ends 14 March 2027, 3 days later`, or nothing when nothing moved. */
export function effectInWords(before: Planned, after: Planned): string | undefined {
  if (!after.ok) return undefined;
  const same = before.ok && before.plan.finish === after.plan.finish;
  if (same)
    return before.plan.criticalPath.join() === after.plan.criticalPath.join()
      ? undefined
      : `Critical path is now ${after.plan.criticalPath.join(', ')}`;
  const moved = before.ok ? daysBetween(before.plan.finish, after.plan.finish) : 0;
  const days = `${Math.abs(moved)} day${Math.abs(moved) === 1 ? '' : 's'}`;
  return `Critical path now ends ${dateInWords(after.plan.finish)}${moved === 0 ? '' : `, ${days} ${moved > 0 ? 'later' : 'earlier'}`}`;
}
