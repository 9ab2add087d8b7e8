import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { configFrom } from '../../../runtime/service/config.ts';
import { startService } from '../../../runtime/service/main.ts';
import { caseLifeConfiguration, type Promised } from './case-life-configuration.ts';

// A service as `lintel serve` runs it, in a process of its own, that answers its parent's questions about what it used.
const [given, promised] = [process.argv[2] || undefined, process.argv[3] as Promised];
const previewClock = process.argv[4] === 'preview';
const folder = given ?? mkdtempSync(join(tmpdir(), 'lintel-life-'));
const service = await startService(
  configFrom({ LINTEL_REQUESTS_PER_MINUTE: '100000000' }, { data: folder, port: 0, host: '127.0.0.1', previewClock }),
  { configuration: () => caseLifeConfiguration(promised), studioFolder: join(folder, 'none') },
  {
    onLost(error) {
      throw error;
    },
    say: (text) => process.stderr.write(`${text}\n`),
  },
);
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
process.on('message', async (question: string) => {
  if (question === 'reset') delay.reset();
  if (question === 'stop') {
    await service.stop();
    if (!given) rmSync(folder, { recursive: true, force: true });
    process.exit(0);
  }
  const { user, system } = process.cpuUsage();
  process.send?.({
    cpuMs: (user + system) / 1000,
    rssMb: process.memoryUsage().rss / 1_048_576,
    heapMb: process.memoryUsage().heapUsed / 1_048_576,
    loopDelayP99Ms: delay.percentile(99) / 1e6,
    loopDelayMaxMs: delay.max / 1e6,
  });
});
process.send?.({ url: service.url });
