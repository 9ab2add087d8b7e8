import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newDataFolder, openBrowser, type Product, removeData, startProduct } from '../support/product.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

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
      await page.evaluate(axe);
      const violations = await page.evaluate<string[]>(
        'axe.run().then(({ violations }) => violations.map((found) => found.id + ": " + found.nodes[0].html))',
      );
      await context.close();
      expect({ mistakes, foreign, violations }).toEqual({ mistakes: [], foreign: [], violations: [] });
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
