import { randomBytes, randomInt } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Sqlite from 'libsql';
import { type BenchService, quantile, sleep, startBenchService } from './support/bench-service.ts';
import { LIFE_TASKS } from './support/case-life-configuration.ts';
import { cloneCases } from './support/clone-cases.ts';

// What many cases cost: `npx tsx test/bench/many-cases.bench.ts [--mode commands|storm|worklist] [--cases N] [--seconds N] [--data DIR] [--json]`.
// With --data the folder is kept, and what lies there already is measured again without copying anew.
// One case is lived by the API, copied N times by SQL with its rows and newest event, and the service started on the result.
// commands: a task of a case chosen at random is completed, one after another; p50 and p95.
// storm: all N are due at one instant; how fast they are woken, and how long commands take meanwhile.
// worklist: N open tasks of N / 100 people; the worklist of one person.
const { values } = parseArgs({
  options: {
    mode: { type: 'string', default: 'commands' },
    cases: { type: 'string', default: '10000' },
    seconds: { type: 'string', default: '10' },
    data: { type: 'string' },
    json: { type: 'boolean' },
  },
});
const count = Number(values.cases);
const say = (text: string) => process.stderr.write(`${text}\n`);
const folder = values.data ?? mkdtempSync(join(tmpdir(), 'lintel-many-'));
const file = join(folder, 'organisations', 'main.db');

try {
  if (!existsSync(file)) {
    const first = await startBenchService({ data: folder });
    const caseId = await launch(first, 'original');
    await first.stop();
    cloneCases(folder, caseId, count, say);
  }
  const figures = { commands, storm, worklist }[values.mode];
  if (!figures) throw new Error(`there is no mode ${values.mode}`);
  const found = {
    mode: values.mode,
    cases: count,
    databaseMb: Math.round(statSync(file).size / 1e6),
    ...(await figures()),
  };
  console.log(values.json ? JSON.stringify(found) : found);
} finally {
  if (values.data === undefined) rmSync(folder, { recursive: true, force: true });
}

async function launch(service: BenchService, name: string): Promise<string> {
  const body = { workflow: 'LIFE', answers: { age: 40 }, customer: { name: `Person ${name}` } };
  return ((await service.post('/v1/enquiries', body, `launch-${name}`)) as { caseId: string }).caseId;
}

/** Rows of the database as it lies there, looked at from outside. */
function look<T>(sql: string): T[] {
  const database = new Sqlite(file, { readonly: true });
  const rows = database.prepare(sql).all() as T[];
  database.close();
  return rows;
}

function spread(times: readonly number[]) {
  return {
    requests: times.length,
    p50Ms: quantile(times, 0.5),
    p95Ms: quantile(times, 0.95),
    p99Ms: quantile(times, 0.99),
  };
}

async function commands() {
  // Ids are random: those after a random one are anybody's, found without reading a million rows, and others in every run.
  const after = randomBytes(4)
    .toString('hex')
    .replace(/^./, String(randomInt(8)));
  const sql = `SELECT id FROM streams WHERE kind = 'case' AND id > '${after}' ORDER BY id LIMIT 20000`;
  const wanted = look<{ id: string }>(sql)
    .map((row, index) => ({ row, at: (index * 7919) % 20_000 }))
    .sort((a, b) => a.at - b.at)
    .map(({ row }) => row);
  const service = await startBenchService({ data: folder });
  const times: number[] = [];
  const task = LIFE_TASKS[0];
  // Compiled code and prepared statements first.
  for (const { id } of wanted.splice(0, 300)) await complete(id, 'warm');
  const used = await service.usage('reset');
  const until = performance.now() + Number(values.seconds) * 1000;
  for (const { id } of wanted) {
    if (performance.now() > until) break;
    const from = performance.now();
    await complete(id, 'measured');
    times.push(performance.now() - from);
  }
  const { cpuMs } = await service.usage('usage');
  await service.stop();
  return { ...spread(times), cpuMsPerCommand: Number(((cpuMs - used.cpuMs) / times.length).toFixed(2)) };

  async function complete(id: string, name: string): Promise<void> {
    const command = { type: 'completeTask', task };
    const answer = await service.post(`/v1/cases/${id}/commands`, { command }, `${name}-${id}`);
    if (!('revision' in (answer as object))) throw new Error(JSON.stringify(answer));
  }
}

async function storm() {
  const [due] = look<{ at: number }>('SELECT MIN(wake_at) AS at FROM cases');
  if (!due) throw new Error('no case waits for its time');
  const ahead = 20;
  const now = Math.floor(Date.now() / 1000);
  const control = new Sqlite(join(folder, 'control.db'));
  control.exec(`INSERT INTO facts (key, value) VALUES ('clockOffset', '${due.at - now - ahead}')`);
  control.close();
  const service = await startBenchService({ data: folder, previewClock: true });
  const waiting = () =>
    look<{ n: number }>(`SELECT COUNT(*) AS n FROM cases WHERE wake_at <= ${due.at + 2}`)[0]?.n ?? 0;
  const own = await Promise.all(Array.from({ length: 4 }, (_, hand) => launch(service, `hand-${hand}`)));
  const before = waiting();
  while (waiting() >= before) await sleep(20);
  const used = await service.usage('reset');
  const from = performance.now();
  let isOver = false;
  const times: number[] = [];
  const working = Promise.all(own.map((id) => work(id)));
  let left = before;
  while (left > 4 && performance.now() - from < 300_000) {
    await sleep(250);
    left = waiting();
    if (Math.floor((performance.now() - from) / 250) % 8 === 0) say(`${before - left} woken`);
  }
  const took = (performance.now() - from) / 1000;
  isOver = true;
  await working;
  const usage = await service.usage('usage');
  await service.stop();
  return {
    drainedPerSecond: Math.round((before - left) / took),
    // What it would be with a core and nobody else: other work on the machine does not count here.
    drainedPerCpuSecond: Math.round(((before - left) / (usage.cpuMs - used.cpuMs)) * 1000),
    seconds: Number(took.toFixed(1)),
    commandsMeanwhile: spread(times),
    loopDelayP99Ms: Number(usage.loopDelayP99Ms.toFixed(1)),
    rssMb: Math.round(usage.rssMb),
  };

  async function work(id: string): Promise<void> {
    for (let n = 0; !isOver; n++) {
      const start = performance.now();
      await service.post(`/v1/cases/${id}/commands`, { command: { type: 'addNote', text: `note ${n}` } }, `${id}-${n}`);
      times.push(performance.now() - start);
      await sleep(20);
    }
  }
}

async function worklist() {
  const service = await startBenchService({ data: folder });
  const me = ((await service.get('/v1/me')) as { user: { id: string } }).user.id;
  await service.stop();
  const database = new Sqlite(file);
  // Five open tasks a case, and a hundred a person.
  const people = Math.max(1, Math.floor((count * 5) / 100));
  const columns = (database.prepare('PRAGMA table_info(case_tasks)').all() as { name: string }[]).map(
    ({ name }) => name,
  );
  database.exec('UPDATE case_tasks SET is_open = 1');
  // A task has a row from its turn on: the other four of a case are copies of its first.
  for (const more of ['a', 'b', 'c', 'd']) {
    const values = columns.map((name) => (name === 'id' ? `id || '-${more}'` : name));
    database.exec(`INSERT INTO case_tasks (${columns}) SELECT ${values} FROM case_tasks WHERE id = 't01'`);
  }
  database.exec(
    `UPDATE case_tasks SET owner = CASE WHEN n % ${people} = 0 THEN '${me}' ELSE 'person-' || (n % ${people}) END
     FROM (SELECT rowid AS open, row_number() OVER () AS n FROM case_tasks WHERE is_open = 1) WHERE open = case_tasks.rowid`,
  );
  const { open } = database.prepare('SELECT COUNT(*) AS open FROM case_tasks WHERE is_open = 1').get() as {
    open: number;
  };
  database.exec('ANALYZE');
  database.close();
  const again = await startBenchService({ data: folder });
  const times: number[] = [];
  let rows = 0;
  for (let n = 0; n < 350; n++) {
    const from = performance.now();
    const answer = (await again.get('/v1/worklist?view=mine&limit=50')) as { tasks?: unknown[]; items?: unknown[] };
    rows = (answer.tasks ?? answer.items ?? []).length;
    if (n >= 50) times.push(performance.now() - from);
  }
  await again.stop();
  return { rows, open, ...spread(times) };
}
