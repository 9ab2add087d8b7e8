import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  inspectBackup,
  pruneBackups,
  restoreBackup,
  writeBackup,
} from '../../../../runtime/service/operations/backup.ts';
import { lintelJson } from '../../../support/lintel.ts';
import { answersFor, openTestService, type TestService } from '../support/service.ts';

let folder: string;
let data: string;
let opened: TestService;
let served: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lintel-backup-'));
  data = join(folder, 'data');
  opened = await openTestService(data);
  const answers = await answersFor(opened.service, 'HP-01');
  await opened.call('POST', '/v1/enquiries', { workflow: 'HP', answers, customer: { name: 'A' } });
  const { control, organisation } = opened.service;
  served = await writeBackup({ control, organisation, folder: data }, join(folder, 'served'), 1_800_000_000);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a backup', () => {
  it('of a folder that is being served is taken by the service, not from outside', async () => {
    await expect(lintelJson(['backup', '--data', data, '--to', join(folder, 'x')])).rejects.toThrow(/being served/);
    await expect(lintelJson(['audit', 'verify', '--data', data])).rejects.toThrow(/being served/);
    expect(readdirSync(join(folder, 'served'))).toEqual(['lintel-2027-01-15T08-00-00-000Z']);
  });

  it('is of its own where several are made in the same second, each whole', { timeout: 60_000 }, async () => {
    const { control, organisation } = opened.service;
    const target = join(folder, 'at-once');
    const write = () => writeBackup({ control, organisation, folder: data }, target, 1_800_000_000);
    const made = [...(await Promise.all([write(), write(), write()])), await write()];
    expect(readdirSync(target).map((name) => join(target, name))).toEqual(made.toSorted());
    expect(new Set(made).size).toBe(4);
    for (const one of made) expect((await inspectBackup(one)).faults).toEqual([]);
  });

  it('that was never finished goes after a day, and counts for nothing', () => {
    const target = join(folder, 'unfinished');
    const day = 'lintel-2027-01-15T08-00-00-00';
    for (const name of [`${day}0Z`, `${day}1Z.part`, `${day}2Z.part`]) {
      mkdirSync(join(target, name), { recursive: true });
      writeFileSync(join(target, name, 'backup.json'), '{}');
    }
    const before = new Date(Date.now() - 25 * 3600 * 1000);
    utimesSync(join(target, `${day}1Z.part`), before, before);
    expect(pruneBackups(target, 1)).toEqual([]);
    expect(readdirSync(target)).toEqual([`${day}0Z`, `${day}2Z.part`]);
  });

  it('passes the drill: whole, verified, lived again and opened', async () => {
    const { code, json } = await lintelJson(['restore', served, '--drill']);
    expect(json).toMatchObject({ cases: 1, replayed: 1, faults: [], drill: { dueCases: 0 } });
    expect(code).toBe(0);
    expect((await lintelJson(['audit', 'verify', '--data', served])).json).toMatchObject({ faults: [] });
  });

  it('goes back into an empty folder, and into no other', async () => {
    const target = join(folder, 'restored');
    expect((await lintelJson(['restore', served, '--data', target])).code).toBe(0);
    await expect(lintelJson(['restore', served, '--data', target])).rejects.toThrow(/empty folder/);
    expect((await lintelJson(['audit', 'replay', '--data', target])).json).toEqual({ replayed: 1, differing: [] });
    const again = await openTestService(target);
    expect((await again.call('GET', '/v1/cases')).body.cases).toHaveLength(1);
    await again.close();
  });

  it('that was damaged is named and not restored', async () => {
    appendFileSync(join(served, 'control.db'), 'x');
    const { code, json } = await lintelJson(['restore', served, '--data', join(folder, 'never')]);
    expect([code, json.faults]).toEqual([1, [{ code: 'FILE_DIFFERS', message: 'control.db is not what was written' }]]);
    expect(existsSync(join(folder, 'never'))).toBe(false);
  });

  it('keeps only as many as asked for', async () => {
    await opened.close();
    const kept = join(folder, 'kept');
    const copy = join(folder, 'copy');
    restoreBackup(join(folder, 'at-once', readdirSync(join(folder, 'at-once'))[0] ?? ''), copy);
    for (const keep of ['2', '2', '1']) {
      const { json } = await lintelJson(['backup', '--data', copy, '--to', kept, '--keep', keep]);
      expect(existsSync(json.folder)).toBe(true);
    }
    expect(readdirSync(kept)).toHaveLength(1);
  });
});
