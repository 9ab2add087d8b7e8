import { parseArgs } from 'node:util';
import { quantile, sleep, startBenchService } from './support/bench-service.ts';
import { LIFE_TASKS } from './support/case-life-configuration.ts';

// Case-life benchmark (runtime.md): `npm run bench:case-life -- [--json] [--seconds N] [--hands N] [--slas | --ladders]`.
// Closed loop over HTTP against a service in its own process: each hand launches a case by an enquiry, completes ten tasks,
// waits out one durable second, and begins again. Validation, permission check, idempotency keys and the audit chain are on.
// The case has an SLA; with --slas each task has one too, with --ladders also an amber warning and a ladder.
const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    seconds: { type: 'string' },
    hands: { type: 'string' },
    warm: { type: 'string' },
    data: { type: 'string' },
    slas: { type: 'boolean' },
    ladders: { type: 'boolean' },
  },
});
const seconds = Number(values.seconds ?? 20);
const warmSeconds = Number(values.warm ?? 8);
const hands = Number(values.hands ?? 700);

const service = await startBenchService({
  ...(values.data === undefined ? {} : { data: values.data }),
  promised: values.ladders ? 'ladders' : values.slas ? 'slas' : 'nothing',
});
const times: number[] = [];
let isMeasured = false;
let isOver = false;
let cases = 0;
let events = 0;

const working = Promise.all(Array.from({ length: hands }, (_, hand) => work(hand)));
await sleep(warmSeconds * 1000);
const before = await service.usage('reset');
const from = performance.now();
isMeasured = true;
await sleep(seconds * 1000);
isMeasured = false;
const took = (performance.now() - from) / 1000;
const after = await service.usage('usage');
const [doneCases, doneEvents] = [cases, events];
isOver = true;
await working;
await service.stop();
report();

/** Launches a case and lives it to its end, again and again. */
async function work(hand: number): Promise<void> {
  await sleep((hand / hands) * Math.min(2000, warmSeconds * 300));
  for (let n = 0; !isOver; n++) {
    const name = `h${hand}-${n}`;
    const launched = await timed(
      '/v1/enquiries',
      { workflow: 'LIFE', answers: { age: 30 + (n % 40) }, customer: { name: `Person ${name}` } },
      `${name}-launch`,
    );
    const { caseId } = launched as { caseId: string };
    let told = 0;
    for (const task of LIFE_TASKS) {
      if (task === 't06') await sleep(1000);
      const done = await complete(caseId, task, `${name}-${task}`);
      told = done.revision;
    }
    if (isMeasured) {
      cases++;
      events += told;
    }
  }
}

/** Completes a task; while the durable second is not over, the case says so and is asked again. */
async function complete(caseId: string, task: string, name: string): Promise<{ revision: number }> {
  for (let attempt = 0; ; attempt++) {
    const answer = await timed(
      `/v1/cases/${caseId}/commands`,
      { command: { type: 'completeTask', task } },
      `${name}-${attempt}`,
    );
    if ('revision' in (answer as object)) return answer as { revision: number };
    if (task !== 't06' || attempt > 100) throw new Error(`${task} of ${caseId} was refused: ${JSON.stringify(answer)}`);
    await sleep(100);
  }
}

async function timed(path: string, body: unknown, name: string): Promise<unknown> {
  const start = performance.now();
  const answer = await service.post(path, body, name);
  if (isMeasured) times.push(performance.now() - start);
  return answer;
}

function report(): void {
  const figures = {
    casesPerSecond: Number((doneCases / took).toFixed(1)),
    eventsPerSecond: Number((doneEvents / took).toFixed(0)),
    requestsPerSecond: Number((times.length / took).toFixed(0)),
    p50Ms: quantile(times, 0.5),
    p99Ms: quantile(times, 0.99),
    cpuMsPerCase: Number(((after.cpuMs - before.cpuMs) / doneCases).toFixed(2)),
    rssMb: Number(after.rssMb.toFixed(0)),
    loopDelayP99Ms: Number(after.loopDelayP99Ms.toFixed(1)),
    eventsPerCase: Number((doneEvents / doneCases).toFixed(1)),
    seconds: Number(took.toFixed(1)),
    hands,
  };
  if (values.json) console.log(JSON.stringify(figures));
  else for (const [name, value] of Object.entries(figures)) console.log(`${name.padEnd(20)}${value}`);
}
