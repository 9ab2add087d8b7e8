import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sweepAttachments } from '../../../../runtime/service/attachments/attachment-store.ts';
import { contentTypeOf, typeOf } from '../../../../runtime/service/attachments/sniff.ts';
import { restoreBackup, writeBackup } from '../../../../runtime/service/operations/backup.ts';
import { answersFor, openTestService, type TestService } from '../support/service.ts';

let test: TestService;
let caseId: string;
let key: string;

beforeAll(async () => {
  test = await openTestService();
  key = await test.keyFor('officer');
  const answers = await answersFor(test.service, 'HP-01');
  const customer = { name: 'Ada Example' };
  caseId = (await test.call('POST', '/v1/enquiries', { workflow: 'HP', answers, customer })).body.caseId;
}, 60_000);
afterAll(() => test.close());

const PDF = new TextEncoder().encode('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n');

async function upload(name: string, bytes: Uint8Array, headers: Record<string, string> = {}, more = '') {
  const response = await test.app.request(`/v1/cases/${caseId}/attachments?name=${encodeURIComponent(name)}${more}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/octet-stream', ...headers },
    body: bytes as BodyInit,
  });
  return { status: response.status, body: await response.json() };
}

const files = () => readdirSync(test.service.attachments);

describe('a document', () => {
  it('is stored beside the database, told in the case, and comes back byte for byte', async () => {
    const { status, body } = await upload('Tenancy agreement – signed.pdf', PDF, { 'content-type': 'application/pdf' });
    expect(status, JSON.stringify(body)).toBe(201);
    const listed = await test.call('GET', `/v1/cases/${caseId}/attachments`);
    expect(listed.body.attachments).toMatchObject([
      {
        id: body.id,
        name: 'Tenancy agreement – signed.pdf',
        type: 'application/pdf',
        size: PDF.length,
        createdBy: 'u-officer',
      },
    ]);
    const response = await test.app.request(`/v1/cases/${caseId}/attachments/${body.id}`, {
      headers: { authorization: `Bearer ${key}` },
    });
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(PDF);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-disposition': expect.stringMatching(
        /^attachment; filename="Tenancy agreement _ signed\.pdf"; filename\*=UTF-8''Tenancy/,
      ),
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    });
    const { body: timeline } = await test.call('GET', `/v1/cases/${caseId}/timeline`);
    expect(timeline.entries.at(-1)).toMatchObject({ text: 'A document was attached.' });
  });

  it('lies sealed in its file, and its name in no row in clear', async () => {
    const words = new TextEncoder().encode('a very secret sentence');
    const { body } = await upload('secret-name.txt', words);
    expect(readFileSync(join(test.service.attachments, body.id)).includes('secret sentence')).toBe(false);
    const rows = await test.service.organisation.database.query('SELECT * FROM attachments');
    expect(JSON.stringify(rows)).not.toContain('secret-name');
  });

  it('belongs to a task where one is named; an unknown task leaves nothing behind', async () => {
    const { body: page } = await test.call('GET', `/v1/cases/${caseId}`);
    const task = page.tasks[0].id;
    const { body } = await upload('note.txt', new TextEncoder().encode('note'), {}, `&task=${task}`);
    const { body: listed } = await test.call('GET', `/v1/cases/${caseId}/attachments`);
    expect(listed.attachments.find(({ id }: { id: string }) => id === body.id)).toMatchObject({ task });
    const before = files().length;
    const refused = await upload('note.txt', new TextEncoder().encode('note'), {}, '&task=NOWHERE');
    expect([refused.status, refused.body.code, files().length]).toEqual([409, 'UNKNOWN_TASK', before]);
  });

  it('sent again under its key is the same document; another one under it is refused', async () => {
    const own = { 'idempotency-key': 'upload-1' };
    const first = await upload('a.pdf', PDF, own);
    const again = await upload('a.pdf', PDF, own);
    expect(again.body).toEqual(first.body);
    const other = await upload('a.pdf', new TextEncoder().encode('%PDF-1.4 other'), own);
    expect([other.status, other.body.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
    const back = await test.app.request(`/v1/cases/${caseId}/attachments/${first.body.id}`, {
      headers: { authorization: `Bearer ${key}` },
    });
    expect(new Uint8Array(await back.arrayBuffer())).toEqual(PDF);
  });

  it.each([
    ['a program called a PDF', 'letter.pdf', 'MZ\u0090\u0000\u0003', ''],
    ['a page called a text', 'note.txt', '<!doctype html><script>alert(1)</script>', ''],
    ['a drawing with scripts', 'plan.svg', '<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>', 'image/svg+xml'],
    ['a picture that is a PDF', 'photo.png', '%PDF-1.7', 'image/png'],
    ['a PDF declared a picture', 'letter.pdf', '%PDF-1.7', 'image/png'],
    ['a document without a type in its name', 'letter', '%PDF-1.7', ''],
    ['a script', 'run.sh', '#!/bin/sh', ''],
    ['a Word document with macros', 'a.docx', 'PK\u0003\u0004 word/ vbaProject.bin', ''],
  ])('%s is refused and leaves nothing behind', async (_what, name, text, declared) => {
    const before = files().length;
    const bytes = Uint8Array.from([...text].map((letter) => letter.charCodeAt(0)));
    const { status, body } = await upload(name, bytes, declared === '' ? {} : { 'content-type': declared });
    expect([status, body.code]).toEqual([415, 'ATTACHMENT_TYPE']);
    expect(files().length).toBe(before);
  });

  it('of 200 MB is refused before it is read, and so is one that hides its length', async () => {
    const declared = await upload('big.pdf', PDF, { 'content-length': String(200 * 1024 * 1024) });
    expect([declared.status, declared.body.code]).toEqual([413, 'BODY_TOO_LARGE']);
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1024 * 1024;
        if (sent > 200 * 1024 * 1024) controller.close();
        else controller.enqueue(new Uint8Array(1024 * 1024));
      },
    });
    const response = await test.app.request(
      new Request(`http://localhost/v1/cases/${caseId}/attachments?name=big.pdf`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/pdf' },
        body: endless,
        duplex: 'half',
      } as RequestInit),
    );
    expect([response.status, (await response.json()).code]).toEqual([413, 'BODY_TOO_LARGE']);
    expect(sent).toBeLessThan(40 * 1024 * 1024);
  });

  it('is refused when empty, or with a name that leads elsewhere', async () => {
    expect((await upload('a.pdf', new Uint8Array())).body.code).toBe('ATTACHMENT_EMPTY');
    expect((await upload('../../etc/passwd.txt', PDF)).status).toBe(422);
  });

  it('that a crash left without its row is swept away a day later', async () => {
    const file = join(test.service.attachments, 'orphan');
    writeFileSync(file, 'x');
    expect(await sweepAttachments(test.service.organisation, test.service.attachments)).toBe(0);
    utimesSync(file, 1, 1);
    expect(await sweepAttachments(test.service.organisation, test.service.attachments)).toBe(1);
    expect(files()).not.toContain('orphan');
  });
});

describe('a backup', () => {
  it('holds the documents and puts them back', async () => {
    const { control, organisation } = test.service;
    const backup = await writeBackup({ control, organisation, folder: test.folder }, join(test.folder, 'backups'), 1);
    const restored = join(test.folder, 'restored');
    restoreBackup(backup, restored);
    expect(readdirSync(join(restored, 'attachments')).sort()).toEqual(files().sort());
    expect(files().length).toBeGreaterThan(2);
  });
});

describe('the content of a document', () => {
  it.each([
    ['image/jpeg', 'a.JPG', [0xff, 0xd8, 0xff, 0xe0]],
    ['image/png', 'a.png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
    [
      'text/csv',
      'a.csv',
      [...'name;rent\nAda;£512'].map((letter) => letter.charCodeAt(0)).filter((code) => code < 128),
    ],
  ])('is %s whatever the case of its name', (type, name, bytes) => {
    expect(typeOf(Uint8Array.from(bytes), name)).toBe(type);
  });

  it('is not a text when it is not UTF-8', () => {
    expect(contentTypeOf(Uint8Array.from([0xff, 0xfe, 0x41]))).toBeUndefined();
  });
});
