import { BucketIndex } from './bucket-index.ts';

/** Open intervals, sorted and apart; in minutes (or any other unit of time). */
export interface OpenIntervals {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** A calendar that has no open time left where a date was asked for. */
export class NeverOpensError extends Error {}

const FIRST_SPAN = 2 * 365 * 1440;
const LONGEST_SPAN = 400 * 365 * 1440;

/**
 * Working time as a number line: `workAt` counts open time up to an instant, `startAt` and `finishAt` lead back. Sorted
 * intervals with prefix sums (S10); the table grows as far as it is asked.
 */
export class WorkAxis {
  private readonly source: (from: number, until: number) => OpenIntervals;
  private readonly anchor: number;
  private starts: Float64Array = new Float64Array(0);
  private ends: Float64Array = new Float64Array(0);
  /** Open time before each interval, counted from the anchor; one longer than the intervals. */
  private before: Float64Array = new Float64Array(1);
  private byTime = new BucketIndex(this.starts);
  private byWork = new BucketIndex(this.before);
  private from: number;
  private until: number;

  /** `source` answers the open intervals of a span of time, `anchor` is where working time is 0. */
  constructor(source: (from: number, until: number) => OpenIntervals, anchor: number) {
    this.source = source;
    this.anchor = anchor;
    this.from = anchor - FIRST_SPAN / 8;
    this.until = anchor + FIRST_SPAN;
    this.build();
  }

  /** Open time from the anchor to an instant; negative before the anchor. */
  workAt(t: number): number {
    while (t < this.from) this.growBack(t);
    while (t > this.until) this.growOn(t);
    return this.count(t);
  }

  /** Start-like: the last instant at which this much work lies behind, the next opening rather than a closing (S4). Throws NeverOpensError. */
  startAt(work: number): number {
    while (work < (this.before[0] as number)) this.growBack(this.from);
    while (work >= (this.before[this.before.length - 1] as number)) this.growOn(this.until);
    const k = this.byWork.lastAtMost(work);
    return (this.starts[k] as number) + work - (this.before[k] as number);
  }

  /** Finish-like: the first instant at which this much work lies behind, the closing rather than the next opening (S4). Throws NeverOpensError. */
  finishAt(work: number): number {
    while (work <= (this.before[0] as number)) this.growBack(this.from);
    while (work > (this.before[this.before.length - 1] as number)) this.growOn(this.until);
    const k = this.byWork.lastBelow(work);
    return (this.starts[k] as number) + work - (this.before[k] as number);
  }

  /** Whether an instant lies in open time, an opening or a closing included. */
  touchesOpen(t: number): boolean {
    this.workAt(t);
    const k = this.byTime.lastAtMost(t);
    return k >= 0 && t <= (this.ends[k] as number);
  }

  private count(t: number): number {
    const k = this.byTime.lastAtMost(t);
    if (k < 0) return this.before[0] as number;
    return (this.before[k] as number) + Math.min(t, this.ends[k] as number) - (this.starts[k] as number);
  }

  private growBack(needed: number): void {
    const span = this.anchor - this.from;
    if (span > LONGEST_SPAN) throw new NeverOpensError('the calendar has no open time so early');
    this.from = Math.min(needed, this.anchor - Math.max(FIRST_SPAN, span * 2));
    this.build();
  }

  private growOn(needed: number): void {
    const span = this.until - this.anchor;
    if (span > LONGEST_SPAN) throw new NeverOpensError('the calendar has no open time so late');
    this.until = Math.max(needed, this.anchor + span * 2);
    this.build();
  }

  private build(): void {
    const { starts, ends } = this.source(this.from, this.until);
    this.starts = Float64Array.from(starts);
    this.ends = Float64Array.from(ends);
    this.before = new Float64Array(starts.length + 1);
    for (let k = 0; k < starts.length; k++) {
      this.before[k + 1] = (this.before[k] as number) + (this.ends[k] as number) - (this.starts[k] as number);
    }
    this.byTime = new BucketIndex(this.starts);
    const zero = this.count(this.anchor);
    for (let k = 0; k < this.before.length; k++) this.before[k] = (this.before[k] as number) - zero;
    this.byWork = new BucketIndex(this.before);
  }
}
