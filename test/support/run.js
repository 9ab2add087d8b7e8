// `npm test`: static checks and every test project, then one plain line that anyone can read at the end.
// Plain JavaScript with node: imports only: it installs what it then runs.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled, root } from '../../runtime/cli/fresh.js';
import { findChromium } from './chromium.js';

const STEP_LIMIT_MS = 20 * 60 * 1000;

/** Each counts as one test. */
const checks = [
  { name: 'types', command: ['typescript/bin/tsc', '-p', '.'] },
  { name: 'types of the pure part', command: ['typescript/bin/tsc', '-p', 'tsconfig.pure.json'] },
  { name: 'lint and format', command: ['@biomejs/biome/bin/biome', 'ci', '--colors=off', '.'] },
  { name: 'unused files, exports and dependencies', command: ['knip/bin/knip.js', '--no-progress'] },
];

/** Test projects side by side: one lane alone leaves a core idle half of the time. */
const lanes = [['unit'], ['browser', 'storybook', 'end-to-end']];
const withoutBrowser = new Set(['unit']);

process.exitCode = await runAll(process.argv.slice(2));

/** Answers the exit code: 0 when everything passed. */
async function runAll(options) {
  const started = Date.now();
  ensureInstalled();
  const outcomes = [];
  for (const check of checks) outcomes.push(await runCheck(check));
  const chromium = findChromium();
  if (!options.includes('--static')) {
    const done = await Promise.all(lanes.map((lane) => runLane(lane, chromium)));
    outcomes.push(...done.flat());
  }
  return conclude(outcomes, Date.now() - started);
}

function conclude(outcomes, took) {
  const sum = (key) => outcomes.reduce((total, outcome) => total + outcome[key], 0);
  const [passed, failed, skipped] = [sum('passed'), sum('failed'), sum('skipped')];
  const lines = outcomes.map(
    ({ name, passed, failed, skipped, seconds }) =>
      `  ${failed > 0 ? 'FAILED' : 'ok    '} ${name}: ${counted(passed, failed, skipped)} (${seconds.toFixed(0)} s)`,
  );
  console.log(`\n${lines.join('\n')}\n  whole run: ${(took / 1000).toFixed(0)} s`);
  for (const { advice } of outcomes) if (advice) console.log(advice);
  if (skipped > 0)
    console.log(`${skipped} skipped: long walks (npm run proof:walks), or what this machine does not have`);
  console.log(counted(passed, failed, 0));
  return failed > 0 || passed === 0 ? 1 : 0;
}

function counted(passed, failed, skipped) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

async function runCheck({ name, command }) {
  console.log(`\n== ${name}`);
  const started = Date.now();
  const code = await run(command, {});
  return outcome(name, started, { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 });
}

async function runLane(lane, chromium) {
  const outcomes = [];
  for (const name of lane) outcomes.push(await runProject(name, chromium));
  return outcomes;
}

async function runProject(name, chromium) {
  console.log(`\n== ${name} tests`);
  const started = Date.now();
  if (!withoutBrowser.has(name) && !chromium) {
    console.log('not run: there is no Chromium');
    const advice = 'Chromium is missing: install it (Debian: apt-get install chromium) or set CHROMIUM_PATH to it.';
    // One line of advice for all, so only the first project carries it.
    return {
      ...outcome(name, started, { passed: 0, failed: 1, skipped: 0 }),
      advice: name === 'browser' ? advice : '',
    };
  }
  const report = join(root, 'test-results', `${name}.json`);
  mkdirSync(join(root, 'test-results'), { recursive: true });
  rmSync(report, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const code = await run(['vitest/vitest.mjs', 'run', '--project', name, '--passWithNoTests', ...reporters], {
    ...(chromium ? { CHROMIUM_PATH: chromium } : {}),
  });
  return outcome(name, started, readReport(report, code));
}

/** A file that could not be loaded holds no failed test but is a failure; so is a run that died without a report. */
function readReport(report, code) {
  const { passed, failed, skipped } = countReport(report);
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed, skipped };
}

function countReport(report) {
  try {
    const found = JSON.parse(readFileSync(report, 'utf8'));
    const unloaded = found.testResults.filter(
      (file) => file.status === 'failed' && !file.assertionResults.some(isFailed),
    );
    return {
      passed: found.numPassedTests,
      failed: found.numFailedTests + unloaded.length,
      skipped: found.numPendingTests + found.numTodoTests,
    };
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}

function isFailed(test) {
  return test.status === 'failed';
}

function outcome(name, started, counts) {
  return { name, seconds: (Date.now() - started) / 1000, ...counts };
}

/** Runs a tool of node_modules in a process group of its own, so that one that hangs ends with its children. */
function run([tool, ...options], env) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(root, 'node_modules', tool), ...options], {
      cwd: root,
      // One stream, so that the closing line is the last one wherever both are caught apart.
      stdio: ['ignore', 1, 1],
      detached: process.platform !== 'win32',
      env: { ...process.env, ...env, FORCE_COLOR: '0', NO_COLOR: '1' },
    });
    const end = () => stop(child);
    const limit = setTimeout(() => {
      console.log(`stopped after ${STEP_LIMIT_MS / 60_000} minutes`);
      end();
    }, STEP_LIMIT_MS);
    const interrupted = () => {
      end();
      process.exit(130);
    };
    process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
    child.on('exit', (code) => {
      clearTimeout(limit);
      process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
      resolve(code ?? 1);
    });
  });
}

function stop(child) {
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
  } catch {
    // It ended by itself in the meantime.
  }
}
