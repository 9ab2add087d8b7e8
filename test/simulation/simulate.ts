import crypto from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { seededRandom } from './scheduler.ts';

// Deterministic simulation: `npm run proof:simulation -- --seeds N [--from S]`, one seed again: `-- --seed S [--log]`.
// Several nodes on one database, a clock that is made, and a seed that decides who goes on, what fails and who dies.
const { values } = parseArgs({
  options: { seeds: { type: 'string' }, from: { type: 'string' }, seed: { type: 'string' }, log: { type: 'boolean' } },
});

// Before anything of ours is loaded: all chance and all time of this process come from the seed.
let random = seededRandom(0);
const time = { now: 1_800_000_000 };
Math.random = () => random();
Date.now = () => time.now * 1000;
performance.now = () => 0;
const bytes = (size: number) => Buffer.from(Array.from({ length: size }, () => Math.floor(random() * 256)));
Object.assign(crypto, {
  randomBytes: bytes,
  randomUUID: () =>
    bytes(16)
      .toString('hex')
      .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
});
syncBuiltinESMExports();

const { makeTemplate, simulateSeed } = await import('./world.ts');

const folder = mkdtempSync(join(tmpdir(), 'lintel-simulation-'));
const template = join(folder, 'template');
mkdirSync(template);
await makeTemplate(template, time);
const first = Number(values.seed ?? values.from ?? 1);
const count = values.seed === undefined ? Number(values.seeds ?? 20) : 1;
const totals = { acknowledged: 0, faults: 0, crashes: 0, events: 0 };
let failed = 0;
const began = process.hrtime.bigint();
for (let seed = first; seed < first + count; seed++) {
  random = seededRandom(seed);
  time.now = 1_800_000_000;
  // A folder each: a file written over while an old connection still waits to be collected would not be the seed's own.
  const own = join(folder, `seed-${seed}`);
  mkdirSync(own);
  for (const name of ['organisation.db', 'control.db']) copyFileSync(join(template, name), join(own, name));
  const outcome = await simulateSeed(own, () => random(), time);
  rmSync(own, { recursive: true, force: true });
  totals.acknowledged += outcome.acknowledged;
  totals.faults += outcome.faults;
  totals.crashes += outcome.crashes;
  totals.events += outcome.events;
  if (values.log) console.log(outcome.log.join('\n'));
  if (values.log) console.log(`seed ${seed}: turns ${outcome.digest}`);
  if (outcome.violations.length === 0) continue;
  failed++;
  console.log(`seed ${seed}: ${outcome.violations.slice(0, 5).join('; ')}`);
  console.log(`  again: npm run proof:simulation -- --seed ${seed} --log`);
}
const seconds = Number(process.hrtime.bigint() - began) / 1e9;
console.log(
  `${count} seeds, ${failed} with a violation: ${totals.acknowledged} acknowledged commands, ${totals.events} events, ${totals.faults} faults, ${totals.crashes} crashed nodes, ${seconds.toFixed(0)} s`,
);
rmSync(folder, { recursive: true, force: true });
process.exit(failed > 0 ? 1 : 0);
