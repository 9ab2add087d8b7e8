import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lintel, lintelJson } from '../../support/lintel.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lintel-house-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('lintel organisation', () => {
  it('adds one to a folder, lists it, backs it up apart, drills its restore and verifies its chain', {
    timeout: 120_000,
  }, async () => {
    const data = join(folder, 'data');
    const added = await lintelJson(['organisation', 'add', 'north', '--name', 'North Council', '--data', data]);
    expect(added.code).toBe(0);
    expect(added.json).toMatchObject({ key: 'north', customers: '/o/north/start' });
    expect(added.json.setup).toMatch(/^\/studio\/#setup=[\w-]{43}$/);
    const listed = await lintelJson(['organisation', 'list', '--data', data]);
    expect(listed.json.organisations).toEqual([
      { key: 'main', name: 'main', open: false, nextWork: null },
      { key: 'north', name: 'North Council', open: false, nextWork: null },
    ]);
    const backup = await lintelJson(['backup', '--data', data, '--to', join(folder, 'backups')]);
    const [north] = backup.json.others ?? [backup.json];
    expect(north.folder).toContain(join('backups', 'north'));
    expect((await lintelJson(['restore', north.folder, '--drill'])).json).toMatchObject({ faults: [] });
    const verified = await lintelJson(['audit', 'verify', '--data', data, '--organisation', 'north']);
    expect([verified.code, verified.json.faults]).toEqual([0, []]);
  });

  it('says what is wrong with a call', async () => {
    expect(await lintel(['organisation', 'list', '--data', join(folder, 'none')])).toMatchObject({ code: 2 });
    expect((await lintel(['organisation', 'add', 'north'])).said).toContain('usage:');
    const wrong = await lintel(['organisation', 'add', 'NORTH', '--name', 'x', '--data', join(folder, 'other')]);
    expect([wrong.code, wrong.said]).toEqual([2, expect.stringContaining('small letters')]);
  });
});
