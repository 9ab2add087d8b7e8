import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestService, type TestService } from '../support/service.ts';

let test: TestService;
const COUNT = 12;

/** Two of each instant, so that a page may end between them; the first three were read. */
beforeAll(async () => {
  test = await openTestService();
  const { user } = (await test.call('GET', '/v1/me')).body;
  await test.service.organisation.database.batch(
    Array.from({ length: COUNT }, (_, at) => ({
      sql: "INSERT INTO messages VALUES (?, ?, 'C1', NULL, ?, 'Body', 0, ?, ?)",
      args: [`m-${at}`, user.id, `Message ${at}`, 1000 + Math.floor(at / 2), at < 3 ? 2000 : null],
    })),
  );
});
afterAll(() => test?.close());

describe('messages of somebody', () => {
  it('come page by page, newest first, each once, with how many there are and how many were not read', async () => {
    const ids: string[] = [];
    const sizes: number[] = [];
    let next: string | null = '';
    while (next !== null) {
      const at = next === '' ? '' : `&cursor=${encodeURIComponent(next)}`;
      const { body, status } = await test.call('GET', `/v1/messages?limit=5${at}`);
      expect([status, body.total, body.unread]).toEqual([200, COUNT, COUNT - 3]);
      ids.push(...body.messages.map(({ id }: { id: string }) => id));
      sizes.push(body.messages.length);
      next = body.next;
    }
    expect(sizes).toEqual([5, 5, 2]);
    expect(ids).toEqual([10, 11, 8, 9, 6, 7, 4, 5, 2, 3, 0, 1].map((at) => `m-${at}`));
  });

  it('are all on one page where they fit', async () => {
    const { body } = await test.call('GET', '/v1/messages');
    expect([body.messages.length, body.next]).toEqual([COUNT, null]);
  });

  it('are not given for a cursor of something else', async () => {
    expect((await test.call('GET', '/v1/messages?cursor=nonsense')).body.code).toBe('CURSOR_INVALID');
  });
});
