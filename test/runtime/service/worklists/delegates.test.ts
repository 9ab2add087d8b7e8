import { afterAll, beforeAll, expect, it } from 'vitest';
import { answersFor, openTestService, type TestService } from '../support/service.ts';

let test: TestService;

beforeAll(async () => {
  test = await openTestService();
}, 60_000);
afterAll(() => test.close());

it('a delegated task is in the worklist of its delegate until it is returned (L8)', async () => {
  const answers = await answersFor(test.service, 'HP-01');
  const customer = { name: 'Ada Example' };
  const { body } = await test.call('POST', '/v1/enquiries', { workflow: 'HP', answers, customer });
  const id = body.caseId as string;
  const { body: page } = await test.call('GET', `/v1/cases/${id}`);
  const task = page.tasks.find((one: { id: string }) => page.allowed.tasks[one.id]?.includes('delegateTask')).id;
  const officers = Object.keys((await test.service.organisation.directory()).users);
  const to = officers.find((user) => user !== 'u-administrator') ?? '';
  const send = (command: object) => test.call('POST', `/v1/cases/${id}/commands`, { command });
  const real = Math.floor(Date.now() / 1000);
  const login = { id: 'i-delegate', organisation: 'main', user: to, login: 'delegate', roles: ['officer' as const] };
  await test.service.identities.addIdentity(login, real);
  const key = await test.service.identities.addKey('i-delegate', 'test', null, real);
  const mine = async () => {
    const reply = await test.call('GET', '/v1/worklist?view=mine', undefined, { authorization: `Bearer ${key}` });
    return reply.body.items.some(
      (item: { caseId: string; task: { id: string } }) => item.caseId === id && item.task.id === task,
    );
  };
  await send({ type: 'reassignTask', task, to: 'u-administrator', reason: 'mine' });
  expect(await mine()).toBe(false);
  expect((await send({ type: 'delegateTask', task, to })).status).toBe(200);
  expect(await mine()).toBe(true);
  await send({ type: 'returnTask', task });
  expect(await mine()).toBe(false);
});
