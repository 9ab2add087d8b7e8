import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBarriers } from '../support/axe.ts';
import {
  newDataFolder,
  openBrowser,
  type Product,
  removeData,
  serveProduct,
  startProduct,
} from '../support/product.ts';

let browser: Browser;
let product: Product;
/** The session of the one sign-in that the printed address gives. */
let signedIn: Awaited<ReturnType<BrowserContext['storageState']>>;

beforeAll(async () => {
  browser = await openBrowser();
  product = await startProduct(newDataFolder());
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(product.url);
  await page.getByRole('navigation').first().waitFor();
  signedIn = await context.storageState();
  await context.close();
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
  if (product) removeData(product);
});

describe('npm start on an empty folder', () => {
  it('listens on this machine alone', () => {
    expect(new URL(product.url).hostname).toBe('127.0.0.1');
  });

  it('prints one address', () => {
    expect(product.output().match(/https?:\/\/\S+/g)).toEqual([product.url]);
  });

  it.each(['light', 'dark'] as const)(
    'opens the studio signed in, accessible in the %s scheme',
    async (colorScheme) => {
      const context = await browser.newContext({ colorScheme, bypassCSP: true, storageState: signedIn });
      const page = await context.newPage();
      const [mistakes, foreign]: [string[], string[]] = [[], []];
      page.on('pageerror', (error) => void mistakes.push(error.message));
      page.on('request', (request) => {
        const { protocol, origin } = new URL(request.url());
        if (protocol.startsWith('http') && origin !== product.origin) foreign.push(request.url());
      });
      await page.goto(`${product.origin}/studio/`);
      await page.getByRole('navigation').first().waitFor();
      await page.getByRole('heading').first().waitFor();
      await page.waitForLoadState('networkidle');
      await expect.poll(() => findBarriers(page)).toEqual([]);
      // Only so does the page share memory with its checker.
      const isIsolated = await page.evaluate(() => crossOriginIsolated);
      await context.close();
      expect({ mistakes, foreign, isIsolated }).toEqual({ mistakes: [], foreign: [], isIsolated: true });
    },
  );

  it('started again on the same folder, opens the same configuration', async () => {
    const exitCode = await product.stop();
    product = await startProduct(product.folder);
    expect(exitCode).toBe(0);
    const page = await browser.newPage();
    await page.goto(product.url);
    await page.getByRole('navigation').first().waitFor();
    await page.close();
  });
});

describe('lintel serve on an empty folder', () => {
  it('lets the first administrator set a password by a one-time link, then sign in and out by it', async () => {
    const served = await serveProduct();
    const context = await browser.newContext();
    const page = await context.newPage();
    const [name, password] = [page.locator('[name=name]'), page.locator('[name=password]')];
    const isInside = () => page.getByRole('heading', { name: 'Workflows' }).waitFor();
    try {
      expect(served.url).toMatch(/\/studio\/#setup=[\w-]{20,}$/);
      await page.goto(served.url);
      await name.fill('Avery First');
      await password.fill('too short');
      await page.locator('[name=again]').fill('too short');
      await page.getByRole('button', { name: 'Create and sign in' }).click();
      await page.getByText('Choose at least 12 characters.').waitFor();
      await password.fill('correct horse battery');
      await page.locator('[name=again]').fill('correct horse battery');
      await page.getByRole('button', { name: 'Create and sign in' }).click();
      await isInside();
      await page.getByRole('button', { name: 'Avery First' }).click();
      // Whoever sits down next would go on as this person: that nothing came of it is said.
      await context.setOffline(true);
      await page.getByRole('menuitem', { name: 'Sign out' }).click();
      await page.getByRole('alert').filter({ hasText: 'You are still signed in.' }).waitFor();
      await context.setOffline(false);
      await page.getByRole('menuitem', { name: 'Sign out' }).click();
      await page.getByRole('heading', { name: 'Sign in' }).waitFor();
      await name.fill('Avery First');
      await password.fill('correct horse battery');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await isInside();
      // The link works once.
      await context.clearCookies();
      await page.goto('about:blank');
      await page.goto(served.url);
      await name.fill('Somebody Else');
      await password.fill('another long password');
      await page.locator('[name=again]').fill('another long password');
      await page.getByRole('button', { name: 'Create and sign in' }).click();
      await page.getByRole('alert').waitFor();
    } finally {
      await context.close();
      await served.stop();
      removeData(served);
    }
  });
});
