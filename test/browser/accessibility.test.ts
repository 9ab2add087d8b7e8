import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBarriers } from '../support/axe.ts';
import { answerQuestion, submit } from '../support/studio-driver.ts';
import { openStudioSession, type StudioSession } from '../support/studio-session.ts';

const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
/** WCAG 2.2, 1.4.10: nothing needs scrolling in two directions at this width. */
const NARROWEST = { width: 320, height: 640 };

let session: StudioSession;
let studio: Page;

beforeAll(async () => {
  session = await openStudioSession([], { bypassCSP: true });
  studio = session.page;
});

afterAll(() => session?.close());

interface Look {
  viewport: typeof DESKTOP;
  colorScheme: 'light' | 'dark';
}
/** Both widths and both schemes in turn, from one place to the next: stories show each part in both schemes besides. */
const looks: readonly [Look, ...Look[]] = [
  { viewport: DESKTOP, colorScheme: 'light' },
  { viewport: PHONE, colorScheme: 'dark' },
  { viewport: DESKTOP, colorScheme: 'dark' },
  { viewport: PHONE, colorScheme: 'light' },
];
let looked = 0;

/** In the next look; then whether the page fits the narrowest screen. Colours and sizes that follow a moment later are let come. */
async function expectNoBarriers(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  const { viewport, colorScheme } = looks[looked++ % looks.length] ?? looks[0];
  await page.setViewportSize(viewport);
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await untilShown(page, colorScheme);
  await expect
    .poll(() => findBarriers(page), { message: `${page.url()} at ${viewport.width} px, ${colorScheme}` })
    .toEqual([]);
  await page.setViewportSize(NARROWEST);
  for (const textSize of ['100%', '200%']) {
    await page.evaluate((size) => document.documentElement.style.setProperty('font-size', size), textSize);
    await expect
      .poll(() => findTooWide(page), { message: `${page.url()} at ${NARROWEST.width} px, text ${textSize}` })
      .toEqual([]);
  }
  await page.evaluate(() => document.documentElement.style.removeProperty('font-size'));
  await page.setViewportSize(DESKTOP);
}

/** What makes the page scroll sideways; the page itself may in larger text than usual. */
function findTooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { documentElement } = document;
    const content = document.querySelector('#content');
    const isLarger = documentElement.style.fontSize === '200%';
    return [
      ...(!isLarger && documentElement.scrollWidth > window.innerWidth ? ['the page'] : []),
      ...(content && content.scrollWidth > content.clientWidth
        ? [`what the page holds, ${content.scrollWidth} px`]
        : []),
    ];
  });
}

/** Colours change with a frame or two. */
async function untilShown(page: Page, colorScheme: string): Promise<void> {
  await page.waitForFunction(
    (scheme) => (document.documentElement.dataset['mantineColorScheme'] ?? scheme) === scheme,
    colorScheme,
  );
  await page.evaluate(() => new Promise((shown) => requestAnimationFrame(() => requestAnimationFrame(shown))));
  await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'));
}

const openStudio = async (path: string) => {
  await studio.goto(`${session.product.origin}/studio/${path}`);
  await studio.getByRole('heading', { level: 1 }).waitFor();
};
const card = (node: string) => studio.locator(`[data-node="${node}"]`);
const studioHasNone = () => expectNoBarriers(studio);

describe('the studio has no barriers', () => {
  it('on any page of its navigation', async () => {
    const links = studio.getByRole('navigation').first().getByRole('link');
    await expect.poll(() => links.count()).toBeGreaterThan(15);
    const paths = await links.evaluateAll((found) =>
      found.map((link) => link.getAttribute('href')?.replace('/studio/', '') ?? ''),
    );
    for (const path of paths) {
      await openStudio(path);
      await studioHasNone();
    }
  });

  it('in the designer: drawing, inspector, findings, link dialog, keys', async () => {
    await openStudio('workflow/HP');
    await card('HP13').waitFor();
    await studioHasNone();
    await card('HP05').focus();
    await studio.getByLabel('Title').waitFor();
    await studioHasNone();
    await card('HP05').focus();
    await studio.keyboard.press('c');
    await studio.getByRole('listbox').waitFor();
    await studioHasNone();
    await studio.keyboard.press('Enter');
    await studio.getByLabel('Lag', { exact: true }).waitFor();
    await studioHasNone();
    await studio.keyboard.press('Escape');
    await studio.getByRole('tab', { name: /^Findings/ }).click();
    await studioHasNone();
    await studio.getByRole('button', { name: 'Keys of the designer' }).click();
    await studio.getByRole('dialog').waitFor();
    await studioHasNone();
  });

  it('in the source view', async () => {
    await openStudio('source/advice/HP1');
    await studio.locator('.view-lines').waitFor();
    await studioHasNone();
  });

  it('in the advice preview with its reasons', async () => {
    await openStudio('preview?workflow=HP');
    await studio.getByLabel('Renting from a private landlord').check();
    await studio.getByText(/^Not in the pack: /).click();
    for (const at of [0, 1]) await studio.getByText('Why', { exact: true }).nth(at).click();
    await studioHasNone();
  });

  it('on a case: tasks, command dialog, drawing, history', async () => {
    await openStudio('cases');
    await studio.getByRole('link', { name: /^HP-/ }).first().click();
    await studio.getByRole('heading', { name: /^To do/ }).waitFor();
    await studioHasNone();
    await studio
      .getByRole('button', { name: /^More for / })
      .nth(1)
      .click();
    await studio.getByRole('menuitem', { name: /note/i }).waitFor();
    await studioHasNone();
    await studio.getByRole('menuitem', { name: /note/i }).click();
    await studio.getByRole('dialog').waitFor();
    await studioHasNone();
    await studio.keyboard.press('Escape');
    for (const tab of ['Drawing', 'History']) {
      await studio.getByRole('tab', { name: tab }).click();
      await studioHasNone();
    }
  });

  it('on a resource: tables, answers, dialogs', async () => {
    await openStudio('resources');
    await studio.getByRole('link', { name: 'Saving energy at home' }).click();
    await studio.getByRole('heading', { name: /^Readiness/ }).waitFor();
    await studioHasNone();
    await studio.getByRole('button', { name: 'Val Proof (sample)', exact: true }).click();
    await studio.getByRole('link', { name: /own page/ }).waitFor();
    await studioHasNone();
    await studio.keyboard.press('Escape');
    for (const name of ['Edit path', 'Register an interest']) {
      await studio.getByRole('button', { name, exact: true }).click();
      await studio.getByRole('dialog').waitFor();
      await studioHasNone();
      await studio.keyboard.press('Escape');
    }
  });

  it('while publishing', async () => {
    await openStudio('releases');
    await studio.getByRole('link', { name: 'Publish' }).click();
    await studio.getByText(/notes? that do not hold up/).click();
    await studioHasNone();
    await studio.getByRole('button', { name: 'Note and publish' }).click();
    await studio.getByLabel('What this release changes').waitFor();
    await studioHasNone();
  });

  it('on the sign-in page, its failure and the set-up page', async () => {
    const page = await (await session.browser.newContext({ bypassCSP: true, viewport: DESKTOP })).newPage();
    await page.goto(`${session.product.origin}/studio/sign-in`);
    await page.locator('[name=name]').fill('nobody');
    await page.locator('[name=password]').fill('nothing');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').waitFor();
    await expectNoBarriers(page);
    await page.goto(`${session.product.origin}/studio/?again#setup=token`);
    await page.getByRole('heading', { name: 'Set up Lintel' }).waitFor();
    await expectNoBarriers(page);
    await page.context().close();
  });
});

describe('the customer pages have no barriers', () => {
  /** Questions of one kind are one page in every form. */
  const kindsSeen = new Set<string>();

  it('from the start page and the catalogue to an interest, its offer and the way out', async () => {
    await openStudio('resources');
    await studio.getByRole('link', { name: 'Saving energy at home' }).click();
    await studio.getByRole('button', { name: 'Sia Copy (sample)', exact: true }).click();
    const link = await studio.getByRole('link', { name: /own page/ }).getAttribute('href');
    const page = await (await session.browser.newContext({ bypassCSP: true, viewport: DESKTOP })).newPage();
    for (const path of ['start', 'enquiry/no-such-form', 'services']) {
      await page.goto(`${session.product.origin}/${path}`);
      await expectNoBarriers(page);
    }
    await page.getByRole('link', { name: /^Saving energy at home/ }).click();
    await page.getByRole('button', { name: 'Register your interest' }).waitFor();
    await expectNoBarriers(page);
    await page.goto(`${session.product.origin}${link}`);
    await page.getByRole('button', { name: 'Accept the offer' }).waitFor();
    await expectNoBarriers(page);
    for (const name of ['Refuse the offer', 'Withdraw your interest']) {
      await page.getByRole('link', { name }).click();
      await page.getByLabel('Reason (optional)').waitFor();
      await expectNoBarriers(page);
      await page.getByRole('link', { name: 'Back' }).click();
    }
    await page.context().close();
  });

  it.each(['HP', 'HZ', 'DF'])('through form %s and its mistakes to the pack', async (form) => {
    const context = await session.browser.newContext({ bypassCSP: true, viewport: DESKTOP });
    const page = await context.newPage();
    const hasNone = () => expectNoBarriers(page);
    await page.goto(`${session.product.origin}/enquiry/${form}`);
    await hasNone();
    await submit(page, 'Start now');
    while (page.url().includes('/q/')) {
      const question = page.url();
      const kind = await page.locator('main form').evaluate((found) => {
        const fields = [...found.querySelectorAll('input, textarea')] as HTMLInputElement[];
        return `${fields[0]?.name} ${fields[0]?.type} ${fields[0]?.inputMode}`;
      });
      if (!kindsSeen.has(kind)) {
        kindsSeen.add(kind);
        await hasNone();
        await submit(page, 'Continue');
        if (page.url() === question) await hasNone();
      }
      if (page.url() === question) await answerAny(page);
    }
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('There is a problem').waitFor();
    await hasNone();
    await page.getByLabel('Full name').fill('Robin Sample');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { name: 'Check your answers' }).waitFor();
    await hasNone();
    await page.getByRole('button', { name: 'Accept and send' }).click();
    await page.waitForURL(/\/pack\//);
    await hasNone();
    await context.close();
  });
});

/** Answers whatever is asked: the first choice, a date next year, a number, a word. */
async function answerAny(page: Page): Promise<void> {
  const choice = page.locator('main label.govuk-radios__label, main label.govuk-checkboxes__label').first();
  const isNumber = (await page.locator('main input[inputmode]').count()) > 0;
  const isDate = (await page.locator('input[name=day]').count()) > 0;
  const year = String(new Date().getFullYear() + 1);
  if ((await choice.count()) > 0) await choice.click();
  else await answerQuestion(page, isDate ? ['1', '3', year] : isNumber ? '35' : 'A sample answer');
  await submit(page, 'Continue');
}
