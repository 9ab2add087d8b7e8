import { type ChildProcess, fork, spawn } from 'node:child_process';
import { hash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { takeLock } from '../../../../runtime/service/db/lock-file.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lintel-lock-'));
  file = join(folder, 'lock');
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

/** A lock as another process left it. */
const leave = (mark: object) => writeFileSync(file, JSON.stringify({ host: hostname(), ...mark }));
const dead = 2_147_483_646;

describe('the lock of a data folder', () => {
  it('is of one at a time, and leaves nothing', () => {
    const release = takeLock(file);
    expect(() => takeLock(file)).toThrow(/another process serves/);
    release();
    takeLock(file)();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('left by a process that died is taken over; of one that lives it is held', () => {
    leave({ pid: dead });
    takeLock(file)();
    leave({ pid: process.ppid });
    expect(() => takeLock(file)).toThrow(/another process serves/);
  });

  it.runIf(process.platform === 'linux')('is not held by a process that has the number of a dead one', () => {
    const release = takeLock(file);
    const { born } = JSON.parse(readFileSync(file, 'utf8')) as { born: string };
    release();
    // Of a process that began earlier, and of one before the machine was started anew.
    for (const other of [born.replace(/\d+$/, '1'), born.replace(/^[^:]+/, 'another-start')]) {
      leave({ pid: process.ppid, born: other });
      takeLock(file)();
    }
  });

  it.runIf(process.platform === 'linux')(
    'is not held by a dead process whose parent has not asked for its end',
    async () => {
      const parent = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
      const [said] = (await once(parent.stdout, 'data')) as [Buffer];
      const pid = Number(said.toString());
      await vi.waitFor(() => expect(readFileSync(`/proc/${pid}/stat`, 'utf8')).toMatch(/\) Z /), 5000);
      leave({ pid });
      takeLock(file)();
      parent.kill();
    },
  );

  it('of another machine is held while it beats', () => {
    leave({ pid: dead, host: 'another' });
    expect(() => takeLock(file)).toThrow(/another process serves/);
    const before = new Date(Date.now() - 20_000);
    utimesSync(file, before, before);
    takeLock(file)();
  });

  it('is taken away under a claim: a living one keeps others off, a dead one is taken over the same way', () => {
    leave({ pid: dead });
    const claim = `${file}.after-${hash('sha256', readFileSync(file, 'utf8'), 'hex').slice(0, 12)}`;
    writeFileSync(claim, JSON.stringify({ pid: process.ppid, host: hostname() }));
    expect(() => takeLock(file)).toThrow(/another process serves/);
    writeFileSync(claim, JSON.stringify({ pid: dead, host: hostname() }));
    takeLock(file)();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('tells once when its folder is moved or removed, or another has taken it, and leaves that lock alone', async () => {
    vi.useFakeTimers();
    const lost: string[] = [];
    const release = takeLock(file, (error) => lost.push(error.message));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(lost).toEqual([]);
    renameSync(file, `${file}.moved`);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(lost).toEqual([expect.stringMatching(/moved, removed or taken/)]);
    leave({ pid: process.ppid });
    release();
    expect(readdirSync(folder)).toEqual(['lock', 'lock.moved']);
  });

  it('left by a dead process is taken by exactly one of several that come at the same instant', {
    timeout: 120_000,
  }, async () => {
    const source = fileURLToPath(new URL('./lock-holder.ts', import.meta.url));
    const all: ChildProcess[] = Array.from({ length: 5 }, () => fork(source, { execArgv: ['--import', 'tsx'] }));
    try {
      await Promise.all(all.map((one) => once(one, 'message')));
      for (let round = 0; round < 300; round++) {
        file = join(folder, `lock-${round}`);
        leave({ pid: dead });
        const at = Date.now() + 5;
        const answers = await Promise.all(
          all.map(async (one) => {
            one.send({ file, at });
            const [answer] = await once(one, 'message');
            return String(answer);
          }),
        );
        expect(answers.filter((answer) => answer === 'taken')).toHaveLength(1);
        for (const answer of answers) expect(answer).toMatch(/^taken$|another process serves this data folder/);
      }
    } finally {
      for (const one of all) one.kill();
    }
  });
});
