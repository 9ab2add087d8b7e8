import type { Page } from 'playwright-core';
import type { ColumnId } from '../../studio/workflow-designer/outline/columns.ts';
import { keyboardOf } from './keyboard.ts';
import type { ClockToDraw } from './redraw-by-mouse.ts';
import { freshCells, placeOfColumn, type SheetRow, titleOfColumn } from './sheet.ts';
import { countPointerEvents, focusedName, hear, tabTo } from './studio-driver.ts';

/** Waits until what has the focus is called this. */
async function expectFocus(page: Page, name: string): Promise<void> {
  await until(
    page,
    () => focusedName(page),
    (now) => now === name,
    name,
  );
}

async function until<T>(page: Page, read: () => Promise<T>, isIt: (now: T) => boolean, wanted: string): Promise<T> {
  let now = await read();
  for (let tries = 0; tries < 2400 && !isIt(now); tries++) {
    await page.waitForTimeout(25);
    now = await read();
  }
  if (!isIt(now)) throw new Error(`expected ${wanted}, came ${String(now)}`);
  return now;
}

const press = async (page: Page, ...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};

/** Opens the list of the focused field and takes the option with these words. */
async function choose(page: Page, words: string): Promise<void> {
  await press(page, 'ArrowDown');
  await page.getByRole('option').first().waitFor();
  for (let step = 0; step < 80; step++) {
    const active = await page.evaluate(() => {
      const id = document.activeElement?.getAttribute('aria-activedescendant') ?? '';
      const option = id ? document.getElementById(id) : document.querySelector('[data-combobox-selected]');
      return option?.textContent ?? '';
    });
    if (active.includes(words)) return press(page, 'Enter');
    await press(page, 'ArrowDown');
  }
  throw new Error(`the list has no ${words}`);
}

/** Types over what is marked, or into an empty field, and waits until it stands there: a busy page takes its time. */
async function typeIn(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text);
  const read = () => page.evaluate(() => (document.activeElement as HTMLInputElement | null)?.value ?? '');
  await until(page, read, (now) => now === text, text);
}

async function replaceText(page: Page, text: string): Promise<void> {
  await press(page, 'Control+a');
  await typeIn(page, text);
}

/** Past the navigation, by the link that is there for it. */
async function skipToContent(page: Page): Promise<void> {
  await tabTo(page, 'Skip to content');
  await press(page, 'Enter');
}

/** An empty workflow, and what it promises as a whole. */
export async function beginByKeys(page: Page, title: string, key: string): Promise<void> {
  await countPointerEvents(page);
  await skipToContent(page);
  await tabTo(page, 'New workflow');
  await press(page, 'Enter');
  await expectFocus(page, 'Title');
  await typeIn(page, title);
  await tabTo(page, 'Key');
  await replaceText(page, key);
  await press(page, 'Enter');
  await page.getByText('Nothing drawn yet').waitFor();
  await tabTo(page, 'Case SLA');
  await replaceText(page, '84');
  await tabTo(page, 'Unit of Case SLA');
  await choose(page, 'calendar days');
  await tabTo(page, 'Case owner');
  await choose(page, 'Housing options officer, in turn');
  await tabTo(page, 'Enquiry form');
  await choose(page, 'Homelessness prevention');
  await tabTo(page, 'All settings of the workflow');
  await press(page, 'Enter');
  await page.getByText('Whether customers may start it.').waitFor();
  await tabTo(page, 'Audience');
  await choose(page, 'customer');
  await tabTo(page, 'Calendar');
  await choose(page, '(england-and-wales)');
  await tabTo(page, 'Start');
  await replaceText(page, 'enquiry submitted');
  await tabTo(page, 'Source');
  await typeIn(page, 'HA96 Part 7; HRA 2017; HCoG ch.11, 12, 14');
}

/** All tasks in the outline: a row each, and in it whatever a new task has not of itself. Says what was heard of each link. */
export async function drawByKeys(page: Page, sheet: readonly SheetRow[]): Promise<string[]> {
  const heard: string[] = [];
  await skipToContent(page);
  await tabTo(page, 'Canvas');
  await press(page, 'ArrowRight');
  await page.locator('[aria-label="Outline"]').waitFor();
  await tabTo(page, 'Add task');
  await press(page, 'Enter');
  for (const { node, cells } of sheet) {
    if (node !== sheet[0]?.node) await press(page, 'n');
    await expectFocus(page, `Title of ${node}`);
    await replaceText(page, cells.title);
    await press(page, 'Enter');
    await onCell(page, node, 'title');
    let at = placeOfColumn('title');
    for (const column of [
      'type',
      'predecessors',
      'sla',
      'amber',
      'owner',
      'mandatory',
      'activation',
      'ladder',
      'source',
    ] as const) {
      const text = cells[column];
      if (text === (freshCells[column] ?? '') || text === 'If') continue;
      for (; at < placeOfColumn(column); at++) await press(page, 'ArrowRight');
      await onCell(page, node, column);
      await fillCell(page, node, column, text);
      if (column === 'predecessors') heard.push(await hear(page, new RegExp(`Set predecessors of ${node}`)));
    }
  }
  return heard;
}

async function onCell(page: Page, node: string, column: ColumnId): Promise<void> {
  const wanted = `${node} ${placeOfColumn(column)}`;
  const read = () => page.evaluate(() => document.activeElement?.getAttribute('data-cell') ?? '');
  await until(page, read, (now) => now === wanted, wanted);
}

async function fillCell(page: Page, node: string, column: ColumnId, text: string): Promise<void> {
  await press(page, 'Enter');
  if (column !== 'mandatory') {
    await expectFocus(page, `${titleOfColumn(column)} of ${node}`);
    const steps = await page.evaluate((wanted) => {
      const list = document.activeElement;
      if (!(list instanceof HTMLSelectElement)) return undefined;
      return [...list.options].findIndex((option) => option.label === wanted) - list.selectedIndex;
    }, text);
    if (steps === undefined) await replaceText(page, text);
    else for (let step = 0; step < Math.abs(steps); step++) await press(page, steps > 0 ? 'ArrowDown' : 'ArrowUp');
    await press(page, 'Enter');
  }
  await onCell(page, node, column);
}

/** By the palette of commands, from wherever the focus is in the designer. */
export async function switchView(page: Page, view: 'canvas' | 'outline'): Promise<void> {
  await press(page, 'Control+k');
  await expectFocus(page, 'Find a command, a task or a document');
  await typeIn(page, `Show the ${view}`);
  await page.getByRole('button', { name: `Show the ${view}` }).waitFor();
  await press(page, 'Enter');
  await page.locator(view === 'canvas' ? '.react-flow__pane' : '[aria-label="Outline"]').waitFor();
}

/** A task that is only done when a question has an answer, or has not. */
export async function conditionByKeys(
  page: Page,
  node: string,
  { question, comparison, value, isNot }: { question: string; comparison?: string; value: string; isNot: boolean },
): Promise<void> {
  await press(page, 'Control+k');
  await expectFocus(page, 'Find a command, a task or a document');
  await typeIn(page, node);
  await page
    .getByRole('button', { name: new RegExp(`^${node} `) })
    .first()
    .waitFor();
  await press(page, 'Enter');
  await until(
    page,
    () => page.evaluate(() => document.activeElement?.closest('[data-place]')?.getAttribute('data-place') ?? ''),
    (place) => place.startsWith(`/nodes/${node}`),
    node,
  );
  await tabTo(page, 'Automatic');
  await press(page, 'ArrowRight', 'ArrowRight');
  await page.getByRole('region', { name: 'Only when' }).waitFor();
  await tabTo(page, 'Add a clause');
  await press(page, 'Enter');
  await expectFocus(page, 'Look at');
  await keyboardOf(page).find(question);
  if (comparison) {
    await tabTo(page, 'Comparison');
    await choose(page, comparison);
  }
  await tabTo(page, 'Value');
  await choose(page, value);
  await tabTo(page, 'Add');
  await press(page, 'Enter');
  const row = () => page.evaluate(() => document.activeElement?.closest('[data-row]')?.textContent ?? '');
  await until(page, row, (phrase) => phrase.endsWith(value), `a clause that ends in ${value}`);
  if (isNot) await press(page, 'n');
}

/** Nothing is chosen: the panel shows the workflow, and has the focus. */
export async function chooseNothing(page: Page): Promise<void> {
  await switchView(page, 'canvas');
  await press(page, 'Escape');
  await page.getByRole('tab', { name: 'Workflow' }).waitFor();
  // Tab would go to the first card, which chooses it; I goes to the panel as it is.
  await press(page, 'i');
  await expectFocus(page, 'Plan from');
}

/** A period that the law sets, beside the drawing. */
export async function clockByKeys(page: Page, clock: ClockToDraw): Promise<void> {
  await tabTo(page, 'Add a clock');
  await press(page, 'Enter');
  await expectFocus(page, 'Name of the clock');
  await typeIn(page, clock.title);
  await tabTo(page, 'Runs for');
  await replaceText(page, String(clock.days));
  await tabTo(page, 'Starts when one of these is complete');
  for (const node of clock.after) {
    await keyboardOf(page).find(node);
  }
  if (clock.each) {
    await tabTo(page, 'A clock for each completion');
    await press(page, ' ');
  }
  await tabTo(page, 'Must be complete within it');
  for (const node of clock.contains) {
    await keyboardOf(page).find(node);
  }
  await tabTo(page, 'What its end means');
  await typeIn(page, clock.onEnd);
  await tabTo(page, 'Provision it comes from');
  await typeIn(page, clock.source);
  await tabTo(page, 'Ladder of the clock');
  await choose(page, clock.ladder);
}
