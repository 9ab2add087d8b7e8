import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newDataFolder, openBrowser, type Product, removeData, startProduct } from '../support/product.ts';
import { dragLink, fillInEnquiry, hear, readCriticalDays, readFindingCount } from '../support/studio-driver.ts';

let browser: Browser;
let product: Product;
let page: Page;
const mistakes: string[] = [];

beforeAll(async () => {
  browser = await openBrowser();
  product = await startProduct(newDataFolder(), ['--preview-clock']);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
  page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.on('pageerror', (error) => void mistakes.push(error.message));
  await page.goto(product.url);
  await page.getByRole('heading', { name: 'Workflows' }).waitFor();
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
  if (product) removeData(product);
});

const card = (node: string) => page.locator(`[data-node="${node}"]`);
const openWorkflow = async () => {
  await page.goto(`${product.origin}/studio/workflow/HP`);
  await card('HP13').waitFor();
};

/** How far the summer of the year is away does not matter: every date is counted from today. */
const leaveBy = () => {
  const day = new Date(Date.now() + 30 * 86_400_000);
  return [day.getDate(), day.getMonth() + 1, day.getFullYear()].map(String);
};

describe('the main job', () => {
  let before: { days: number; findings: number };

  it('draws a task into HP and links it with a lag by mouse: the critical path and a finding change', async () => {
    await page.getByRole('link', { name: 'Homelessness prevention', exact: true }).click();
    await card('HP13').waitFor();
    before = { days: await readCriticalDays(page), findings: await readFindingCount(page) };
    await page.getByRole('button', { name: 'Add task' }).click();
    await card('HP14').getByLabel('Title').fill('Check the rent account');
    await page.keyboard.press('Enter');
    await card('HP14').getByText('Check the rent account').waitFor();
    await page.getByRole('button', { name: 'Fit View' }).click();
    await dragLink(page, 'HP12', 'HP14');
    await page.getByLabel('Lag', { exact: true }).fill('10');
    await page.getByRole('dialog').getByRole('button', { name: 'Link' }).click();
    await dragLink(page, 'HP14', 'HP13');
    await page.getByRole('dialog').getByRole('button', { name: 'Link' }).click();
    expect(await hear(page, /Linked HP14 to HP13/)).toMatch(/Critical path now ends .* days later/);
    await card('HP14').getByText('Critical').waitFor();
    expect(await readCriticalDays(page)).toBeGreaterThan(before.days);
    await expect.poll(() => readFindingCount(page)).toBeGreaterThan(before.findings);
  });

  it('focuses the place of a finding', async () => {
    await page.getByRole('tab', { name: /^Findings/ }).click();
    await page.getByRole('list').getByRole('button').first().waitFor();
    expect(await page.getByRole('list').getByRole('button').first().textContent()).toMatch(/Error|Warning/);
    await page.getByRole('tab', { name: /^(Workflow|Task)/ }).click();
  });

  it('undoes by name until the drawing is as it was', async () => {
    await page.getByRole('button', { name: 'Undo Link HP14 to HP13' }).click();
    expect(await readCriticalDays(page)).toBe(before.days);
    await expect.poll(() => readFindingCount(page)).toBeLessThanOrEqual(before.findings);
    await page.getByRole('button', { name: 'Redo Link HP14 to HP13' }).click();
    await page.getByRole('button', { name: 'Undo Link HP14 to HP13' }).click();
  });

  it('saves by itself and publishes the next release', async () => {
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Publish' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('What this release changes').fill('A check of the rent account');
    const warnings = dialog.getByRole('checkbox');
    if ((await warnings.count()) > 0) await warnings.check();
    await dialog.getByRole('button', { name: 'Publish' }).click();
    await dialog.getByText('Release 2 is live').waitFor();
    await dialog.getByRole('button', { name: 'Done' }).click();
  });

  it('draws, links with a lag, hears what changed and undoes with the keyboard alone', async () => {
    await openWorkflow();
    await page.evaluate(() => {
      (window as unknown as { pointers: number }).pointers = 0;
      for (const type of ['pointerdown', 'mousedown', 'click']) {
        // A click without detail is the keyboard's.
        window.addEventListener(
          type,
          (event) =>
            void ((event as MouseEvent).detail > 0 || type === 'pointerdown'
              ? (window as unknown as { pointers: number }).pointers++
              : 0),
          true,
        );
      }
    });
    const days = await readCriticalDays(page);
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-node') ?? '');
    for (let tabs = 0; tabs < 60 && (await focused()) === ''; tabs++) await page.keyboard.press('Tab');
    expect(await focused()).toBe('HP01');
    for (const next of ['HP02', 'HP03']) {
      await page.keyboard.press('ArrowDown');
      await expect.poll(focused).toBe(next);
    }
    await page.keyboard.press('a');
    await page.keyboard.type('Ask for the tenancy agreement');
    await page.keyboard.press('Enter');
    await expect.poll(focused).toBe('HP15');
    await page.keyboard.press('c');
    await page.getByRole('combobox', { name: 'Find the task to link to' }).waitFor();
    await page.keyboard.type('HP01');
    expect(await page.getByRole('option').textContent()).toContain('would make a cycle: HP15, HP01, HP02, HP03, HP15');
    for (let typed = 0; typed < 4; typed++) await page.keyboard.press('Backspace');
    await page.keyboard.type('HP13');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.closest('[role=dialog]')?.textContent ?? ''))
      .toContain('Lag');
    await page.getByLabel('Lag', { exact: true }).waitFor();
    await expect
      .poll(() => page.evaluate(() => (document.activeElement as HTMLInputElement | null)?.inputMode))
      .toBeTruthy();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('45');
    await page.keyboard.press('Enter');
    expect(await hear(page, /Linked HP15 to HP13/)).toMatch(
      /^Linked HP15 to HP13, FS, lag 45 working days\. Critical path now ends .* later/,
    );
    expect(await readCriticalDays(page)).toBeGreaterThan(days);
    await expect.poll(focused).toBe('HP15');
    await page.keyboard.press('Control+z');
    expect(await hear(page, /Undone/)).toContain('Link HP15 to HP13');
    expect(await readCriticalDays(page)).toBe(days);
    await page.keyboard.press('Delete');
    await expect.poll(() => card('HP15').count()).toBe(0);
    expect(await page.evaluate(() => (window as unknown as { pointers: number }).pointers)).toBe(0);
    await page.getByText('Saved', { exact: true }).waitFor();
  });

  let reference: string;

  it('lets a customer fill in the form and read the pack', async () => {
    const customer = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
    await customer.goto(`${product.origin}/enquiry/HP`);
    await fillInEnquiry(
      customer,
      {
        safe: 'Yes',
        stay: 'Renting from a private landlord',
        home_tonight: 'Yes',
        notice: 'A section 8 notice',
        leave_by: leaveBy(),
        landlord_type: 'A private landlord',
        age: '34',
        children: 'Yes',
        pregnant: 'No',
        needs: ['None of these'],
        arrears: 'Yes',
        income_change: 'No',
        connection: ['Lived here 3 of the last 5 years'],
        status: 'British or Irish',
        contact_landlord: 'Yes',
      },
      { name: 'Robin Sample', email: 'robin@example.org' },
    );
    const pack = await customer.locator('main').innerText();
    reference = /HP-[A-Z0-9]+-[A-Z0-9]+/.exec(pack)?.[0] ?? '';
    expect(reference).not.toBe('');
    expect(pack).toContain('What happens next');
    await customer.context().close();
  });

  it('works the first tasks of the case, offering only what is allowed', async () => {
    await page.goto(`${product.origin}/studio/cases`);
    await page.getByRole('link', { name: reference }).click();
    await page.getByRole('heading', { name: 'To do (1)' }).waitFor();
    const first = page.getByRole('listitem').filter({ hasText: 'HP01' });
    expect(await first.getByRole('button', { name: /^Start / }).count()).toBe(1);
    expect(
      await page
        .getByRole('listitem')
        .filter({ hasText: 'HP04' })
        .getByRole('button', { name: /^(Start|Complete) / })
        .count(),
    ).toBe(0);
    await first.getByRole('button', { name: /^Start / }).click();
    await first.getByText('Started').waitFor();
    await first.getByRole('button', { name: /^Complete / }).click();
    await completeIfAsked();
    await first.getByText('Complete', { exact: true }).waitFor();
    await page.getByRole('listitem').filter({ hasText: 'HP02' }).getByText('Ready').waitFor();
  });

  it('lets the clock pass amber and the target, and shows both with their messages', async () => {
    const second = page.getByRole('listitem').filter({ hasText: 'HP02' });
    await letPass('1 day');
    await letPass('1 week');
    await second.getByText('Target exceeded').waitFor();
    await page.getByRole('tab', { name: 'History' }).click();
    const history = page.getByRole('region', { name: 'History' });
    await history.getByText(/Triage call.*exceeded its target/).waitFor();
    expect(await history.getByText(/Triage call.*amber/i).count()).toBeGreaterThan(0);
    await page.goto(`${product.origin}/studio/messages`);
    await page.getByRole('heading', { name: 'Messages' }).waitFor();
    expect(await page.getByRole('row').count()).toBeGreaterThan(1);
  });

  it('keeps an audit of the whole case and draws its live states', async () => {
    await page.goto(`${product.origin}/studio/cases`);
    await page.getByRole('link', { name: reference }).click();
    await page.getByRole('tab', { name: 'Drawing' }).click();
    await card('HP14').getByText('Check the rent account').waitFor();
    await card('HP01').getByText('Complete').waitFor();
    await card('HP02').getByText('Target exceeded').waitFor();
    const events = await page.evaluate(async () => {
      const id = location.pathname.split('/').at(-1);
      const { events: found } = (await (await fetch(`/v1/cases/${id}/events`)).json()) as {
        events: { seq: number; hash: string }[];
      };
      return found.map(({ seq, hash }) => ({ seq, chained: hash.length > 20 }));
    });
    expect(events.every((event, at) => event.seq === at + 1 && event.chained)).toBe(true);
    expect(mistakes).toEqual([]);
  });
});

async function completeIfAsked(): Promise<void> {
  const dialog = page.getByRole('dialog');
  await page.waitForTimeout(300);
  if ((await dialog.count()) === 0) return;
  for (const choice of await dialog.getByRole('combobox').all()) {
    await choice.click();
    await page.getByRole('option').first().click();
  }
  await dialog.getByRole('button', { name: 'Complete' }).click();
}

async function letPass(step: string): Promise<void> {
  await page.getByRole('button', { name: 'Let time pass' }).click();
  await page.getByRole('menuitem', { name: step }).click();
  await hear(page, /It is now/);
  await page.waitForTimeout(500);
}
