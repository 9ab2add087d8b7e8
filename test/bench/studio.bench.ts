// What the studio costs a browser: `npx tsx test/bench/studio.bench.ts`. Built product, Chromium with software rendering.
// `--only edits` leaves out all but the edits of 1,000 tasks.
import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { ensureCli, ensureStudio } from '../../runtime/cli/fresh.js';
import { documentKinds } from '../../schemas/configuration.ts';
import { root } from '../support/architecture.ts';
import { loadHousing } from '../support/configuration.ts';
import { manyTasks } from '../support/many-tasks.ts';
import { newDataFolder, openBrowser, type Product, removeData, startProduct } from '../support/product.ts';
import { bareCanvas } from './support/bare-canvas.ts';

const onlyEdits = process.argv.includes('--only') && process.argv.includes('edits');
const ROUNDS = 5;
/** An edit takes no time, and frames come when they come: more of them for a median that stands still. */
const EDITS = onlyEdits ? 25 : 15;
const HEAP_ROUNDS = 10;
/** A new window loads parts of its own (the list below its address bar) for longer than the page takes: not what is measured. */
const WINDOW_MS = 1500;
/** The runner names functions by a helper that a page does not have. */
const NAMED = 'globalThis.__name = (named) => named';
const settings = { viewport: { width: 1440, height: 900 }, locale: 'en-GB' };

await ensureStudio();
await ensureCli();
console.log(`load ${loadavg()[0]?.toFixed(1)}, ${ROUNDS} rounds (edits ${EDITS}), medians`);
const browser = await openBrowser();
const product = await startProduct(newDataFolder());
try {
  const signedIn = await signIn(browser, product);
  if (onlyEdits) await measureEditsOnly(signedIn);
  else await measureAll(signedIn);
} finally {
  await browser.close();
  await product.stop();
  removeData(product);
}

async function measureAll(signedIn: SignedIn): Promise<void> {
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
    'initial JavaScript, all that is asked for until the drawing stands',
    openings.map(({ scripts }) => scripts),
    'kB gzip',
    350,
  );
  tell(
    'the same with what comes after it (side panel, dialogs, schemas)',
    openings.map(({ all }) => all),
    'kB gzip',
  );
  tell(
    'requests that leave the origin',
    openings.map(({ strangers }) => strangers),
    '',
    0,
  );
  const bare = await measureBare();
  await measureMany(signedIn, bare);
}

async function measureEditsOnly(signedIn: SignedIn): Promise<void> {
  const page = await openMany(signedIn);
  await openDrawing(page);
  await measureEdits(page);
  await turnToTimeline(page);
  await measureTimelineEdits(page);
  await page.context().close();
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
  await context.addInitScript({ content: NAMED });
  // The moment in which the last card of the drawing stands in the page.
  await context.addInitScript(() => {
    const seen = window as unknown as { drawnAt?: number };
    new MutationObserver((_changes, observer) => {
      if (!document.querySelector('[data-node="HP13"]')) return;
      observer.disconnect();
      requestAnimationFrame(() => (seen.drawnAt = performance.now()));
    }).observe(document, { subtree: true, childList: true });
  });
  const page = await context.newPage();
  await page.waitForTimeout(WINDOW_MS);
  let strangers = 0;
  const bodies = new Map<string, Promise<Buffer>>();
  page.on('request', (request) => {
    const address = new URL(request.url());
    if (address.protocol.startsWith('http') && address.origin !== product.origin) strangers++;
  });
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    // What is fetched ahead may still be on its way when the page is closed: it counts as nothing.
    if (pathname.endsWith('.js'))
      bodies.set(
        pathname,
        response.body().catch(() => Buffer.alloc(0)),
      );
  });
  await page.goto(`${product.origin}/studio/workflow/HP`);
  await page.getByRole('tab', { name: /^Findings \(\d/ }).waitFor();
  await page.waitForLoadState('networkidle');
  const { drawn, firstPaint, asked } = await page.evaluate(() => ({
    drawn: (window as unknown as { drawnAt: number }).drawnAt,
    firstPaint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
    asked: (performance.getEntriesByType('resource') as PerformanceResourceTiming[])
      .filter(({ name }) => name.endsWith('.js'))
      .map(({ name, startTime }) => ({ pathname: new URL(name).pathname, startTime })),
  }));
  const sizes = new Map<string, number>();
  for (const [pathname, body] of bodies) sizes.set(pathname, gzipSync(await body).length / 1000);
  // The checker works beside the page and holds no drawing up.
  const parts = asked.filter(({ pathname }) => !pathname.includes('worker'));
  const sum = (list: typeof asked) => list.reduce((total, { pathname }) => total + (sizes.get(pathname) ?? 0), 0);
  const initial = parts.filter(({ startTime }) => startTime < drawn);
  if (process.env['EXPLAIN'])
    for (const { pathname } of initial) console.log(`    ${sizes.get(pathname)?.toFixed(1)} ${pathname}`);
  await context.close();
  return { drawn, firstPaint, scripts: sum(initial), all: sum(parts), strangers };
}

/** The list of workflows with one of 1,000 tasks, given to the page in place of the stored draft; what it saves is taken without a look. */
async function openMany(storageState: SignedIn): Promise<Page> {
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
  await context.addInitScript({ content: NAMED });
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
  await page.goto(`${product.origin}/studio/library/workflows`);
  await page.getByRole('heading', { name: 'Workflows' }).waitFor();
  return page;
}

async function measureMany(storageState: SignedIn, bare: number): Promise<void> {
  const page = await openMany(storageState);
  const session = await page.context().newCDPSession(page);
  const heaps = [await heapOf(session)];
  for (let round = 0; round < HEAP_ROUNDS; round++) {
    await openDrawing(page);
    await page.getByRole('tab', { name: /^Findings \(\d/ }).waitFor();
    await page.waitForLoadState('networkidle');
    await closeDrawing(page);
    heaps.push(await heapOf(session));
  }
  // The first round loads parts that stay loaded; what each later one leaves behind is what never comes back.
  const left = ((heaps.at(-1) ?? 0) - (heaps[2] ?? 0)) / (HEAP_ROUNDS - 2);
  tell('heap before the drawing of 1,000 tasks was opened', heaps.slice(0, 1), 'MB');
  tell('heap after it was closed again', heaps.slice(1, 2), 'MB');
  tell(`heap after it was opened and closed ${HEAP_ROUNDS} times`, heaps.slice(-1), 'MB');
  tell('heap that each round leaves behind', [left], 'MB', 0.5);
  await openDrawing(page);
  const drags = [];
  for (let round = 0; round < ROUNDS; round++) drags.push(await measureDrag(page));
  tell(
    '1,000 tasks: frames a second while a card is dragged',
    drags.map(({ frames }) => frames),
    'frames/s',
    50,
    'least',
  );
  console.log(`    bare React Flow with 1,000 cards in the same browser: ${bare.toFixed(1)} frames/s`);
  tell(
    '1,000 tasks: longest frame of a drag',
    drags.map(({ longest }) => longest),
    'ms',
  );
  await measureEdits(page);
  await turnToTimeline(page);
  const pulls = [];
  for (let round = 0; round < ROUNDS; round++) pulls.push(await measurePull(page));
  tell(
    '1,000 tasks: frames a second while a bar of the timeline is pulled, with all that moves',
    pulls.map(({ frames }) => frames),
    'frames/s',
    50,
    'least',
  );
  await measureTimelineEdits(page);
  await page.context().close();
}

async function measureEdits(page: Page): Promise<void> {
  const edits = [];
  for (let round = 0; round < EDITS; round++) edits.push(await measureEdit(page, round));
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
}

async function turnToTimeline(page: Page): Promise<void> {
  await page.getByRole('radiogroup', { name: 'View of the workflow' }).getByText('Timeline').click();
  await page.locator('[data-row]').first().waitFor();
}

async function measureTimelineEdits(page: Page): Promise<void> {
  const moved = [];
  for (let round = 0; round < EDITS; round++) moved.push(await measureTimelineEdit(page, round));
  tell('1,000 tasks: an edit to the next frame with the new timeline', moved, 'ms', 50);
}

async function openDrawing(page: Page): Promise<void> {
  await page.getByRole('link', { name: '1000 tasks' }).click();
  await page.locator('[data-node]').first().waitFor();
}

async function closeDrawing(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Workflows', exact: true }).click();
  await page.getByRole('heading', { name: 'Workflows' }).waitFor();
  await page.locator('[data-node]').first().waitFor({ state: 'detached' });
}

/** The peer: nothing but React Flow with as many of its own cards and lines, dragged in the same way. */
async function measureBare(): Promise<number> {
  const page = await (await browser.newContext(settings)).newPage();
  await page.addInitScript({ content: NAMED });
  await page.goto(`${product.origin}/start`);
  const css = readFileSync(join(root, 'node_modules', '@xyflow', 'react', 'dist', 'style.css'), 'utf8');
  await page.evaluate(() => document.body.replaceChildren());
  const session = await page.context().newCDPSession(page);
  await page.addStyleTag({ content: css });
  // By the debugger: the page's policy runs no script that is written into it.
  await session.send('Runtime.evaluate', { expression: await bareCanvas(1000, 1300) });
  await page.locator('.react-flow__node').first().waitFor();
  const found = [];
  for (let round = 0; round < ROUNDS; round++) found.push(await measureMove(page, '.react-flow__node', 'top'));
  await page.context().close();
  return median(found.map(({ frames }) => frames));
}

function measureDrag(page: Page) {
  return measureMove(page, '[data-node]', 'top');
}

/** The last end of a bar on the screen is pulled to and fro: every day passed tells anew what moves. */
function measurePull(page: Page) {
  return measureMove(page, '[data-row] [data-weight]', 'right');
}

/** Frames while something is moved by hand for 60 steps and brought back. */
async function measureMove(
  page: Page,
  what: string,
  grip: 'top' | 'right',
): Promise<{ frames: number; longest: number }> {
  const box = await page.locator(what).first().boundingBox();
  if (!box) throw new Error(`expected ${what} to drag`);
  const from =
    grip === 'top'
      ? { x: box.x + box.width / 2, y: box.y + 8 }
      : { x: box.x + box.width - 2, y: box.y + box.height / 2 };
  await page.mouse.move(from.x, from.y);
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
  for (let step = 1; step <= 60; step++) await page.mouse.move(from.x + step * 4, from.y + Math.sin(step / 6) * 60);
  const frames = await page.evaluate(() => {
    const seen = window as unknown as { frames: number[]; watching: boolean };
    seen.watching = false;
    return seen.frames;
  });
  await page.mouse.move(from.x, from.y);
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
    const settled = () => document.querySelector('[role="tab"] [data-current]')?.getAttribute('data-current');
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
  await field.fill(String(100 + round * 3));
  await page.waitForFunction(
    () => (window as unknown as { marks: { findings?: number } }).marks.findings !== undefined,
  );
  const { typed, plan, findings } = await page.evaluate(
    () => (window as unknown as { marks: { typed: number; plan: number; findings: number } }).marks,
  );
  return { plan: plan - typed, findings: findings - typed };
}

/** The target of the first task changes: until the bars lie where the new plan has them. */
async function measureTimelineEdit(page: Page, round: number): Promise<number> {
  await page.locator('[data-row="M0001"], [data-row="node:M0001"]').first().focus();
  await page.getByRole('tab', { name: 'Task' }).click();
  const field = page.getByLabel('SLA target').first();
  await field.waitFor();
  await page.evaluate(() => {
    const seen = window as unknown as { typedAt?: number | undefined; movedAt?: number | undefined };
    const lies = () =>
      [...document.querySelectorAll('[data-row] [data-weight]')].map((bar) => bar.getAttribute('style')).join();
    const before = lies();
    seen.typedAt = undefined;
    seen.movedAt = undefined;
    document.addEventListener('input', () => (seen.typedAt ??= performance.now()), { capture: true, once: true });
    const look = () => {
      if (seen.typedAt !== undefined && lies() !== before) seen.movedAt = performance.now();
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await field.fill(String(20 + round * 2));
  await page.waitForFunction(() => (window as unknown as { movedAt?: number }).movedAt !== undefined);
  return page.evaluate(() => {
    const { typedAt, movedAt } = window as unknown as { typedAt: number; movedAt: number };
    return movedAt - typedAt;
  });
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
  const middle = median(values);
  const isKept = limit === undefined || (kind === 'most' ? middle <= limit : middle >= limit);
  const bound = limit === undefined ? '' : ` (${kind} ${limit}${isKept ? '' : ', MISSED'})`;
  const range = values.length > 1 ? ` [${sorted[0]?.toFixed(1)} to ${sorted.at(-1)?.toFixed(1)}]` : '';
  console.log(`${what}: ${middle.toFixed(1)} ${unit}${range}${bound}`);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
