import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { ComeBackLater, DeliveryFailure, type Outgoing } from '../../../../runtime/service/delivery/channel.ts';
import { createEmail } from '../../../../runtime/service/delivery/email.ts';
import { createLetterBox } from '../../../../runtime/service/delivery/letter-box.ts';
import { createNotify, stateOfNotify } from '../../../../runtime/service/delivery/notify.ts';
import { startMailServer, startReceiver } from './stand-in.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

function outgoing(channel: 'email' | 'sms' | 'letter', address: string | null, attempts = 1): Outgoing {
  return {
    id: 'm-1',
    caseId: 'c-1',
    task: null,
    attempts,
    createdAt: 1,
    now: 1_800_000_000,
    message: {
      messageId: 'm-1',
      item: 'case:',
      firing: null,
      rung: null,
      to: 'customer',
      channel,
      template: null,
      language: 'en',
      urgent: false,
      variables: {},
    },
    rendered: { title: 'Your case', text: 'Hello.\n\nWe wrote this.', address },
  };
}

describe('e-mail', () => {
  it('goes by SMTP with a Message-ID of its own, marked as automatic, in plain text', async () => {
    const server = await startMailServer();
    closing.push(server.close);
    const email = createEmail({ url: server.url, from: 'Housing <housing@council.example>' });
    const receipt = await email.send(outgoing('email', 'sam@example.org'));
    expect(receipt).toEqual({ reference: '<m-1@council.example>', status: 'accepted' });
    const [mail = ''] = server.mails;
    for (const line of [
      'Message-ID: <m-1@council.example>',
      'Auto-Submitted: auto-generated',
      'To: sam@example.org',
      'Subject: Your case',
      'We wrote this.',
    ])
      expect(mail).toContain(line);
  });

  it('to an address that the server refuses for good is not tried again', async () => {
    const server = await startMailServer();
    closing.push(server.close);
    const email = createEmail({ url: server.url, from: 'a@b.example' });
    await expect(email.send(outgoing('email', 'refused@example.org'))).rejects.toThrow(DeliveryFailure);
    await expect(email.send(outgoing('email', null))).rejects.toThrow(/no e-mail address/);
  });

  it('is tried again when the server is away', async () => {
    const email = createEmail({ url: 'smtp://127.0.0.1:9', from: 'a@b.example' });
    const error = await email.send(outgoing('email', 'sam@example.org')).catch((caught: unknown) => caught);
    expect(error).not.toBeInstanceOf(DeliveryFailure);
  });
});

describe('a letter', () => {
  it('is a PDF in the letter-box, the same file when it is written twice', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lintel-box-'));
    closing.push(() => rmSync(folder, { recursive: true, force: true }));
    const box = createLetterBox(folder, async () => 'Example Council');
    const letter = outgoing('letter', '1 High Street, Newtown');
    expect(await box.send(letter)).toEqual({ reference: 'letter-box:m-1' });
    const pdf = readFileSync(join(folder, 'm-1.pdf'));
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    await box.send(letter);
    expect(readFileSync(join(folder, 'm-1.pdf')).equals(pdf)).toBe(true);
  });
});

describe('GOV.UK Notify', () => {
  const SERVICE = '11111111-1111-4111-8111-111111111111';
  const SECRET = '22222222-2222-4222-8222-222222222222';
  const key = `test-${SERVICE}-${SECRET}`;
  const templates = { email: 't-email', sms: 't-sms', letter: 't-letter' };

  it('is asked as its documentation says: signed token, template, reference, personalisation', async () => {
    const api = await startReceiver(() => ({ status: 201, body: { id: 'n-1' } }));
    closing.push(api.close);
    const notify = createNotify({ url: api.url, key, templates }, () => 1_800_000_000_000);
    expect(await notify.channelOf('email')?.send(outgoing('email', 'sam@example.org'))).toEqual({
      reference: 'n-1',
      status: 'created',
    });
    const [request] = api.received;
    expect([request?.method, request?.path]).toEqual(['POST', '/v2/notifications/email']);
    expect(JSON.parse(request?.body ?? '')).toEqual({
      template_id: 't-email',
      reference: 'm-1',
      email_address: 'sam@example.org',
      personalisation: { subject: 'Your case', body: 'Hello.\n\nWe wrote this.' },
    });
    const [head = '', claims = '', signature] = (request?.headers.authorization ?? '')
      .replace('Bearer ', '')
      .split('.');
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toEqual({ iss: SERVICE, iat: 1_800_000_000 });
    expect(signature).toBe(createHmac('sha256', SECRET).update(`${head}.${claims}`).digest('base64url'));
  });

  it('is asked by reference before anything is sent a second time', async () => {
    const api = await startReceiver(({ method }) =>
      method === 'GET' ? { status: 200, body: { notifications: [{ id: 'n-7', status: 'sending' }] } } : { status: 500 },
    );
    closing.push(api.close);
    const notify = createNotify({ url: api.url, key, templates });
    expect(await notify.channelOf('sms')?.send(outgoing('sms', '07700900000', 2))).toEqual({
      reference: 'n-7',
      status: 'sending',
    });
    expect(api.received.map(({ path }) => path)).toEqual(['/v2/notifications?reference=m-1']);
  });

  it('puts an address on the lines of a letter', async () => {
    const api = await startReceiver(() => ({ status: 201, body: { id: 'n-2' } }));
    closing.push(api.close);
    const notify = createNotify({ url: api.url, key, templates });
    await notify.channelOf('letter')?.send(outgoing('letter', 'Sam Taylor, 1 High Street, Newtown NT1 1AA'));
    expect(JSON.parse(api.received[0]?.body ?? '').personalisation).toMatchObject({
      'address line 1': 'Sam Taylor',
      'address line 3': 'Newtown NT1 1AA',
    });
  });

  it.each([
    [429, ComeBackLater],
    [503, ComeBackLater],
    [400, DeliveryFailure],
    [403, DeliveryFailure],
  ])('that answers %i is %o', async (status, kind) => {
    const api = await startReceiver(() => ({ status, body: { errors: [{ message: 'x' }] } }));
    closing.push(api.close);
    const notify = createNotify({ url: api.url, key, templates });
    await expect(notify.channelOf('sms')?.send(outgoing('sms', '07700900000'))).rejects.toThrow(kind);
  });

  it('sends at most 3,000 a minute', async () => {
    const api = await startReceiver(() => ({ status: 201, body: { id: 'n' } }));
    closing.push(api.close);
    const notify = createNotify({ url: api.url, key, templates }, () => 0);
    const sms = notify.channelOf('sms');
    for (let n = 0; n < 3000; n += 100)
      await Promise.all(Array.from({ length: 100 }, () => sms?.send(outgoing('sms', '07700900000'))));
    await expect(sms?.send(outgoing('sms', '07700900000'))).rejects.toThrow(ComeBackLater);
  });

  it('has its templates looked through for placeholders that are not sent', async () => {
    const api = await startReceiver(({ path }) =>
      path.endsWith('t-sms')
        ? { status: 200, body: { body: 'Hello ((body)) ((urgent??now)) ((name))' } }
        : { status: 200, body: { subject: '((subject))', body: '((body))' } },
    );
    closing.push(api.close);
    const notify = createNotify({ url: api.url, key, templates });
    expect(await notify.checkTemplates()).toEqual([
      'the sms template of Notify asks for ((urgent)), which is not sent',
      'the sms template of Notify asks for ((name)), which is not sent',
    ]);
  });

  it('says where a message stands in its own words', () => {
    expect(
      ['delivered', 'permanent-failure', 'sending', 'pending', 'created', 'returned-letter'].map(stateOfNotify),
    ).toEqual(['delivered', 'failed', undefined, undefined, undefined, 'failed']);
  });
});
