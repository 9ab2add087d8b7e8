import { parseArgs } from 'node:util';
import { quantile, sleep, startBenchService } from './support/bench-service.ts';
import { LIFE_TASKS } from './support/case-life-configuration.ts';

// Memory over time: `npx tsx test/bench/memory.bench.ts [--minutes 30] [--hands 6] [--json]`.
// Few hands live cases without end; resident memory and heap are read every ten seconds. Flat means: the median of the last
// third lies at most a tenth above that of the middle third (the first third fills caches and prepared statements).
const { values } = parseArgs({
  options: { minutes: { type: 'string' }, hands: { type: 'string' }, json: { type: 'boolean' } },
});
const minutes = Number(values.minutes ?? 30);
const hands = Number(values.hands ?? 6);
const EVERY_MS = 10_000;

const service = await startBenchService();
const until = performance.now() + minutes * 60_000;
let cases = 0;
const samples: { rssMb: number; heapMb: number }[] = [];
const working = Promise.all(Array.from({ length: hands }, (_, hand) => work(hand)));
while (performance.now() < until) {
  await sleep(EVERY_MS);
  const { rssMb, heapMb } = await service.usage('usage');
  samples.push({ rssMb, heapMb });
}
await working;
await service.stop();

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

/** Launches a case, completes its tasks, breathes, and begins again. */
async function work(hand: number): Promise<void> {
  for (let n = 0; performance.now() < until; n++) {
    const name = `m${hand}-${n}`;
    const body = { workflow: 'LIFE', answers: { age: 30 + (n % 40) }, customer: { name: `Person ${name}` } };
    const { caseId } = (await service.post('/v1/enquiries', body, `${name}-launch`)) as { caseId: string };
    for (const task of LIFE_TASKS) {
      const command = { type: 'completeTask', task };
      for (let attempt = 0; ; attempt++) {
        const answer = await service.post(`/v1/cases/${caseId}/commands`, { command }, `${name}-${task}-${attempt}`);
        if ('revision' in (answer as object)) break;
        await sleep(200);
      }
      await sleep(50);
    }
    cases++;
  }
}
