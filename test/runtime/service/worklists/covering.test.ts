import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseSnapshots } from '../../../../runtime/service/cases/case-snapshots.ts';
import { nextWake } from '../../../../runtime/service/timers/ticker.ts';
import { answersFor, MONDAY, openTestService, type TestService } from '../support/service.ts';

const DAY = 86_400;
let test: TestService;
let caseId: string;
let task: string;
const keys: Record<string, string> = {};

beforeAll(async () => {
  test = await openTestService();
  const real = Math.floor(Date.now() / 1000);
  for (const user of ['ann', 'ben', 'cat']) {
    await test.service.organisation.database.batch([
      {
        sql: "INSERT INTO directory_users (id, name, teams, skills, active, absences) VALUES (?, ?, '[]', '[]', 1, '[]')",
        args: [user, user],
      },
    ]);
    const login = { id: `i-${user}`, organisation: 'main', user, login: user, roles: ['officer' as const] };
    await test.service.identities.addIdentity(login, real);
    keys[user] = await test.service.identities.addKey(`i-${user}`, 'test', null, real);
  }
  test.service.organisation.refresh();
  const answers = await answersFor(test.service, 'HP-01');
  const { body } = await test.call('POST', '/v1/enquiries', { workflow: 'HP', answers, customer: { name: 'Ada' } });
  caseId = body.caseId;
  const { body: page } = await test.call('GET', `/v1/cases/${caseId}`);
  task = page.tasks.find((one: { id: string }) => page.allowed.tasks[one.id]?.includes('reassignTask')).id;
  await send({ type: 'changeCaseOwner', to: 'ann', reason: 'hers' });
  await send({ type: 'reassignTask', task, to: 'ann', reason: 'hers' });
}, 60_000);
afterAll(() => test.close());

const send = (command: object) => test.call('POST', `/v1/cases/${caseId}/commands`, { command });
const terms = (user: string, change: object) =>
  test.call('PUT', `/v1/directory/${user}/working-terms`, { absences: [], capacity: null, calendar: null, ...change });
const away = (existingWork: string, from = MONDAY + DAY) => ({
  absences: [{ from, to: from + 7 * DAY, cover: 'ben', existingWork }],
});

async function owners() {
  const { body } = await test.call('GET', `/v1/cases/${caseId}`);
  return [body.case.owner, body.tasks.find((one: { id: string }) => one.id === task).owner];
}

async function list(user: string, view: string): Promise<string[]> {
  const reply = await test.call('GET', `/v1/worklist?view=${view}`, undefined, {
    authorization: `Bearer ${keys[user]}`,
  });
  expect(reply.status).toBe(200);
  return reply.body.items.map((item: { task: { id: string } }) => item.task.id);
}

async function runAt(at: number): Promise<void> {
  test.service.clock.set(at);
  await test.service.ticker.runOnce();
}

async function setPrivate(value: 0 | 1): Promise<void> {
  const { database, pump } = test.service.organisation;
  await database.batch([{ sql: 'UPDATE cases SET private = ? WHERE id = ?', args: [value, caseId] }]);
  pump.forget(caseSnapshots, caseId);
}

describe('work of somebody who is away with a cover', () => {
  it('is shared: it stays theirs and the cover sees it, from the absence on and no longer (L7)', async () => {
    expect((await terms('ann', away('share'))).status).toBe(200);
    expect(await list('ben', 'covering')).toEqual([]);
    await runAt(MONDAY + DAY);
    expect(await list('ben', 'covering')).toContain(task);
    expect(await list('cat', 'covering')).toEqual([]);
    expect(await owners()).toEqual(['ann', 'ann']);
    await runAt(MONDAY + 8 * DAY);
    expect(await list('ben', 'covering')).toEqual([]);
  });

  it('lets the cover see a private case too, and nobody else (L7)', async () => {
    await setPrivate(1);
    const seenBy = async (user: string) =>
      (await test.call('GET', `/v1/cases/${caseId}`, undefined, { authorization: `Bearer ${keys[user]}` })).status;
    expect([await seenBy('ben'), await seenBy('cat')]).toEqual([404, 404]);
    await terms('ann', away('share', MONDAY + 8 * DAY));
    expect([await seenBy('ben'), await seenBy('cat')]).toEqual([200, 404]);
    await setPrivate(0);
  });

  it('stays where the cover is full (L3)', async () => {
    await terms('ben', { capacity: 0 });
    await terms('ann', away('reassign', MONDAY + 8 * DAY));
    await runAt(MONDAY + 9 * DAY);
    expect((await owners())[1]).toBe('ann');
    expect(await list('ben', 'covering')).toContain(task);
    await terms('ben', {});
    await terms('ann', {});
    await runAt(MONDAY + 9 * DAY);
  });

  it('is offered again to a cover who was full when it was refused (L7)', async () => {
    await send({ type: 'reassignTask', task, to: 'ann', reason: 'hers' });
    await terms('ben', { capacity: 0 });
    await terms('ann', away('reassign', MONDAY + 9 * DAY));
    await runAt(MONDAY + 9 * DAY + 1);
    expect((await owners())[1]).toBe('ann');
    await terms('ben', {});
    // Nobody is asked every second.
    await runAt(MONDAY + 9 * DAY + 300);
    expect((await owners())[1]).toBe('ann');
    await runAt(MONDAY + 9 * DAY + 601);
    expect((await owners())[1]).toBe('ben');
    await terms('ann', {});
    await send({ type: 'reassignTask', task, to: 'ann', reason: 'hers' });
  });

  it('wakes the service when the absence begins, not only when somebody looks (D1, L7)', async () => {
    await test.service.organisation.database.batch([
      { sql: 'UPDATE cases SET wake_at = NULL', args: [] },
      { sql: 'UPDATE resources SET wake_at = NULL', args: [] },
    ]);
    await terms('ann', away('share', MONDAY + 10 * DAY));
    expect(await nextWake(test.service.organisation)).toBeNull();
    await terms('ann', away('reassign', MONDAY + 10 * DAY));
    expect(await nextWake(test.service.organisation)).toBe(MONDAY + 10 * DAY);
    await terms('ann', {});
  });

  it('is reassigned when the absence begins, and does not come back by itself (L7)', async () => {
    await send({ type: 'changeCaseOwner', to: 'ann', reason: 'hers' });
    await terms('ann', away('reassign', MONDAY + 10 * DAY));
    await runAt(MONDAY + 10 * DAY - 1);
    expect(await owners()).toEqual(['ann', 'ann']);
    await runAt(MONDAY + 10 * DAY);
    expect(await owners()).toEqual(['ben', 'ben']);
    await runAt(MONDAY + 20 * DAY);
    expect(await owners()).toEqual(['ben', 'ben']);
  });
});

describe('working terms', () => {
  it('are refused for nobody, for an unknown calendar or cover, for an end before the beginning, and to who may not', async () => {
    const one = { from: MONDAY, to: MONDAY + DAY };
    const codes = [
      await terms('nobody', {}),
      await terms('ann', { calendar: 'nowhere' }),
      await terms('ann', { absences: [{ ...one, cover: 'nobody' }] }),
      await terms('ann', { absences: [{ ...one, cover: 'ann' }] }),
      await terms('ann', { absences: [{ from: MONDAY, to: MONDAY }] }),
    ].map(({ status, body }) => [status, body.code]);
    expect(codes).toEqual([
      [404, 'NOT_FOUND'],
      [422, 'UNKNOWN_CALENDAR'],
      [422, 'UNKNOWN_USER'],
      [422, 'COVERS_THEMSELVES'],
      [422, 'ABSENCE_ENDS_EARLY'],
    ]);
    const body = { absences: [], capacity: null, calendar: null };
    const officer = { authorization: `Bearer ${keys['ben']}` };
    expect((await test.call('PUT', '/v1/directory/ann/working-terms', body, officer)).status).toBe(403);
  });
});

describe('a capacity', () => {
  it('counts the open work of all cases, and says so in the allocation (L3, L9)', async () => {
    const { configuration } = await test.service.organisation.releases.newest();
    const [rule] = Object.values(configuration.workflow['HP']?.ownerRules ?? {});
    const team = rule?.to.by === 'roundRobin' ? rule.to.team : '';
    await test.service.organisation.database.batch([
      { sql: "UPDATE directory_users SET teams = '[]' WHERE teams LIKE ?", args: [`%"${team}"%`] },
      { sql: "UPDATE directory_users SET teams = ? WHERE id IN ('ben', 'cat')", args: [JSON.stringify([team])] },
    ]);
    test.service.organisation.refresh();
    await terms('ben', { capacity: 1 });
    const answers = await answersFor(test.service, 'HP-01');
    const { body } = await test.call('POST', '/v1/enquiries', { workflow: 'HP', answers, customer: { name: 'Bo' } });
    const { body: page } = await test.call('GET', `/v1/cases/${body.caseId}`);
    // Ben has the task that he covered for Ann: one of one.
    expect(page.case.owner).toBe('cat');
  });
});
