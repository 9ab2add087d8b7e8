import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'libsql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Checkpoint,
  makeCheckpoint,
  openSigningKey,
  readPublicKey,
} from '../../../../runtime/service/audit/checkpoints.ts';
import { replayCase, replaySample } from '../../../../runtime/service/audit/replay-case.ts';
import { verifyChain } from '../../../../runtime/service/audit/verify-chain.ts';
import { caseSnapshots } from '../../../../runtime/service/cases/case-snapshots.ts';
import { commandCase } from '../../../../runtime/service/cases/command-case.ts';
import { openForReading } from '../../../../runtime/service/db/connect.ts';
import { answersFor, openTestService } from '../support/service.ts';

let folder: string;
let whole: string;
let caseId: string;
let publicKey: string | null;
let checkpoint: Checkpoint | null;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lintel-audit-'));
  const opened = await openTestService(join(folder, 'data'));
  const { organisation } = opened.service;
  const answers = await answersFor(opened.service, 'HP-01');
  for (const name of ['A', 'B', 'C']) {
    const { body } = await opened.call('POST', '/v1/enquiries', { workflow: 'HP', answers, customer: { name } });
    caseId = body.caseId;
    await commandCase(organisation, caseId, { type: 'addNote', text: 'One' }, { actor: 'u-administrator' });
    await commandCase(organisation, caseId, { type: 'addNote', text: 'Two' }, { actor: 'u-administrator' });
  }
  checkpoint = await makeCheckpoint(organisation.database, openSigningKey(folder), 1, null);
  publicKey = readPublicKey(folder);
  whole = join(folder, 'whole.db');
  await organisation.database.copyTo(whole);
  await opened.close();
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let copies = 0;

/** What the check says about a copy that somebody changed behind the service's back, triggers removed. */
async function codesAfter(change: (database: Sqlite.Database) => void, kept: Checkpoint[] = []): Promise<string[]> {
  const file = join(folder, `copy-${copies++}.db`);
  copyFileSync(whole, file);
  const writing = new Sqlite(file);
  for (const trigger of ['next_seq', 'no_update', 'no_delete']) writing.exec(`DROP TRIGGER case_events_${trigger}`);
  change(writing);
  writing.close();
  const reading = openForReading(file);
  const { faults } = await verifyChain(reading, publicKey, kept);
  reading.close();
  return [...new Set(faults.map(({ code }) => code))];
}

const where = (seq: string) => `stream = '${caseId}' AND seq = ${seq}`;
const last = () => `(SELECT MAX(seq) FROM case_events WHERE stream = '${caseId}')`;

describe('the audit check', () => {
  it('finds nothing in a database as the service wrote it', async () => {
    expect(await codesAfter(() => {})).toEqual([]);
  });

  it('finds an edited event', async () => {
    const codes = await codesAfter((db) => db.exec(`UPDATE case_events SET payload = '{}' WHERE ${where('3')}`));
    expect(codes).toEqual(['EDITED']);
  });

  it('finds an edited event whose hash was made anew', async () => {
    const codes = await codesAfter((db) =>
      db.exec(`UPDATE case_events SET hash = '${'a'.repeat(64)}' WHERE ${where('3')}`),
    );
    expect(codes).toContain('BROKEN_LINK');
    expect(codes).toContain('CHECKPOINT_DIFFERS');
  });

  it('finds a removed event', async () => {
    const codes = await codesAfter((db) => db.exec(`DELETE FROM case_events WHERE ${where('3')}`));
    expect(codes).toContain('MISSING');
  });

  it('finds an event put in', async () => {
    const codes = await codesAfter((db) =>
      db.exec(`INSERT INTO case_events (stream, seq, command, actor, effective_at, recorded_at, type, payload, prev_hash, hash)
        SELECT stream, seq + 1, command, actor, effective_at, recorded_at, type, payload, prev_hash, hash FROM case_events WHERE ${where(last())}`),
    );
    expect(codes).toContain('BROKEN_LINK');
  });

  it('finds events that changed places', async () => {
    const codes = await codesAfter((db) =>
      db.exec(`UPDATE case_events SET seq = -seq WHERE stream = '${caseId}' AND seq IN (3, 4);
        UPDATE case_events SET seq = 7 + seq WHERE stream = '${caseId}' AND seq < 0`),
    );
    expect(codes).toContain('OUT_OF_ORDER');
  });

  it('finds a tail that was cut', async () => {
    const codes = await codesAfter((db) => db.exec(`DELETE FROM case_events WHERE ${where(last())}`));
    expect(codes).toContain('TAIL_CUT');
  });

  it('finds a tail that was cut with the rows put in order, by the checkpoints kept elsewhere', async () => {
    if (!checkpoint) throw new Error('no checkpoint was made');
    const codes = await codesAfter(
      (db) =>
        db.exec(`DELETE FROM case_events WHERE stream = '${caseId}'; DELETE FROM cases WHERE id = '${caseId}';
          DELETE FROM streams WHERE id = '${caseId}'; DELETE FROM audit_checkpoints`),
      [checkpoint],
    );
    expect(codes).toEqual(['TAIL_CUT']);
  });

  it('finds a checkpoint somebody else signed', async () => {
    if (!checkpoint) throw new Error('no checkpoint was made');
    expect(await codesAfter(() => {}, [{ ...checkpoint, createdAt: 2 }])).toEqual(['CHECKPOINT_FORGED']);
  });
});

describe('a case lived again', () => {
  it('is what its row says', async () => {
    const reading = openForReading(whole);
    expect(await replayCase(reading, caseId)).toMatchObject({ caseId, differs: [] });
    expect(await replaySample(reading, 5, () => 0.5)).toMatchObject({ differing: [] });
    reading.close();
  });

  it('names the parts of a row that are not what the events make', async () => {
    const file = join(folder, 'row.db');
    copyFileSync(whole, file);
    const reading = openForReading(file);
    const state = (await caseSnapshots.read(reading, [caseId])).get(caseId)?.snapshot.state;
    const writing = new Sqlite(file);
    writing
      .prepare('UPDATE cases SET state = ?, state_revision = revision, revision = revision + 1 WHERE id = ?')
      .run(JSON.stringify({ ...state, owner: 'nobody' }), caseId);
    writing.close();
    expect((await replayCase(reading, caseId))?.differs).toEqual(['owner', 'revision']);
    reading.close();
  });
});
