import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answersFor, openTestService, type TestService } from '../support/service.ts';

let test: TestService;
/** A private case of the administrator's, the open one that is linked with it, and their customer. */
let hidden: { id: string; reference: string; customer: string };
let linked: string;
let as: Record<'officer' | 'publisher', { authorization: string }>;

beforeAll(async () => {
  test = await openTestService();
  as = {
    officer: { authorization: `Bearer ${await test.keyFor('officer')}` },
    publisher: { authorization: `Bearer ${await test.keyFor('publisher')}` },
  };
  const path = '/v1/drafts/main/documents/workflow/SP';
  const { body, headers } = await test.call('GET', path);
  await test.call('PUT', path, { ...body.document, privateToOwner: true }, { 'if-match': headers.get('etag') ?? '' });
  await publish('Private plans');
  const who = { allowIncomplete: true, answers: {}, customer: { name: 'Zelda Hidden' } };
  const launched = await test.call('POST', '/v1/enquiries', { workflow: 'SP', ...who });
  const { caseId: id, reference } = launched.body;
  await command(id, { type: 'changeCaseOwner', to: 'u-administrator', reason: 'hers' });
  const { body: page } = await test.call('GET', `/v1/cases/${id}`);
  for (const task of page.tasks.filter((one: { owner: string | null }) => one.owner !== null))
    await command(id, { type: 'reassignTask', task: task.id, to: 'u-administrator', reason: 'hers' });
  hidden = { id, reference, customer: page.customerId };
  const answers = await answersFor(test.service, 'HP-01');
  const open = await test.call('POST', '/v1/enquiries', { workflow: 'HP', answers, customerId: hidden.customer });
  linked = open.body.caseId;
}, 60_000);
afterAll(() => test.close());

const command = (id: string, body: object) => test.call('POST', `/v1/cases/${id}/commands`, { command: body });

async function publish(note: string): Promise<number> {
  const { status, body } = await test.call('POST', '/v1/releases', { note, acceptWarnings: true });
  expect(status, JSON.stringify(body).slice(0, 500)).toBe(201);
  return body.number;
}

/** What a role is told, beside what the administrator is told. */
async function told(role: keyof typeof as, method: string, path: string, body?: object) {
  const [theirs, ours] = [await test.call(method, path, body, as[role]), await test.call(method, path, body)];
  expect([theirs.status, ours.status]).toEqual([200, 200]);
  return { theirs: JSON.stringify(theirs.body), ours: JSON.stringify(ours.body) };
}

describe('a case that is private', () => {
  it('is not named by the case it is linked with', async () => {
    expect((await command(linked, { type: 'linkCase', other: hidden.id, relation: 'sibling' })).status).toBe(200);
    const { theirs, ours } = await told('officer', 'GET', `/v1/cases/${linked}`);
    expect(ours).toContain(hidden.reference);
    expect(theirs).not.toContain(hidden.reference);
    expect(theirs).not.toContain(hidden.id);
  });

  it('is not named by an interest it raised', async () => {
    const resource = await test.call('POST', '/v1/resources', {
      serviceType: 'TRAINING',
      title: 'English for work',
      startsOn: '2027-01-11',
      endsOn: '2027-01-29',
    });
    const { resourceId } = resource.body;
    const registered = await test.call('POST', '/v1/interests', {
      resource: resourceId,
      customer: { name: 'Zelda Hidden' },
      case: hidden.id,
      answers: { course: ['saving_energy'], childcare: 'no', access: ['none'], daytime: 'yes' },
    });
    expect(registered.status, JSON.stringify(registered.body)).toBe(201);
    const { interestId } = registered.body;
    for (const path of ['/v1/interests', `/v1/interests/${interestId}`, `/v1/resources/${resourceId}`]) {
      const { theirs, ours } = await told('officer', 'GET', path);
      expect([path, ours.includes(hidden.id), theirs.includes(hidden.id)]).toEqual([path, true, false]);
      expect(theirs).toContain(interestId);
    }
  });

  it('is not named by a merge of its customer', async () => {
    const { body } = await test.call('POST', '/v1/customers', { name: 'Zelda Hidden' });
    const merge = { into: body.id, reason: 'the same person', dryRun: true };
    const { theirs, ours } = await told('officer', 'POST', `/v1/customers/${hidden.customer}/merge`, merge);
    expect(ours).toContain(hidden.reference);
    expect(theirs).not.toContain(hidden.reference);
  });

  it('is counted, not named, in the effect of a release and the list of a move', async () => {
    const path = '/v1/drafts/main/documents/task/SP01';
    const { body, headers } = await test.call('GET', path);
    const { target } = body.document.sla;
    const document = {
      ...body.document,
      sla: { ...body.document.sla, target: { ...target, value: target.value + 5 } },
    };
    await test.call('PUT', path, document, { 'if-match': headers.get('etag') ?? '' });
    const draft = await told('publisher', 'POST', '/v1/drafts/main/effect');
    const to = await publish('Longer');
    const effect = await told('publisher', 'POST', `/v1/releases/${to}/effect`, {});
    for (const { theirs, ours } of [draft, effect]) {
      expect(ours).toContain(hidden.reference);
      expect(theirs).not.toContain(hidden.reference);
      expect(JSON.parse(theirs).openCases).toBe(JSON.parse(ours).openCases);
    }
    const { body: begun } = await test.call('POST', '/v1/moves', { to, note: 'longer', cases: [hidden.id] });
    await test.call('POST', `/v1/moves/${begun.id}/resume`);
    const move = await told('officer', 'GET', `/v1/moves/${begun.id}`);
    expect(move.ours).toContain(hidden.reference);
    expect(move.theirs).not.toContain(hidden.id);
  });
});
