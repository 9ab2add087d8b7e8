import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfigurationFolder } from '../../runtime/cli/configuration-folder.ts';
import { commandCase } from '../../runtime/service/cases/command-case.ts';
import { submitEnquiry } from '../../runtime/service/enquiries/submit-enquiry.ts';
import { openService } from '../../runtime/service/main.ts';
import { importConfiguration } from '../../runtime/service/operations/import-configuration.ts';
import { caseLifeConfiguration, LIFE_TASKS } from './support/case-life-configuration.ts';

// Durable events a second at synchronous=FULL, in process: `npx tsx test/bench/commit.bench.ts [HP|LIFE] [cases] [notes]`.
const workflow = process.argv[2] ?? 'LIFE';
const cases = Number(process.argv[3] ?? 500);
const notes = Number(process.argv[4] ?? 5000);
const hands = 256;

const folder = mkdtempSync(join(tmpdir(), 'lintel-bench-'));
const fail = (error: unknown) => {
  throw error;
};
const { service, close } = await openService({
  data: folder,
  previewClock: true,
  studioFolder: null,
  onLost: fail,
  onError: fail,
});
const { organisation } = service;
await importConfiguration(
  organisation,
  workflow === 'LIFE' ? caseLifeConfiguration() : readConfigurationFolder('configurations/housing-england'),
);
const { configuration } = await organisation.releases.newest();
const answers = workflow === 'LIFE' ? { age: 40 } : { ...configuration.test['HP-01']?.answers };

const count = async () =>
  Number((await organisation.database.query('SELECT COUNT(*) AS n FROM case_events'))[0]?.n ?? 0);

async function measure(what: string, n: number, one: (index: number) => Promise<unknown>): Promise<void> {
  const before = await count();
  const times: number[] = [];
  let next = 0;
  const from = performance.now();
  const cpu = process.cpuUsage();
  await Promise.all(
    Array.from({ length: Math.min(hands, n) }, async () => {
      while (next < n) {
        const start = performance.now();
        await one(next++);
        times.push(performance.now() - start);
      }
    }),
  );
  const seconds = (performance.now() - from) / 1000;
  const used = process.cpuUsage(cpu);
  times.sort((a, b) => a - b);
  const at = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(1);
  const events = (await count()) - before;
  console.log(
    `${what}: ${(n / seconds).toFixed(0)} a second, ${(events / seconds).toFixed(0)} events/s, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, ${((used.user + used.system) / 1000 / n).toFixed(2)} CPU ms each, ${(events / n).toFixed(1)} events each`,
  );
}

const ids: string[] = [];
await measure('launches (enquiry, pack and case)', cases, async (index) => {
  const customer = { name: `Person ${index}` };
  ids.push(
    (await submitEnquiry(organisation, { workflow, answers, customer }, { actor: 'bench', channel: 'officer' })).caseId,
  );
});
await measure('notes', notes, (index) =>
  commandCase(
    organisation,
    ids[index % ids.length] ?? '',
    { type: 'addNote', text: 'A note of the bench.' },
    { actor: 'bench' },
  ),
);
if (workflow === 'LIFE') {
  await measure('lives of ten tasks', cases, async (index) => {
    for (const task of LIFE_TASKS) {
      if (task === 't06') service.clock.set(service.clock.now() + 1);
      await commandCase(organisation, ids[index] ?? '', { type: 'completeTask', task }, { actor: 'bench' });
    }
  });
}
await close();
rmSync(folder, { recursive: true, force: true });
