// What writing advice costs a browser at 1,000 statements: `npx tsx test/bench/preview.bench.ts`. Built product, Chromium.
import type { BrowserContext, Page } from 'playwright-core';
import { ensureCli, ensureStudio } from '../../runtime/cli/fresh.js';
import { documentKinds } from '../../schemas/configuration.ts';
import { loadHousing } from '../support/configuration.ts';
import { newDataFolder, openBrowser, removeData, startProduct } from '../support/product.ts';
import { syntheticConfiguration } from '../support/synthetic-configuration.ts';

const STATEMENTS = 1_000;
const TRIES = 40;

/** Notes how long the analysis takes from each question to its answer; a question that is overtaken has none. */
const watchWorkers = `
  globalThis.told = [];
  globalThis.__name = (named) => named;
  const Plain = Worker;
  globalThis.Worker = class extends Plain {
    constructor(url, options) {
      super(url, options);
      if (!String(url).includes('analysis-worker')) return;
      const asked = new Map();
      const post = this.postMessage.bind(this);
      this.postMessage = (message) => {
        asked.set(message.id, performance.now());
        post(message);
      };
      this.addEventListener('message', ({ data }) => told.push(performance.now() - asked.get(data.id)));
    }
  };
`;

await ensureStudio();
await ensureCli();
const browser = await openBrowser();
const product = await startProduct(newDataFolder());
try {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
  await context.addInitScript({ content: watchWorkers });
  await openWith(context);
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  await page.goto(product.url);
  await page.getByRole('heading', { name: 'Workflows' }).waitFor();
  await measureAnswers(page);
  await measureAnalysis(page);
} finally {
  await browser.close();
  await product.stop();
  removeData(product);
}

/** Gives the page a draft of many statements in place of the stored one; what it saves is taken without a look. */
async function openWith(context: BrowserContext): Promise<void> {
  const many = syntheticConfiguration(STATEMENTS);
  const { settings, calendar, team } = loadHousing().configuration;
  const configuration = { ...many, settings, calendar, team };
  const documents = Object.fromEntries(
    documentKinds.map((kind) => [
      kind,
      Object.fromEntries(
        Object.entries(configuration[kind]).map(([key, document]) => [key, { document, revision: 1 }]),
      ),
    ]),
  );
  await context.route('**/v1/drafts/main/configuration', (route) =>
    route.fulfill({ json: { documents, baseRelease: 1 } }),
  );
  await context.route('**/v1/drafts/main/documents', (route) => route.fulfill({ status: 304 }));
  let revision = 1;
  await context.route(/\/v1\/drafts\/main\/documents\//, (route) =>
    route.request().method() === 'PUT'
      ? route.fulfill({ json: { revision: ++revision, findings: [] } })
      : route.fulfill({ status: 404, json: {} }),
  );
}

/** From the answer given to the frame that shows the new pack. */
async function measureAnswers(page: Page): Promise<void> {
  await page.goto(`${product.origin}/studio/preview?workflow=synthetic`);
  await page.getByRole('radio').first().waitFor();
  const times = await page.evaluate(async (tries) => {
    const taken: number[] = [];
    const frame = () => new Promise((done) => requestAnimationFrame(() => done(undefined)));
    const count = () => document.querySelector('[role="status"].visually-hidden')?.textContent ?? '';
    const groups = [...document.querySelectorAll('[role="radiogroup"]')];
    for (let at = 0; at < tries; at++) {
      const radios = [...(groups[at % groups.length]?.querySelectorAll('input') ?? [])];
      const before = count();
      const started = performance.now();
      radios.find((radio) => !radio.checked)?.click();
      while (count() === before && performance.now() - started < 1000) await frame();
      // An answer may leave the pack as it is: then there is nothing to wait for.
      if (count() !== before) taken.push(performance.now() - started);
      await new Promise((done) => setTimeout(done, 50));
    }
    return taken;
  }, TRIES);
  tell('an answer to the frame with the new pack', times, 50);
}

/** The analysis of the whole bank, and how long typing waits while it runs. */
async function measureAnalysis(page: Page): Promise<void> {
  await page.goto(`${product.origin}/studio/library/advice`);
  await page.getByRole('row').nth(1).getByRole('link').first().click();
  const text = page.getByLabel('Text', { exact: true });
  await text.waitFor();
  await page.getByText(/Given to|Never given|Not decided/).waitFor();
  await page.evaluate(() => {
    const seen = window as unknown as { waits: number[] };
    seen.waits = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (entry.name === 'keydown') seen.waits.push(entry.duration);
    }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
  });
  await text.focus();
  // Slower than the pause after which the analysis begins, then fast: both meet it at work.
  await page.keyboard.type('Keep every letter. ', { delay: 400 });
  await page.keyboard.type('Tell us when you move, and whom you ask to help. ', { delay: 60 });
  await page.waitForTimeout(3000);
  const { told, waits } = await page.evaluate(() => {
    const { told, waits } = window as unknown as { told: number[]; waits: number[] };
    return { told, waits };
  });
  tell('the analysis of the whole bank in its worker', told, 2000);
  tell('a key to the frame that shows it, while the analysis runs (those above 16 ms)', waits, 200);
}

function tell(what: string, values: readonly number[], limit: number): void {
  const sorted = [...values].sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const range = `[${sorted[0]?.toFixed(1)} to ${sorted.at(-1)?.toFixed(1)}, ${values.length} times]`;
  console.log(`${what}: ${median.toFixed(1)} ms ${range} (most ${limit}${median <= limit ? '' : ', MISSED'})`);
}
