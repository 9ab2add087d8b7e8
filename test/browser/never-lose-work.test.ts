// Work is never lost: two browsers on one draft, no net, a crash, a tab left open while others publish.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openKillableBrowser } from '../support/killable-browser.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { newDataFolder, openBrowser, type Product, removeData, startProduct } from '../support/product.ts';

const settings = {
  viewport: { width: 1280, height: 900 },
  reducedMotion: 'reduce' as const,
  locale: 'en-GB',
};

let browser: Browser;
let product: Product;
let cookies: Awaited<ReturnType<BrowserContext['cookies']>>;
const mistakes: string[] = [];

beforeAll(async () => {
  browser = await openBrowser();
  product = await startProduct(newDataFolder());
  const context = await browser.newContext(settings);
  const page = await context.newPage();
  await page.goto(product.url);
  await page.getByRole('heading', { name: 'Workflows' }).waitFor();
  cookies = await context.cookies();
  await context.close();
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
  if (product) removeData(product);
});

describe('two browsers on one draft', () => {
  it('tell each other what was saved, and take it over', async () => {
    const [mine, theirs] = [await openHp(), await openHp()];
    await rename(theirs, 'HP01', 'Saved by the other');
    await saved(theirs);
    await mine.getByText('Somebody else has saved').waitFor();
    await mine.getByRole('button', { name: 'Show what changed' }).click();
    await mine
      .getByRole('dialog')
      .getByText(/HP01.*"Saved by the other"/)
      .waitFor();
    await mine.getByRole('button', { name: 'Take over' }).click();
    await card(mine, 'HP01').getByText('Saved by the other').waitFor();
    await saved(mine);
    await mine.getByText('Somebody else has saved').waitFor({ state: 'detached' });
    await close(mine, theirs);
  });

  it('bring both changes together, and ask only about what both changed', async () => {
    const [mine, theirs] = [await openHp(), await openHp()];
    await rename(theirs, 'HP02', 'Theirs alone');
    await rename(theirs, 'HP03', 'Theirs of both');
    await saved(theirs);
    await rename(mine, 'HP04', 'Mine alone');
    const dialog = mine.getByRole('dialog');
    await dialog.getByText('What they changed').waitFor();
    await mine.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await mine.getByText('Conflict', { exact: true }).waitFor();
    await rename(mine, 'HP03', 'Mine of both');
    await mine.getByRole('button', { name: 'Compare and choose' }).click();
    await expect.poll(() => dialog.getByRole('button', { name: 'Merge both' }).isDisabled()).toBe(true);
    await dialog.getByRole('radio', { name: 'Theirs: "Theirs of both"' }).check();
    await dialog.getByRole('button', { name: 'Merge both' }).click();
    await saved(mine);
    expect(await titles('HP02', 'HP03', 'HP04')).toEqual(['Theirs alone', 'Theirs of both', 'Mine alone']);
    // Undo takes the merge back, and that is saved too: nothing is beyond reach.
    await mine.getByRole('button', { name: /^Undo Merge with/ }).click();
    await saved(mine);
    expect(await titles('HP03', 'HP04')).toEqual(['Mine of both', 'Mine alone']);
    await close(mine, theirs);
  });

  it('lose nothing when one was left open while the other published', async () => {
    const [stale, other] = [await openHp(), await openHp()];
    await rename(other, 'HP05', 'Published');
    await saved(other);
    await other.getByRole('link', { name: 'Publish' }).click();
    await other.getByRole('button', { name: 'Note and publish' }).click();
    await other.getByLabel('What this release changes').fill('A title');
    await other.getByRole('button', { name: 'Publish', exact: true }).click();
    await other.getByText('Release 2 is live').waitFor();
    await rename(stale, 'HP06', 'Written in the old tab');
    await stale.getByRole('dialog').getByRole('button', { name: 'Merge both' }).click();
    await saved(stale);
    expect(await titles('HP05', 'HP06')).toEqual(['Published', 'Written in the old tab']);
    await stale.getByText('Release 2 has been published').waitFor();
    await close(stale, other);
  });
});

describe('without the server', () => {
  it('keeps changes through a closed tab, and sends them once when the server is back', async () => {
    const page = await openHp();
    const context = page.context();
    const before = await revision();
    await context.setOffline(true);
    for (const node of ['HP04', 'HP09', 'HP10']) await rename(page, node, `Offline ${node}`);
    await page.getByText('Offline: 3 changes kept on this computer').waitFor();
    await page.close();
    await context.setOffline(false);
    const again = await context.newPage();
    const sent: string[] = [];
    again.on('request', (request) => request.method() === 'PUT' && void sent.push(new URL(request.url()).pathname));
    await openDesigner(again);
    await card(again, 'HP09').getByText('Offline HP09').waitFor();
    await saved(again);
    expect(await titles('HP04', 'HP09', 'HP10')).toEqual(['Offline HP04', 'Offline HP09', 'Offline HP10']);
    expect({ sent, revision: await revision() }).toEqual({
      sent: ['/v1/drafts/main/documents/workflow/HP'],
      revision: before + 1,
    });
    // A page opened afterwards has nothing left to send.
    await again.reload();
    await card(again, 'HP09').waitFor();
    await saved(again);
    expect(await revision()).toBe(before + 1);
    await close(again);
  });

  it('says so when this computer cannot keep anything', async () => {
    const context = await newContext();
    await context.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('full', 'QuotaExceededError');
      };
    });
    const page = await context.newPage();
    await openDesigner(page);
    await context.setOffline(true);
    await rename(page, 'HP12', 'Only here');
    await page.getByText('Offline: 1 change in this page only').waitFor();
    await page.getByText('The storage of this browser is full').waitFor();
    await context.setOffline(false);
    await saved(page);
    await close(page);
  });
});

describe('a crash of the browser', () => {
  it.each(['with', 'without'])('2 seconds after an edit loses nothing, %s the server', async (way) => {
    const profile = mkdtempSync(join(tmpdir(), 'lintel-profile-'));
    const title = `Crashed ${way} the server`;
    try {
      const first = await openKillableBrowser(profile);
      const page = await firstPage(first.browser);
      await openDesigner(page);
      if (way === 'without') await page.context().setOffline(true);
      await rename(page, 'HP11', title);
      await page.waitForTimeout(2000);
      await first.kill();
      const second = await openKillableBrowser(profile);
      const reopened = await firstPage(second.browser);
      await openDesigner(reopened);
      await card(reopened, 'HP11').getByText(title).waitFor();
      await saved(reopened);
      expect(await titles('HP11')).toEqual([title]);
      await second.kill();
    } finally {
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    }
  });
});

describe('a page opened while the server is down', () => {
  it('shows the draft with the change that is not saved yet, and saves it once when the server is back', async () => {
    const context = await browser.newContext({ ...settings, serviceWorkers: 'allow' });
    await context.addCookies(cookies);
    const page = await context.newPage();
    await openDesigner(page);
    const isKept = () =>
      page.evaluate(async () => {
        const draft = await caches.open('lintel-draft');
        const found = await Promise.all(['/v1/me', '/v1/drafts/main/configuration'].map((path) => draft.match(path)));
        return found.every((answer) => answer !== undefined);
      });
    await expect.poll(isKept).toBe(true);
    const before = await revision();
    await rename(page, 'HP07', 'Saved before');
    await saved(page);
    await product.stop();
    await rename(page, 'HP08', 'Written without the server');
    await page.getByText('Offline: 1 change kept on this computer').waitFor();
    await page.reload();
    await page.getByText('You are offline').waitFor();
    await card(page, 'HP08').getByText('Written without the server').waitFor();
    await card(page, 'HP07').getByText('Saved before').waitFor();
    product = await startProduct(product.folder, [], Number(new URL(product.origin).port));
    await saved(page);
    await page.getByText('You are offline').waitFor({ state: 'detached' });
    expect(await titles('HP07', 'HP08')).toEqual(['Saved before', 'Written without the server']);
    expect(await revision()).toBe(before + 2);
    // No case, customer or message is ever kept.
    const kept = await page.evaluate(async () =>
      (await (await caches.open('lintel-draft')).keys()).map(({ url }) => url),
    );
    expect(
      kept
        .map((url) => new URL(url).pathname)
        .filter((path) => !path.startsWith('/v1/layouts/'))
        .sort(),
    ).toEqual(['/v1/drafts/main/configuration', '/v1/me']);
    await close(page);
  });

  it('showed no mistake on any page', () => expect(mistakes).toEqual([]));
});

async function newContext(): Promise<BrowserContext> {
  const context = await browser.newContext(settings);
  await context.addCookies(cookies);
  return context;
}

async function openHp(): Promise<Page> {
  const page = await (await newContext()).newPage();
  await openDesigner(page);
  return page;
}

async function firstPage(opened: Browser): Promise<Page> {
  const context = opened.contexts()[0] ?? (await opened.newContext(settings));
  await context.addCookies(cookies);
  const page = await context.newPage();
  await page.setViewportSize(settings.viewport);
  return page;
}

async function openDesigner(page: Page): Promise<void> {
  page.setDefaultTimeout(PATIENCE_MS);
  page.on('pageerror', (error) => void mistakes.push(error.message));
  await page.goto(`${product.origin}/studio/workflow/HP`);
  await card(page, 'HP13').waitFor();
  // Parts that come after the drawing are there before anybody pulls the plug.
  await page.locator('[data-complete]').waitFor();
  await page.waitForLoadState('networkidle');
}

function card(page: Page, node: string) {
  return page.locator(`[data-node="${node}"]`);
}

async function rename(page: Page, node: string, title: string): Promise<void> {
  await card(page, node).focus();
  await page.keyboard.press('F2');
  await card(page, node).getByLabel('Title').fill(title);
  await page.keyboard.press('Enter');
  await card(page, node).getByText(title).waitFor();
  // The card takes the focus back a moment later; the next one must not be named before. A conflict asks at once.
  await page.locator(`[data-node="${node}"]:focus, [role="dialog"]`).first().waitFor();
}

async function saved(page: Page): Promise<void> {
  await page.getByText('Saved', { exact: true }).waitFor();
}

async function close(...pages: Page[]): Promise<void> {
  for (const page of pages) await page.context().close();
}

interface StoredWorkflow {
  revision: number;
  document: { nodes: Record<string, { title?: string }> };
}

/** What the server holds of HP, asked past every page. */
async function stored(): Promise<StoredWorkflow> {
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const answer = await fetch(`${product.origin}/v1/drafts/main/documents/workflow/HP`, { headers: { cookie } });
  return (await answer.json()) as StoredWorkflow;
}

async function titles(...nodes: string[]): Promise<(string | undefined)[]> {
  const { document } = await stored();
  return nodes.map((node) => document.nodes[node]?.title);
}

async function revision(): Promise<number> {
  return (await stored()).revision;
}
