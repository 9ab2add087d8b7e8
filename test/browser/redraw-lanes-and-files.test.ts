// Work that changes hands on the drawing, tasks that come out of a file, and a finding that is played.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keyboardOf } from '../support/keyboard.ts';
import { countPointerEvents, dragOnto, focusedName, hear } from '../support/studio-driver.ts';
import { openStudioSession, type StudioSession } from '../support/studio-session.ts';

let session: StudioSession;
let page: Page;

beforeAll(async () => {
  session = await openStudioSession([], { viewport: { width: 1440, height: 1000 } });
  page = session.page;
  await page.getByRole('link', { name: 'Homelessness prevention', exact: true }).click();
  await card('HP13').waitFor();
});

afterAll(() => session?.close());

const card = (node: string) => page.locator(`[data-node="${node}"]`);
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });

describe('a drawing with lanes', () => {
  it('gives a task to somebody else when its card is dropped on another lane, as one step', async () => {
    await button('Arrange and show').click();
    await page.getByRole('menuitem', { name: /^Show or hide lanes by owner/ }).click();
    const lane = page.getByRole('region', { name: 'Lane of Money adviser' });
    await lane.waitFor();
    await button('Fit View').click();
    await card('HP06').click();
    await dragOnto(card('HP06'), lane);
    await hear(page, /Moved HP06 to Money adviser/);
    await card('HP06').getByText('Money adviser').waitFor();
    await button('Undo Move HP06 to Money adviser').click();
    await card('HP06').getByText('Case owner').waitFor();
  });

  it('does the same by keys alone', async () => {
    await countPointerEvents(page);
    await card('HP08').focus();
    await page.keyboard.press('l');
    await expect.poll(() => focusedName(page)).toBe('Lane');
    await keyboardOf(page).find('Duty desk');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await expect.poll(() => focusedName(page)).toBe('Move');
    await page.keyboard.press('Enter');
    await hear(page, /Moved HP08 to Duty desk/);
    await card('HP08').getByText('Duty desk').waitFor();
    expect(await page.evaluate('window.pointerEvents')).toBe(0);
  });
});

describe('a planner’s table', () => {
  it('comes into the open workflow as one step', async () => {
    await button('Import and export').click();
    await page.getByRole('menuitem', { name: 'Import a file…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Import' });
    const text = 'ID,Name,Duration,Predecessors\n1,Visit the home,3 days,\n2,Write the report,2 days,1FS+1 day\n';
    await dialog.locator('input[type=file]').setInputFiles({
      name: 'visits.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(text),
    });
    await dialog.getByLabel('What becomes of it', { exact: true }).first().click();
    await page.getByRole('option', { name: /^2 tasks of .*, into HP$/ }).click();
    await dialog.getByRole('button', { name: 'Import 2 tasks into HP' }).click();
    // What they name and is not here is told, with what can be done about it.
    const repairs = page.getByRole('dialog', { name: 'Import 2 tasks from visits' });
    await repairs.getByText('2 things they name are not here.').waitFor();
    await repairs.getByRole('button', { name: 'Import' }).click();
    await hear(page, /Imported 2 tasks/);
    await page.locator('[data-node]').filter({ hasText: 'Write the report' }).waitFor();
    await button('Undo Import 2 tasks').click();
    await page.locator('[data-node]').filter({ hasText: 'Write the report' }).waitFor({ state: 'detached' });
  });
});

describe('a finding with a counterexample', () => {
  it('is played at a click', async () => {
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.goto(`${session.product.origin}/studio/workflow/HP`);
    await card('HP13').waitFor();
    await page.getByLabel('Case SLA', { exact: true }).fill('30');
    await page.getByRole('tab', { name: /^Findings \([1-9]/ }).click();
    await button(/^Play the counterexample/)
      .first()
      .click();
    await page.getByRole('heading', { name: 'Play: Homelessness prevention' }).waitFor();
    await page.getByText(/^Counterexample of /).waitFor();
    await page.getByText(/Step forward to see it happen/).waitFor();
    expect(session.mistakes).toEqual([]);
  });
});
