import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countPointerEvents, dragLink, fillInEnquiry, hear, letPass, readStanding } from '../support/studio-driver.ts';
import { openStudioSession, type StudioSession } from '../support/studio-session.ts';

let session: StudioSession;
let page: Page;

beforeAll(async () => {
  session = await openStudioSession(['--preview-clock']);
  page = session.page;
});

afterAll(() => session?.close());

const card = (node: string) => page.locator(`[data-node="${node}"]`);
const task = (node: string) => page.getByRole('listitem').filter({ hasText: node });
const button = (name: string | RegExp) => page.getByRole('button', { name });

/** How far the summer of the year is away does not matter: every date is counted from today. */
const leaveBy = () => {
  const day = new Date(Date.now() + 30 * 86_400_000);
  return [day.getDate(), day.getMonth() + 1, day.getFullYear()].map(String);
};

describe('the main job', () => {
  let shipped: { days: number; findings: number };

  it('draws a task into HP and links it with a lag by mouse: the critical path and the findings change', async () => {
    await page.getByRole('link', { name: 'Homelessness prevention', exact: true }).click();
    await card('HP13').waitFor();
    shipped = await readStanding(page);
    expect(shipped.findings).toBe(0);
    await button('Add task').click();
    await card('HP14').getByLabel('Title').fill('Check the rent account');
    await page.keyboard.press('Enter');
    await card('HP14').getByText('Check the rent account').waitFor();
    await card('HP14').getByText('Warning').waitFor();
    await dragLink(page, 'HP12', 'HP14');
    await page.getByLabel('Lag', { exact: true }).fill('10');
    await page.getByRole('dialog').getByRole('button', { name: 'Link' }).click();
    // A lag of ten working days and a target of one: two weeks and a day, and what lies between them.
    expect(await hear(page, /Linked HP12 to HP14, FS, lag 10 working days/)).toMatch(/now ends .*, \d+ days later$/);
    await card('HP14').getByText('Critical').waitFor();
    await page.getByText('1 error', { exact: true }).waitFor();
    await card('HP14').getByText('Warning').waitFor({ state: 'detached' });
    await dragLink(page, 'HP14', 'HP13');
    await page.getByRole('dialog').getByRole('button', { name: 'Link' }).click();
    expect(await hear(page, /Linked HP14 to HP13/)).toMatch(/Critical path now ends .* days later/);
    await page.getByText('2 errors', { exact: true }).waitFor();
    await expect.poll(async () => (await readStanding(page)).days).toBeGreaterThan(shipped.days);
  });

  it('leads from a finding to its place, and refuses to publish while one is an error', async () => {
    await page.getByRole('tab', { name: 'Findings (2)' }).click();
    await button(/^Error .*HP01, HP02, HP03, HP12, HP14, HP13 take longer than the SLA of the case/).click();
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-place'))).toBe('/sla');
    await page.getByRole('link', { name: 'Publish' }).click();
    await button('Note and publish').click();
    await page.getByLabel('What this release changes').fill('Too long');
    await page.getByText('2 errors must be put right').waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Publish', exact: true }).isDisabled()).toBe(true);
    await button('Review').click();
    // From a finding back to its place on the canvas.
    await button(/^Error .*HP01, HP02, HP03, HP12, HP14, HP13 take longer than the SLA of the case/).click();
    await card('HP13').waitFor();
  });

  it('undoes by name until the dates are as shipped, and says what that changed', async () => {
    await button('Undo Link HP14 to HP13').click();
    await button('Redo Link HP14 to HP13').click();
    await button('Undo Link HP14 to HP13').click();
    await button('Undo Link HP12 to HP14').click();
    expect(await hear(page, /Undone: Link HP12 to HP14/)).toMatch(/Critical path now ends .* days earlier/);
    // The new task stands alone again.
    await card('HP14').getByText('Warning').waitFor();
    await expect.poll(() => readStanding(page)).toEqual({ ...shipped, findings: 1 });
  });

  it('saves by itself and publishes the next release once the drawing is sound', async () => {
    await dragLink(page, 'HP03', 'HP14');
    await page.getByLabel('Lag', { exact: true }).fill('2');
    await page.getByRole('dialog').getByRole('button', { name: 'Link' }).click();
    await hear(page, /Linked HP03 to HP14, FS, lag 2 working days/);
    await expect.poll(() => readStanding(page)).toEqual(shipped);
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'Publish' }).click();
    await page.getByText('No errors and no warnings').waitFor();
    await page.getByRole('link', { name: 'Task HP14', exact: true }).waitFor();
    await button('Note and publish').click();
    await page.getByLabel('What this release changes').fill('A check of the rent account');
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByText('Release 2 is live').waitFor();
  });

  it('draws, links with a lag, hears what changed and undoes with the keyboard alone', async () => {
    await page.goto(`${session.product.origin}/studio/workflow/HP`);
    await card('HP13').waitFor();
    await countPointerEvents(page);
    const before = await readStanding(page);
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-node') ?? '');
    for (let tabs = 0; tabs < 60 && (await focused()) === ''; tabs++) await page.keyboard.press('Tab');
    await expect.poll(focused).toBe('HP01');
    for (const next of ['HP02', 'HP03']) {
      await page.keyboard.press('ArrowDown');
      await expect.poll(focused).toBe(next);
    }
    await page.keyboard.press('a');
    await expect.poll(focusedField).toBe('Title');
    await page.keyboard.type('Ask for the tenancy agreement');
    await page.keyboard.press('Enter');
    await expect.poll(focused).toBe('HP15');
    await page.keyboard.press('c');
    await expect.poll(focusedField).toBe('Find the task to link to');
    await page.keyboard.type('HP01');
    await expect
      .poll(() => page.getByRole('option').allTextContents())
      .toEqual([expect.stringContaining('would make a cycle: HP15, HP01, HP02, HP03, HP15')]);
    for (let typed = 0; typed < 4; typed++) await page.keyboard.press('Backspace');
    await page.keyboard.type('HP13');
    await page.keyboard.press('Enter');
    await expect.poll(focusedField).toBe('Lag');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('45');
    await page.keyboard.press('Enter');
    expect(await hear(page, /Linked HP15 to HP13/)).toMatch(
      /^Linked HP15 to HP13, FS, lag 45 working days\. Critical path now ends .* later/,
    );
    await expect.poll(() => readStanding(page)).toMatchObject({ findings: before.findings + 2 });
    await expect.poll(async () => (await readStanding(page)).days).toBeGreaterThan(before.days);
    await expect.poll(focused).toBe('HP15');
    await page.keyboard.press('Control+z');
    expect(await hear(page, /Undone/)).toMatch(/Undone: Link HP15 to HP13\. Critical path now ends .* earlier/);
    await expect.poll(() => readStanding(page)).toEqual(before);
    await page.keyboard.press('Delete');
    await expect.poll(() => card('HP15').count()).toBe(0);
    await expect.poll(focused).toBe('HP03');
    expect(await page.evaluate('window.pointerEvents')).toBe(0);
    await page.getByText('Saved', { exact: true }).waitFor();
  });

  let reference: string;

  it('lets a customer fill in the form and read the pack, without JavaScript', async () => {
    const customer = await (await session.browser.newContext({ javaScriptEnabled: false })).newPage();
    await customer.goto(`${session.product.origin}/enquiry/HP`);
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
    await openCase();
    await page.getByRole('heading', { name: 'To do (1)' }).waitFor();
    await task('HP01')
      .getByRole('button', { name: /^Start / })
      .waitFor();
    expect(
      await task('HP04')
        .getByRole('button', { name: /^(Start|Complete) / })
        .count(),
    ).toBe(0);
    await task('HP01')
      .getByRole('button', { name: /^Start / })
      .click();
    await task('HP01').getByText('Started', { exact: true }).waitFor();
    await task('HP01')
      .getByRole('button', { name: /^Complete / })
      .click();
    await completeAsAsked();
    await task('HP01').getByText('Complete', { exact: true }).waitFor();
    await task('HP02').getByText('Ready', { exact: true }).waitFor();
    await page.getByRole('heading', { name: 'Finished (1)' }).waitFor();
  });

  it('lets the clock pass amber and the target, and shows both with their messages', async () => {
    await letPass(page, '1 day');
    await letPass(page, '1 week');
    await task('HP02').getByText('Target exceeded').waitFor();
    await page.getByRole('tab', { name: 'History' }).click();
    const history = page.getByRole('region', { name: 'History' });
    await history.getByText(/Triage call.*exceeded its target/).waitFor();
    await history
      .getByText(/Triage call.*amber/i)
      .first()
      .waitFor();
    await page.getByRole('link', { name: 'Messages' }).click();
    const row = (title: RegExp) => page.getByRole('row').filter({ hasText: reference }).filter({ hasText: title });
    await row(/Amber warning: Triage call/)
      .first()
      .waitFor();
    await row(/Target exceeded: Triage call/)
      .first()
      .waitFor();
  });

  it('keeps an audit of the whole case and draws its live states', async () => {
    await openCase();
    await page.getByRole('tab', { name: 'Drawing' }).click();
    await card('HP14').getByText('Check the rent account').waitFor();
    await card('HP01').getByText('Complete', { exact: true }).waitFor();
    await card('HP02').getByText('Target exceeded').waitFor();
    const events = await page.evaluate(async () => {
      const id = location.pathname.split('/').at(-1);
      const { events: found } = (await (await fetch(`/v1/cases/${id}/events`)).json()) as {
        events: { seq: number; hash: string }[];
      };
      return found.map(({ seq, hash }) => ({ seq, chained: hash.length > 20 }));
    });
    expect(events.length).toBeGreaterThan(5);
    expect(events.every((event, at) => event.seq === at + 1 && event.chained)).toBe(true);
    expect(session.mistakes).toEqual([]);
  });

  async function openCase(): Promise<void> {
    await page.goto(`${session.product.origin}/studio/cases`);
    await page.getByRole('link', { name: reference }).click();
    await page.getByRole('heading', { name: reference }).waitFor();
  }
});

/** The name of the field that has the focus. */
function focusedField(): Promise<string | undefined> {
  return page.evaluate(() => {
    const field = document.activeElement as HTMLInputElement | null;
    return field?.getAttribute('aria-label') ?? field?.labels?.[0]?.textContent ?? undefined;
  });
}

/** Gives every outcome and field that completing asks for, when it asks. */
async function completeAsAsked(): Promise<void> {
  const dialog = page.getByRole('dialog');
  const finished = page.getByRole('heading', { name: 'Finished (1)' });
  await dialog.or(finished).first().waitFor();
  if ((await dialog.count()) === 0) return;
  for (const choice of await dialog.getByRole('combobox').all()) {
    await choice.click();
    await page.getByRole('option').first().click();
  }
  await dialog.getByRole('button', { name: 'Complete' }).click();
}
