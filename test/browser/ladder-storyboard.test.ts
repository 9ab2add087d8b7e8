import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keyboardOf } from '../support/keyboard.ts';
import { countPointerEvents, hear, tabTo } from '../support/studio-driver.ts';
import { openStudioSession, type StudioSession } from '../support/studio-session.ts';

let session: StudioSession;
let page: Page;

beforeAll(async () => {
  session = await openStudioSession();
  page = session.page;
  await page.goto(`${session.product.origin}/studio/library/ladders`);
  await page.getByRole('heading', { name: 'Escalation ladders' }).waitFor();
  await countPointerEvents(page);
});

afterAll(() => session?.close());

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
const pin = (rung: string) => page.locator(`[data-rung="${rung}"]`);

/** Adds a rung by the menu of the axis; the focus is on its card then. */
async function addRung(trigger: string): Promise<void> {
  await tabTo(page, button('Add a rung'), 'Shift+Tab');
  await page.keyboard.press('Enter');
  const item = page.getByRole('menuitem', { name: trigger, exact: true });
  await item.waitFor();
  // The menu takes the focus once it stands; an arrow before that would be lost.
  await page.locator('[role="menu"]:focus-within').waitFor();
  for (let pressed = 0; pressed < 12; pressed++) {
    if (await item.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Enter');
  await expect.poll(() => page.evaluate(() => document.activeElement?.hasAttribute('data-rung-card'))).toBe(true);
}

/** Each message of the storyboard: its date, time and rung. */
async function readStory(): Promise<string[]> {
  const lines = page.getByRole('list', { name: 'Storyboard' }).locator('li:has(details)');
  return await lines.evaluateAll((items) =>
    items.map((item) => {
      const [day, time, message] = [...item.children];
      const rung = message?.getAttribute('data-told');
      return `${day?.textContent} ${time?.textContent} ${rung}`;
    }),
  );
}

describe('a ladder built by keyboard alone', () => {
  it('begins empty, and gets its rungs', async () => {
    await tabTo(page, button('New ladder'));
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByLabel('Title').waitFor();
    await page.keyboard.type('Over Christmas');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('XMAS');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /^Rungs \(/ }).waitFor();
    await addRung('Amber warning');
    await addRung('Target exceeded');
    await addRung('After another rung');
    await page.getByRole('heading', { name: 'Rungs (3)' }).waitFor();
  });

  it('moves a rung on the time axis by arrow keys, one step of undo for the gesture', async () => {
    await tabTo(page, pin('next'), 'Shift+Tab');
    await expect
      .poll(() => pin('next').getAttribute('aria-label'))
      .toContain('2 working days later after rung overdue');
    await page.keyboard.press('ArrowRight');
    expect(await hear(page, /^next 3 working days later/)).toContain('after rung overdue');
    await page.keyboard.press('Control+z');
    await expect.poll(() => pin('next').getAttribute('aria-label')).toContain('2 working days later');
  });

  it('tells its storyboard over Christmas, the dates worked out by hand', async () => {
    const starts = page.getByLabel('Starts', { exact: true });
    await tabTo(page, starts);
    // A date field has parts in the order of the machine's language, so its value is put in as a whole.
    await starts.fill('2026-12-17T10:00');
    // Day 0 is Thursday 17 December: Fri 18, Mon 21, Tue 22, Wed 23, Thu 24 make five working days, amber one before.
    // Friday 25 and Monday 28 are holidays: two working days later is Wednesday 30.
    await expect
      .poll(readStory)
      .toEqual(['Wed 23 Dec 2026 17:00 amber', 'Thu 24 Dec 2026 17:00 overdue', 'Wed 30 Dec 2026 17:00 next']);
    await page.getByText(/^Due: 5 working days from Thu 17 Dec 2026/).waitFor();
  });

  it('opens a message in the words of its template', async () => {
    const message = page.getByRole('list', { name: 'Storyboard' }).locator('summary').first();
    await tabTo(page, message);
    await page.keyboard.press('Enter');
    await page
      .getByText(/Open the case:/)
      .first()
      .waitFor();
    await page
      .getByText(/is due Thu 24 Dec 2026, 17:00/)
      .first()
      .waitFor();
  });

  it('names who hears when nobody else does, and is saved', async () => {
    await tabTo(page, page.getByLabel('Add to if nobody can be found'), 'Shift+Tab');
    await keyboardOf(page).find('Head of service');
    await page.getByText('Saved', { exact: true }).waitFor();
    expect(await page.evaluate('window.pointerEvents')).toBe(0);
    expect(session.mistakes).toEqual([]);
  });
});
