import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openService } from '../../../../runtime/service/main.ts';
import { importConfiguration } from '../../../../runtime/service/operations/import-configuration.ts';
import { caseLifeConfiguration } from '../../../bench/support/case-life-configuration.ts';
import { openTestService, type TestService } from '../support/service.ts';

const HOUR = 3600;
let test: TestService;
let caseId: string;

/** A rung that adds the first task once more when the second is late; it is done by then, and is to be done once only. */
beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lintel-given-up-'));
  const loaded = caseLifeConfiguration('ladders');
  const { overdue } = loaded.configuration.ladder['L']?.rungs ?? {};
  Object.assign(overdue ?? {}, { actions: [{ do: 'addTask', node: 't01' }], repeat: undefined });
  const fail = (error: unknown) => {
    throw error;
  };
  const first = await openService({
    data: folder,
    previewClock: true,
    studioFolder: null,
    onLost: fail,
    onError: fail,
  });
  await importConfiguration(first.service.organisation, loaded);
  await first.close();
  test = await openTestService(folder);
  const body = { workflow: 'LIFE', answers: { age: 40 }, customer: { name: 'Ada Sample' } };
  caseId = (await test.call('POST', '/v1/enquiries', body)).body.caseId;
  const command = { type: 'completeTask', task: 't01' };
  await test.call('POST', `/v1/cases/${caseId}/commands`, { command });
}, 60_000);
afterAll(() => test.close());

const open = async () => (await test.call('GET', '/v1/admin/incidents')).body.incidents;

describe('an action that a rung gives up', () => {
  it('opens an incident after a day of tries, in the transaction of the case (E14)', async () => {
    const { clock, ticker } = test.service;
    clock.set(clock.now() + 4 * HOUR + 1);
    for (let hour = 0; hour < 23; hour++) {
      await ticker.runOnce();
      clock.set(clock.now() + HOUR + 1);
    }
    expect(await open()).toEqual([]);
    await ticker.runOnce();
    expect(await open()).toMatchObject([
      { id: `rung:${caseId}:task:t02:overdue`, kind: 'rungTaskNotAdded', caseId, subject: 't01', state: 'open' },
    ]);
  });

  it('is tried again by its incident, which stays open while the case refuses', async () => {
    const id = encodeURIComponent(`rung:${caseId}:task:t02:overdue`);
    const act = (body: object) => test.call('POST', `/v1/admin/incidents/${id}/acts`, { reason: 'as agreed', ...body });
    expect((await act({ act: 'retry' })).status).toBe(409);
    expect(await open()).toHaveLength(1);
    expect((await act({ act: 'skip' })).status).toBe(200);
    expect(await open()).toEqual([]);
  });
});
