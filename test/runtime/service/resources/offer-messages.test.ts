import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wakeResources } from '../../../../runtime/service/resources/wake-resources.ts';
import { MONDAY, openTestService, type TestService } from '../support/service.ts';
import { Desk } from './resource-desk.ts';

let test: TestService;
let desk: Desk;

beforeAll(async () => {
  test = await openTestService();
  desk = new Desk(test);
}, 60_000);
afterAll(() => test.close());

interface Letter {
  file: string;
  channel: string;
  to: string;
  address: string;
  title: string;
  text: string;
}

/** Sends what waits and reads what was said to somebody so far, by the names of the files. */
async function saidTo(name: string): Promise<Letter[]> {
  await test.service.delivery.runOnce();
  const folder = test.service.letterBox;
  const files = readdirSync(folder).filter((file) => file.endsWith('.json') && file.includes('-offer'));
  return files
    .map((file) => ({ ...JSON.parse(readFileSync(join(folder, file), 'utf8')), file }) as Letter)
    .filter(({ text }) => text.includes(`Dear ${name}`));
}

const wake = () =>
  wakeResources(test.service.organisation, (error) => {
    throw error;
  });

async function offer(resource: string, customer: object) {
  const { interestId } = await desk.interested(resource, '', { customer });
  const { events } = await desk.must(resource, { type: 'makeOffer', match: await desk.matched(resource, interestId) });
  return { interest: interestId, offer: events.find(({ type }) => type === 'offerMade')?.id ?? '' };
}

describe('a customer', () => {
  it('is told of an offer by e-mail, with its end and where to answer, once', async () => {
    const { resourceId } = await desk.create();
    await offer(resourceId, { name: 'Mia Mail', email: 'mia@example.org' });
    const [told, ...more] = await saidTo('Mia Mail');
    expect(more).toEqual([]);
    expect(told).toMatchObject({ channel: 'email', address: 'mia@example.org' });
    expect(told?.title).toBe('We offer you a place: English for work');
    // Five working days from Monday 23 November, at the end of the day.
    expect(told?.text).toContain('by Mon 30 Nov 2026');
    const path = /\/interest\/\S+?(?=,)/.exec(told?.text ?? '')?.[0] ?? '';
    expect((await test.app.request(path)).status).toBe(200);
    await wake();
    expect(await saidTo('Mia Mail')).toHaveLength(1);
  });

  it('without an e-mail address is told by letter', async () => {
    const { resourceId } = await desk.create();
    await offer(resourceId, { name: 'Leo Letter', phone: '01632 960 001' });
    const [told] = await saidTo('Leo Letter');
    expect(told).toMatchObject({ channel: 'letter', address: 'Leo Letter' });
    expect(readdirSync(test.service.letterBox)).toContain(told?.file.replace('.json', '.pdf'));
    const { database } = test.service.organisation;
    const [row] = await database.query(
      "SELECT state, channel, rendered FROM outbox WHERE variables LIKE ? AND state = 'sent'",
      [`%${resourceId}%`],
    );
    expect(row).toMatchObject({ state: 'sent', channel: 'letter' });
    // What was said is sealed.
    expect(row?.rendered).not.toContain('Leo');
  });

  it('is told that an offer was withdrawn, and that one expired', async () => {
    const { resourceId } = await desk.create();
    const [first, second] = [
      await offer(resourceId, { name: 'Wim Drawn', email: 'wim@example.org' }),
      await offer(resourceId, { name: 'Xia Pired', email: 'xia@example.org' }),
    ];
    await saidTo('Wim Drawn');
    await desk.must(resourceId, { type: 'withdrawOffer', offer: first.offer, reason: 'the room flooded' });
    const withdrawn = (await saidTo('Wim Drawn')).map(({ title }) => title).sort();
    expect(withdrawn).toEqual([
      'We have withdrawn our offer: English for work',
      'We offer you a place: English for work',
    ]);
    expect(JSON.stringify(await saidTo('Wim Drawn'))).not.toContain('flooded');
    test.service.clock.set(MONDAY + 9 * 24 * 3600);
    await wake();
    const expired = await saidTo('Xia Pired');
    expect(expired.map(({ title }) => title).sort()).toEqual([
      'Our offer has ended: English for work',
      'We offer you a place: English for work',
    ]);
    expect(second.offer).not.toBe('');
    test.service.clock.set(MONDAY);
  });

  it('who gave up the interest is told nothing, nor is one asked whose offer is gone before the message went', async () => {
    const { resourceId } = await desk.create();
    const given = await offer(resourceId, { name: 'Gus Gone', email: 'gus@example.org' });
    const reply = await test.call('POST', `/v1/interests/${given.interest}/withdrawal`, { reason: 'moved away' });
    expect(reply.status, JSON.stringify(reply.body)).toBe(200);
    expect(await saidTo('Gus Gone')).toEqual([]);
    const { database } = test.service.organisation;
    const rows = await database.query('SELECT state FROM outbox WHERE variables LIKE ?', [`%${resourceId}%`]);
    expect(rows).toEqual([{ state: 'dropped:closed' }]);
  });

  it('is told in the same transaction as the offer: a refused offer says nothing', async () => {
    const { resourceId } = await desk.create({ capacity: 0 });
    const { interestId } = await desk.interested(resourceId, 'Nel None');
    const match = await desk.matched(resourceId, interestId);
    const refused = await desk.send(resourceId, { type: 'makeOffer', match });
    expect([refused.status, refused.body.code]).toEqual([409, 'NO_PLACE_LEFT']);
    const rows = await test.service.organisation.database.query('SELECT 1 FROM outbox WHERE variables LIKE ?', [
      `%${resourceId}%`,
    ]);
    expect(rows).toEqual([]);
  });
});
