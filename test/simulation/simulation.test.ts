import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

function simulate(...options: string[]): Promise<{ code: number | null; text: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'test/simulation/simulate.ts', ...options], { cwd: root });
  let text = '';
  const note = (chunk: Buffer) => {
    text += chunk.toString();
  };
  child.stdout.on('data', note);
  child.stderr.on('data', note);
  return new Promise((resolve) => child.on('exit', (code) => resolve({ code, text })));
}

// The short form; the long one is `npm run proof:simulation -- --seeds 1000`.
describe('three nodes, faults at every call, a made clock', () => {
  it('keep every promise of the runtime', { timeout: 180_000 }, async () => {
    const { code, text } = await simulate('--seeds', '6');
    expect(text).toMatch(/6 seeds, 0 with a violation/);
    expect(code).toBe(0);
  });

  it('do the same again from the same seed', { timeout: 180_000 }, async () => {
    const live = async (...options: string[]) => {
      const { text } = await simulate(...options, '--log');
      const lines = text.trim().split('\n');
      // What came before the seed, and the last line, which tells how long it took.
      const from = lines.findIndex((line) => line.startsWith('seed 2: turns'));
      return lines.slice(from + 1, -1);
    };
    const first = await live('--seed', '3');
    expect(first.at(-1)).toMatch(/^seed 3: turns [0-9a-f]{64}$/);
    // Line by line, so that a difference shows where it began; and in company as alone, so that a failing seed can be had again.
    expect(await live('--from', '1', '--seeds', '3')).toEqual(first);
  });
});
