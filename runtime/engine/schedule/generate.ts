import type { LinkType, NetworkLink, NetworkTask } from './network.ts';

/** Parameters of a reproducible random network for measurements and cases. */
export interface GeneratorSettings {
  readonly n: number;
  readonly seed: number;
  /** How far back a link may reach, in tasks. */
  readonly window: number;
  readonly maxPred: number;
  readonly kinds: string;
  readonly leads: boolean;
}

/** A reproducible random network: same settings, same tasks `T0`..`Tn-1` and links. */
export function generateNetwork(settings: GeneratorSettings): { tasks: NetworkTask[]; links: NetworkLink[] } {
  const draw = mulberry32(settings.seed);
  const tasks: NetworkTask[] = [];
  const links: NetworkLink[] = [];
  for (let i = 0; i < settings.n; i++) {
    tasks.push({ id: `T${i}`, duration: draw() % 20 });
    if (i === 0) continue;
    const count = 1 + (draw() % settings.maxPred);
    const seen = new Set<number>();
    for (let q = 0; q < count; q++) {
      const from = i - 1 - (draw() % Math.min(i, settings.window));
      const kind = draw() % 10;
      const lagGate = draw() % 8;
      const length = draw() % 9;
      if (seen.has(from)) continue;
      seen.add(from);
      const lag = lagGate === 0 ? length - (settings.leads ? 3 : 0) : 0;
      links.push({ from: `T${from}`, to: `T${i}`, type: settings.kinds === 'FS' ? 'FS' : linkKind(kind), lag });
    }
  }
  return { tasks, links };
}

function linkKind(drawn: number): LinkType {
  if (drawn < 6) return 'FS';
  if (drawn < 8) return 'SS';
  return drawn < 9 ? 'FF' : 'SF';
}

function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1) >>> 0;
    t = (t ^ ((t + Math.imul(t ^ (t >>> 7), t | 61)) >>> 0)) >>> 0;
    return (t ^ (t >>> 14)) >>> 0;
  };
}

/** FNV-1a, 32 bits, over `es,ls,totalFloat,freeFloat;` of each task in listed order: a fingerprint of a whole schedule. */
export function fingerprintSchedule(rows: {
  readonly earlyStart: Float64Array;
  readonly lateStart: Float64Array;
  readonly totalFloat: Float64Array;
  readonly freeFloat: Float64Array;
}): string {
  const { earlyStart, lateStart, totalFloat, freeFloat } = rows;
  let hash = 0x811c9dc5;
  for (let i = 0; i < earlyStart.length; i++) {
    const row = `${earlyStart[i]},${lateStart[i]},${totalFloat[i]},${freeFloat[i]};`;
    for (let c = 0; c < row.length; c++) hash = Math.imul(hash ^ row.charCodeAt(c), 0x01000193) >>> 0;
  }
  return hash.toString(16).padStart(8, '0');
}
