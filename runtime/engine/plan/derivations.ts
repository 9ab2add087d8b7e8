import type { CompiledCalendar } from '../calendar/compiled.ts';

/** More than this many are forgotten all at once: a year's starts take some ten kilobytes each. */
const MOST_KEPT = 300;

/** Remembers what was worked out from one thing by another, so that plans that begin alike are worked out once (T10). */
export class Derivations<T extends object> {
  #known = new WeakMap<T, Map<object, T>>();
  #kept = 0;

  /** What `make` answers, made once for the very same base and the very same way. */
  of(base: T, by: object, make: () => T): T {
    const before = this.#known.get(base)?.get(by);
    if (before) return before;
    const made = make();
    if (this.#kept++ >= MOST_KEPT) {
      this.#known = new WeakMap();
      this.#kept = 1;
    }
    const ways = this.#known.get(base);
    if (ways) ways.set(by, made);
    else this.#known.set(base, new Map([[by, made]]));
    return made;
  }
}

/** Makes something of a calendar and a period once for every calendar and every period that reads the same. */
export function oncePerPeriod<P extends object, T>(
  make: (calendar: CompiledCalendar, period: P) => T,
): (calendar: CompiledCalendar, period: P) => T {
  const known = new WeakMap<CompiledCalendar, Map<string, T>>();
  return (calendar, period) => {
    let byText = known.get(calendar);
    if (!byText || byText.size > MOST_KEPT) {
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

function textOf(period: object): string {
  const known = texts.get(period);
  if (known !== undefined) return known;
  const text = JSON.stringify(period);
  texts.set(period, text);
  return text;
}
