import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashEvent } from '../../../../runtime/service/cases/event-chain.ts';
import { answersFor, openTestService, type TestService } from '../support/service.ts';

let test: TestService;

beforeAll(async () => {
  test = await openTestService();
}, 60_000);
afterAll(() => test.close());

async function enquire(who: object) {
  const answers = await answersFor(test.service, 'HP-01');
  return test.call('POST', '/v1/enquiries', { workflow: 'HP', answers, ...who });
}
const find = async (q: string) => (await test.call('GET', `/v1/search?q=${encodeURIComponent(q)}`)).body;
const names = async (q: string) => (await find(q)).customers.map(({ name }: { name: string }) => name).sort();
const make = async (customer: object) => (await test.call('POST', '/v1/customers', customer)).body.id as string;

describe('a customer', () => {
  it('is made, and may have several cases', async () => {
    const id = await make({ name: 'Grace Hopper', email: 'grace@example.org', phone: '01632 960 123' });
    const cases = [await enquire({ customerId: id }), await enquire({ customerId: id })];
    expect(cases.map(({ status }) => status)).toEqual([201, 201]);
    const { body } = await test.call('GET', `/v1/customers/${id}`);
    expect(body).toMatchObject({ name: 'Grace Hopper', cases: 2, mergedInto: null });
    expect(body.theirCases.map((one: { id: string }) => one.id).sort()).toEqual(
      cases.map((one) => one.body.caseId).sort(),
    );
    const { body: page } = await test.call('GET', `/v1/cases/${cases[0]?.body.caseId}`);
    expect(page).toMatchObject({ customerId: id, customer: { name: 'Grace Hopper' } });
  });

  it('is either new or known', async () => {
    const both = await enquire({ customerId: 'x', customer: { name: 'Y' } });
    expect([both.status, both.body.pointer]).toEqual([422, '/customer']);
    expect((await enquire({})).status).toBe(422);
    const unknown = await enquire({ customerId: 'p-none' });
    expect([unknown.status, unknown.body.code, unknown.body.pointer]).toEqual([422, 'CUSTOMER_UNKNOWN', '/customerId']);
  });

  it.each([
    ['grace hop', ['Grace Hopper']],
    ['HOPPER', ['Grace Hopper']],
    ['grace@exa', ['Grace Hopper']],
    ['+44 1632 960123', ['Grace Hopper']],
    ['gráce', ['Grace Hopper']],
    ['grace lovelace', []],
    ['hopperton', []],
  ])('is found by "%s"', async (q, found) => {
    expect(await names(q)).toEqual(found);
  });

  it('leaves no name in the tables a search looks at', async () => {
    const rows = await test.service.organisation.database.query('SELECT * FROM customer_tokens');
    expect(rows.length).toBeGreaterThan(5);
    expect(JSON.stringify(rows)).not.toMatch(/grace|hopper/i);
  });

  it('has name and contact corrected, at the revision that was read', async () => {
    const id = await make({ name: 'Wrong Spelling' });
    const body = { customer: { name: 'Right Spelling' }, reason: 'misheard' };
    const stale = await test.call('PUT', `/v1/customers/${id}`, body, { 'if-match': '"7"' });
    expect([stale.status, stale.body.code]).toEqual([412, 'STALE']);
    expect((await test.call('PUT', `/v1/customers/${id}`, body, { 'if-match': '"1"' })).body.revision).toBe(2);
    expect(await names('right spelling')).toEqual(['Right Spelling']);
    expect(await names('wrong spelling')).toEqual([]);
  });
});

describe('cases', () => {
  it('are found by the beginning of their reference and by their customer', async () => {
    const { body } = await enquire({ customer: { name: 'Unique Searchword' } });
    const ids = async (q: string) => (await find(q)).cases.map(({ id }: { id: string }) => id);
    expect(await ids(body.reference)).toEqual([body.caseId]);
    expect(await ids(body.reference.slice(0, 9).toLowerCase())).toContain(body.caseId);
    expect(await ids('searchword')).toEqual([body.caseId]);
  });
});

describe('a merge of duplicates', () => {
  const twins = async () => {
    const stays = await make({ name: 'Alan Turing', email: 'alan@example.org' });
    const twin = await enquire({ customer: { name: 'Alan Turing', phone: '01632 960 777' } });
    const { body } = await test.call('GET', `/v1/cases/${twin.body.caseId}`);
    return {
      stays,
      twin: body.customerId as string,
      caseId: twin.body.caseId as string,
      reference: twin.body.reference,
    };
  };
  const merge = (id: string, into: string, more = {}) =>
    test.call('POST', `/v1/customers/${id}/merge`, { into, reason: 'the same person', ...more });

  it('is offered, said first, and then moves the cases to the one who stays', async () => {
    const { stays, twin, caseId, reference } = await twins();
    const { body: before } = await test.call('GET', `/v1/customers/${stays}`);
    expect(before.duplicates.map(({ id }: { id: string }) => id)).toContain(twin);
    expect((await merge(twin, stays, { dryRun: true })).body).toEqual({ into: stays, cases: [reference], done: false });
    expect((await test.call('GET', `/v1/customers/${twin}`)).body.mergedInto).toBeNull();
    expect((await merge(twin, stays)).body).toEqual({ into: stays, cases: [reference], done: true });
    const { body: page } = await test.call('GET', `/v1/cases/${caseId}`);
    expect(page).toMatchObject({ customerId: stays, customer: { name: 'Alan Turing', email: 'alan@example.org' } });
    expect(page.answers.age).toBeDefined();
    expect((await test.call('GET', `/v1/customers/${stays}`)).body).toMatchObject({ cases: 1, merged: [twin] });
    const later = await enquire({ customerId: twin });
    expect((await test.call('GET', `/v1/cases/${later.body.caseId}`)).body.customerId).toBe(stays);
  });

  it('happens once, not into oneself, not into one that is gone, and never with one of the two unknown', async () => {
    const { stays, twin } = await twins();
    await merge(twin, stays);
    const codes = await Promise.all([
      merge(twin, stays),
      merge(stays, stays),
      merge(stays, twin),
      merge('p-no', stays),
    ]);
    expect(codes.map(({ status, body }) => [status, body.code])).toEqual([
      [409, 'CUSTOMER_MERGED'],
      [409, 'SAME_CUSTOMER'],
      [409, 'CUSTOMER_MERGED'],
      [404, 'NOT_FOUND'],
    ]);
  });

  it('is refused while either has an open offer, and nothing is half done', async () => {
    const { stays, twin } = await twins();
    const { database } = test.service.organisation;
    await database.batch([
      {
        sql: "INSERT INTO offers (id, resource, match, interest, customer, state, made_at, expires_at) VALUES ('o1', 'r', 'm', 'i', ?, 'open', 1, 2)",
        args: [stays],
      },
    ]);
    const { status, body } = await merge(twin, stays);
    expect([status, body.code, body.allowed]).toEqual([409, 'OPEN_OFFERS', { offers: ['o1'] }]);
    expect((await test.call('GET', `/v1/customers/${twin}`)).body.mergedInto).toBeNull();
    await database.batch(["UPDATE offers SET state = 'refused' WHERE id = 'o1'"]);
    expect((await merge(twin, stays)).status).toBe(200);
  });

  it('is refused while both hold the same interest, and the one who stays cannot register it once more', async () => {
    const { stays, twin } = await twins();
    const answers = { course: ['saving_energy'], childcare: 'no', access: ['none'], daytime: 'yes' };
    const interest = { serviceType: 'TRAINING', answers };
    const register = async (id: string) => test.call('POST', '/v1/interests', { ...interest, customer: { id } });
    const [first, second] = [await register(stays), await register(twin)];
    expect([first.status, second.status]).toEqual([201, 201]);
    const { status, body } = await merge(twin, stays);
    const both = [first.body.interestId, second.body.interestId].sort();
    expect([status, body.code, body.allowed]).toEqual([409, 'SAME_INTEREST', { interests: both }]);
    expect((await test.call('GET', `/v1/customers/${twin}`)).body.mergedInto).toBeNull();
    await test.call('POST', `/v1/interests/${first.body.interestId}/withdrawal`, { reason: 'twice' });
    expect((await merge(twin, stays)).status).toBe(200);
    // The interest of the one who was merged is theirs now.
    for (const id of [stays, twin]) {
      const again = await register(id);
      expect([again.status, again.body.code]).toEqual([409, 'INTEREST_ALREADY_REGISTERED']);
    }
  });

  it('by two people in opposite directions at once happens in one direction', async () => {
    const { stays, twin } = await twins();
    const replies = await Promise.all([merge(twin, stays), merge(stays, twin)]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('is told in the chained history of both', async () => {
    const { stays, twin } = await twins();
    await merge(twin, stays);
    const rows = await test.service.organisation.database.query(
      'SELECT * FROM case_events WHERE stream IN (?, ?) ORDER BY position',
      [`customer:${twin}`, `customer:${stays}`],
    );
    expect(rows.map(({ type }) => type)).toEqual(['customerCreated', 'customerMerged', 'duplicateTaken']);
    for (const row of rows) {
      const event = {
        stream: String(row.stream),
        seq: Number(row.seq),
        type: String(row.type),
        actor: String(row.actor),
        effectiveAt: Number(row.effective_at),
        recordedAt: Number(row.recorded_at),
        payload: String(row.payload),
        prevHash: String(row.prev_hash),
      };
      expect(hashEvent(event)).toBe(row.hash);
    }
    expect(JSON.stringify(rows)).not.toContain('the same person');
  });
});
