import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answersFor, openTestService, type TestService } from '../support/service.ts';

let opened: TestService;
let caseId: string;
let key: string;

beforeAll(async () => {
  opened = await openTestService();
  key = await opened.keyFor('officer');
  const answers = await answersFor(opened.service, 'HP-01');
  const { body } = await opened.call('POST', '/v1/enquiries', { workflow: 'HP', answers, customer: { name: 'A' } });
  caseId = body.caseId;
}, 60_000);
afterAll(() => opened.close());

const note = (text: string) =>
  opened.call('POST', `/v1/cases/${caseId}/commands`, { command: { type: 'addNote', text } });

/** An open stream: what it says, one message after another. */
async function open(path: string, headers: Record<string, string> = {}) {
  const response = await opened.app.request(path, { headers: { authorization: `Bearer ${key}`, ...headers } });
  const reader = response.body?.getReader();
  if (!reader) throw new Error(`${path} answered ${response.status}`);
  let text = '';
  return {
    response,
    async next(kind: string): Promise<{ id: number; data: Record<string, unknown> }> {
      for (;;) {
        const found = new RegExp(`id: (\\d+)\\nevent: ${kind}\\ndata: (.*)\\n\\n`).exec(text);
        if (found?.[1] && found[2] !== undefined) {
          text = text.slice(found.index + found[0].length);
          return { id: Number(found[1]), data: JSON.parse(found[2]) };
        }
        const { value, done } = await reader.read();
        if (done) throw new Error(`the stream ended after: ${text}`);
        text += new TextDecoder().decode(value);
      }
    },
    text: () => text,
    ended: async () => {
      for (;;) if ((await reader.read()).done) return true;
    },
    cancel: () => reader.cancel(),
  };
}

describe('the stream of a case', () => {
  it('tells each event once, in order, and takes up after Last-Event-ID', async () => {
    const live = await open(`/v1/cases/${caseId}/stream`);
    expect(live.response.headers.get('content-type')).toBe('text/event-stream');
    await note('one');
    const first = await live.next('case');
    expect(first.data).toMatchObject({ type: 'noteAdded' });
    await live.cancel();
    await note('two');
    await note('three');
    const again = await open(`/v1/cases/${caseId}/stream`, { 'last-event-id': String(first.id) });
    const seqs = [(await again.next('case')).data.seq, (await again.next('case')).data.seq];
    expect(seqs).toEqual([Number(first.data.seq) + 1, Number(first.data.seq) + 2]);
    await again.cancel();
  });

  it('is a problem where there is no such case, or the id is none', async () => {
    expect((await opened.call('GET', '/v1/cases/none/stream')).status).toBe(404);
    const { status, body } = await opened.call('GET', `/v1/cases/${caseId}/stream`, undefined, {
      'last-event-id': 'x',
    });
    expect([status, body.code]).toEqual([422, 'LAST_EVENT_ID_INVALID']);
  });

  it('of a reader too slow to take it is ended, not kept in memory', async () => {
    const live = await open(`/v1/cases/${caseId}/stream`);
    const { feed } = opened.service.operations;
    const before = opened.service.operations.live.count();
    for (let n = 0; n < 1300; n++) {
      if (opened.service.operations.live.count() < before) break;
      await Promise.all(Array.from({ length: 8 }, (_, i) => note(`many ${n}.${i}`)));
      n += 7;
    }
    feed.look();
    expect(opened.service.operations.live.count()).toBe(before - 1);
    expect(await live.ended()).toBe(true);
  }, 60_000);
});

describe('the stream of the worklist', () => {
  it('says that something moved', async () => {
    const live = await open('/v1/worklist/stream');
    await note('moves');
    expect((await live.next('worklist')).id).toBeGreaterThan(0);
    await live.cancel();
  });
});

describe('a thousand open streams', () => {
  it('hear of an event without a read each, and end when the service stops', async () => {
    const all = await Promise.all(Array.from({ length: 1000 }, () => open(`/v1/cases/${caseId}/stream`)));
    await note('for all');
    const heard = await Promise.all(all.map((live) => live.next('case')));
    expect(new Set(heard.map(({ id }) => id)).size).toBe(1);
    expect(opened.service.operations.live.count()).toBe(1000);
    opened.service.operations.live.close();
    expect(opened.service.operations.live.count()).toBe(0);
    expect(await all[0]?.ended()).toBe(true);
  }, 60_000);
});
