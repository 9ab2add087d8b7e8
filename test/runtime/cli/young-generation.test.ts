import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { growYoungGeneration } from '../../../runtime/cli/young-generation.js';

const file = fileURLToPath(new URL('../../../runtime/cli/young-generation.js', import.meta.url));

/** A process that notes with what it would be replaced. */
function host(more: { execArgv?: string[]; env?: Record<string, string>; connected?: boolean } = {}) {
  const replaced: string[][] = [];
  return {
    replaced,
    execPath: '/node',
    execArgv: ['--enable-source-maps'],
    argv: ['/node', '/bin.js', 'serve', '--port', '1'],
    env: {},
    execve: (_: string, args: string[]) => void replaced.push(args),
    ...more,
  };
}

describe('the larger young generation', () => {
  it('is given by starting anew with the same arguments', () => {
    const plain = host();
    growYoungGeneration(plain);
    expect(plain.replaced).toEqual([
      ['/node', '--enable-source-maps', '--max-semi-space-size=64', '/bin.js', 'serve', '--port', '1'],
    ]);
  });

  it.each([
    ['where it was given', host({ execArgv: ['--max-semi-space-size=16'] })],
    ['where the environment gives it', host({ env: { NODE_OPTIONS: '--max_semi_space_size=32' } })],
    ['where a parent listens', host({ connected: true })],
    ['where node cannot replace itself', { ...host(), execve: undefined }],
  ])('is left alone %s', (_, left) => {
    growYoungGeneration(left);
    expect(left.replaced).toEqual([]);
  });

  it.skipIf(!('execve' in process))('leaves number, input, signals and exit code as they were', async () => {
    const script = `const { growYoungGeneration } = await import(${JSON.stringify(file)});
      growYoungGeneration();
      process.on('SIGTERM', () => process.exit(7));
      process.stdin.on('data', (text) => console.log(process.pid, process.execArgv.join(' '), String(text)));`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: 'pipe' });
    child.stdin.write('hello');
    const [said] = (await once(child.stdout, 'data')) as [Buffer];
    expect(said.toString()).toContain(`${child.pid} `);
    expect(said.toString()).toMatch(/--max-semi-space-size=64.*hello/s);
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await ended).toEqual([7, null]);
  });
});
