import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDocumentByKeys, type Keyboard, keyboardOf } from '../support/keyboard.ts';
import { countPointerEvents, focusedName, hear, tabTo } from '../support/studio-driver.ts';
import { openStudioSession, type StudioSession } from '../support/studio-session.ts';

let session: StudioSession;
let page: Page;
let hands: Keyboard;

beforeAll(async () => {
  session = await openStudioSession();
  page = session.page;
  hands = keyboardOf(page);
});

afterAll(() => session?.close());

/** Opens a page of the studio once what was done on the one before is saved. */
async function open(path: string): Promise<void> {
  if (page.url().includes('/edit/')) await page.getByText('Saved', { exact: true }).waitFor();
  await page.goto(`${session.product.origin}/studio/${path}`);
  await countPointerEvents(page);
}

/** Opens an area and adds a document by its title; its key is the one proposed. */
async function addDocument(area: string, one: string, title: string): Promise<void> {
  await open(`library/${area}`);
  await addDocumentByKeys(page, { one, title });
}

describe('an administrator with a keyboard alone, from an empty page', () => {
  it('writes a form with a question that is asked of some', async () => {
    await addDocument('forms', 'form', 'Lodgers');
    await tabTo(page, 'New question in Your enquiry');
    await hands.type('Do you have lodgers?');
    await hands.press('Enter');
    await hear(page, /Added question do_you_have_lodgers/);
    await tabTo(page, 'New question in Your enquiry');
    await hands.type('How many lodgers?');
    await hands.press('Enter');
    await hear(page, /Added question how_many_lodgers/);
    await tabTo(page, 'Kind of answer', 'Shift+Tab');
    await hands.choose('Number');
    await tabTo(page, 'Add a rule');
    await hands.press('Enter');
    await tabTo(page, 'Look at');
    await hands.choose('Do you have lodgers?');
    await tabTo(page, 'Value');
    await hands.choose('Yes');
    await tabTo(page, 'Add');
    await hands.press('Enter');
    await page.getByText('Only when “Do you have lodgers?” is Yes').waitFor();
  });

  it('gives the form to a workflow', async () => {
    await addDocument('workflows', 'workflow', 'Lodgers scheme');
    await open('edit/form/lodgers');
    await tabTo(page, 'Asked by the workflows');
    await hands.find('Lodgers scheme');
    await page.getByText('Saved', { exact: true }).waitFor();
  });

  it('writes a statement and the rule that gives it', async () => {
    await addDocument('advice', 'statement', 'Taking in several lodgers');
    await tabTo(page, 'Text');
    await hands.press('Control+a');
    await hands.type('Tell {{organ');
    await page.getByRole('option', { name: '{{organisation}} Name of the organisation', selected: true }).waitFor();
    await hands.press('Enter');
    await hands.type(' before you take in more lodgers.');
    await tabTo(page, 'Every workflow');
    await hands.press('ArrowRight');
    await tabTo(page, 'Give it in another workflow');
    await hands.find('Lodgers scheme');
    await page.getByRole('button', { name: 'Never true', exact: true }).waitFor();
    await tabTo(page, 'Never true', 'Shift+Tab');
    await hands.press('a');
    await tabTo(page, 'Look at');
    await hands.choose('How many lodgers?');
    await tabTo(page, 'Number');
    await hands.type('2');
    await tabTo(page, 'Add');
    await hands.press('Enter');
    await page.getByRole('button', { name: '“How many lodgers?” is at least 2', exact: true }).waitFor();
  });

  it('turns the rule about and back by its keys, each step undone by name', async () => {
    await expect.poll(() => focusedName(page)).toBe('“How many lodgers?” is at least 2');
    await hands.press('n');
    await page.getByRole('button', { name: 'Not', exact: true }).waitFor();
    await hands.press('Control+z');
    await hear(page, /Undone/);
    await expect.poll(() => page.getByRole('button', { name: 'Not', exact: true }).count()).toBe(0);
  });

  it('sees the statement come and go in the preview, and keeps the household as a test that is green', async () => {
    await open('preview?workflow=LS');
    const statement = page.getByRole('heading', { name: 'Taking in several lodgers' });
    await page.getByRole('radio', { name: 'Yes' }).waitFor();
    expect(await statement.count()).toBe(0);
    await tabTo(page, 'Yes');
    await hands.press('Space');
    await tabTo(page, 'How many lodgers?');
    await hands.type('1');
    expect(await statement.count()).toBe(0);
    await hands.press('Backspace');
    await hands.type('3');
    await statement.waitFor();
    await page.getByText(/^Tell .* before you take in more lodgers\.$/).waitFor();
    await tabTo(page, 'Save as a test', 'Shift+Tab');
    await hands.press('Enter');
    await tabTo(page, 'Name');
    await hands.type('Three lodgers');
    await hands.press('Enter');
    await page.getByText('All 1 pass').waitFor();
  });

  it('touched no mouse and met no error', async () => {
    expect(await page.evaluate('window.pointerEvents')).toBe(0);
    expect(session.mistakes).toEqual([]);
  });
});
