import type { Locator, Page } from 'playwright-core';
import type { ColumnId } from '../../studio/workflow-designer/outline/columns.ts';
import { freshCells, placeOfColumn, type SheetRow, titleOfColumn } from './sheet.ts';
import { dragLink, hear } from './studio-driver.ts';

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
const field = (page: Page | Locator, label: string) => page.getByLabel(label, { exact: true });

/** Opens a list by a press and presses one of its options. */
async function choose(
  page: Page,
  label: string,
  option: string | RegExp,
  within: Page | Locator = page,
): Promise<void> {
  await field(within, label).first().click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

/** An empty workflow, and what it promises as a whole. */
export async function beginByMouse(page: Page, title: string, key: string): Promise<void> {
  await button(page, 'New workflow').click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Title' }).fill(title);
  await page.getByRole('dialog').getByRole('textbox', { name: 'Key' }).fill(key);
  await button(page, 'Add').click();
  await page.getByText('Nothing drawn yet').waitFor();
  await field(page, 'Case SLA').fill('84');
  await choose(page, 'Unit of Case SLA', 'calendar days');
  await choose(page, 'Case owner', 'Housing options officer, in turn');
  await choose(page, 'Enquiry form', 'Homelessness prevention');
  await page.getByText('All settings of the workflow').click();
  await choose(page, 'Calendar', /\(england-and-wales\)$/);
  await choose(page, 'Audience', 'customer');
  await field(page, 'Start').fill('enquiry submitted');
  await page.getByRole('textbox', { name: 'Source', exact: true }).fill('HA96 Part 7; HRA 2017; HCoG ch.11, 12, 14');
  await page.getByText('All settings of the workflow').click();
}

/** Every task, drawn out of the one before it; links between tasks that stand already by dragging. */
export async function drawByMouse(page: Page, sheet: readonly SheetRow[]): Promise<void> {
  for (const { node, cells, after } of sheet) {
    const [first, ...others] = after;
    if (first) await drawOut(page, first.from, cells.title, first.days);
    else {
      await button(page, 'Add task').click();
      await field(page.locator(`[data-node="${node}"]`), 'Title').fill(cells.title);
      await page.keyboard.press('Enter');
    }
    await page.locator(`[data-node="${node}"]`).getByText(cells.title).waitFor();
    await button(page, 'Fit View').click();
    for (const { from, days } of others) await link(page, from, node, days);
  }
}

/** Pulls a link out of a task, lets it go where nothing is, and says what comes there. */
async function drawOut(page: Page, from: string, title: string, days: number): Promise<void> {
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  const handle = page.locator(`[data-node="${from}"] .react-flow__handle-bottom`);
  await handle.hover();
  await page.mouse.down();
  const { x, y } = await emptyPlace(page);
  await page.mouse.move(x - 20, y - 20, { steps: 3 });
  await page.mouse.move(x, y);
  await page.mouse.up();
  const dialog = page.getByRole('dialog', { name: `New after ${from}` });
  // It takes the focus once it stands; what was typed before would go there too.
  await dialog.locator('input:focus').waitFor();
  await field(dialog, `New after ${from}`).fill(title);
  if (days > 0) {
    await field(dialog, 'Lag').fill(String(days));
    await choose(page, 'Unit of the lag', 'calendar days', dialog);
  }
  await dialog.getByRole('button', { name: 'Add' }).click();
  await hear(page, new RegExp(`Add \\S+ after ${from}`));
}

/** A place of the drawing with no card near it. */
function emptyPlace(page: Page): Promise<{ x: number; y: number }> {
  return page.evaluate(() => {
    const pane = document.querySelector('.react-flow__pane')?.getBoundingClientRect();
    const cards = [...document.querySelectorAll('[data-node]')].map((card) => card.getBoundingClientRect());
    if (!pane) throw new Error('there is no drawing');
    for (let y = pane.bottom - 60; y > pane.top + 40; y -= 50)
      for (let x = pane.right - 80; x > pane.left + 120; x -= 60)
        if (!cards.some((c) => x > c.left - 60 && x < c.right + 60 && y > c.top - 60 && y < c.bottom + 60))
          return { x, y };
    throw new Error('the drawing has no empty place');
  });
}

async function link(page: Page, from: string, to: string, days: number): Promise<void> {
  await dragLink(page, from, to);
  const dialog = page.getByRole('dialog');
  if (days > 0) {
    await field(dialog, 'Lag').fill(String(days));
    await choose(page, 'Unit', 'calendar days', dialog);
  }
  await dialog.getByRole('button', { name: 'Link' }).click();
  await hear(page, new RegExp(`Linked ${from} to ${to}`));
}

/** What each task is, in the outline: what several have in common is set for all of them at once. */
export async function fillInByMouse(page: Page, sheet: readonly SheetRow[]): Promise<void> {
  await page.getByText('Outline', { exact: true }).click();
  await page.locator('[data-cell]').first().waitFor();
  for (const column of Object.keys(freshCells) as ColumnId[]) {
    const wanted = sheet.filter(({ cells }) => cells[column] !== freshCells[column] && cells[column] !== 'If');
    for (const text of new Set(wanted.map(({ cells }) => cells[column]))) {
      const nodes = wanted.filter(({ cells }) => cells[column] === text).map(({ node }) => node);
      if (nodes.length > 1) await setForAll(page, nodes, column, text);
      else for (const node of nodes) await setCell(page, node, column, text);
    }
  }
  await page.getByText('Canvas', { exact: true }).click();
}

const cell = (page: Page, node: string, place: number) => page.locator(`[data-cell="${node} ${place}"]`);

async function setForAll(page: Page, nodes: readonly string[], column: ColumnId, text: string): Promise<void> {
  await cell(page, nodes[0] ?? '', 1).click();
  for (const node of nodes.slice(1)) await cell(page, node, 0).click();
  const bulk = page.getByRole('region', { name: 'Chosen tasks' });
  const title = titleOfColumn(column);
  if ((await field(bulk, 'What to set').inputValue()) !== title) await choose(page, 'What to set', title, bulk);
  const value = field(bulk, `New ${title.toLowerCase()}`);
  if ((await value.getAttribute('aria-haspopup')) === 'listbox') {
    await value.click();
    await page.getByRole('option', { name: text, exact: true }).click();
  } else await value.fill(text);
  await bulk.getByRole('button', { name: 'Set for all' }).click();
  await hear(page, new RegExp(`Set ${title} of ${nodes.length} tasks`, 'i'));
}

async function setCell(page: Page, node: string, column: ColumnId, text: string): Promise<void> {
  const place = cell(page, node, placeOfColumn(column));
  await place.dblclick();
  const input = field(page, `${titleOfColumn(column)} of ${node}`);
  if ((await input.evaluate((element) => element.tagName)) === 'SELECT') await input.selectOption({ label: text });
  else {
    await input.fill(text);
    await page.keyboard.press('Enter');
  }
  await place.getByText(text, { exact: true }).waitFor();
}

/** A task that is only done when a question has an answer, or has not. */
export async function conditionByMouse(
  page: Page,
  node: string,
  { question, comparison, value, isNot }: { question: RegExp; comparison?: string; value: string; isNot: boolean },
): Promise<void> {
  await page.locator(`[data-node="${node}"]`).click();
  await page.getByText('If', { exact: true }).click();
  const rule = page.getByRole('region', { name: 'Only when' });
  await rule.getByRole('button', { name: 'Add a clause' }).click();
  await choose(page, 'Look at', question, rule);
  if (comparison) await choose(page, 'Comparison', comparison, rule);
  await choose(page, 'Value', value, rule);
  await rule.getByRole('button', { name: 'Add', exact: true }).click();
  const change = rule.getByRole('button', { name: new RegExp(`^Change: .*${value}$`) });
  await change.waitFor();
  if (!isNot) return;
  await change.click();
  await page.getByRole('menuitem', { name: /Turn into “not”/ }).click();
  await hear(page, /Turn into “not”/);
}

export interface ClockToDraw {
  title: string;
  days: number;
  after: readonly string[];
  each: boolean;
  contains: readonly string[];
  onEnd: string;
  source: string;
  ladder: string;
}

/** A period that the law sets, beside the drawing. */
export async function clockByMouse(page: Page, clock: ClockToDraw): Promise<void> {
  await page.locator('.react-flow__pane').click({ position: { x: 300, y: 20 } });
  await button(page, 'Add a clock').click();
  const made = page.getByRole('listitem').filter({ hasText: 'New clock' });
  await field(made, 'Runs for').fill(String(clock.days));
  for (const node of clock.after)
    await choose(page, 'Starts when one of these is complete', new RegExp(`^${node} `), made);
  await field(made, 'What its end means').click();
  if (clock.each) await field(made, 'A clock for each completion').click();
  for (const node of clock.contains) await choose(page, 'Must be complete within it', new RegExp(`^${node} `), made);
  await field(made, 'What its end means').fill(clock.onEnd);
  await field(made, 'Provision it comes from').fill(clock.source);
  await choose(page, 'Ladder of the clock', clock.ladder, made);
  // Last, for it is found by its name.
  await field(made, 'Name of the clock').fill(clock.title);
}
