// Takes a picture of each main screen into docs/screens and writes docs/screens.md: `npm run docs:screens [NAME...]`
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { ensureCli, ensureStudio } from '../../runtime/cli/fresh.js';
import { root } from '../support/architecture.ts';
import { newDataFolder, openBrowser, removeData, startProduct } from '../support/product.ts';
import { type Screen, screens } from './screens.ts';

/** Every picture shows this morning, whenever it is taken: the sample cases are lived up to it. */
const NOW = Date.parse('2027-01-13T09:30:00Z');
const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
const QUALITY = 82;

/** Runs in the server before anything else. */
const movedClock = `const move = ${NOW} - Date.now(); const Real = Date;
globalThis.Date = class extends Real { constructor(...at) { at.length ? super(...at) : super(Real.now() + move); } static now() { return Real.now() + move; } };`;

const names = process.argv.slice(2);
const wanted = screens.filter(({ name }) => names.length === 0 || names.includes(name));
const folder = join(root, 'docs', 'screens');

await ensureStudio();
await ensureCli();
mkdirSync(folder, { recursive: true });
process.env['NODE_OPTIONS'] = `--import=data:text/javascript,${encodeURIComponent(movedClock)}`;
// Dates are written as they are in the pages' own language.
const browser = await openBrowser(['--lang=en-GB']);
const product = await startProduct(newDataFolder());
try {
  const storageState = await signIn(browser);
  for (const screen of wanted) {
    const schemes = screen.light ? (['light'] as const) : (['light', 'dark'] as const);
    for (const colorScheme of schemes) await take(screen, storageState, colorScheme, DESKTOP);
    if (screen.phone) await take(screen, storageState, 'light', PHONE);
  }
  writeFileSync(join(root, 'docs', 'screens.md'), toIndex());
} finally {
  await browser.close();
  await product.stop();
  removeData(product);
}

type State = Awaited<ReturnType<BrowserContext['storageState']>>;

async function signIn(opened: Browser): Promise<State> {
  const context = await opened.newContext({ viewport: DESKTOP });
  const page = await context.newPage();
  await page.goto(product.url);
  await page.getByRole('heading', { name: 'Workflows' }).waitFor();
  const state = await context.storageState();
  // The cookie ends by the server's clock, which is not this computer's.
  const cookies = state.cookies.map((cookie) => ({ ...cookie, expires: -1 }));
  await context.close();
  return { ...state, cookies };
}

async function take(screen: Screen, storageState: State, colorScheme: 'light' | 'dark', viewport: typeof DESKTOP) {
  const context = await browser.newContext({
    viewport,
    colorScheme,
    storageState,
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'Europe/London',
  });
  const page = await context.newPage();
  await page.clock.setFixedTime(NOW);
  await page.goto(`${product.origin}${screen.path}`);
  await screen.show(page);
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'));
  await page.waitForTimeout(500);
  const file = fileOf(screen, viewport === PHONE ? 'phone' : colorScheme);
  writeFileSync(join(folder, file), await toWebp(page));
  process.stdout.write(`${file}\n`);
  await context.close();
}

/** A browser's own pictures are PNG or JPEG: four times as large, or blurred. */
async function toWebp(page: Page): Promise<Buffer> {
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY });
  return Buffer.from(data, 'base64');
}

function fileOf({ name }: Screen, kind: string): string {
  return `${name}-${kind}.webp`;
}

function toIndex(): string {
  const parts = screens.map((screen) => {
    const others = [
      ...(screen.light ? [] : [`[dark](screens/${fileOf(screen, 'dark')})`]),
      ...(screen.phone ? [`[on a phone](screens/${fileOf(screen, 'phone')})`] : []),
    ];
    const also = others.length > 0 ? ` Also ${others.join(' and ')}.` : '';
    return `## ${screen.title}\n\n${screen.sentence}${also}\n\n![${screen.title}](screens/${fileOf(screen, 'light')})\n`;
  });
  return `# The screens\n\nMade by \`npm run docs:screens\` from the shipped configuration and its sample cases.\n\n${parts.join('\n')}`;
}
