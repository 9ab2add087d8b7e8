/** A piece of a number line on which every condition has one truth; `lo === hi` is a point. */
export interface Segment {
  readonly lo: number;
  readonly hi: number;
  /** Whether both ends lie outside it; points and runs of whole numbers hold their ends. */
  readonly open: boolean;
  /** A value inside. */
  readonly inside: number;
  /** How many whole numbers it holds; infinite where there is no end or fractions are allowed. */
  readonly weight: number;
}

/** Cuts a line at the constants conditions use: points and the open pieces between, or runs of whole numbers. */
export function cutLine(cuts: readonly number[], least: number, most: number, whole: boolean): Segment[] {
  return whole ? cutWhole(cuts, Math.ceil(least), Math.floor(most)) : cutReal(cuts, least, most);
}

function cutReal(cuts: readonly number[], least: number, most: number): Segment[] {
  const ends = [least, most].filter(Number.isFinite);
  const points = [...new Set([...cuts.filter((cut) => cut >= least && cut <= most), ...ends])].sort((a, b) => a - b);
  const segments: Segment[] = [];
  let from = least;
  for (const point of points) {
    if (point > from) segments.push(openPiece(from, point));
    segments.push({ lo: point, hi: point, open: false, inside: point, weight: 1 });
    from = point;
  }
  if (from < most) segments.push(openPiece(from, most));
  return segments;
}

function openPiece(lo: number, hi: number): Segment {
  return { lo, hi, open: true, inside: between(lo, hi), weight: Number.POSITIVE_INFINITY };
}

function between(lo: number, hi: number): number {
  if (lo === Number.NEGATIVE_INFINITY) return hi === Number.POSITIVE_INFINITY ? 0 : hi - 1;
  return hi === Number.POSITIVE_INFINITY ? lo + 1 : (lo + hi) / 2;
}

/** A cut `c` parts the whole numbers below it, at it and above it. */
function cutWhole(cuts: readonly number[], least: number, most: number): Segment[] {
  const starts = new Set<number>([least]);
  for (const cut of cuts)
    for (const start of [Math.ceil(cut), Math.floor(cut) + 1]) if (start > least && start <= most) starts.add(start);
  const sorted = [...starts].sort((a, b) => a - b);
  const segments: Segment[] = [];
  for (const [i, lo] of sorted.entries()) {
    const next = sorted[i + 1];
    const hi = next === undefined ? most : next - 1;
    if (lo <= hi) segments.push({ lo, hi, open: false, inside: insideWhole(lo, hi), weight: hi - lo + 1 });
  }
  return segments;
}

function insideWhole(lo: number, hi: number): number {
  if (Number.isFinite(lo)) return lo;
  return Number.isFinite(hi) ? hi : 0;
}

/** Where the sum (or with sign -1 the difference) of a number of each piece lies. */
export function addSegments(left: Segment, right: Segment, sign: 1 | -1): Segment {
  const lo = sign === 1 ? left.lo + right.lo : left.lo - right.hi;
  const hi = sign === 1 ? left.hi + right.hi : left.hi - right.lo;
  return { lo, hi, open: left.open || right.open, inside: lo, weight: Infinity };
}

/** Whether the two pieces share a number. */
export function piecesMeet(range: Segment, result: Segment): boolean {
  const from = Math.max(range.lo, result.lo);
  const to = Math.min(range.hi, result.hi);
  if (from !== to) return from < to;
  const outsideRange = range.open && (from === range.lo || from === range.hi);
  const outsideResult = result.open && (from === result.lo || from === result.hi);
  return !outsideRange && !outsideResult;
}
