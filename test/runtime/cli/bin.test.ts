import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { root } from '../../support/architecture.ts';

let clone: string;

/** A clone with a command line of three commands, so that the launcher is tested and not the product. */
beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'lintel-bin-'));
  mkdirSync(join(clone, 'runtime', 'cli'), { recursive: true });
  mkdirSync(join(clone, 'schemas'));
  for (const file of ['bin.js', 'fresh.js', 'young-generation.js']) {
    cpSync(join(root, 'runtime', 'cli', file), join(clone, 'runtime', 'cli', file));
  }
  writeFileSync(join(clone, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(clone, 'package-lock.json'), '{}');
  utimesSync(join(clone, 'package-lock.json'), new Date(0), new Date(0));
  symlinkSync(join(root, 'node_modules'), join(clone, 'node_modules'));
  writeSource(
    'entry.ts',
    `import { readFileSync } from 'node:fs';
    const [command, size] = process.argv.slice(2) as string[];
    if (command === 'echo') process.stdout.write(readFileSync(0, 'utf8'));
    if (command === 'large') process.stdout.write(JSON.stringify('x'.repeat(Number(size))));
    if (command === 'where') process.stdout.write(import.meta.url);
    if (command === 'lazy') process.stdout.write((await import('./lazy.ts')).text);
    process.exitCode = command === 'refuse' ? 1 : 0;`,
  );
  writeSource('lazy.ts', `export const text: string = 'first';`);
});

afterEach(() => rmSync(clone, { recursive: true, force: true }));

function writeSource(name: string, text: string): void {
  writeFileSync(join(clone, 'runtime', 'cli', name), text);
}

function start(...args: string[]): ChildProcess {
  return spawn(process.execPath, [join(clone, 'runtime', 'cli', 'bin.js'), ...args]);
}

function ended(child: ChildProcess): Promise<{ code: number | null; stdout: string; stderr: string }> {
  let [stdout, stderr] = ['', ''];
  child.stdout?.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    stderr += chunk;
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
}

const lintel = (...args: string[]) => ended(start(...args));
const builds = () => readdirSync(join(clone, 'dist', 'cli'));

describe('the lintel command', () => {
  it('passes the exit code on', async () => {
    expect(await lintel('refuse')).toEqual({ code: 1, stdout: '', stderr: '' });
  });

  it('passes stdin and stdout through', async () => {
    const child = start('echo');
    child.stdin?.end('{"a": "é"}');
    expect(await ended(child)).toEqual({ code: 0, stdout: '{"a": "é"}', stderr: '' });
  });

  it('waits for a stdin that is slow to come', async () => {
    const child = start('echo');
    setTimeout(() => child.stdin?.write('one '), 300);
    setTimeout(() => child.stdin?.end('two'), 600);
    expect((await ended(child)).stdout).toBe('one two');
  });

  it('prints a large document whole', async () => {
    const { stdout } = await lintel('large', '5000000');
    expect(stdout.length).toBe(5_000_002);
  });

  it('keeps the address of a source file, so that what lies beside it is found', async () => {
    const { stdout } = await lintel('where');
    expect(new URL(stdout).pathname).toMatch(/\/runtime\/cli\/entry\.ts$/);
  });

  it('builds once for many that start together', async () => {
    const outcomes = await Promise.all(Array.from({ length: 4 }, () => lintel('lazy')));
    expect(outcomes).toEqual(Array.from({ length: 4 }, () => ({ code: 0, stdout: 'first', stderr: '' })));
    expect(builds()).toHaveLength(1);
  });

  it('builds anew when a source changed, and keeps the build that others may still be running', async () => {
    await lintel('lazy');
    writeSource('lazy.ts', `export const text: string = 'second';`);
    expect((await lintel('lazy')).stdout).toBe('second');
    expect(builds()).toHaveLength(2);
  });

  it('leaves no half build behind when a source cannot be read', async () => {
    writeSource('lazy.ts', 'export const = ;');
    const { code, stdout, stderr } = await lintel('lazy');
    expect({ code, stdout, builds: builds() }).toEqual({ code: 2, stdout: '', builds: [] });
    expect(stderr).toContain('lazy.ts');
  });
});
