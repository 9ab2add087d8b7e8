import { fork } from 'node:child_process';
import { Agent, request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { LIFE_TASKS } from './support/case-life-configuration.ts';

// Case-life benchmark (runtime.md): `npm run bench:case-life -- [--json] [--seconds N] [--hands N] [--targets]`.
// Closed loop over HTTP against a service in its own process: each hand launches a case by an enquiry, completes ten tasks,
// waits out one durable second, and begins again. Validation, permission check, idempotency keys and the audit chain are on.
const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    seconds: { type: 'string' },
    hands: { type: 'string' },
    warm: { type: 'string' },
    data: { type: 'string' },
    targets: { type: 'boolean' },
  },
});
const seconds = Number(values.seconds ?? 20);
const warmSeconds = Number(values.warm ?? 8);
const hands = Number(values.hands ?? 700);

interface Usage {
  cpuMs: number;
  rssMb: number;
  loopDelayP99Ms: number;
  loopDelayMaxMs: number;
}

const child = fork(
  fileURLToPath(new URL('./support/case-life-server.ts', import.meta.url)),
  [values.data ?? '', values.targets ? 'targets' : ''],
  {
    execArgv: [
      ...process.execArgv.filter((one) => one.startsWith('--import') || one.startsWith('file:')),
      '--import',
      'tsx',
      ...(process.env.BENCH_NODE ?? '').split(' ').filter(Boolean),
    ],
  },
);
const ask = <T>(question?: string) =>
  new Promise<T>((resolve) => {
    child.once('message', (answer) => resolve(answer as T));
    if (question) child.send(question);
  });
const { url } = await ask<{ url: string }>();
const { hostname, port, hash } = new URL(url);
const agent = new Agent({ keepAlive: true, maxSockets: 128 });
const cookie = await setUp(decodeURIComponent(hash.replace('#setup=', '')));

const times: number[] = [];
let isMeasured = false;
let isOver = false;
let cases = 0;
let events = 0;

const working = Promise.all(Array.from({ length: hands }, (_, hand) => work(hand)));
await sleep(warmSeconds * 1000);
const before = await ask<Usage>('reset');
const from = performance.now();
isMeasured = true;
await sleep(seconds * 1000);
isMeasured = false;
const took = (performance.now() - from) / 1000;
const after = await ask<Usage>('usage');
const [doneCases, doneEvents] = [cases, events];
isOver = true;
await working;
child.send('stop');
agent.destroy();
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
  const answer = await post(path, body, { cookie, origin: `http://${hostname}:${port}`, 'idempotency-key': name });
  if (isMeasured) times.push(performance.now() - start);
  return answer;
}

function post(path: string, body: unknown, headers: Record<string, string>): Promise<unknown> {
  const text = JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        hostname,
        port,
        path,
        agent,
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) },
      },
      (response) => {
        let answer = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          answer += chunk;
        });
        response.on('end', () => {
          const parsed = JSON.parse(answer || 'null');
          if ((response.statusCode ?? 500) < 300 || response.statusCode === 409) resolve(parsed);
          else reject(new Error(`${path}: ${response.statusCode} ${answer}`));
        });
        response.on('error', reject);
      },
    );
    sent.on('error', reject);
    sent.end(text);
  });
}

/** Makes the first administrator; answers the session's cookie. */
async function setUp(token: string): Promise<string> {
  const response = await fetch(new URL('/v1/setup', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token, name: 'Bench', password: 'a long password for the bench' }),
  });
  const found = response.headers.get('set-cookie')?.split(';')[0];
  if (!found) throw new Error(`set-up was refused: ${await response.text()}`);
  return found;
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function report(): void {
  times.sort((a, b) => a - b);
  const at = (share: number) => Number((times[Math.floor(times.length * share)] ?? 0).toFixed(1));
  const figures = {
    casesPerSecond: Number((doneCases / took).toFixed(1)),
    eventsPerSecond: Number((doneEvents / took).toFixed(0)),
    requestsPerSecond: Number((times.length / took).toFixed(0)),
    p50Ms: at(0.5),
    p99Ms: at(0.99),
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
