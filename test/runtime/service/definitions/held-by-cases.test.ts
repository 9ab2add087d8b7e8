import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answersFor, openTestService, type TestService } from '../support/service.ts';

const path = '/v1/drafts/main/documents/question/stay';
let test: TestService;

beforeAll(async () => {
  test = await openTestService();
  const { document } = await stay();
  await save({
    ...document.options,
    caravan: { label: 'In a caravan', order: 20 },
    boat: { label: 'Afloat', order: 21 },
  });
  expect((await publish(true)).status).toBe(201);
}, 60_000);
afterAll(() => test.close());

const stay = async () => (await test.call('GET', path)).body;
const publish = (acceptWarnings: boolean) => test.call('POST', '/v1/releases', { note: 'stay', acceptWarnings });

async function save(options: object): Promise<void> {
  const { document, revision } = await stay();
  const saved = await test.call('PUT', path, { ...document, options }, { 'if-match': `"${revision}"` });
  expect(saved.status, JSON.stringify(saved.body)).toBe(200);
}

async function remove(option: string): Promise<void> {
  const { [option]: _gone, ...options } = (await stay()).document.options;
  await save(options);
}

async function launch(given: object): Promise<string> {
  const answers = { ...(await answersFor(test.service, 'HP-01')), ...given };
  const body = { workflow: 'HP', answers, customer: { name: 'Ada' }, allowIncomplete: true };
  const reply = await test.call('POST', '/v1/enquiries', body);
  expect(reply.status, JSON.stringify(reply.body)).toBe(201);
  return reply.body.caseId;
}

interface Said {
  code: string;
}
const removed = (findings: readonly Said[]) => findings.filter(({ code }) => code === 'OPTION_REMOVED');

describe('an option that goes while open cases hold it', () => {
  it('is found by the review with how many hold it and the edit that puts it back, and needs a tick to publish (R2, R4)', async () => {
    for (let n = 0; n < 2; n++) await launch({ stay: 'caravan' });
    await remove('caravan');
    const found = removed((await test.call('GET', '/v1/drafts/main/review')).body.findings);
    expect(found).toEqual([
      {
        code: 'OPTION_REMOVED',
        severity: 'warning',
        document: 'question/stay',
        pointer: '/options',
        values: { question: 'stay', option: 'caravan', cases: 2 },
        message:
          'The answer "In a caravan" to "Where are you staying now?" is no option any more, and 2 open cases hold it: they cannot move to this release. Put the option back, correct the answers, or leave those cases where they are.',
        fix: {
          type: 'setDocumentField',
          kind: 'question',
          key: 'stay',
          path: ['options', 'caravan'],
          value: { label: 'In a caravan', order: 20 },
        },
      },
    ]);
    const refused = await publish(false);
    expect([refused.status, refused.body.code]).toEqual([422, 'WARNINGS_NEED_A_TICK']);
    expect(removed(refused.body.findings)).toEqual(found);
    expect((await publish(true)).status).toBe(201);
  });

  it('is said once, at the release that takes it away', async () => {
    expect(removed((await test.call('GET', '/v1/drafts/main/review')).body.findings)).toEqual([]);
  });

  it('says nothing of an option that no open case holds', async () => {
    const id = await launch({ stay: 'boat' });
    await test.call('POST', `/v1/cases/${id}/commands`, { command: { type: 'cancelCase', reason: 'moved away' } });
    await remove('boat');
    expect(removed((await test.call('GET', '/v1/drafts/main/review')).body.findings)).toEqual([]);
  });
});
