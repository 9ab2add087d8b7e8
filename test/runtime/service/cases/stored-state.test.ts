import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CaseState, replay } from '../../../../runtime/engine/index.ts';
import { caseSnapshots } from '../../../../runtime/service/cases/case-snapshots.ts';
import { asCaseEvent, readEvents } from '../../../../runtime/service/cases/read-case.ts';
import { answersFor, openTestService, type TestService } from '../support/service.ts';

let test: TestService;
let caseId: string;

beforeAll(async () => {
  test = await openTestService();
  const answers = await answersFor(test.service, 'HP-01');
  const body = { workflow: 'HP', answers, customer: { name: 'Ada Sample' } };
  caseId = (await test.call('POST', '/v1/enquiries', body)).body.caseId;
}, 60_000);
afterAll(() => test.close());

async function note(): Promise<void> {
  const command = { type: 'addNote', text: 'Spoke to the customer.' };
  expect((await test.call('POST', `/v1/cases/${caseId}/commands`, { command })).status).toBe(200);
}

async function rowOf() {
  const sql = 'SELECT revision, state_revision, state FROM cases WHERE id = ?';
  const [row] = await test.service.organisation.database.query(sql, [caseId]);
  const { revision } = row?.state === '' ? { revision: 0 } : (JSON.parse(String(row?.state)) as CaseState);
  return { at: Number(row?.revision), stored: Number(row?.state_revision), revision };
}

describe('the state of a case', () => {
  it('is stored with every 32 events, and is not before', async () => {
    const first = await rowOf();
    expect(first.at).toBeLessThan(32);
    expect(first.stored).toBe(0);
    for (let at = first.at + 1; at <= 70; at++) {
      await note();
      const row = await rowOf();
      expect(row.revision, 'the state is of the revision it is said to be').toBe(row.stored);
      expect([row.at, row.stored]).toEqual([at, at < 32 ? 0 : at < 64 ? 32 : 64]);
    }
  });

  it('is told by the events alone where it is not stored', async () => {
    const { organisation } = test.service;
    const answers = await answersFor(test.service, 'HP-01');
    const body = { workflow: 'HP', answers, customer: { name: 'Bea Sample' } };
    const { body: launched } = await test.call('POST', '/v1/enquiries', body);
    const events = await readEvents(organisation, launched.caseId);
    const read = await caseSnapshots.read(organisation.database, [launched.caseId]);
    expect(read.get(launched.caseId)?.snapshot.stored).toBe(0);
    expect(JSON.parse(JSON.stringify(read.get(launched.caseId)?.snapshot.state))).toEqual(
      JSON.parse(JSON.stringify(replay(events.map(asCaseEvent)))),
    );
  });

  it('is read by what came since, the same as lived again from the first event', async () => {
    await note();
    const { organisation } = test.service;
    const events = await readEvents(organisation, caseId);
    const lived = JSON.parse(JSON.stringify(replay(events.map(asCaseEvent))));
    const { at, stored } = await rowOf();
    expect(at - stored).toBeGreaterThan(0);
    const read = await caseSnapshots.read(organisation.database, [caseId]);
    expect(read.get(caseId)?.revision).toBe(at);
    expect(JSON.parse(JSON.stringify(read.get(caseId)?.snapshot.state))).toEqual(lived);
  });

  it('is complete in a row of before, which tells no revision of its own', async () => {
    const { database } = test.service.organisation;
    const before = await caseSnapshots.read(database, [caseId]);
    const state = JSON.stringify(before.get(caseId)?.snapshot.state);
    await database.batch([
      { sql: 'UPDATE cases SET state = ?, state_revision = NULL WHERE id = ?', args: [state, caseId] },
    ]);
    const after = await caseSnapshots.read(database, [caseId]);
    expect(JSON.stringify(after.get(caseId)?.snapshot.state)).toBe(state);
    expect(after.get(caseId)?.snapshot.stored).toBe((await rowOf()).at);
  });
});
