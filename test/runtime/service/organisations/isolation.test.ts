import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfigurationFolder } from '../../../../runtime/cli/configuration-folder.ts';
import { importConfiguration } from '../../../../runtime/service/operations/import-configuration.ts';
import { answersFor, openTestService, type TestService } from '../support/service.ts';

/** Stands in every text that the first organisation stores; no answer to the second may hold it. */
const MARK = 'Xyzzyx';

let first: TestService;
let secondKey: string;
let ids: Record<string, string>;

const asSecond = (method: string, path: string, body?: unknown) =>
  first.call(method, path, body, { authorization: `Bearer ${secondKey}` });

beforeAll(async () => {
  first = await openTestService();
  await first.organisations.add({ id: 'second', name: 'Second Council' });
  await first.organisations.use('second', async ({ organisation, clock }) => {
    clock.set(first.service.clock.now());
    const loaded = readConfigurationFolder('configurations/housing-england');
    for (const settings of Object.values(loaded.configuration.settings)) settings.organisation = 'Second Council';
    await importConfiguration(organisation, loaded);
  });
  const now = Math.floor(Date.now() / 1000);
  const { identities } = first.service;
  const identity = { id: 'i-second', organisation: 'second', user: 'u-administrator', login: 'second' };
  await identities.addIdentity({ ...identity, roles: ['administrator'] }, now);
  secondKey = await identities.addKey('i-second', 'test', null, now);
  ids = await fillFirst();
}, 90_000);
afterAll(() => first.close());

/** Things of every kind in the first organisation; answers their ids by the names of path parameters. */
async function fillFirst(): Promise<Record<string, string>> {
  const post = async (path: string, body: unknown) => {
    const reply = await first.call('POST', path, body);
    expect([path, reply.status < 300, reply.body.detail]).toEqual([path, true, undefined]);
    return reply.body;
  };
  const customer = await post('/v1/customers', {
    name: `${MARK} Customer`,
    email: `${MARK.toLowerCase()}@example.org`,
  });
  const answers = await answersFor(first.service, 'HP-01');
  const launched = await post('/v1/enquiries', { workflow: 'HP', answers, customer: { name: `${MARK} Enquirer` } });
  await post(`/v1/cases/${launched.caseId}/commands`, { command: { type: 'addNote', text: `${MARK} note` } });
  const { caseId, packId, secret, reference } = launched;
  const hook = await post('/v1/admin/webhooks', { url: 'https://example.org/hook', note: `${MARK} hook` });
  const [task] = await first.service.organisation.database.query(
    "SELECT id FROM case_tasks WHERE case_id = ? AND state = 'ready' LIMIT 1",
    [caseId],
  );
  return {
    case: caseId,
    pack: packId,
    secret,
    reference,
    customer: String(customer.id ?? customer.customer?.id ?? customer.customerId),
    webhook: hook.endpoint.id,
    task: String(task?.id),
  };
}

/** Every operation of the OpenAPI document, with each of the first organisation's ids in the place of its parameters. */
async function* everyCall(): AsyncGenerator<{ method: string; path: string; hasId: boolean }> {
  const { paths } = (await first.call('GET', '/v1/openapi.json')).body;
  for (const [template, methods] of Object.entries<Record<string, unknown>>(paths)) {
    for (const method of Object.keys(methods)) {
      const hasId = /\{(?:id|case|task|move|user)\}/.test(template);
      const values = hasId ? Object.values(ids) : ['1'];
      for (const value of values) {
        const path = `/v1${template.replaceAll(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(kindOf(name) ?? value))}`;
        yield { method: method.toUpperCase(), path, hasId };
      }
    }
  }
}

/** Names that both organisations have alike: documents, releases. */
function kindOf(parameter: string): string | undefined {
  return { kind: 'workflow', key: 'HP', workflow: 'HP', number: '1' }[parameter];
}

describe('another organisation', () => {
  it('is answered by no route of the API, whatever ids are sent', { timeout: 120_000 }, async () => {
    const leaks: string[] = [];
    const allowed: string[] = [];
    let calls = 0;
    for await (const { method, path, hasId } of everyCall()) {
      // Its own sign-out, its own clock and its own work are not about others.
      if (/\/(?:session|setup|stream|admin\/clock|admin\/backups)$/.test(path)) continue;
      const reply = await asSecond(method, path, method === 'GET' || method === 'DELETE' ? undefined : {});
      calls++;
      const text = JSON.stringify(reply.body) ?? '';
      if (text.includes(MARK) || text.includes(ids.case ?? '-') || text.includes(ids.secret ?? '-'))
        leaks.push(`${method} ${path}: ${text.slice(0, 200)}`);
      if (hasId && reply.status < 300) allowed.push(`${method} ${path}: ${text.slice(0, 200)}`);
      expect([method, path, reply.status < 500]).toEqual([method, path, true]);
    }
    expect(calls).toBeGreaterThan(250);
    expect(leaks.filter((leak) => !leak.includes('There is no'))).toEqual([]);
    expect(allowed).toEqual([]);
  });

  it('cannot be worked on by sound commands that name its things', async () => {
    const note = { command: { type: 'addNote', text: 'from outside' } };
    expect((await asSecond('POST', `/v1/cases/${ids.case}/commands`, note)).status).toBe(404);
    const enquiry = { workflow: 'HP', answers: await answersFor(first.service, 'HP-01'), customerId: ids.customer };
    const refused = await asSecond('POST', '/v1/enquiries', enquiry);
    expect([refused.status, refused.body.code]).toEqual([422, 'CUSTOMER_UNKNOWN']);
    const bulk = await asSecond('POST', '/v1/cases/commands', { cases: [ids.case], command: note.command });
    expect(JSON.stringify(bulk.body)).not.toContain('"revision"');
    const { body } = await first.call('GET', `/v1/cases/${ids.case}/timeline`);
    expect(JSON.stringify(body)).not.toContain('from outside');
  });

  it('gives no case to a search, a list, a worklist or an export of this one', async () => {
    for (const path of ['/v1/cases', '/v1/enquiries', '/v1/worklist?view=all', '/v1/letter-box', '/v1/messages'])
      expect(JSON.stringify((await asSecond('GET', path)).body)).not.toContain(MARK);
    expect((await asSecond('GET', '/v1/cases')).body.cases).toEqual([]);
    expect((await asSecond('GET', '/v1/me')).body.organisation).toEqual({ id: 'second', name: 'Second Council' });
  });

  it('cannot be chosen by a header or by its customers’ secrets', async () => {
    const headers = {
      authorization: `Bearer ${secondKey}`,
      'x-organisation': 'main',
      host: 'main',
      'x-tenant': 'main',
    };
    expect((await first.call('GET', `/v1/cases/${ids.case}`, undefined, headers)).status).toBe(404);
    expect((await first.app.request(`/pack/${ids.secret}`)).status).toBe(200);
    expect((await first.app.request(`/o/second/pack/${ids.secret}`)).status).toBe(404);
  });

  it('is added and listed by the first one’s administrators alone', async () => {
    expect((await asSecond('GET', '/v1/admin/organisations')).status).toBe(403);
    expect((await asSecond('POST', '/v1/admin/organisations', { key: 'third', name: 'Third' })).status).toBe(403);
    const { body } = await first.call('GET', '/v1/admin/organisations');
    expect(body.organisations.map(({ key, name }: { key: string; name: string }) => [key, name])).toEqual([
      ['main', 'main'],
      ['second', 'Second Council'],
    ]);
  });
});
