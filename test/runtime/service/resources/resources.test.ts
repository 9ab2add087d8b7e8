import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { replayInterests, replayResource } from '../../../../runtime/engine/index.ts';
import { FIRST_HASH, hashEvent } from '../../../../runtime/service/cases/event-chain.ts';
import { readEvents } from '../../../../runtime/service/cases/read-case.ts';
import { interestSnapshots, resourceSnapshots } from '../../../../runtime/service/resources/resource-snapshots.ts';
import { InterestEvent, ResourceEvent } from '../../../../schemas/resource-event.ts';
import { MONDAY, openTestService, type TestService } from '../support/service.ts';
import { answers, Desk } from './resource-desk.ts';

let test: TestService;
let desk: Desk;

beforeAll(async () => {
  test = await openTestService();
  desk = new Desk(test);
}, 60_000);
afterAll(() => test.close());

async function count(table: string): Promise<number> {
  const [row] = await test.service.organisation.database.query(`SELECT COUNT(*) AS n FROM ${table}`);
  return Number(row?.n);
}

describe('a resource', () => {
  it('is made together with its action plan, and the plan knows whose it is', async () => {
    const before = [await count('resources'), await count('cases')];
    const { resourceId, planCase } = await desk.create();
    expect([await count('resources'), await count('cases')]).toEqual(before.map((n) => n + 1));
    const page = await desk.page(resourceId);
    expect(page.resource).toMatchObject({ serviceType: 'TRAINING', capacity: 12, ready: false, life: 'planned' });
    expect(page.plan).toMatchObject({ case: planCase, status: 'open' });
    const plan = (await test.call('GET', `/v1/cases/${planCase}`)).body;
    expect(plan.related).toEqual([
      { kind: 'resource', id: resourceId, label: 'English for work', words: 'Its action plan is this case' },
    ]);
    expect(page.keyActions.filter(({ isKey }) => isKey).map(({ node }) => node)).toEqual([
      'TR01',
      'TR02',
      'TR06',
      'TR09',
      'TR10',
      'TR12',
    ]);
  });

  it('that is refused leaves no plan behind', async () => {
    const before = await count('cases');
    const wrong = { serviceType: 'TRAINING', title: 'No dates' };
    const reply = await test.call('POST', '/v1/resources', wrong);
    expect([reply.status, reply.body.code]).toEqual([422, 'DATES_NEEDED']);
    const unknown = await test.call('POST', '/v1/resources', { serviceType: 'NONE', title: 'x' });
    expect([unknown.status, unknown.body.code]).toEqual([422, 'SERVICE_TYPE_UNKNOWN']);
    expect(await count('cases')).toBe(before);
  });

  it('made twice under one key is one resource', async () => {
    const body = { serviceType: 'TRAINING', title: 'Once', startsOn: '2027-01-11', endsOn: '2027-01-12' };
    const send = () => test.call('POST', '/v1/resources', body, { 'idempotency-key': 'resource-1' });
    const first = await send();
    const before = await count('resources');
    expect((await send()).body).toEqual(first.body);
    expect(await count('resources')).toBe(before);
  });

  it('becomes ready with the last key action and unready with a reopening, in the same commit', {
    timeout: 60_000,
  }, async () => {
    const { resourceId, planCase } = await desk.create();
    const { offer } = await desk.offered(resourceId, 'Ann Ready');
    await desk.must(resourceId, { type: 'acceptOffer', offer });
    const early = await desk.send(resourceId, { type: 'allocatePlace', offer });
    expect([early.status, early.body.code]).toEqual([409, 'NOT_READY']);
    await desk.makeReady(resourceId);
    expect((await desk.page(resourceId)).resource.life).toBe('ready');
    await desk.onCase(planCase, { type: 'reopenTask', task: 'TR02', reason: 'The trainer cancelled' });
    expect((await desk.page(resourceId)).resource).toMatchObject({ ready: false, life: 'planned' });
    const late = await desk.send(resourceId, { type: 'allocatePlace', offer });
    expect([late.status, late.body.code]).toEqual([409, 'NOT_READY']);
    await desk.makeReady(resourceId);
    await desk.must(resourceId, { type: 'allocatePlace', offer });
    await desk.must(resourceId, { type: 'startDelivery' });
    test.service.clock.set(MONDAY);
    const page = await desk.page(resourceId);
    expect(page.resource.life).toBe('delivering');
    expect(page.allocations).toMatchObject([{ startOn: '2027-01-11', endOn: '2027-01-29', name: 'Ann Ready' }]);
    const { body } = await test.call('GET', `/v1/resources/${resourceId}/timeline`);
    const texts = body.entries.map(({ text }: { text: string }) => text);
    expect(texts).toContain('All key actions are complete: the resource is ready.');
    expect(texts.some((text: string) => text.startsWith('The resource is not ready any more: '))).toBe(true);
  });
});

describe('interests, matches and offers', () => {
  it('go from a registered interest to a place, each seen on the resource', async () => {
    const { resourceId } = await desk.create();
    const { offer, interest, customer } = await desk.offered(resourceId, 'Bea Offer');
    await desk.must(resourceId, { type: 'acceptOffer', offer });
    const page = await desk.page(resourceId);
    expect(page.interests).toMatchObject([{ id: interest, customer, name: 'Bea Offer', state: 'secured' }]);
    expect(page.matches).toMatchObject([{ interest, by: 'hand', state: 'matched' }]);
    expect(page.offers).toMatchObject([{ id: offer, state: 'secured' }]);
    expect(page.resource.taken).toBe(1);
    const { body } = await test.call('GET', `/v1/interests/${interest}`);
    expect(body.answers).toEqual(answers);
    for (const list of ['interests', 'matches', 'offers']) {
      const listed = await test.call('GET', `/v1/${list}?resource=${resourceId}`);
      expect(listed.body[list]).toHaveLength(1);
    }
  });

  it.each([
    ['an answer that does not exist', { answers: { ...answers, course: ['juggling'] } }, 'ANSWERS_INVALID'],
    ['a missing answer', { answers: {} }, 'ANSWERS_INVALID'],
    ['a customer nobody knows', { customer: { id: 'p-nobody' } }, 'NOT_FOUND'],
    ['a resource nobody knows', { resource: 'none' }, 'NOT_FOUND'],
  ])('with %s are refused and leave nothing behind', async (_what, wrong, code) => {
    const { resourceId } = await desk.create();
    const before = [await count('interests'), await count('customers')];
    const body = { resource: resourceId, customer: { name: 'Wrong' }, answers, ...wrong };
    const reply = await test.call('POST', '/v1/interests', body);
    expect(reply.body.code).toBe(code);
    expect([await count('interests'), await count('customers')]).toEqual(before);
  });

  it('answer an offer once: again, expired and unknown are refused with their reason', async () => {
    const { resourceId } = await desk.create();
    const first = await desk.offered(resourceId, 'Cem Twice');
    const second = await desk.offered(resourceId, 'Dora Late');
    await desk.must(resourceId, { type: 'acceptOffer', offer: first.offer });
    const again = await desk.send(resourceId, { type: 'acceptOffer', offer: first.offer });
    expect([again.status, again.body.code, again.body.detail]).toEqual([
      409,
      'OFFER_ACCEPTED',
      'The offer was accepted already.',
    ]);
    // Five working days from Monday 23 November: Monday 30 November at the close of business, 17:00.
    const [{ expiresAt } = { expiresAt: 0 }] = (await desk.page(resourceId)).offers.filter(
      ({ id }) => id === second.offer,
    );
    expect(expiresAt).toBe(Date.UTC(2026, 10, 30, 17) / 1000);
    test.service.clock.set(expiresAt + 1);
    const late = await desk.send(resourceId, { type: 'acceptOffer', offer: second.offer });
    expect([late.status, late.body.code]).toEqual([409, 'OFFER_EXPIRED']);
    await test.service.ticker.runOnce();
    const page = await desk.page(resourceId);
    expect(page.offers.find(({ id }) => id === second.offer)?.state).toBe('expired');
    expect(page.interests.find(({ id }) => id === second.interest)?.state).toBe('open');
    test.service.clock.set(MONDAY);
    const unknown = await desk.send(resourceId, { type: 'acceptOffer', offer: 'none' });
    expect([unknown.status, unknown.body.code]).toEqual([409, 'UNKNOWN_OFFER']);
  });

  it('withdrawn by the customer give the place back', async () => {
    const { resourceId } = await desk.create({ capacity: 1 });
    const { offer, interest } = await desk.offered(resourceId, 'Eli Leaves');
    await desk.must(resourceId, { type: 'acceptOffer', offer });
    const reply = await test.call('POST', `/v1/interests/${interest}/withdrawal`, { reason: 'Found work' });
    expect(reply.status, JSON.stringify(reply.body)).toBe(200);
    const page = await desk.page(resourceId);
    expect([page.resource.taken, page.interests[0]?.state, page.offers[0]?.state]).toEqual([
      0,
      'withdrawn',
      'released',
    ]);
    const { events } = (await test.call('GET', `/v1/resources/${resourceId}/events`)).body;
    expect(JSON.stringify(events)).not.toContain('Found work');
  });

  it('keep their customers apart: two are not merged while one has an open offer, not even at the same time', async () => {
    const { resourceId } = await desk.create();
    const one = await desk.offered(resourceId, 'Fay Merge');
    const other = await desk.interested(resourceId, 'F. Merge');
    const merge = () =>
      test.call('POST', `/v1/customers/${one.customer}/merge`, { into: other.customer, reason: 'The same person' });
    const early = await merge();
    expect([early.status, early.body.code, early.body.allowed]).toEqual([409, 'OPEN_OFFERS', { offers: [one.offer] }]);
    await desk.must(resourceId, { type: 'withdrawOffer', offer: one.offer, reason: 'Wrong person' });
    expect((await merge()).body.code).toBe('SAME_INTEREST');
    await test.call('POST', `/v1/interests/${one.interest}/withdrawal`, { reason: 'Registered twice' });
    const match = await desk.matched(resourceId, other.interestId);
    const [offer, merged] = await Promise.all([desk.send(resourceId, { type: 'makeOffer', match }), merge()]);
    // Either the offer came first and there is no merge, or the merge came first; never both half.
    expect(offer.status).toBe(200);
    expect([200, 409]).toContain(merged.status);
    if (merged.status === 409) {
      const open = (await desk.page(resourceId)).offers.find(({ state }) => state === 'open');
      await desk.must(resourceId, { type: 'withdrawOffer', offer: open?.id ?? '', reason: 'First the merge' });
      expect((await merge()).status).toBe(200);
    }
    const names = (await desk.page(resourceId)).interests.map(({ name }) => name);
    expect(names).toEqual(['F. Merge', 'F. Merge']);
  });

  it('with a stale revision are refused, and readers may not command', async () => {
    const { resourceId } = await desk.create();
    const stale = await desk.send(resourceId, { type: 'showInCatalogue', shown: false }, { 'if-match': '"0"' });
    expect([stale.status, stale.body.code]).toEqual([412, 'STALE']);
    const key = await test.keyFor('reader');
    const reader = await desk.send(
      resourceId,
      { type: 'showInCatalogue', shown: false },
      { authorization: `Bearer ${key}` },
    );
    expect(reader.status).toBe(403);
    const forbidden = await desk.send(resourceId, { type: 'advance' });
    expect(forbidden.status).toBe(422);
  });
});

describe('the last place', () => {
  it('goes to one of many who accept at the same time', async () => {
    const { resourceId } = await desk.create({ capacity: 1 });
    const offers = await Promise.all(
      ['G', 'H', 'I', 'J', 'K', 'L'].map((name) => desk.offered(resourceId, `${name} Racer`)),
    );
    const replies = await Promise.all(offers.map(({ offer }) => desk.send(resourceId, { type: 'acceptOffer', offer })));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409]);
    expect(new Set(replies.flatMap(({ body }) => body.code ?? []))).toEqual(new Set(['NO_PLACE_LEFT']));
    const page = await desk.page(resourceId);
    expect([page.resource.taken, page.offers.filter(({ state }) => state === 'secured').length]).toEqual([1, 1]);
  });

  it('of two resources: one customer with one interest gets one of them', async () => {
    const [a, b] = [await desk.create(), await desk.create()];
    const any = { serviceType: 'TRAINING', customer: { name: 'Mia Both' }, answers };
    const { body } = await test.call('POST', '/v1/interests', any);
    const matches = [
      await desk.matched(a.resourceId, body.interestId),
      await desk.matched(b.resourceId, body.interestId),
    ];
    const replies = await Promise.all(
      [a, b].map(({ resourceId }, index) => desk.send(resourceId, { type: 'makeOffer', match: matches[index] })),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(replies.find(({ status }) => status === 409)?.body.code).toBe('INTEREST_OFFERED');
  });
});

describe('what is stored', () => {
  it('replays to the same rows, numbered and chained without a gap', async () => {
    const { organisation } = test.service;
    const resources = await organisation.database.query('SELECT * FROM resources');
    expect(resources.length).toBeGreaterThan(5);
    for (const row of resources) {
      const id = String(row.id);
      const events = await readEvents(organisation, id);
      expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
      let before = FIRST_HASH;
      for (const event of events) {
        expect(event.hash).toBe(
          hashEvent({ ...event, stream: id, prevHash: before, payload: JSON.stringify(event.payload) }),
        );
        before = event.hash;
      }
      expect(row.last_hash).toBe(before);
      const state = replayResource(events.map(toPlain).map((event) => ResourceEvent.parse(event)));
      expect(state).toEqual(JSON.parse(String(row.state)));
      if (!state) throw new Error('a resource without events');
      const fixed = { reference: String(row.reference), sample: Number(row.sample) };
      const rows = resourceSnapshots.toRows(id, null, { state, lastHash: before, fixed });
      for (const { table, values } of rows) {
        const [stored] = await organisation.database.query(`SELECT * FROM ${table} WHERE id = ?`, [String(values.id)]);
        expect(plain(stored)).toEqual(plain(values));
      }
    }
  });

  it('of customers replays too', async () => {
    const { organisation } = test.service;
    const books = await organisation.database.query('SELECT * FROM interest_books');
    expect(books.length).toBeGreaterThan(5);
    for (const row of books) {
      const events = await readEvents(organisation, String(row.id));
      const book = replayInterests(events.map(toPlain).map((event) => InterestEvent.parse(event)));
      expect(book).toEqual(JSON.parse(String(row.state)));
      if (!book) throw new Error('interests without events');
      for (const { table, values } of interestSnapshots.toRows(String(row.id), null, {
        book,
        lastHash: String(row.last_hash),
      })) {
        const [stored] = await organisation.database.query(`SELECT * FROM ${table} WHERE id = ?`, [String(values.id)]);
        expect(plain(stored)).toEqual(plain(values));
      }
    }
  });

  it('names nobody in clear', async () => {
    const rows = await test.service.organisation.database.query(
      'SELECT payload FROM case_events UNION ALL SELECT state FROM resources UNION ALL SELECT state FROM interest_books',
    );
    for (const row of rows) expect(String(row.payload)).not.toMatch(/Racer|Bea Offer|saving_energy/);
  });
});

function toPlain({
  seq,
  type,
  actor,
  effectiveAt,
  recordedAt,
  payload,
}: Awaited<ReturnType<typeof readEvents>>[number]) {
  return { seq, type, actor, effectiveAt, recordedAt, payload };
}

function plain(row: object | undefined) {
  return Object.fromEntries(
    Object.entries(row ?? {})
      .map(([name, value]) => [name, value === null ? null : String(value)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
