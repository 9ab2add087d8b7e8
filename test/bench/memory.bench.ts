import { parseArgs } from 'node:util';
import { quantile, sleep } from './support/bench-service.ts';
import { startLintel } from './support/lintel-runtime.ts';
import { liveCase } from './support/live-cases.ts';

// Memory over time: `npx tsx test/bench/memory.bench.ts [--minutes 30] [--hands 6] [--json]`.
// Few hands live cases without end; resident memory and heap are read every ten seconds. Flat means: the median of the last
// third lies at most a tenth above that of the middle third (the first third fills caches and prepared statements).
const { values } = parseArgs({
  options: { minutes: { type: 'string' }, hands: { type: 'string' }, json: { type: 'boolean' } },
});
const minutes = Number(values.minutes ?? 30);
const hands = Number(values.hands ?? 6);
const EVERY_MS = 10_000;

const lintel = await startLintel({ promised: 'slas' });
const until = performance.now() + minutes * 60_000;
let cases = 0;
const samples: { rssMb: number; heapMb: number }[] = [];
const working = Promise.all(Array.from({ length: hands }, (_, hand) => work(hand)));
while (performance.now() < until) {
  await sleep(EVERY_MS);
  const { rssMb, heapMb } = await lintel.usage('usage');
  samples.push({ rssMb, heapMb });
}
await working;
await lintel.stop();

const third = (number: number, of: 'rssMb' | 'heapMb') => {
  const size = Math.floor(samples.length / 3);
  return quantile(
    samples.slice(number * size, (number + 1) * size).map((sample) => sample[of]),
    0.5,
  );
};
const thirds = (of: 'rssMb' | 'heapMb') => [third(0, of), third(1, of), third(2, of)];
const [, middle = 0, last = 0] = thirds('rssMb');
const figures = {
  minutes,
  cases,
  rssMbByThirds: thirds('rssMb'),
  heapMbByThirds: thirds('heapMb'),
  rssMbMost: quantile(
    samples.map(({ rssMb }) => rssMb),
    1,
  ),
  isFlat: last <= middle * 1.1,
};
console.log(values.json ? JSON.stringify(figures) : figures);

/** Lives one case after the other, with a breath after each task. */
async function work(hand: number): Promise<void> {
  for (let n = 0; performance.now() < until; n++, cases++) await liveCase(lintel, `m${hand}-${n}`, n, { breath: 50 });
}
