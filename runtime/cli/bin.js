#!/usr/bin/env node
import { pathToFileURL } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { ensureCli, ensureInstalled } from './fresh.js';
import { growYoungGeneration } from './young-generation.js';

if (process.argv[2] === 'serve') growYoungGeneration();

// npm runs scripts in the package's folder; file names on the command line are meant from where the person is.
if (process.env.npm_lifecycle_event === 'lintel' && process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);

try {
  ensureInstalled();
  await import(pathToFileURL(await ensureCli()).href);
} catch (error) {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`lintel: ${stripVTControlCharacters(text)}\n`);
  // 2: the product could not be reached at all; what a command finds has codes of its own.
  process.exitCode = 2;
}
