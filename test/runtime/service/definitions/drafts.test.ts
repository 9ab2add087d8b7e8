import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestService, type TestService } from '../support/service.ts';

let test: TestService;

beforeAll(async () => {
  test = await openTestService();
});
afterAll(() => test.close());

const path = '/v1/drafts/main/documents/agency';
const agency = (key: string, title = 'Advice line') => ({ kind: 'agency', format: 1, key, title });

describe('a document of the draft', () => {
  it('is created, changed by its revision, and removed', async () => {
    const created = await test.call('PUT', `${path}/A1`, agency('A1'), { 'if-none-match': '*' });
    expect([created.status, created.body.revision]).toEqual([200, 1]);
    const read = await test.call('GET', `${path}/A1`);
    expect([read.body.document, read.headers.get('etag')]).toEqual([agency('A1'), '"1"']);
    const changed = await test.call('PUT', `${path}/A1`, agency('A1', 'Other'), { 'if-match': '"1"' });
    expect([changed.status, changed.body.revision]).toEqual([200, 2]);
    expect((await test.call('DELETE', `${path}/A1`, undefined, { 'if-match': '"2"' })).status).toBe(200);
    expect((await test.call('GET', `${path}/A1`)).status).toBe(404);
    const again = await test.call('PUT', `${path}/A1`, agency('A1'), { 'if-none-match': '*' });
    expect([again.status, again.body.revision]).toEqual([200, 4]);
  });

  it('needs If-Match, and the right one', async () => {
    await test.call('PUT', `${path}/A2`, agency('A2'), { 'if-none-match': '*' });
    expect((await test.call('PUT', `${path}/A2`, agency('A2', 'x'))).status).toBe(428);
    expect((await test.call('PUT', `${path}/A2`, agency('A2', 'x'), { 'if-match': '"7"' })).status).toBe(412);
    expect((await test.call('PUT', `${path}/A2`, agency('A2', 'x'), { 'if-none-match': '*' })).status).toBe(412);
    expect((await test.call('PUT', `${path}/A2`, agency('A2', 'x'), { 'if-match': 'abc' })).status).toBe(422);
    expect((await test.call('GET', `${path}/A2`)).body.document.title).toBe('Advice line');
  });

  it('of two people changing it at once is taken from one', async () => {
    await test.call('PUT', `${path}/A3`, agency('A3'), { 'if-none-match': '*' });
    const replies = await Promise.all(
      ['x', 'y', 'z'].map((title) => test.call('PUT', `${path}/A3`, agency('A3', title), { 'if-match': '"1"' })),
    );
    expect(replies.map((reply) => reply.status).sort()).toEqual([200, 412, 412]);
  });

  it('that is not valid is refused with findings', async () => {
    const unknown = await test.call('PUT', `${path}/A4`, { ...agency('A4'), colour: 'red' }, { 'if-none-match': '*' });
    expect([unknown.status, unknown.body.findings[0].code, unknown.body.pointer]).toEqual([
      422,
      'UNKNOWN_KEY',
      '/colour',
    ]);
    const other = await test.call('PUT', `${path}/A4`, agency('A5'), { 'if-none-match': '*' });
    expect([other.status, other.body.code]).toEqual([422, 'KEY_CHANGED']);
    await test.call('PUT', `${path}/Twin`, agency('Twin'), { 'if-none-match': '*' });
    expect((await test.call('PUT', `${path}/TWIN`, agency('TWIN'), { 'if-none-match': '*' })).body.code).toBe(
      'KEY_TWICE',
    );
  });
});

describe('the list of documents', () => {
  it('is answered in full only when something was saved since', async () => {
    const list = '/v1/drafts/main/documents';
    const first = await test.call('GET', list);
    const tag = first.headers.get('etag') ?? '';
    expect((await test.call('GET', list, undefined, { 'if-none-match': tag })).status).toBe(304);
    await test.call('PUT', `${path}/A9`, agency('A9'), { 'if-none-match': '*' });
    const second = await test.call('GET', list, undefined, { 'if-none-match': tag });
    expect(second.status).toBe(200);
    expect(second.body.documents).toContainEqual({ kind: 'agency', key: 'A9', title: 'Advice line', revision: 1 });
    expect(second.body.release).toBe(first.body.release);
  });
});

describe('publishing', () => {
  it('is refused while there are errors, and names them', async () => {
    const { document, revision } = (await test.call('GET', '/v1/drafts/main/documents/workflow/HP')).body;
    const broken = { ...document, calendar: 'no-such-calendar' };
    const saved = await test.call('PUT', '/v1/drafts/main/documents/workflow/HP', broken, {
      'if-match': `"${revision}"`,
    });
    expect(saved.status).toBe(200);
    expect(saved.body.findings.some((finding: { severity: string }) => finding.severity === 'error')).toBe(true);
    const refused = await test.call('POST', '/v1/releases', { note: 'broken', acceptWarnings: true });
    expect([refused.status, refused.body.code]).toEqual([422, 'FINDINGS_BLOCK']);
    expect(refused.body.findings.length).toBeGreaterThan(0);
    await test.call('PUT', '/v1/drafts/main/documents/workflow/HP', document, {
      'if-match': `"${saved.body.revision}"`,
    });
  });

  it('freezes the draft as the next release; older cases keep theirs', async () => {
    const { document, revision } = (await test.call('GET', '/v1/drafts/main/documents/workflow/HP')).body;
    await test.call(
      'PUT',
      '/v1/drafts/main/documents/workflow/HP',
      { ...document, title: 'Prevention, renamed' },
      { 'if-match': `"${revision}"` },
    );
    const publish = () =>
      test.call('POST', '/v1/releases', { note: 'renamed', acceptWarnings: true }, { 'idempotency-key': 'publish-2' });
    const first = await publish();
    expect([first.status, first.body.number]).toEqual([201, 2]);
    expect((await publish()).body).toEqual(first.body);
    const releases = (await test.call('GET', '/v1/releases')).body.releases;
    expect(releases.map((release: { number: number }) => release.number)).toEqual([2, 1]);
    expect(releases[0].changes).toContainEqual({
      document: 'workflow/HP',
      title: 'Prevention, renamed',
      change: 'changed',
      sentences: [`Title of HP is now "Prevention, renamed", was "${document.title}".`],
      parts: [{ pointer: '/title', from: document.title, to: 'Prevention, renamed' }],
    });
    const documents = (await test.call('GET', '/v1/releases/1/documents')).body.documents;
    expect(documents.workflow.HP.title).toBe(document.title);
  });

  it('keeps positions outside releases', async () => {
    const layout = { kind: 'layout', format: 1, key: 'HP', positions: { HP01: { x: 1, y: 2 } } };
    const { revision } = (await test.call('GET', '/v1/layouts/HP')).body;
    expect((await test.call('PUT', '/v1/layouts/HP', layout, { 'if-match': `"${revision}"` })).status).toBe(200);
    expect((await test.call('PUT', '/v1/layouts/HP', layout, { 'if-match': `"${revision}"` })).status).toBe(412);
    expect((await test.call('GET', '/v1/layouts/HP')).body).toEqual({ layout, revision: revision + 1 });
  });
});
