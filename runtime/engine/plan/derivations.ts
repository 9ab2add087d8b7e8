import type { CompiledCalendar } from '../calendar/compiled.ts';

/** How many periods of a calendar are remembered. */
const MOST_PERIODS = 300;

/** Remembers what was worked out from one thing by another, so that plans that begin alike are worked out once (T10). */
export class Derivations<T extends object> {
  readonly #mostKept: number;
  #known = new WeakMap<T, Map<object, T>>();
  #older = new WeakMap<T, Map<object, T>>();
  #kept = 0;

  /** Keeps what was asked for last: at least so many, at most twice as many. */
  constructor(mostKept: number) {
    this.#mostKept = mostKept;
  }

  /** What `make` answers, made once for the very same base and the very same way. */
  of(base: T, by: object, make: () => T): T {
    const before = this.#known.get(base)?.get(by);
    if (before) return before;
    const made = this.#older.get(base)?.get(by) ?? make();
    if (this.#kept++ >= this.#mostKept) {
      this.#older = this.#known;
      this.#known = new WeakMap();
      this.#kept = 1;
    }
    const ways = this.#known.get(base);
    if (ways) ways.set(by, made);
    else this.#known.set(base, new Map([[by, made]]));
    return made;
  }
}

/** Days from which a `DayTable` remembers: four years around the first that is asked for. */
const DAYS_KEPT = 4 * 366;

/** Remembers the day that follows from a day by some count of days: plans over a year ask for the same ones again and again. */
export class DayTable {
  readonly #find: (day: number) => number;
  readonly #found = new Int32Array(DAYS_KEPT);
  #first: number | undefined;

  constructor(find: (day: number) => number) {
    this.#find = find;
  }

  /** The days that follow from each of some days, of which neighbours are mostly the same. */
  eachOf(days: Int32Array): Int32Array {
    this.#first ??= (days[0] ?? 0) - DAYS_KEPT / 4;
    const [found, first] = [this.#found, this.#first];
    const ends = new Int32Array(days.length);
    let [before, end] = [Number.NaN, 0];
    for (let n = 0; n < ends.length; n++) {
      const day = days[n] as number;
      if (day !== before) end = found[day - first] || this.#learn(day, day - first);
      before = day;
      ends[n] = end;
    }
    return ends;
  }

  #learn(day: number, at: number): number {
    const end = this.#find(day);
    // Zero stands for what was not asked yet; the first of January 1970 is found anew each time.
    if (at >= 0 && at < DAYS_KEPT) this.#found[at] = end;
    return end;
  }
}

/** Makes something of a calendar and a period once for every calendar and every period that reads the same. */
export function oncePerPeriod<P extends object, T>(
  make: (calendar: CompiledCalendar, period: P) => T,
): (calendar: CompiledCalendar, period: P) => T {
  const known = new WeakMap<CompiledCalendar, Map<string, T>>();
  return (calendar, period) => {
    let byText = known.get(calendar);
    if (!byText || byText.size > MOST_PERIODS) {
      byText = new Map();
      known.set(calendar, byText);
    }
    const text = textOf(period);
    const before = byText.get(text);
    if (before !== undefined) return before;
    const made = make(calendar, period);
    byText.set(text, made);
    return made;
  };
}

// Documents never change, so a period is written out once.
const texts = new WeakMap<object, string>();

/** A period as text: the same for those that read the same. */
export function textOf(period: object): string {
  const known = texts.get(period);
  if (known !== undefined) return known;
  const text = JSON.stringify(period);
  texts.set(period, text);
  return text;
}
