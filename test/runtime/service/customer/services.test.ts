import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Desk } from '../resources/resource-desk.ts';
import { MONDAY, openTestService, type TestService } from '../support/service.ts';

let test: TestService;
let desk: Desk;

beforeAll(async () => {
  test = await openTestService();
  desk = new Desk(test);
}, 60_000);
afterAll(() => test.close());

/** A request as a browser without JavaScript sends it, without a session. */
async function visit(path: string, fields?: Record<string, string | string[]>) {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(fields ?? {})) for (const one of [value].flat()) body.append(name, one);
  const response = await test.app.request(path, fields === undefined ? {} : { method: 'POST', body });
  return { status: response.status, text: await response.text(), location: response.headers.get('location') ?? '' };
}

/** Fills in the pages of an interest up to the check page; answers its address. */
async function fillIn(resource: string, name: string): Promise<string> {
  const { location: base } = await visit(`/services/${resource}`, {});
  for (const [question, answer] of [
    ['course', ['saving_energy']],
    ['childcare', 'no'],
    ['access', ['none']],
    ['daytime', 'yes'],
  ] as const) {
    const { status } = await visit(`${base}/q/${question}`, { answer: answer as string | string[] });
    expect(status).toBe(303);
  }
  const contact = await visit(`${base}/contact`, { name, email: 'a@example.org', phone: '' });
  expect(contact.location).toBe(`${base}/check`);
  return base;
}

async function registered(resource: string, name: string): Promise<string> {
  const base = await fillIn(resource, name);
  const sent = await visit(`${base}/check`, {});
  expect(sent.location).toMatch(/^\/interest\/[\w-]{40,}$/);
  return sent.location;
}

async function offerTo(resource: string): Promise<string> {
  const [interest] = (await desk.page(resource)).interests;
  const match = await desk.matched(resource, interest?.id ?? '');
  const { events } = await desk.must(resource, { type: 'makeOffer', match });
  return events.find(({ type }) => type === 'offerMade')?.id ?? '';
}

describe('the catalogue', () => {
  it('shows services with dates, charge and places, and hides those that are not for customers', async () => {
    const shown = await desk.create({
      title: 'Cooking for one',
      place: 'Community hall',
      charge: { amount: 250, period: 'week', partOfRent: true },
    });
    const hidden = await desk.create({ title: 'Not yet', inCatalogue: false });
    const list = await visit('/services');
    expect(list.status).toBe(200);
    for (const text of [
      'Cooking for one',
      'Community hall',
      '£2.50 a week, part of the rent',
      '12 of 12',
      'Mon 11 Jan 2027',
    ])
      expect(list.text).toContain(text);
    expect(list.text).not.toContain('Not yet');
    expect(list.text).not.toMatch(/<script/);
    expect((await visit(`/services/${shown.resourceId}`)).text).toContain('Register your interest');
    expect((await visit(`/services/${hidden.resourceId}`)).status).toBe(404);
    expect((await visit('/services/none')).status).toBe(404);
    expect((await visit('/interest/none')).status).toBe(404);
  });

  it('leaves out what is over', async () => {
    const { resourceId } = await desk.create({ title: 'Soon over', startsOn: '2026-11-24', endsOn: '2026-11-25' });
    expect((await visit('/services')).text).toContain('Soon over');
    test.service.clock.set(MONDAY + 3 * 86_400);
    expect((await visit('/services')).text).not.toContain('Soon over');
    test.service.clock.set(MONDAY);
    await desk.must(resourceId, { type: 'endDelivery', reason: 'Cancelled' });
    expect((await visit('/services')).text).not.toContain('Soon over');
  });
});

describe('an interest by its customer', () => {
  it('is registered once however often it is sent, and its page says where it stands', async () => {
    const { resourceId } = await desk.create();
    const base = await fillIn(resourceId, 'Una Online');
    const [first, second] = await Promise.all([visit(`${base}/check`, {}), visit(`${base}/check`, {})]);
    expect(first.location).toBe(second.location);
    expect((await desk.page(resourceId)).interests).toMatchObject([{ name: 'Una Online', source: 'catalogue' }]);
    expect((await visit(first.location)).text).toContain('We have your interest');
    expect((await visit(base)).location).toBe(first.location);
  });

  it('wants its questions answered', async () => {
    const { resourceId } = await desk.create();
    const { location: base } = await visit(`/services/${resourceId}`, {});
    const empty = await visit(`${base}/q/childcare`, {});
    expect([empty.status, empty.text.includes('Select an answer')]).toEqual([422, true]);
    await visit(`${base}/contact`, { name: 'Too Soon', email: '', phone: '' });
    expect((await visit(`${base}/check`, {})).status).toBe(422);
    expect((await desk.page(resourceId)).interests).toEqual([]);
  });

  it('takes the offer: once, in time, and only the one that was shown', async () => {
    const { resourceId } = await desk.create();
    const page = await registered(resourceId, 'Vic Accepts');
    const offer = await offerTo(resourceId);
    const shown = await visit(page);
    expect(shown.text).toContain('Accept the offer');
    expect(shown.text).toContain('Mon 30 Nov 2026, 17:00');
    const other = await visit(`${page}/accept`, { offer: 'another' });
    expect([other.status, other.text.includes('not the latest offer')]).toEqual([422, true]);
    expect((await visit(`${page}/accept`, { offer })).location).toBe(page);
    expect((await visit(page)).text).toContain('the place is yours');
    const again = await visit(`${page}/accept`, { offer });
    expect([again.status, again.text.includes('The offer was accepted already.')]).toEqual([422, true]);
  });

  it('is told in words when the offer has expired or the last place has gone', async () => {
    const { resourceId } = await desk.create({ capacity: 1 });
    const [late, full] = [await registered(resourceId, 'Wim Late'), await registered(resourceId, 'Xia Full')];
    const interests = (await desk.page(resourceId)).interests;
    const offers = new Map<string, string>();
    for (const { id, name } of interests) {
      const { events } = await desk.must(resourceId, { type: 'makeOffer', match: await desk.matched(resourceId, id) });
      offers.set(name ?? '', events.find(({ type }) => type === 'offerMade')?.id ?? '');
    }
    const { offer: winner } = await desk.offered(resourceId, 'Yan First');
    await desk.must(resourceId, { type: 'acceptOffer', offer: winner });
    const refused = await visit(`${full}/accept`, { offer: offers.get('Xia Full') ?? '' });
    expect(refused.text).toContain('The only place is taken.');
    test.service.clock.set(MONDAY + 30 * 86_400);
    const expired = await visit(`${late}/accept`, { offer: offers.get('Wim Late') ?? '' });
    expect(expired.text).toContain('The offer has expired.');
    test.service.clock.set(MONDAY);
  });

  it('refuses with a reason, and withdraws after being asked', async () => {
    const { resourceId } = await desk.create();
    const refusing = await registered(resourceId, 'Zoe Refuses');
    const offer = await offerTo(resourceId);
    expect((await visit(`${refusing}/refuse`)).text).toContain('Do you want to refuse the offer?');
    await visit(`${refusing}/refuse`, { offer, reason: 'Too far away' });
    expect((await visit(refusing)).text).toContain('You have refused the offer');
    const leaving = await registered(resourceId, 'Abe Leaves');
    expect((await visit(`${leaving}/withdraw`)).text).toContain('Do you want to withdraw');
    await visit(`${leaving}/withdraw`, { reason: '' });
    expect((await visit(leaving)).text).toContain('You have withdrawn your interest');
    const { body } = await test.call('GET', `/v1/resources/${resourceId}/timeline`);
    expect(body.entries).toContainEqual(
      expect.objectContaining({ text: 'An offer was refused.', name: 'Zoe Refuses', reason: 'Too far away' }),
    );
  });
});
