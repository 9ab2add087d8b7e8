// Prints what a dry run over open cases costs beside its limit (R5). Run: npx tsx test/bench/dry-run.bench.ts [cases]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfigurationFolder } from '../../runtime/cli/configuration-folder.ts';
import { dryRun } from '../../runtime/service/definitions/effect.ts';
import { submitEnquiry } from '../../runtime/service/enquiries/submit-enquiry.ts';
import { openService } from '../../runtime/service/main.ts';
import { importConfiguration } from '../../runtime/service/operations/import-configuration.ts';

const LIMIT_MS_A_CASE = 3;
const cases = Number(process.argv[2] ?? 10_000);
const hands = 256;
const workflow = 'HP';

const folder = mkdtempSync(join(tmpdir(), 'lintel-dry-run-'));
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
await importConfiguration(organisation, readConfigurationFolder('configurations/housing-england'));
const { configuration } = await organisation.releases.newest();
const answers = { ...configuration.test['HP-01']?.answers };

let next = 0;
await Promise.all(
  Array.from({ length: hands }, async () => {
    while (next < cases) {
      const customer = { name: `Person ${next++}` };
      await submitEnquiry(organisation, { workflow, answers, customer }, { actor: 'bench', channel: 'officer' });
    }
  }),
);

const drawn = configuration.workflow[workflow];
const [task] = Object.values(drawn?.nodes ?? {}).flatMap((node) => (node.type === 'task' ? [node.task] : []));
const changed = task === undefined ? undefined : configuration.task[task];
if (!changed) throw new Error(`expected a task in ${workflow}`);
const target = { value: 9, unit: 'workingDays' as const };
const edited = { ...configuration, task: { ...configuration.task, [changed.key]: { ...changed, sla: { target } } } };

const from = performance.now();
const before = process.cpuUsage();
const { openCases, unchanged, cannotMove } = await dryRun(organisation, { configuration: edited });
const used = process.cpuUsage(before);
const each = (used.user + used.system) / 1000 / openCases;
console.log(
  `dry run over ${openCases} open cases (${unchanged} unchanged, ${cannotMove} cannot move): ${((performance.now() - from) / 1000).toFixed(1)} s, ${each.toFixed(2)} CPU ms a case, ${(each / LIMIT_MS_A_CASE).toFixed(2)} of the limit of ${LIMIT_MS_A_CASE} ms`,
);
if (each > LIMIT_MS_A_CASE) process.exitCode = 1;
await close();
rmSync(folder, { recursive: true, force: true });
