import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { PATIENCE_MS } from './patience.ts';

/** The critical path as the bar of the designer says it: days from the start. */
async function readCriticalDays(page: Page): Promise<number> {
  const text = await page.getByText(/Critical path \d+ days/).textContent();
  return Number(/\d+/.exec(text ?? '')?.[0]);
}

/** Where the drawing stands: days of its critical path and findings, as bar and tab say them. */
export async function readStanding(page: Page): Promise<{ days: number; findings: number }> {
  return { days: await readCriticalDays(page), findings: await readFindingCount(page) };
}

/** Findings of the open workflow, as its tab counts them once they are of the newest change. */
async function readFindingCount(page: Page): Promise<number> {
  const current = page.locator('[data-current="true"]');
  const text = await page
    .getByRole('tab', { name: /^Findings \(\d/ })
    .filter({ has: current })
    .textContent();
  return Number(/\d+/.exec(text ?? '')?.[0]);
}

/** What the live region says once it says something like this. */
export async function hear(page: Page, words: RegExp): Promise<string> {
  let said = '';
  const listen = async () => {
    said = ((await page.getByTestId('announcer').textContent()) ?? '').trim();
    return said;
  };
  // Asked often, and answered by what was heard then: it may have something else to say a moment later.
  await expect.poll(listen).toMatch(words);
  return said;
}

/** Drags a link from a card's lower handle and drops it on the face of another card; the dialog for type and lag opens. */
export async function dragLink(page: Page, from: string, to: string): Promise<void> {
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await dragOnto(page.locator(`[data-node="${from}"] .react-flow__handle-bottom`), page.locator(`[data-node="${to}"]`));
  await page.getByRole('dialog').getByLabel('Lag', { exact: true }).waitFor();
}

/** Takes hold of one thing on the drawing and lets it go over the middle of another, wherever either has moved to meanwhile. */
export async function dragOnto(held: Locator, target: Locator): Promise<void> {
  const { mouse } = held.page();
  await held.hover();
  await mouse.down();
  await moveOnto(target);
  await mouse.up();
}

/** Moves the mouse to the middle of an element until that is where it is: the drawing may still be on its way. */
async function moveOnto(element: Locator): Promise<void> {
  const { mouse } = element.page();
  for (const giveUpAt = Date.now() + PATIENCE_MS; Date.now() < giveUpAt; ) {
    const [x, y] = await middleOf(element);
    await mouse.move(x, y, { steps: 6 });
    const [nowX, nowY] = await middleOf(element);
    if (Math.abs(nowX - x) < 1 && Math.abs(nowY - y) < 1) return;
  }
  throw new Error(`${element} does not stand still`);
}

async function middleOf(element: Locator): Promise<[x: number, y: number]> {
  const { x, y, width, height } = await element.evaluate((found) => found.getBoundingClientRect().toJSON());
  return [x + width / 2, y + height / 2];
}

/** Counts from now what a mouse or a finger does, as `window.pointerEvents`; the click that a key makes has no detail. */
export async function countPointerEvents(page: Page): Promise<void> {
  await page.evaluate(() => {
    const counter = window as unknown as { pointerEvents: number };
    counter.pointerEvents = 0;
    const count = (event: Event) => {
      if (event.type !== 'click' || (event as MouseEvent).detail > 0) counter.pointerEvents++;
    };
    for (const type of ['pointerdown', 'mousedown', 'touchstart', 'wheel', 'click'])
      window.addEventListener(type, count, true);
  });
}

/** What people hear of the thing that has the focus: its label, or its text. */
export function focusedName(page: Page): Promise<string> {
  return page.evaluate(() => {
    const field = document.activeElement as HTMLInputElement | null;
    const group = field?.closest('[role="radiogroup"]');
    const label = field?.getAttribute('aria-label') ?? field?.labels?.[0]?.textContent ?? field?.textContent ?? '';
    // A field that must be filled in ends in a star for the eye.
    return label.replace(/\s*\*$/, '').trim() || (group?.getAttribute('aria-label') ?? '');
  });
}

/** Presses Tab until this, or something of this name, has the focus, as people without a mouse do. */
export async function tabTo(page: Page, target: string | Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const heard: string[] = [];
  const hasFocus =
    typeof target === 'string'
      ? async () => (await focusedName(page)) === target
      : () => target.first().evaluate((element) => element === document.activeElement);
  if (typeof target !== 'string') await target.first().waitFor();
  for (const giveUpAt = Date.now() + PATIENCE_MS; Date.now() < giveUpAt; await page.keyboard.press(key)) {
    if (await hasFocus()) return;
    heard.push((await focusedName(page)).slice(0, 60));
  }
  throw new Error(`no ${key} leads to ${target}; on the way were ${[...new Set(heard)].join(' | ')}`);
}

/** Answers a customer gives, by question key: option label, labels, date parts or text. */
export type Given = Readonly<Record<string, string | readonly string[]>>;

/** Fills in an enquiry form, one question a page, and sends it; answers the reference. Questions without an answer here stop it. */
export async function fillInEnquiry(page: Page, given: Given, contact: { name: string; email: string }): Promise<void> {
  await submit(page, 'Start now');
  for (let asked = 0; asked < 60; asked++) {
    const question = /\/q\/([^/?]+)/.exec(page.url())?.[1];
    if (!question) break;
    const answer = given[question];
    if (answer === undefined) throw new Error(`the form asks ${question}, for which the test has no answer`);
    await answerQuestion(page, answer);
    await submit(page, 'Continue');
    if (page.url().includes(`/q/${question}`))
      throw new Error(`${question} was not accepted: ${await page.locator('main').innerText()}`);
  }
  await page.getByLabel(/name/i).first().fill(contact.name);
  await page.getByLabel(/e-?mail/i).fill(contact.email);
  await submit(page, 'Continue');
  await page.getByRole('button', { name: 'Accept and send' }).click();
  await page.waitForURL(/\/pack\//);
}

/** Presses a button that leads to a page of the server, be it the same one with what is wrong, and waits until that is there. */
export async function submit(page: Page, name: string): Promise<void> {
  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name }).click()]);
}

export async function answerQuestion(page: Page, answer: string | readonly string[]): Promise<void> {
  const choices = page.locator('input[type=radio], input[type=checkbox]');
  const dates = page.locator('input[name=day]');
  const [first = '', month = '', year = ''] = typeof answer === 'string' ? [answer] : answer;
  if ((await choices.count()) > 0) {
    for (const label of typeof answer === 'string' ? [answer] : answer)
      await page.getByLabel(label, { exact: true }).check();
  } else if ((await dates.count()) > 0) {
    await page.locator('input[name=day]').fill(first);
    await page.locator('input[name=month]').fill(month);
    await page.locator('input[name=year]').fill(year);
  } else {
    await page.locator('[name=answer]').fill(first);
  }
}

/** Moves the preview clock on by a step of its menu, and waits until the page knows. */
export async function letPass(page: Page, step: string): Promise<void> {
  const announcer = page.getByTestId('announcer');
  const before = await announcer.textContent();
  await page.getByRole('button', { name: 'Let time pass' }).click();
  await page.getByRole('menuitem', { name: step }).click();
  await announcer.filter({ hasText: /It is now/, hasNotText: before || /^$/ }).waitFor({ state: 'attached' });
}
