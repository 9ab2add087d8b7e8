// All tabs of a browser share one session: what is open in a tab for one person stays theirs when another signs in beside it.
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answersFor } from '../runtime/service/support/service.ts';
import { type ServedStudio, serveStudio } from '../support/served-studio.ts';

let studio: ServedStudio;
let browser: Browser;
let origin: string;
let caseId: string;

beforeAll(async () => {
  studio = await serveStudio();
  for (const person of ['ann', 'ben']) {
    const first = await studio.open(person, 'cases', ['administrator']);
    browser = first.context().browser() as Browser;
    origin = new URL(first.url()).origin;
    await first.context().close();
  }
  const enquiry = {
    workflow: 'HP',
    answers: await answersFor(studio.test.service, 'HP-01'),
    customer: { name: 'Casey Customer' },
  };
  caseId = (await studio.test.call('POST', '/v1/enquiries', enquiry)).body.caseId;
});
afterAll(() => studio?.close());

/** A tab of the browser in which this person signs in. */
async function signIn(context: BrowserContext, person: string): Promise<Page> {
  const page = await context.newPage();
  const now = Math.floor(Date.now() / 1000);
  const token = await studio.test.service.identities.issueToken('signIn', person, 60, now);
  await page.goto(`${origin}/studio/#signin=${token}`);
  await page.getByRole('heading', { name: 'Workflows' }).waitFor();
  return page;
}

const newContext = () => browser.newContext({ bypassCSP: true, reducedMotion: 'reduce', locale: 'en-GB' });

/** Who wrote notes on the case, so far. */
async function noteWriters(): Promise<unknown[]> {
  const { entries } = (await studio.test.call('GET', `/v1/cases/${caseId}/timeline`)).body;
  return entries
    .filter(({ text }: { text: string }) => /note/i.test(text))
    .map(({ actor }: { actor: unknown }) => actor);
}

describe('a tab of a person whose browser somebody else has signed in in', () => {
  it('sends no command as the other one, keeps what was written, and goes on once its person is back', async () => {
    const context = await newContext();
    const mine = await signIn(context, 'ann');
    await mine.goto(`${origin}/studio/cases/${caseId}`);
    await mine.getByRole('button', { name: 'More for the case' }).click();
    await mine.getByRole('menuitem', { name: 'Add a note', exact: true }).click();
    const dialog = mine.getByRole('dialog');
    await dialog.getByLabel('Note').fill('Rang the landlord twice');
    const theirs = await signIn(context, 'ben');
    await dialog.getByRole('button', { name: 'Add a note' }).click();
    await dialog.getByText('Somebody else is signed in in this browser now, so nothing was done.').waitFor();
    await mine.getByText('ben is signed in in this browser now.').waitFor();
    expect(await dialog.getByLabel('Note').inputValue()).toBe('Rang the landlord twice');
    expect(await noteWriters()).toEqual([]);
    await theirs.close();
    await (await signIn(context, 'ann')).close();
    await mine.getByText('ben is signed in in this browser now.').waitFor({ state: 'detached' });
    await dialog.getByRole('button', { name: 'Add a note' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await noteWriters()).toEqual(['ann']);
    await context.close();
  });

  it('is given up in one step, and what it had not saved waits for its person', async () => {
    const context = await newContext();
    const mine = await signIn(context, 'ann');
    await mine.goto(`${origin}/studio/edit/agency/SHELTER`);
    const hours = mine.getByLabel('Hours');
    await hours.waitFor();
    const theirs = await signIn(context, 'ben');
    await hours.fill('Day and night');
    await mine.getByText('Offline: 1 change kept on this computer').waitFor();
    await mine.getByRole('button', { name: 'Go on as ben' }).click();
    await mine.getByRole('button', { name: 'ben' }).waitFor();
    await expect.poll(() => hours.inputValue()).not.toBe('Day and night');
    await mine.getByText('Saved', { exact: true }).waitFor();
    await theirs.close();
    const back = await signIn(context, 'ann');
    await back.goto(`${origin}/studio/edit/agency/SHELTER`);
    await expect.poll(() => back.getByLabel('Hours').inputValue()).toBe('Day and night');
    await back.getByText('Saved', { exact: true }).waitFor();
    const { document } = (await studio.test.call('GET', '/v1/drafts/main/documents/agency/SHELTER')).body;
    expect(document.hours).toBe('Day and night');
    await context.close();
  });
});
