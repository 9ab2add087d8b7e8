import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { newDataFolder, openBrowser, type Product, removeData, startProduct } from './product.ts';

/** Whether the long walks are taken too (`npm run proof:walks`): the same drawn and built a second time, with the other hand. */
export const takesLongWalks = process.env['LINTEL_LONG_WALKS'] === '1';

/** A started product on data of its own, and a page of it where the first administrator is signed in. */
export interface StudioSession {
  browser: Browser;
  product: Product;
  page: Page;
  /** What the page threw. */
  mistakes: string[];
  /** Ends all of it and removes the data. */
  close(): Promise<void>;
}

/** Starts the product with these options of the command line and opens the studio at its first page. */
export async function openStudioSession(
  options: readonly string[] = [],
  context: BrowserContextOptions = {},
): Promise<StudioSession> {
  const browser = await openBrowser();
  const product = await startProduct(newDataFolder(), [...options]);
  const mistakes: string[] = [];
  const own = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
    locale: 'en-GB',
    ...context,
  });
  const page = await own.newPage();
  page.on('pageerror', (error) => void mistakes.push(error.message));
  await page.goto(product.url);
  await page.getByRole('heading', { name: 'Workflows' }).waitFor();
  const close = async () => {
    await browser.close();
    await product.stop();
    removeData(product);
  };
  return { browser, product, page, mistakes, close };
}
