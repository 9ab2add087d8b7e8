import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nextWake } from '../../../../runtime/service/timers/ticker.ts';
import { answersFor, MONDAY, openTestService, type TestService } from '../support/service.ts';

let test: TestService;

beforeAll(async () => {
  test = await openTestService();
}, 60_000);
afterAll(() => test.close());

async function send(id: string, command: object) {
  const reply = await test.call('POST', `/v1/cases/${id}/commands`, { command });
  expect(reply.status, JSON.stringify(reply.body)).toBe(200);
}

async function pageOf(id: string) {
  const { body } = await test.call('GET', `/v1/cases/${id}`);
  return body;
}

/** Works a case until a task of the node may be completed. */
async function reach(id: string, node: string): Promise<string> {
  const { configuration } = await test.service.organisation.releases.newest();
  for (let turn = 0; turn < 80; turn++) {
    const page = await pageOf(id);
    const workable = page.tasks.filter((task: { id: string; state: string }) =>
      page.allowed.tasks[task.id]?.some((type: string) => type === 'startTask' || type === 'completeTask'),
    );
    const wanted = workable.find((task: { node: string }) => task.node === node);
    if (wanted?.state === 'ready') await send(id, { type: 'startTask', task: wanted.id });
    if (wanted) return wanted.id;
    const [task] = workable;
    if (!task) {
      test.service.clock.set((await nextWake(test.service.organisation)) ?? 0);
      await test.service.ticker.runOnce('due');
      continue;
    }
    if (task.state === 'ready') await send(id, { type: 'startTask', task: task.id });
    const drawn = configuration.workflow[page.case.workflow]?.nodes[task.node];
    const document = drawn?.type === 'task' ? configuration.task[drawn.task] : undefined;
    const outcome = Object.keys(document?.outcomes ?? {})[0];
    await send(id, { type: 'completeTask', task: task.id, ...(outcome ? { outcome } : {}) });
  }
  throw new Error(`${node} was not reached`);
}

async function launch(): Promise<string> {
  test.service.clock.set(MONDAY);
  const { body } = await test.call('POST', '/v1/enquiries', {
    workflow: 'SA',
    answers: await answersFor(test.service, 'SA-13'),
    customer: { name: 'Sal Assessed' },
  });
  return body.caseId;
}

describe('an assessment whose outcome asks for a support plan (P12)', () => {
  it('raises the plan in the same commit, linked both ways, with the same customer and the answers', async () => {
    const id = await launch();
    const task = await reach(id, 'SA06');
    await send(id, { type: 'completeTask', task, outcome: 'intensive' });
    const assessment = await pageOf(id);
    expect(assessment.links).toEqual([{ other: expect.any(String), relation: 'raised:SP' }]);
    const plan = await pageOf(assessment.links[0].other);
    expect(plan.case).toMatchObject({ workflow: 'SP', status: 'open' });
    expect(plan.customer).toEqual(assessment.customer);
    expect(plan.links).toEqual([{ other: id, relation: 'raisedBy:SA' }]);
    expect(plan.related).toEqual([{ kind: 'case', id, label: assessment.case.reference, words: 'Raised this case' }]);
    expect(plan.answers).toEqual(assessment.answers);
    // The assessment found rent arrears, which the plan's rent account check asks for.
    expect(plan.tasks.find(({ node }: { node: string }) => node === 'SP05').state).not.toBe('notApplicable');

    // Completed again after a reopening: the plan that stands is not raised twice.
    await send(id, { type: 'reopenTask', task, reason: 'Looked at again' });
    await send(id, { type: 'completeTask', task: await reach(id, 'SA06'), outcome: 'short' });
    expect((await pageOf(id)).links).toHaveLength(1);
  });

  it('raises none with another outcome', async () => {
    const id = await launch();
    await send(id, { type: 'completeTask', task: await reach(id, 'SA06'), outcome: 'signpost' });
    expect((await pageOf(id)).links).toEqual([]);
  });
});

describe('a support plan whose review asks for training', () => {
  it('raises an interest of its customer, once while it stands', async () => {
    const id = await launch();
    await send(id, { type: 'completeTask', task: await reach(id, 'SA06'), outcome: 'short' });
    const plan = (await pageOf(id)).links[0].other;
    const review = await reach(plan, 'SP04');
    await send(plan, { type: 'completeTask', task: review, outcome: 'training' });
    const interests = async () => (await test.call('GET', '/v1/interests')).body.interests;
    expect(await interests()).toMatchObject([
      { name: 'Sal Assessed', serviceType: 'TRAINING', resource: null, source: 'plan', case: plan, state: 'open' },
    ]);
    expect((await pageOf(plan)).related).toContainEqual({
      kind: 'interest',
      id: null,
      label: 'TRAINING',
      words: 'Interest raised by this case: open',
    });
    await send(plan, { type: 'reopenTask', task: review, reason: 'Looked at again' });
    await send(plan, { type: 'completeTask', task: review, outcome: 'training' });
    expect(await interests()).toHaveLength(1);
  });
});
