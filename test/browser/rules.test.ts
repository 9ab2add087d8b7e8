import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countPointerEvents, focusedName, hear, tabTo } from '../support/studio-driver.ts';
import { openStudioSession, PATIENCE_MS, type StudioSession } from '../support/studio-session.ts';

let session: StudioSession;
let page: Page;

beforeAll(async () => {
  session = await openStudioSession();
  page = session.page;
});

afterAll(() => session?.close());

const type = (text: string) => page.keyboard.type(text);
const press = (...keys: string[]) =>
  keys.reduce((done, key) => done.then(() => page.keyboard.press(key)), Promise.resolve());

/** Opens an area and adds a document by its title; its key is the one proposed. */
async function addDocument(area: string, one: string, title: string): Promise<void> {
  await page.goto(`${session.product.origin}/studio/library/${area}`);
  await countPointerEvents(page);
  await tabTo(page, `New ${one}`);
  await press('Enter');
  await expect.poll(() => focusedName(page), { timeout: PATIENCE_MS }).toBe('Title');
  await type(title);
  await press('Enter');
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
}

/** Chooses in a list that opens under the focused field. */
async function choose(words: string): Promise<void> {
  await press('ArrowDown');
  await page.getByRole('option').first().waitFor();
  for (let step = 0; step < 40; step++) {
    const chosen = await page.evaluate(() => {
      const field = document.activeElement as HTMLElement | null;
      const id = field?.getAttribute('aria-activedescendant') ?? '';
      return (id ? document.getElementById(id) : document.querySelector('[data-combobox-selected]'))?.textContent ?? '';
    });
    if (chosen.includes(words)) return press('Enter');
    await press('ArrowDown');
  }
  throw new Error(`the list has no ${words}`);
}

describe('an administrator with a keyboard alone, from an empty page', () => {
  it('writes a form with a question that is asked of some', async () => {
    await addDocument('forms', 'form', 'Lodgers');
    await tabTo(page, 'New question in Your enquiry');
    await type('Do you have lodgers?');
    await press('Enter');
    await hear(page, /Added question do_you_have_lodgers/);
    await tabTo(page, 'New question in Your enquiry');
    await type('How many lodgers?');
    await press('Enter');
    await hear(page, /Added question how_many_lodgers/);
    await tabTo(page, 'Kind of answer', 'Shift+Tab');
    await choose('Number');
    await tabTo(page, 'Add a rule');
    await press('Enter');
    await tabTo(page, 'Look at');
    await choose('Do you have lodgers?');
    await tabTo(page, 'Value');
    await choose('Yes');
    await tabTo(page, 'Add');
    await press('Enter');
    await page.getByText('Only when “Do you have lodgers?” is Yes').waitFor();
  });

  it('gives the form to a workflow', async () => {
    await addDocument('workflows', 'workflow', 'Lodgers scheme');
    await page.goto(`${session.product.origin}/studio/edit/form/lodgers`);
    await countPointerEvents(page);
    await tabTo(page, 'Asked by the workflows');
    await type('Lodgers scheme');
    // The list is there before it follows what is typed.
    await expect
      .poll(() => page.getByRole('option').allTextContents())
      .toEqual([expect.stringContaining('Lodgers scheme')]);
    await press('ArrowDown', 'Enter');
    await page.getByText('Saved', { exact: true }).waitFor();
  });

  it('writes a statement and the rule that gives it', async () => {
    await addDocument('advice', 'statement', 'Taking in several lodgers');
    await tabTo(page, 'Text');
    await press('Control+a');
    await type('Tell {{organ');
    await page.getByRole('option', { name: '{{organisation}} Name of the organisation', selected: true }).waitFor();
    await press('Enter');
    await type(' before you take in more lodgers.');
    await tabTo(page, 'Every workflow');
    await press('ArrowRight');
    await tabTo(page, 'Give it in another workflow');
    await type('Lodgers scheme');
    await press('ArrowDown', 'Enter');
    await page.getByRole('button', { name: 'Never true', exact: true }).waitFor();
    await tabTo(page, 'Never true', 'Shift+Tab');
    await press('a');
    await tabTo(page, 'Look at');
    await choose('How many lodgers?');
    await tabTo(page, 'Number');
    await type('2');
    await tabTo(page, 'Add');
    await press('Enter');
    await page.getByRole('button', { name: '“How many lodgers?” is at least 2', exact: true }).waitFor();
  });

  it('turns the rule about and back by its keys, each step undone by name', async () => {
    await expect.poll(() => focusedName(page), { timeout: PATIENCE_MS }).toBe('“How many lodgers?” is at least 2');
    await press('n');
    await page.getByRole('button', { name: 'Not', exact: true }).waitFor();
    await press('Control+z');
    await hear(page, /Undone/);
    await expect
      .poll(() => page.getByRole('button', { name: 'Not', exact: true }).count(), { timeout: PATIENCE_MS })
      .toBe(0);
  });

  it('sees the statement come and go in the preview, and keeps the household as a test that is green', async () => {
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.goto(`${session.product.origin}/studio/preview?workflow=lodgers_scheme`);
    await countPointerEvents(page);
    const statement = page.getByRole('heading', { name: 'Taking in several lodgers' });
    await page.getByRole('radio', { name: 'Yes' }).waitFor();
    expect(await statement.count()).toBe(0);
    await tabTo(page, 'Yes');
    await press('Space');
    await tabTo(page, 'How many lodgers?');
    await type('1');
    expect(await statement.count()).toBe(0);
    await press('Backspace');
    await type('3');
    await statement.waitFor();
    await page.getByText(/^Tell .* before you take in more lodgers\.$/).waitFor();
    await tabTo(page, 'Save as a test', 'Shift+Tab');
    await press('Enter');
    await tabTo(page, 'Name');
    await type('Three lodgers');
    await press('Enter');
    await page.getByText('All 1 pass').waitFor();
  });

  it('touched no mouse and met no error', async () => {
    expect(await page.evaluate('window.pointerEvents')).toBe(0);
    expect(session.mistakes).toEqual([]);
  });
});
