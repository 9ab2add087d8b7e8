import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { environmentOf } from '../../../../runtime/service/delivery/channels.ts';
import { renderMessage } from '../../../../runtime/service/notify/render-message.ts';
import { customerLink } from '../../../../runtime/service/organisation.ts';
import { Desk } from '../resources/resource-desk.ts';
import { answersFor, openTestService, type TestService } from '../support/service.ts';

let test: TestService;

beforeAll(async () => {
  vi.stubEnv('LINTEL_PUBLIC_ADDRESS', 'https://housing.example.org/');
  vi.stubEnv('LINTEL_PUBLIC_ADDRESS__NORTH_SHIRE', 'https://north.example.org');
  test = await openTestService();
}, 60_000);
afterAll(async () => {
  await test.close();
  vi.unstubAllEnvs();
});

describe('the links of messages', () => {
  it('begin with the service’s public address: officers’ in the studio, customers’ on their pages', async () => {
    const answers = await answersFor(test.service, 'HP-01');
    const { body } = await test.call('POST', '/v1/enquiries', { workflow: 'HP', answers, customer: { name: 'A' } });
    const message = {
      messageId: 'm',
      item: 'case:',
      firing: null,
      rung: null,
      to: 'u-administrator',
      channel: 'email',
      template: null,
      language: 'en',
      urgent: false,
      variables: {},
    } as const;
    const { text } = await renderMessage(test.service.organisation, body.caseId, message);
    expect(text).toContain(`https://housing.example.org/studio/cases/${body.caseId}`);

    const desk = new Desk(test);
    const { resourceId } = await desk.create();
    const customer = { name: 'Mia Mail', email: 'mia@example.org' };
    const { interestId } = await desk.interested(resourceId, '', { customer });
    await desk.must(resourceId, { type: 'makeOffer', match: await desk.matched(resourceId, interestId) });
    await test.service.delivery.runOnce();
    const { letters } = (await test.call('GET', '/v1/letter-box')).body;
    const [offer] = letters.filter(({ id }: { id: string }) => id.endsWith('offerMade'));
    expect(offer.text).toMatch(/https:\/\/housing\.example\.org\/interest\/[\w-]{43}/);
  });

  it('are those of the organisation: its own address, and its path', async () => {
    const { organisations } = test;
    await organisations.add({ id: 'north-shire', name: 'North Shire' });
    await organisations.add({ id: 'south', name: 'South' });
    const linkOf = (id: string) =>
      organisations.use(id, async ({ organisation }) => customerLink(organisation, '/interest/x'));
    expect(await linkOf('north-shire')).toBe('https://north.example.org/o/north-shire/interest/x');
    expect(await linkOf('south')).toBe('https://housing.example.org/o/south/interest/x');
  });

  it('are refused where the address is none', async () => {
    vi.stubEnv('LINTEL_PUBLIC_ADDRESS__WEST', 'housing/path');
    await expect(test.organisations.add({ id: 'west', name: 'West' })).rejects.toThrow(
      /expected an address such as https:/,
    );
  });
});

describe('the settings of an organisation', () => {
  it('are its own where it has some; the provider’s account is never another’s', () => {
    const environment = {
      LINTEL_SMTP_URL: 'smtp://common',
      LINTEL_EMAIL_FROM: 'common@example.org',
      LINTEL_EMAIL_FROM__NORTH_SHIRE: 'north@example.org',
      LINTEL_NOTIFY_KEY: 'of the first',
      LINTEL_NOTIFY_CALLBACK_TOKEN__SOUTH: 'of south',
    };
    expect(environmentOf(environment, 'north-shire')).toMatchObject({
      LINTEL_SMTP_URL: 'smtp://common',
      LINTEL_EMAIL_FROM: 'north@example.org',
    });
    expect(environmentOf(environment, 'north-shire').LINTEL_NOTIFY_KEY).toBeUndefined();
    expect(environmentOf(environment, 'south').LINTEL_NOTIFY_CALLBACK_TOKEN).toBe('of south');
    expect(environmentOf(environment, 'main').LINTEL_NOTIFY_KEY).toBe('of the first');
  });
});
