import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answersFor, openTestService, type TestService } from '../support/service.ts';

let test: TestService;

beforeAll(async () => {
  test = await openTestService();
});
afterAll(() => test.close());

async function post(path: string, fields: [string, string][] = []) {
  const response = await test.app.request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  });
  return { status: response.status, location: response.headers.get('location') ?? '', text: await response.text() };
}

const get = async (path: string) => (await test.app.request(path)).text();

/** Fields of a page as a person fills them in. */
function fieldsOf(value: unknown): [string, string][] {
  if (Array.isArray(value)) return value.map((option) => ['answer', String(option)]);
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) {
    const [year = '', month = '', day = ''] = value.split('-');
    return [
      ['day', String(Number(day))],
      ['month', String(Number(month))],
      ['year', year],
    ];
  }
  return [['answer', String(value)]];
}

/** Answers every question that is asked; leads to the page after the last. */
async function answerAll(workflow: string, answers: Record<string, unknown>) {
  const { location: base, status } = await post(`/enquiry/${workflow}`);
  expect(status).toBe(303);
  let location = (await test.app.request(base)).headers.get('location') ?? '';
  const asked: string[] = [];
  while (location.includes('/q/') && asked.length < 40) {
    const key = location.split('/q/')[1] ?? '';
    asked.push(key);
    expect(await get(location)).toContain('<h1');
    ({ location } = await post(location, answers[key] === undefined ? [] : fieldsOf(answers[key])));
  }
  return { base, asked, location };
}

describe('the customer', () => {
  it('finds the topics on the start page', async () => {
    const page = await get('/start');
    expect(page).toContain('I may lose my home');
    expect(page).toContain('href="/enquiry/HP"');
    expect(page).not.toContain('<script');
  });

  it('answers one question a page, checks, sends, and reads the pack; sending twice is one enquiry', async () => {
    const answers = await answersFor(test.service, 'HP-01');
    const { base, asked, ...led } = await answerAll('HP', answers);
    let { location } = led;
    expect(new Set(asked)).toEqual(new Set(Object.keys(answers)));
    expect(location).toBe(`${base}/contact`);
    const wrong = await post(location, [
      ['name', ''],
      ['email', 'x'],
    ]);
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('There is a problem');
    ({ location } = await post(location, [
      ['name', 'Ben <b>Sample</b>'],
      ['email', 'ben@example.org'],
    ]));
    expect(location).toBe(`${base}/check`);
    const check = await get(location);
    expect(check).toContain('Check your answers');
    expect(check).toContain('Ben &lt;b&gt;Sample');
    const [first, second] = await Promise.all([post(location), post(location)]);
    expect(first?.location).toMatch(/^\/pack\//);
    expect(second?.location).toBe(first?.location);
    const pack = await get(first?.location ?? '');
    expect(pack).toContain('HP-');
    expect(pack).toContain('statement-HP1');
    // One working day after Monday 23 November 2026.
    expect(pack).toMatch(/We take the first step by <time datetime="2026-11-24">/);
    expect(pack).toContain('01632 960 001');
    expect(pack).toContain(`href="${first?.location}.pdf"`);
    const file = await test.app.request(`${first?.location}.pdf`);
    expect(file.headers.get('content-type')).toBe('application/pdf');
    expect(file.headers.get('content-disposition')).toMatch(/^inline; filename="HP-[^"]+\.pdf"$/);
    const bytes = Buffer.from(await file.arrayBuffer());
    expect(bytes.toString('latin1')).toMatch(/^%PDF-1\.7/);
    const again = Buffer.from(await (await test.app.request(`${first?.location}.pdf`)).arrayBuffer());
    expect(again.equals(bytes)).toBe(true);
    const [row] = await test.service.organisation.database.query(
      "SELECT COUNT(*) AS n FROM enquiries WHERE channel = 'online'",
    );
    expect(row?.n).toBe(1);
    expect((await test.app.request(base)).headers.get('location')).toBe(first?.location);
  });

  it.each([
    ['CO-02', ['CO2', 'CO3']],
    ['CO-03', ['CO5', 'CO7', 'CO10']],
  ])('complains as in %s, leaving out what need not be said, and gets a pack of that', async (saved, statements) => {
    const answers = await answersFor(test.service, saved);
    const { asked, base, location } = await answerAll('CO', answers);
    expect(asked).toEqual([
      'co_about',
      'co_reported',
      'co_since',
      'co_details',
      'co_want',
      'co_for_other',
      'co_adjust',
    ]);
    expect(location).toBe(`${base}/contact`);
    await post(location, [['name', 'Cara Sample']]);
    const sent = await post(`${base}/check`);
    const page = await get(sent.location);
    for (const statement of statements) expect(page).toContain(`statement-${statement}"`);
    expect(page).toContain('Housing Ombudsman Service');
    const file = await test.app.request(`${sent.location}.pdf`);
    expect([file.status, file.headers.get('content-type')]).toEqual([200, 'application/pdf']);
  });

  it('is told about a mistake above the form and beside the field, and keeps what was typed', async () => {
    const { location: base } = await post('/enquiry/HP');
    const missing = await post(`${base}/q/safe`);
    expect(missing.status).toBe(422);
    expect(missing.text).toContain('Error: ');
    expect(missing.text).toContain('href="#answer-0"');
    expect((await post(`${base}/q/safe`, [['answer', 'perhaps']])).status).toBe(422);
  });

  it('comes back to the first open question by the secret link', async () => {
    const { location: base } = await post('/enquiry/HP');
    const first = (await test.app.request(base)).headers.get('location') ?? '';
    const { location: next } = await post(first, [['answer', 'yes']]);
    expect((await test.app.request(base)).headers.get('location')).toBe(next);
  });

  it('cannot guess links', async () => {
    expect((await test.app.request('/pack/none')).status).toBe(404);
    expect((await test.app.request('/pack/none.pdf')).status).toBe(404);
    expect((await test.app.request('/enquiry/HP/none/check')).status).toBe(404);
    expect((await test.app.request('/enquiry/nothing')).status).toBe(404);
  });
});
