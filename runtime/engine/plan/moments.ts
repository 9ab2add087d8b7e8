import type { Instant } from '../../../schemas/ids.ts';
import type { EpochDay } from '../calendar/dates.ts';

/**
 * An instant for every launch, and the date on which it counts. Launches beside each other that meet are one run: from the first
 * deadline on all launches of a day mostly do. Never written to once it is made.
 */
export interface Moments {
  readonly at: Float64Array;
  readonly day: Float64Array;
  /** The launch with which each run is over; that of the last is the number of launches. */
  readonly until: Int32Array;
}

/** Room to put moments together in; what is done is copied out of it, so that it serves again. */
interface Room {
  readonly at: Float64Array;
  readonly day: Float64Array;
  readonly until: Int32Array;
}

const free: Room[] = [];

function roomFor(most: number): Room {
  const room = free.pop();
  if (room && room.at.length >= most) return room;
  return { at: new Float64Array(most), day: new Float64Array(most), until: new Int32Array(most) };
}

/** Puts moments together, run by run. */
export class Runs {
  readonly #room: Room;
  #count = 0;

  constructor(most: number) {
    this.#room = roomFor(most);
  }

  /** The launches before `until` that are not told yet come to this instant of this day. */
  add(instant: Instant, date: EpochDay, end: number): void {
    const { at, day, until } = this.#room;
    const last = this.#count - 1;
    if (last >= 0 && at[last] === instant && day[last] === date) {
      until[last] = end;
      return;
    }
    at[this.#count] = instant;
    day[this.#count] = date;
    until[this.#count++] = end;
  }

  /** What was put together; nothing can be added after that. */
  done(): Moments {
    const { at, day, until } = this.#room;
    free.push(this.#room);
    return { at: at.slice(0, this.#count), day: day.slice(0, this.#count), until: until.slice(0, this.#count) };
  }
}

/** Goes through two lists of moments at once, by the runs over which neither changes. */
export function eachRun(a: Moments, b: Moments, hear: (inA: number, inB: number, until: number) => void): void {
  for (let [i, j] = [0, 0]; i < a.until.length && j < b.until.length; ) {
    const [endOfA, endOfB] = [a.until[i] as number, b.until[j] as number];
    hear(i, j, Math.min(endOfA, endOfB));
    if (endOfA <= endOfB) i++;
    if (endOfB <= endOfA) j++;
  }
}

/** The later of two by launch; where one is never the earlier, it is answered itself. */
export function laterOf(start: Moments, bound: Moments): Moments {
  let isStart = true;
  let isBound = true;
  for (let [i, j] = [0, 0]; i < start.at.length && (isStart || isBound); ) {
    if ((bound.at[j] as number) > (start.at[i] as number)) isStart = false;
    else if (bound.at[j] !== start.at[i] || bound.day[j] !== start.day[i]) isBound = false;
    const over = (start.until[i] as number) - (bound.until[j] as number);
    if (over <= 0) i++;
    if (over >= 0) j++;
  }
  if (isStart) return start;
  return isBound ? bound : mergeLater(start, bound);
}

function mergeLater(start: Moments, bound: Moments): Moments {
  const runs = new Runs(start.at.length + bound.at.length);
  for (let [i, j] = [0, 0]; i < start.at.length; ) {
    const [endOfStart, endOfBound] = [start.until[i] as number, bound.until[j] as number];
    const until = endOfStart < endOfBound ? endOfStart : endOfBound;
    if ((bound.at[j] as number) > (start.at[i] as number))
      runs.add(bound.at[j] as number, bound.day[j] as number, until);
    else runs.add(start.at[i] as number, start.day[i] as number, until);
    if (endOfStart === until) i++;
    if (endOfBound === until) j++;
  }
  return runs.done();
}

/** Moments run by run through a change. */
export function mapRuns(
  moments: Moments,
  change: (at: Instant, day: EpochDay) => { readonly at: Instant; readonly day: EpochDay },
): Moments {
  const runs = new Runs(moments.at.length);
  for (let n = 0; n < moments.at.length; n++) {
    const { at, day } = change(moments.at[n] as number, moments.day[n] as number);
    runs.add(at, day, moments.until[n] as number);
  }
  return runs.done();
}

/** Makes instants by launch later where these are. */
export function keepLater(kept: Float64Array, { at, until }: Moments): void {
  for (let [run, n] = [0, 0]; run < at.length; run++)
    for (const instant = at[run] as number; n < (until[run] as number); n++)
      if (instant > (kept[n] as number)) kept[n] = instant;
}

/** Makes instants by launch earlier where these are. */
export function keepEarlier(kept: Float64Array, { at, until }: Moments): void {
  for (let [run, n] = [0, 0]; run < at.length; run++)
    for (const instant = at[run] as number; n < (until[run] as number); n++)
      if (instant < (kept[n] as number)) kept[n] = instant;
}
