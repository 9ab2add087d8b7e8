import type { Moment, SlaState } from '../api/types.ts';
import { distanceInWords, momentInWords, toMilliseconds } from '../words/date-words.ts';

export interface Timed {
  slaState: SlaState | null;
  dueAt: Moment | null;
  amberAt?: Moment | null;
  breachedAt: Moment | null;
  paused: boolean;
  endedAt?: Moment | null;
}

/** Where a clock stands, in a sentence people say: `due in 3 days, 12 Jan, 17:00`. */
export function slaInWords(row: Timed, now: Moment): string {
  const today = toMilliseconds(now);
  if (row.endedAt) return row.breachedAt ? 'finished after its target' : 'finished in time';
  if (row.paused) return 'clock paused';
  if (row.dueAt === null) return 'no target';
  const due = `${distanceInWords(row.dueAt, today)}, ${momentInWords(row.dueAt)}`;
  if (row.slaState === 'exceeded' || toMilliseconds(row.dueAt) < today) return `was due ${due}`;
  return `due ${due}`;
}
