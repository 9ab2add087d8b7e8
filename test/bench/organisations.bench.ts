import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { submitEnquiry } from '../../runtime/service/enquiries/submit-enquiry.ts';
import { openOrganisations } from '../../runtime/service/main.ts';
import { quantile, sleep } from './support/bench-service.ts';
import { caseLifeConfiguration } from './support/case-life-configuration.ts';

// What an organisation costs a process that serves many: `npx tsx test/bench/organisations.bench.ts [--organisations 60] [--json]`.
// Each gets one case; then all are closed and opened again one after another.
const { values } = parseArgs({ options: { organisations: { type: 'string' }, json: { type: 'boolean' } } });
const count = Number(values.organisations ?? 60);
const folder = mkdtempSync(join(tmpdir(), 'lintel-many-organisations-'));
const fail = (error: unknown) => {
  throw error;
};
const options = {
  data: folder,
  previewClock: false,
  studioFolder: null,
  idleSeconds: 100_000,
  configuration: () => caseLifeConfiguration(),
  onLost: fail,
  onError: fail,
};
const ids = Array.from({ length: count }, (_, n) => `council-${n + 1}`);
const rss = () => process.memoryUsage().rss / 1_048_576;

const first = await openOrganisations(options);
for (const id of ids) {
  await first.organisations.add({ id, name: id });
  const body = { workflow: 'LIFE', answers: { age: 40 }, customer: { name: 'A' } };
  await first.organisations.use(id, ({ organisation }) =>
    submitEnquiry(organisation, body, { actor: 'bench', channel: 'officer', key: 'one' }),
  );
}
await first.close();
const again = await openOrganisations(options);
await again.organisations.use('main', async () => null);
await again.organisations.start();
await sleep(1000);
const before = rss();
const times: number[] = [];
for (const id of ids) {
  const from = performance.now();
  await again.organisations.use(id, ({ organisation }) => organisation.database.query('SELECT COUNT(*) FROM cases'));
  times.push(performance.now() - from);
}
const open = rss();
const cpu = process.cpuUsage();
await sleep(10_000);
const { user, system } = process.cpuUsage(cpu);
const figures = {
  organisations: count,
  openMsP50: quantile(times, 0.5),
  openMsP95: quantile(times, 0.95),
  rssMbWithOne: Math.round(before),
  rssMbWithAllOpen: Math.round(open),
  mbPerOpenOrganisation: Number(((open - before) / count).toFixed(2)),
  idleCpuMsPerSecondEach: Number(((user + system) / 1000 / 10 / (count + 1)).toFixed(3)),
};
await again.close();
rmSync(folder, { recursive: true, force: true });
console.log(values.json ? JSON.stringify(figures) : figures);
