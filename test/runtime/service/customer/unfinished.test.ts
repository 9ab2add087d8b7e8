import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadUnfinished } from '../../../../runtime/service/customer/unfinished-store.ts';
import { openTestService, type TestService } from '../support/service.ts';

let test: TestService;

beforeAll(async () => {
  test = await openTestService();
}, 60_000);
afterAll(() => test.close());

async function post(path: string, fields: [string, string][] = []) {
  const response = await test.app.request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  });
  return { status: response.status, location: response.headers.get('location') ?? '' };
}

const follow = async (path: string) => (await test.app.request(path)).headers.get('location') ?? '';
const begin = async () => (await post('/enquiry/HP')).location;
const answersOf = async (base: string) =>
  (await loadUnfinished(test.service.organisation, base.split('/').at(-1) ?? '')).answers;

describe('an unfinished form', () => {
  it('is saved on any page, answered or not, and the address leads back to the question (P13)', async () => {
    const base = await begin();
    const first = await follow(base);
    const later = await post(first, [['later', 'yes']]);
    expect([later.status, later.location]).toEqual([303, `${base}/saved`]);
    const page = await (await test.app.request(later.location)).text();
    expect(page).toContain('Your answers are saved');
    expect(page).toContain(`http://localhost${base}`);
    expect(page).toContain('You have answered 0 of');
    expect(await follow(base)).toBe(first);
  });

  it('keeps what was answered on the page it was left on, and says what is wrong with it', async () => {
    const base = await begin();
    const key = (await follow(base)).split('/q/')[1] ?? '';
    const { configuration } = await test.service.organisation.releases.newest();
    const option = Object.keys(configuration.question[key]?.options ?? { yes: {} })[0] ?? 'yes';
    const wrong = await post(`${base}/q/${key}`, [
      ['answer', 'palace of nowhere'],
      ['later', 'yes'],
    ]);
    expect(wrong.status).toBe(422);
    const saved = await post(`${base}/q/${key}`, [
      ['answer', option],
      ['later', 'yes'],
    ]);
    expect(saved.location).toBe(`${base}/saved`);
    expect(Object.keys(await answersOf(base))).toEqual([key]);
    expect(await follow(base)).not.toContain(`/q/${key}`);
  });

  it('filled in from two windows at once keeps the answers of both', async () => {
    const base = await begin();
    const first = (await follow(base)).split('/q/')[1] ?? '';
    const next = (await post(`${base}/q/${first}`, [['answer', await optionOf(first)]])).location.split('/q/')[1] ?? '';
    await Promise.all([
      post(`${base}/q/${next}`, [['answer', await optionOf(next)]]),
      post(`${base}/q/${first}`, [['answer', await optionOf(first)]]),
    ]);
    expect(Object.keys(await answersOf(base)).sort()).toEqual([first, next].sort());
  });

  it('outlives a restart under the same address, its answers sealed in the file', async () => {
    const base = await begin();
    const key = (await follow(base)).split('/q/')[1] ?? '';
    await post(`${base}/q/${key}`, [
      ['answer', await optionOf(key)],
      ['later', 'yes'],
    ]);
    const rows = await test.service.organisation.database.query('SELECT * FROM unfinished_enquiries');
    expect(JSON.stringify(rows)).not.toContain(base.split('/').at(-1));
    expect(Object.keys(await answersOf(base))).toEqual([key]);
  });
});

async function optionOf(key: string): Promise<string> {
  const { configuration } = await test.service.organisation.releases.newest();
  const question = configuration.question[key];
  if (question?.type === 'number') return '30';
  return Object.keys(question?.options ?? {})[0] ?? 'yes';
}
