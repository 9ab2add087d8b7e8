import { parseArgs } from 'node:util';
import { startDbos } from './peers/dbos.ts';
import { startRestate } from './peers/restate.ts';
import { startLintel } from './support/lintel-runtime.ts';
import { type Figures, liveCases, type Runtime } from './support/live-cases.ts';

// Case-life benchmark (runtime.md): `npm run bench:case-life -- [--json] [--seconds N] [--hands N] [--slas | --ladders] [--beside restate,dbos]`.
// Closed loop over HTTP against a service in its own process: each hand launches a case by an enquiry, completes ten tasks,
// waits out one durable second, and begins again. Validation, permission check, idempotency keys and the audit chain are on.
// The case has an SLA; with --slas each task has one too, with --ladders also an amber warning and a ladder.
// --beside runs the same life on others, one after the other, where they are present: their packages in BENCH_PEERS/node_modules
// (@restatedev/restate-server and @restatedev/restate-sdk; @dbos-inc/dbos-sdk), DBOS with PostgreSQL's initdb in the path.
const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    seconds: { type: 'string', default: '20' },
    hands: { type: 'string', default: '700' },
    warm: { type: 'string', default: '8' },
    data: { type: 'string' },
    slas: { type: 'boolean' },
    ladders: { type: 'boolean' },
    beside: { type: 'string', default: '' },
  },
});

const PEERS: Record<string, () => Promise<Runtime | null>> = { restate: startRestate, dbos: startDbos };

const lintel = await startLintel({
  ...(values.data === undefined ? {} : { data: values.data }),
  promised: values.ladders ? 'ladders' : values.slas ? 'slas' : 'nothing',
});
const figures: Record<string, unknown> = await measure(lintel);
const beside: Record<string, Figures | null> = {};
for (const name of values.beside.split(',').filter(Boolean)) {
  const start = PEERS[name];
  if (!start) throw new Error(`--beside knows ${Object.keys(PEERS).join(' and ')}, not ${name}`);
  const peer = await start();
  beside[name] = peer && (await measure(peer));
}
if (values.json) console.log(JSON.stringify(values.beside ? { ...figures, beside } : figures));
else {
  print('lintel', figures);
  for (const [name, found] of Object.entries(beside)) print(name, found ?? { absent: 'its packages are not there' });
}

async function measure(runtime: Runtime): Promise<Figures> {
  const load = { hands: Number(values.hands), warmSeconds: Number(values.warm), seconds: Number(values.seconds) };
  const found = await liveCases(runtime, load);
  await runtime.stop();
  return found;
}

function print(name: string, found: Record<string, unknown>): void {
  console.log(name);
  for (const [figure, value] of Object.entries(found)) console.log(`  ${figure.padEnd(20)}${value}`);
}
