import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../../../runtime/cli/main.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lintel-house-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function lintel(...args: string[]) {
  const printed: string[] = [];
  const said: string[] = [];
  const io = {
    read: () => '',
    print: (text: string) => void printed.push(text),
    say: (text: string) => void said.push(text),
  };
  const code = await main(args, io);
  return { code, answer: printed[0]?.startsWith('{') ? JSON.parse(printed[0]) : printed, said: said.join('\n') };
}

describe('lintel organisation', () => {
  it('adds one to a folder, lists it, backs it up apart, drills its restore and verifies its chain', {
    timeout: 120_000,
  }, async () => {
    const data = join(folder, 'data');
    const added = await lintel('organisation', 'add', 'north', '--name', 'North Council', '--data', data, '--json');
    expect(added.code).toBe(0);
    expect(added.answer).toMatchObject({ key: 'north', customers: '/o/north/start' });
    expect(added.answer.setup).toMatch(/^\/studio\/#setup=[\w-]{43}$/);
    const listed = await lintel('organisation', 'list', '--data', data, '--json');
    expect(listed.answer.organisations).toEqual([
      { key: 'main', name: 'main', open: false, nextWork: null },
      { key: 'north', name: 'North Council', open: false, nextWork: null },
    ]);
    const backup = await lintel('backup', '--data', data, '--to', join(folder, 'backups'), '--json');
    const [north] = backup.answer.others ?? [backup.answer];
    expect(north.folder).toContain(join('backups', 'north'));
    expect((await lintel('restore', north.folder, '--drill', '--json')).answer).toMatchObject({ faults: [] });
    const verified = await lintel('audit', 'verify', '--data', data, '--organisation', 'north', '--json');
    expect([verified.code, verified.answer.faults]).toEqual([0, []]);
  });

  it('says what is wrong with a call', async () => {
    expect(await lintel('organisation', 'list', '--data', join(folder, 'none'))).toMatchObject({ code: 2 });
    expect((await lintel('organisation', 'add', 'north')).said).toContain('usage:');
    const wrong = await lintel('organisation', 'add', 'NORTH', '--name', 'x', '--data', join(folder, 'other'));
    expect([wrong.code, wrong.said]).toEqual([2, expect.stringContaining('small letters')]);
  });
});
