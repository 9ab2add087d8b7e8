import type { Instant } from '../../../schemas/ids.ts';
import type { CompiledCalendar } from '../calendar/compiled.ts';
import type { EpochDay } from '../calendar/dates.ts';
import { dayOf, nextOpening, tickOfDay } from '../calendar/time.ts';
import type { FindDeadline } from './deadlines.ts';
import { Derivations } from './derivations.ts';
import type { Moments } from './moments.ts';

/** Days over which starts are tried. */
export interface StartSpan {
  readonly first: EpochDay;
  readonly days: number;
}

/** Every instant from which a plan is tried, in order, and its date; the workflows of one calendar share them (T10). */
export interface Launches extends Moments {
  /** A target's deadline from each of them, worked out once. */
  deadlines(find: FindDeadline): Float64Array;
  /** What plans from these launches have come to. */
  readonly derived: Derivations<Moments>;
}

/** What a drawing of a thousand tasks comes to, some five kilobytes each: after an edit only what follows from it is planned anew. */
const MOST_KEPT = 2000;

const known = new WeakMap<CompiledCalendar, { span: StartSpan; launches: Launches }>();

/** Starts of a calendar at which a case may count differently: opening, middle, close and after it on every day of a span (T10). */
export function launchesOf(calendar: CompiledCalendar, span: StartSpan): Launches {
  const kept = known.get(calendar);
  if (kept && kept.span.first === span.first && kept.span.days === span.days) return kept.launches;
  const launches = makeLaunches(calendar, span);
  known.set(calendar, { span: { ...span }, launches });
  return launches;
}

function makeLaunches(calendar: CompiledCalendar, { first, days }: StartSpan): Launches {
  const instants: Instant[] = [];
  for (let day = first; day < first + days; day++) instants.push(...witnessesOf(calendar, day));
  const at = Float64Array.from(instants);
  const found = new WeakMap<FindDeadline, Float64Array>();
  return {
    at,
    day: at.map((instant) => dayOf(calendar, instant)),
    deadlines: (find) => {
      const before = found.get(find);
      if (before) return before;
      const all = at.map((instant) => find(instant));
      found.set(find, all);
      return all;
    },
    until: Int32Array.from(at, (_, n) => n + 1),
    derived: new Derivations(MOST_KEPT),
  };
}

/** Opening, middle, close of a day and a moment after it; noon where it is closed. */
function witnessesOf(calendar: CompiledCalendar, day: EpochDay): Instant[] {
  const midnight = tickOfDay(calendar, day - 1, 'endOfDay');
  const end = tickOfDay(calendar, day, 'endOfDay');
  const opens = nextOpening(calendar, midnight);
  if (opens >= end) return [midnight + Math.floor((end - midnight) / 2)];
  const closes = tickOfDay(calendar, day, 'closeOfBusiness');
  const after = closes + Math.floor((end - closes) / 2);
  return [opens, opens + Math.floor((closes - opens) / 2), closes, ...(after < end ? [after] : [])];
}
