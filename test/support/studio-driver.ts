import type { Locator, Page } from 'playwright-core';
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

/** Findings of the open workflow, as its tab counts them. */
async function readFindingCount(page: Page): Promise<number> {
  const text = await page.getByRole('tab', { name: /^Findings \(\d/ }).textContent();
  return Number(/\d+/.exec(text ?? '')?.[0]);
}

/** What the live region says once it says something like this. */
export async function hear(page: Page, words: RegExp): Promise<string> {
  const region = page.getByTestId('announcer').filter({ hasText: words });
  await region.waitFor({ state: 'attached' });
  return (await region.textContent()) ?? '';
}

/** Drags a link from a card's lower handle and drops it on the face of another card; the dialog for type and lag opens. */
export async function dragLink(page: Page, from: string, to: string): Promise<void> {
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  const start = await restingBox(page.locator(`[data-node="${from}"] .react-flow__handle-bottom`));
  const end = await restingBox(page.locator(`[data-node="${to}"]`));
  await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2);
  await page.mouse.down();
  await page.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2, { steps: 6 });
  await page.mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 4 });
  await page.mouse.up();
  await page.getByRole('dialog').getByLabel('Lag', { exact: true }).waitFor();
}

/** Where an element is once it has stopped moving. */
async function restingBox(element: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  for (let before = ''; ; ) {
    const box = await element.boundingBox();
    const now = JSON.stringify(box);
    if (box && now === before) return box;
    before = now;
    await element.page().waitForTimeout(100);
  }
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
  await page.getByRole('button', { name: 'Start now' }).click();
  for (let asked = 0; asked < 60; asked++) {
    const question = /\/q\/([^/?]+)/.exec(page.url())?.[1];
    if (!question) break;
    const answer = given[question];
    if (answer === undefined) throw new Error(`the form asks ${question}, for which the test has no answer`);
    await answerQuestion(page, answer);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.waitForLoadState();
    if (page.url().includes(`/q/${question}`))
      throw new Error(`${question} was not accepted: ${await page.locator('main').innerText()}`);
  }
  await page.getByLabel(/name/i).first().fill(contact.name);
  await page.getByLabel(/e-?mail/i).fill(contact.email);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'Accept and send' }).click();
  await page.waitForURL(/\/pack\//);
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
