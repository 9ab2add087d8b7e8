import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ServerType, serve } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestOf } from '../../../runtime/service/definitions/publish.ts';
import { toDocumentText } from '../../../schemas/document-text.ts';
import { housingFolder, loadHousing } from '../../support/configuration.ts';
import { lintel as runLintel } from '../../support/lintel.ts';
import { openTestService, type TestService } from '../service/support/service.ts';

let test: TestService;
let server: ServerType;
let url: string;
const folder = mkdtempSync(join(tmpdir(), 'lintel-files-'));
const [mine, theirs] = [join(folder, 'mine'), join(folder, 'theirs')];

beforeAll(async () => {
  test = await openTestService();
  const { port } = await new Promise<AddressInfo>((listening) => {
    // Both ends are one process here: after work that holds it up the server would close a connection just used again.
    const serverOptions = { keepAliveTimeout: 0 };
    server = serve({ fetch: test.app.fetch, port: 0, hostname: '127.0.0.1', serverOptions }, listening);
  });
  url = `http://127.0.0.1:${port}`;
  process.env['LINTEL_KEY'] = await test.keyFor('publisher');
}, 60_000);
afterAll(async () => {
  server.close();
  await test.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a command; answers its exit code, its one document and what it said. */
async function lintel(...args: string[]) {
  const { code, out, said } = await runLintel([...args, '--json']);
  return { code, body: out === '' ? undefined : JSON.parse(out), said };
}

function edit(where: string, name: string, change: (document: Record<string, unknown>) => void): void {
  const file = join(where, `${name}.json`);
  const document = JSON.parse(readFileSync(file, 'utf8'));
  change(document);
  writeFileSync(file, toDocumentText(document));
}

describe('a configuration as files', () => {
  it('is the shipped one, byte for byte, when it is pulled and formatted', async () => {
    const first = await lintel('pull', mine, '--url', url);
    expect(first.code, first.said).toBe(0);
    expect((await lintel('fmt', mine, '--check')).body).toEqual({ changed: [] });
    for (const name of ['workflow/HP', 'task/HP01', 'advice/HP1'])
      expect(readFileSync(join(mine, `${name}.json`), 'utf8')).toBe(
        readFileSync(join(housingFolder, `${name}.json`), 'utf8'),
      );
    expect((await lintel('diff', mine, '--url', url)).code).toBe(0);
  });

  it('takes the pushes of two people, and never one over the other', async () => {
    await lintel('pull', theirs, '--url', url);
    edit(mine, 'agency/SHELTER', (document) => Object.assign(document, { phone: 'mine' }));
    edit(theirs, 'agency/SHELTER', (document) => Object.assign(document, { phone: 'theirs' }));
    edit(theirs, 'agency/NDAH', (document) => Object.assign(document, { hours: 'Day and night' }));
    expect((await lintel('push', mine, '--url', url)).body.pushed).toEqual(['agency/SHELTER']);
    const second = await lintel('push', theirs, '--url', url);
    expect([second.code, second.body.pushed, second.body.conflicts]).toEqual([1, ['agency/NDAH'], ['agency/SHELTER']]);
    expect((await test.call('GET', '/v1/drafts/main/documents/agency/SHELTER')).body.document.phone).toBe('mine');
    const pulled = await lintel('pull', theirs, '--url', url);
    expect([pulled.code, pulled.body.kept]).toEqual([1, ['agency/SHELTER']]);
    expect((await lintel('push', theirs, '--url', url)).body.conflicts).toEqual(['agency/SHELTER']);
    expect((await lintel('pull', theirs, '--url', url, '--discard')).body.written).toEqual(['agency/SHELTER']);
  });

  it('loses a document there only with the flag of its own', async () => {
    await lintel('pull', mine, '--url', url, '--discard');
    rmSync(join(mine, 'test/HP-17.json'));
    const kept = await lintel('push', mine, '--url', url);
    expect([kept.code, kept.body.leftThere]).toEqual([0, ['test/HP-17']]);
    expect((await lintel('push', mine, '--url', url, '--delete')).body.deleted).toEqual(['test/HP-17']);
    expect((await test.call('GET', '/v1/drafts/main/documents/test/HP-17')).status).toBe(404);
  });

  it('tells the difference of two folders in sentences', async () => {
    const other = join(folder, 'other');
    cpSync(housingFolder, other, { recursive: true });
    edit(other, 'workflow/HP', (document) => Object.assign(document, { title: 'Prevention' }));
    const { code, body } = await lintel('diff', housingFolder, other);
    expect([code, body.changes[0].sentences]).toEqual([
      1,
      ['Title of HP is now "Prevention", was "Homelessness prevention".'],
    ]);
  });

  it('is promoted as one bundle by its digest, the same bytes each time, and only with its tests passed', async () => {
    const [one, two] = [join(folder, 'one.json'), join(folder, 'two.json')];
    const exported = await lintel('export', housingFolder, '--out', one);
    expect([exported.code, exported.body.digest]).toEqual([0, digestOf(loadHousing().configuration)]);
    await lintel('export', housingFolder, '--out', two);
    expect(readFileSync(two)).toEqual(readFileSync(one));
    expect((await lintel('promote', one, '--url', url, '--digest', 'another')).code).toBe(2);
    const promoted = await lintel('promote', one, '--url', url, '--digest', exported.body.digest);
    expect([promoted.code, promoted.body?.digest], promoted.said).toEqual([0, exported.body.digest]);
    const bundle = JSON.parse(readFileSync(one, 'utf8'));
    writeFileSync(two, JSON.stringify({ ...bundle, tests: [{ key: 'HP-01', passed: false }] }));
    const failed = await lintel('promote', two, '--url', url, '--digest', exported.body.digest);
    expect([failed.code, failed.said]).toEqual([1, expect.stringContaining('HP-01')]);
  }, 60_000);

  it('goes back by promoting the earlier bundle again, and only a repeat of the last one answers as before', async () => {
    const other = join(folder, 'renamed');
    cpSync(housingFolder, other, { recursive: true });
    edit(other, 'workflow/HP', (document) => Object.assign(document, { title: 'Prevention' }));
    const [before, after] = [join(folder, 'before.json'), join(folder, 'after.json')];
    const { digest } = (await lintel('export', housingFolder, '--out', before)).body;
    const renamed = (await lintel('export', other, '--out', after)).body.digest;
    const promote = async (file: string, wanted: string) => {
      const { code, body, said } = await lintel('promote', file, '--url', url, '--digest', wanted);
      expect(code, said).toBe(0);
      return body;
    };
    const there = await promote(after, renamed);
    expect(there.digest).toBe(renamed);
    const back = await promote(before, digest);
    expect(back).toMatchObject({ number: there.number + 1, digest });
    expect(await promote(before, digest)).toEqual(back);
    const [newest] = (await test.call('GET', '/v1/releases')).body.releases;
    expect([newest.number, newest.digest]).toEqual([back.number, digest]);
  }, 60_000);

  it('is tested again where it is promoted to, whatever the bundle says of its tests', async () => {
    const { configuration } = loadHousing();
    const test = configuration.test['HP-01'];
    const expected = { ...test, expect: { statements: ['HP1'], not: ['G1'] } } as typeof test;
    const forged = { ...configuration, test: { ...configuration.test, ...(expected ? { 'HP-01': expected } : {}) } };
    const digest = digestOf(forged);
    const documents = Object.values(forged).flatMap((ofKind) => Object.values(ofKind));
    const file = join(folder, 'forged.json');
    writeFileSync(file, JSON.stringify({ digest, documents, tests: [{ key: 'HP-01', passed: true }] }));
    const refused = await lintel('promote', file, '--url', url, '--digest', digest, '--accept-warnings');
    expect([refused.code, refused.said]).toEqual([1, expect.stringContaining('1 saved tests fail')]);
  }, 60_000);
});

describe('explain', () => {
  it('says what a finding means and why a case is as it is', async () => {
    expect((await lintel('explain', 'finding', 'PLAN_CYCLE')).body).toMatchObject({
      severity: 'error',
      kind: 'workflow',
    });
    expect((await lintel('explain', 'finding', 'PLAN_SQUARE')).code).toBe(2);
    const answers = loadHousing().configuration.test['HP-01']?.answers;
    const launched = await test.call('POST', '/v1/enquiries', { workflow: 'HP', answers, customer: { name: 'Ada' } });
    const { body } = await lintel('explain', 'case', launched.body.caseId, '--url', url);
    expect(body.timeline.length).toBeGreaterThan(0);
    expect(body.tasks[0].id).toBe('HP01');
  });
});
