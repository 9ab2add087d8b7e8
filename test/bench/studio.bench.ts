// What the studio costs a browser: `npx tsx test/bench/studio.bench.ts`. Built product, Chromium with software rendering.
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { ensureCli, ensureStudio } from '../../runtime/cli/fresh.js';
import { documentKinds } from '../../schemas/configuration.ts';
import { loadHousing } from '../support/configuration.ts';
import { manyTasks } from '../support/many-tasks.ts';
import { newDataFolder, openBrowser, type Product, removeData, startProduct } from '../support/product.ts';

const ROUNDS = 5;
const settings = { viewport: { width: 1440, height: 900 }, locale: 'en-GB' };

await ensureStudio();
await ensureCli();
const browser = await openBrowser();
const product = await startProduct(newDataFolder());
try {
  const signedIn = await signIn(browser, product);
  const openings = [];
  for (let round = 0; round < ROUNDS; round++) openings.push(await measureOpening(signedIn));
  tell(
    'first paint of anything, HP, cold cache',
    openings.map(({ firstPaint }) => firstPaint),
    'ms',
    1000,
  );
  tell(
    'first paint of the drawing, HP, cold cache',
    openings.map(({ drawn }) => drawn),
    'ms',
    1000,
  );
  tell(
    'initial JavaScript',
    openings.map(({ scripts }) => scripts),
    'kB gzip',
    350,
  );
  tell(
    'requests that leave the origin',
    openings.map(({ strangers }) => strangers),
    '',
    0,
  );
  await measureMany(signedIn);
} finally {
  await browser.close();
  await product.stop();
  removeData(product);
}

type SignedIn = Awaited<ReturnType<BrowserContext['storageState']>>;

async function signIn(opened: Browser, { url }: Product): Promise<SignedIn> {
  const context = await opened.newContext(settings);
  const page = await context.newPage();
  await page.goto(url);
  await page.getByRole('heading', { name: 'Workflows' }).waitFor();
  const state = await context.storageState();
  await context.close();
  return state;
}

async function measureOpening(storageState: SignedIn) {
  const context = await browser.newContext({ ...settings, storageState });
  const page = await context.newPage();
  const scripts = new Map<string, number>();
  let strangers = 0;
  const reading: Promise<void>[] = [];
  page.on('request', (request) => {
    const address = new URL(request.url());
    if (address.protocol.startsWith('http') && address.origin !== product.origin) strangers++;
  });
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (pathname.endsWith('.js') && response.request().resourceType() === 'script')
      reading.push(response.body().then((body) => void scripts.set(pathname, gzipSync(body).length / 1000)));
  });
  await page.goto(`${product.origin}/studio/workflow/HP`);
  await page.locator('[data-node="HP13"]').waitFor();
  const drawn = await page.evaluate(() => performance.now());
  const firstPaint = await page.evaluate(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
  );
  await Promise.all(reading);
  // The checker works beside the page and is asked for when the page stands.
  const beside = [...scripts].filter(([name]) => name.includes('worker'));
  const sum =
    [...scripts.values()].reduce((total, size) => total + size, 0) -
    beside.reduce((total, [, size]) => total + size, 0);
  if (process.env['EXPLAIN'])
    console.log(
      [...scripts]
        .sort((a, b) => b[1] - a[1])
        .slice(0, 14)
        .map(([name, size]) => `    ${size.toFixed(1)} ${name}`)
        .join('\n'),
    );
  await context.close();
  return { drawn, firstPaint, scripts: sum, beside: beside.reduce((total, [, size]) => total + size, 0), strangers };
}

/** A workflow of 1,000 tasks, given to the page in place of the stored draft; what it saves is taken without a look. */
async function measureMany(storageState: SignedIn): Promise<void> {
  const configuration = manyTasks(1000, loadHousing().configuration);
  const documents = Object.fromEntries(
    documentKinds.map((kind) => [
      kind,
      Object.fromEntries(
        Object.entries(configuration[kind]).map(([key, document]) => [key, { document, revision: 1 }]),
      ),
    ]),
  );
  const context = await browser.newContext({ ...settings, storageState });
  // The runner names functions by a helper that a page does not have.
  await context.addInitScript({ content: 'globalThis.__name = (named) => named' });
  await context.route('**/v1/drafts/main/configuration', (route) =>
    route.fulfill({ json: { documents, baseRelease: 1 } }),
  );
  await context.route('**/v1/drafts/main/documents', (route) => route.fulfill({ status: 304 }));
  let revision = 1;
  await context.route(/\/v1\/(drafts\/main\/documents\/|layouts\/)/, (route) =>
    route.request().method() === 'PUT'
      ? route.fulfill({ json: { revision: ++revision, findings: [] } })
      : route.fulfill({ json: { layout: null, revision: 0 } }),
  );
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const session = await context.newCDPSession(page);
  await page.goto(`${product.origin}/studio/library/workflows`);
  await page.getByRole('heading', { name: 'Workflows' }).waitFor();
  const before = await heapOf(session);
  await page.getByRole('link', { name: '1000 tasks' }).click();
  await page.locator('[data-node]').first().waitFor();
  await page.getByRole('tab', { name: /^Findings \(\d/ }).waitFor();
  await page.waitForTimeout(2000);
  await page.getByRole('link', { name: 'Workflows', exact: true }).click();
  await page.getByRole('heading', { name: 'Workflows' }).waitFor();
  await page.waitForTimeout(1500);
  const once = await heapOf(session);
  await page.getByRole('link', { name: '1000 tasks' }).click();
  await page.locator('[data-node]').first().waitFor();
  await page.waitForTimeout(1500);
  const drags = [];
  for (let round = 0; round < ROUNDS; round++) drags.push(await measureDrag(page));
  tell(
    '1,000 tasks: frames a second while a card is dragged',
    drags.map(({ frames }) => frames),
    'frames/s',
    50,
    'least',
  );
  tell(
    '1,000 tasks: longest frame of a drag',
    drags.map(({ longest }) => longest),
    'ms',
  );
  const edits = [];
  for (let round = 0; round < ROUNDS; round++) edits.push(await measureEdit(page, round));
  tell(
    '1,000 tasks: an edit to the next frame with the new plan',
    edits.map(({ plan }) => plan),
    'ms',
    50,
  );
  tell(
    '1,000 tasks: an edit to its findings',
    edits.map(({ findings }) => findings),
    'ms',
    50,
  );
  for (let times = 0; times < 3; times++) {
    await page.getByRole('link', { name: 'Workflows', exact: true }).click();
    await page.getByRole('link', { name: '1000 tasks' }).click();
    await page.locator('[data-node]').first().waitFor();
  }
  const open = await heapOf(session);
  await page.getByRole('link', { name: 'Workflows', exact: true }).click();
  await page.getByRole('heading', { name: 'Workflows' }).waitFor();
  await page.waitForTimeout(1500);
  const after = await heapOf(session);
  tell('heap before the drawing was opened', [before], 'MB');
  tell('heap while it is open, the fourth time', [open], 'MB');
  tell('heap after it was closed the first time', [once], 'MB');
  tell('heap after it was closed the fifth time, with ten edits undoable', [after], 'MB');
  await context.close();
}

async function measureDrag(page: Page): Promise<{ frames: number; longest: number }> {
  const box = await page.locator('[data-node]').first().boundingBox();
  if (!box) throw new Error('expected a card to drag');
  await page.mouse.move(box.x + box.width / 2, box.y + 8);
  await page.mouse.down();
  await page.evaluate(() => {
    const seen = window as unknown as { frames: number[]; watching: boolean };
    seen.frames = [];
    seen.watching = true;
    const note = (at: number) => {
      seen.frames.push(at);
      if (seen.watching) requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
  });
  for (let step = 1; step <= 60; step++)
    await page.mouse.move(box.x + box.width / 2 + step * 4, box.y + 8 + Math.sin(step / 6) * 60);
  const frames = await page.evaluate(() => {
    const seen = window as unknown as { frames: number[]; watching: boolean };
    seen.watching = false;
    return seen.frames;
  });
  await page.mouse.move(box.x + box.width / 2, box.y + 8);
  await page.mouse.up();
  await page.waitForTimeout(800);
  const gaps = frames.slice(1).map((at, index) => at - (frames[index] ?? at));
  const total = gaps.reduce((sum, gap) => sum + gap, 0);
  return { frames: (gaps.length / total) * 1000, longest: Math.max(...gaps) };
}

/** One target longer or shorter: until the bar says the new end, and until the findings are those of the new drawing. */
async function measureEdit(page: Page, round: number): Promise<{ plan: number; findings: number }> {
  await page.locator('[data-node]').first().focus();
  await page.getByRole('tab', { name: 'Task' }).click();
  const field = page.getByLabel('SLA target').first();
  await field.waitFor();
  await page.evaluate(() => {
    const seen = window as unknown as { marks: { typed?: number; plan?: number; findings?: number } };
    seen.marks = {};
    const bar = () => document.querySelector('[class*="bar"] [title^="Started on"]')?.textContent;
    const settled = () => document.querySelector('[role="tab"][data-settled]')?.getAttribute('data-settled');
    const before = bar();
    document.addEventListener('input', () => (seen.marks.typed ??= performance.now()), { capture: true, once: true });
    const look = () => {
      const { marks } = seen;
      if (marks.typed !== undefined && marks.plan === undefined && bar() !== before) marks.plan = performance.now();
      if (marks.plan !== undefined && marks.findings === undefined && settled() !== 'false')
        marks.findings = performance.now();
      if (marks.findings === undefined) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await field.fill(String(100 + round * 10));
  await page.waitForFunction(
    () => (window as unknown as { marks: { findings?: number } }).marks.findings !== undefined,
  );
  const { typed, plan, findings } = await page.evaluate(
    () => (window as unknown as { marks: { typed: number; plan: number; findings: number } }).marks,
  );
  return { plan: plan - typed, findings: findings - typed };
}

/** Megabytes that stay after everything that can be freed was. */
async function heapOf(session: CDPSession): Promise<number> {
  for (let round = 0; round < 3; round++) await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = (await session.send('Runtime.getHeapUsage')) as { usedSize: number };
  return usedSize / 1_000_000;
}

function tell(
  what: string,
  values: readonly number[],
  unit: string,
  limit?: number,
  kind: 'most' | 'least' = 'most',
): void {
  const sorted = [...values].sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const isKept = limit === undefined || (kind === 'most' ? median <= limit : median >= limit);
  const bound = limit === undefined ? '' : ` (${kind} ${limit}${isKept ? '' : ', MISSED'})`;
  const range = values.length > 1 ? ` [${sorted[0]?.toFixed(1)} to ${sorted.at(-1)?.toFixed(1)}]` : '';
  console.log(`${what}: ${median.toFixed(1)} ${unit}${range}${bound}`);
}
