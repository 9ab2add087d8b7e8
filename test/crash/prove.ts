import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fetchSqld } from '../support/sqld.ts';
import { proveKills } from './prove-kills.ts';

// Real kills under load: `npm run proof:crash -- [--kills N] [--mode file|server] [--nodes N]`. Server mode kills nodes and the
// libSQL server with -9; file mode the one process that holds the file. Ends with what was found; exit 1 when a promise was broken.
const { values } = parseArgs({
  options: { kills: { type: 'string' }, mode: { type: 'string' }, nodes: { type: 'string' } },
});
const mode = values.mode === 'file' ? 'file' : 'server';
const folder = mkdtempSync(join(tmpdir(), 'lintel-prove-'));
const sqld = mode === 'server' ? fetchSqld() : null;
const report = await proveKills({
  folder,
  kills: Number(values.kills ?? 50),
  nodes: mode === 'file' || sqld === null ? 1 : Number(values.nodes ?? 2),
  sqld,
  say: (text) => console.log(text),
});
rmSync(folder, { recursive: true, force: true });
for (const fault of report.faults) console.log(fault);
console.log(
  `${report.kills} kills (${report.serverKills} of the database server): ${report.acknowledged} acknowledged commands, ${report.repeated} asked again, ${report.events} events, ${report.faults.length} faults`,
);
process.exit(report.faults.length > 0 ? 1 : 0);
