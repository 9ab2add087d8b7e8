import { appendFileSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run as runAudit } from '../../../../runtime/cli/audit.ts';
import { run as runBackup } from '../../../../runtime/cli/backup.ts';
import { run as runRestore } from '../../../../runtime/cli/restore.ts';
import { writeBackup } from '../../../../runtime/service/operations/backup.ts';
import { answersFor, openTestService, type TestService } from '../support/service.ts';

let folder: string;
let data: string;
let opened: TestService;
let served: string;

/** Runs a command; answers its exit code and its one document. */
async function lintel(command: typeof runAudit, ...args: string[]) {
  let printed = '';
  const io = {
    read: () => '',
    say: () => {},
    print(text: string) {
      printed += text;
    },
  };
  const code = await command([...args, '--json'], io);
  return { code, answer: JSON.parse(printed) };
}

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
    await expect(lintel(runBackup, '--data', data, '--to', join(folder, 'x'))).rejects.toThrow(/being served/);
    await expect(lintel(runAudit, 'verify', '--data', data)).rejects.toThrow(/being served/);
    expect(readdirSync(join(folder, 'served'))).toEqual(['lintel-2027-01-15T08-00-00-000Z']);
  });

  it('passes the drill: whole, verified, lived again and opened', async () => {
    const { code, answer } = await lintel(runRestore, served, '--drill');
    expect(answer).toMatchObject({ cases: 1, replayed: 1, faults: [], drill: { dueCases: 0 } });
    expect(code).toBe(0);
    expect((await lintel(runAudit, 'verify', '--data', served)).answer).toMatchObject({ faults: [] });
  });

  it('goes back into an empty folder, and into no other', async () => {
    const target = join(folder, 'restored');
    expect((await lintel(runRestore, served, '--data', target)).code).toBe(0);
    await expect(lintel(runRestore, served, '--data', target)).rejects.toThrow(/empty folder/);
    expect((await lintel(runAudit, 'replay', '--data', target)).answer).toEqual({ replayed: 1, differing: [] });
    const again = await openTestService(target);
    expect((await again.call('GET', '/v1/cases')).body.cases).toHaveLength(1);
    await again.service.organisation.pump.close();
  });

  it('that was damaged is named and not restored', async () => {
    appendFileSync(join(served, 'control.db'), 'x');
    const { code, answer } = await lintel(runRestore, served, '--data', join(folder, 'never'));
    expect([code, answer.faults]).toEqual([
      1,
      [{ code: 'FILE_DIFFERS', message: 'control.db is not what was written' }],
    ]);
    expect(existsSync(join(folder, 'never'))).toBe(false);
  });

  it('keeps only as many as asked for', async () => {
    await opened.close();
    const kept = join(folder, 'kept');
    const copy = join(folder, 'restored-2');
    rmSync(join(folder, 'restored', 'lintel.lock'), { force: true });
    expect(existsSync(copy)).toBe(false);
    for (const keep of ['2', '2', '1']) {
      const { answer } = await lintel(runBackup, '--data', join(folder, 'restored'), '--to', kept, '--keep', keep);
      expect(existsSync(answer.folder)).toBe(true);
      await new Promise((resolve) => setTimeout(resolve, 1100));
    }
    expect(readdirSync(kept)).toHaveLength(1);
  });
});
