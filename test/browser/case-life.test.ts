import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBarriers } from '../support/axe.ts';
import { hear } from '../support/studio-driver.ts';
import { openStudioSession, type StudioSession } from '../support/studio-session.ts';

let session: StudioSession;
let page: Page;

beforeAll(async () => {
  session = await openStudioSession([], { bypassCSP: true });
  page = session.page;
});

afterAll(() => session?.close());

/** Opens the first open case of a workflow, by its reference. */
async function openCase(workflow: string): Promise<void> {
  await page.goto(`${session.product.origin}/studio/cases`);
  await page
    .getByRole('link', { name: new RegExp(`^${workflow}-`) })
    .first()
    .click();
  await page.getByRole('tab', { name: 'Tasks' }).waitFor();
}

/** A command from the menu of a task or of the case. */
async function choose(of: RegExp, command: string): Promise<void> {
  await page.getByRole('button', { name: of }).first().click();
  await page.getByRole('menuitem', { name: command, exact: true }).click();
  await page.getByRole('dialog').waitFor();
}

describe('an officer', () => {
  it('attaches a document to a case and hears why another one is refused', async () => {
    await openCase('HP');
    const upload = page.locator('input[type="file"]');
    await upload.setInputFiles({ name: 'tenancy.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 x') });
    await page.getByRole('link', { name: 'tenancy.pdf' }).waitFor();
    const downloading = page.waitForEvent('download');
    await page.getByRole('link', { name: 'tenancy.pdf' }).click();
    expect((await downloading).suggestedFilename()).toBe('tenancy.pdf');
    await upload.setInputFiles({ name: 'letter.pdf', mimeType: 'application/pdf', buffer: Buffer.from('MZ program') });
    await page
      .getByRole('alert')
      .getByText(/which is not what it is called/)
      .waitFor();
  });

  it('sees what is cancelled with a task before agreeing to it', async () => {
    await openCase('HP');
    await choose(/^More for (?!the case)/, 'Cancel');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reason').fill('Asked twice');
    await dialog.getByRole('button', { name: 'Cancel', exact: true }).click();
    await dialog
      .getByText(/tasks? that follows? (?:is|are) cancelled too|tasks that follow are cancelled too/)
      .waitFor();
    await dialog.getByRole('listitem').first().waitFor();
    await expect.poll(() => findBarriers(page)).toEqual([]);
    await dialog.getByRole('button', { name: /^Cancel all \d+$/ }).click();
    await dialog.waitFor({ state: 'detached' });
    await hear(page, /Done: Cancel/);
  });

  it('sees the plan as it stands, with what is critical', async () => {
    await openCase('TR');
    await page.getByRole('tab', { name: 'Plan' }).click();
    await page.getByRole('columnheader', { name: 'Room to slip' }).waitFor();
    await page.getByText(/Projected end/).waitFor();
    await page.getByText('critical', { exact: true }).first().waitFor();
    await expect.poll(() => findBarriers(page)).toEqual([]);
  });

  it('adds a task that waits for another', async () => {
    await page.goto(`${session.product.origin}/studio/cases`);
    await page.getByRole('link', { name: /^WS-/ }).first().click();
    await page.getByRole('tab', { name: 'Tasks' }).waitFor();
    await choose(/^More for the case/, 'Add a task');
    const dialog = page.getByRole('dialog');
    for (const list of ['Task', 'Waits for']) {
      await page.getByRole('option').first().waitFor({ state: 'detached' });
      await dialog.getByLabel(list).click();
      await page.getByRole('option').first().click();
    }
    await page.keyboard.press('Escape');
    await dialog.getByLabel('and then').fill('3');
    await dialog.getByRole('button', { name: 'Add a task' }).click();
    await hear(page, /Done: Add a task|Not done/);
  });

  it('finds the customer and their cases', async () => {
    await page.goto(`${session.product.origin}/studio/cases`);
    await page.getByRole('link', { name: /^HP-/ }).last().click();
    await page.getByRole('link', { name: 'Other cases of this customer' }).click();
    await page.getByRole('region', { name: 'Cases', exact: true }).waitFor();
    const name = (await page.getByRole('heading', { level: 1 }).textContent()) ?? '';
    await page.goto(`${session.product.origin}/studio/customers`);
    await page.getByLabel('Search customers and cases').fill(name.slice(0, 5));
    await page.getByRole('link', { name }).first().click();
    await page.getByRole('heading', { level: 1, name }).waitFor();
    await page.getByRole('table').getByRole('link').first().waitFor();
    await expect.poll(() => findBarriers(page)).toEqual([]);
  });
});
