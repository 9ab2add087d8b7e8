#!/usr/bin/env node
// `npm start`: everything a fresh clone needs, then the server on ./data with the shipped configuration and sample cases.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { ensureCli, ensureInstalled, ensureStudio, root } from './fresh.js';
import { growYoungGeneration } from './young-generation.js';

growYoungGeneration();

try {
  ensureInstalled();
  await ensureStudio();
  const entry = await ensureCli();
  // Arguments given after `npm start --` come last, so that they win over the usual ones.
  const usual = ['--data', join(root, 'data'), '--port', '8787', '--demo'];
  process.argv.splice(2, process.argv.length, 'serve', ...usual, ...process.argv.slice(2));
  // In this very process: signals, output and exit code are the server's own.
  await import(pathToFileURL(entry).href);
} catch (error) {
  const text = error instanceof Error ? error.message : String(error);
  process.stderr.write(`lintel: ${stripVTControlCharacters(text)}\n`);
  process.exitCode = 1;
}
