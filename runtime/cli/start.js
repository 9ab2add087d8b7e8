#!/usr/bin/env node
// `npm start`: everything a fresh clone needs, then the server on ./data with the shipped configuration and sample cases.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureCli, ensureInstalled, ensureStudio, root } from './fresh.js';

try {
  ensureInstalled();
  await ensureStudio();
  serve(await ensureCli());
} catch (error) {
  process.stderr.write(`lintel: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

/** Arguments given after `npm start --` come last, so that they win over the usual ones. */
function serve(entry) {
  const usual = ['--data', join(root, 'data'), '--port', '8787', '--demo'];
  const server = spawn(process.execPath, [entry, 'serve', ...usual, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void server.kill(signal));
  server.on('exit', (code, signal) => {
    process.exitCode = signal ? 1 : (code ?? 1);
  });
}
