// Source, import and export on the built product, under its content security policy.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { XMLValidator } from 'fast-xml-parser';
import type { ConsoleMessage, Download, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hear } from '../support/studio-driver.ts';
import { openStudioSession, type StudioSession } from '../support/studio-session.ts';

let session: StudioSession;
let page: Page;
const strangers: string[] = [];

beforeAll(async () => {
  session = await openStudioSession();
  page = session.page;
  page.on('console', (message) => {
    if (message.type() === 'error' && !isQuestion(message)) session.mistakes.push(message.text());
  });
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (origin !== session.product.origin && protocol.startsWith('http')) strangers.push(request.url());
  });
});

afterAll(() => session?.close());

/** A page that takes over what another left unsaved asks whether it had arrived; to the console, "no" is an error. */
const isQuestion = (message: ConsoleMessage) =>
  message.text().includes('404') && message.location().url.includes('/v1/drafts/main/documents/');

/** The text as the editor holds it, by its own lines. */
const typed = () => page.locator('.monaco-editor .view-lines').innerText();
const text = () => page.locator('.monaco-editor textarea, .monaco-editor .native-edit-context').first();

/** The line at the top, its spaces as they were typed. */
const firstLine = async () => ((await typed()).split('\n')[0] ?? '').replaceAll('\u00a0', ' ');
const isInEditor = () => page.evaluate(() => document.activeElement?.closest('.monaco-editor') !== null);
/** Read in one go: the editor puts its lines anew while it measures itself. */
const sizeOfFirstLine = () =>
  page.evaluate(() => {
    const line = document.querySelector('.monaco-editor .view-line');
    return line ? getComputedStyle(line).fontSize : 'no line yet';
  });

describe('the source', () => {
  it('keeps every letter of fast typing', async () => {
    await openSource('workflow', 'HP', '/title');
    await find('"title": "Homelessness prevention"');
    const sentence = ' and everything that was typed as quickly as this test can';
    await page.keyboard.type(sentence, { delay: 0 });
    await expect
      .poll(() => stored('workflow', 'HP'))
      .toMatchObject({
        title: `Homelessness prevention${sentence}`,
      });
    await page.getByText('Saved', { exact: true }).waitFor();
  });

  it('keeps text that is broken, names the place, and leaves the draft alone', async () => {
    const before = await stored('workflow', 'HP');
    await page.keyboard.press('End');
    await page.keyboard.type(' oops');
    await page.getByText('This text is not valid yet').waitFor();
    await page.getByText(/Line \d+, column \d+: expected/).waitFor();
    await page.reload();
    await page.getByText('This text is not valid yet').waitFor();
    await expect.poll(typed).toContain('oops');
    expect(await stored('workflow', 'HP')).toEqual(before);
    await page.getByRole('button', { name: 'Go back to the draft’s text' }).click();
    await expect.poll(typed).not.toContain('oops');
  });

  it('offers the tasks that exist where a task belongs, and goes to the place of a finding', async () => {
    await openSource('workflow', 'HP', '/nodes/HP13/task');
    await find('"task": "HP13"');
    for (let letters = 0; letters < 4; letters++) await page.keyboard.press('Backspace');
    await page.keyboard.type('RG0');
    await page.keyboard.press('Control+Space');
    await page.locator('.suggest-widget').getByText('RG01').first().waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.type('none');
    const finding = page
      .getByRole('region', { name: 'Findings of the text' })
      .getByRole('button', { name: /There is no task "RG0none"/ });
    await finding.waitFor();
    await page.keyboard.press('Control+Home');
    await finding.click();
    await page.locator('.monaco-editor .squiggly-error').first().waitFor();
    await page.keyboard.press('Delete');
    await page.keyboard.insertText('"task": "HP13"');
    await expect.poll(() => stored('workflow', 'HP')).toMatchObject({ nodes: { HP13: { task: 'HP13' } } });
  });

  it('lays out as lintel fmt does, and lets the keyboard out', async () => {
    await text().focus();
    await page.keyboard.press('Control+Home');
    await expect.poll(firstLine).toBe('{');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.type('   ');
    await expect.poll(firstLine).toBe('{   ');
    await page.getByRole('button', { name: 'Format' }).click();
    await expect.poll(firstLine).toBe('{');
    await hear(page, /Laid out as lintel fmt does/);
    await text().focus();
    await page.keyboard.press('Control+m');
    await page.getByText('Tab leaves the text now').waitFor();
    // On the way out stand the lines that stay at the top of a scrolled text: five at most.
    for (let lines = 0; lines < 6 && (await isInEditor()); lines++) await page.keyboard.press('Tab');
    await expect.poll(isInEditor).toBe(false);
  });

  it('compares with a release, in sentences and line by line', async () => {
    await page.getByRole('combobox', { name: 'Compare with a release' }).click();
    await page.getByRole('option').first().click();
    await page
      .getByRole('region', { name: /Changes since release/ })
      .getByText(/everything that was typed/)
      .waitFor();
    await page.locator('.monaco-diff-editor .line-insert').first().waitFor();
  });
});

describe('import and export', () => {
  it.each([
    ['MS Project XML', 'HP.xml', /<WBS>HP01<\/WBS>/],
    ['CSV table', 'HP.csv', /^ID,Name,Duration,Predecessors/],
    ['SVG picture', 'HP.svg', /^<svg xmlns/],
    ['PNG picture', 'HP.png', /^.PNG/],
    ['iCal of the due dates', 'HP.ics', /BEGIN:VEVENT/],
    ['Mermaid flowchart', 'HP.mmd', /^flowchart TD/],
    ['XState TypeScript', 'HP.machines.ts', /createMachine/],
    ['JSON bundle, with all it needs', 'HP.json', /"documents"/],
  ])('writes %s', async (item, name, content) => {
    await page.goto(`${session.product.origin}/studio/workflow/HP`);
    const file = await exported(item);
    expect(file.suggestedFilename()).toBe(name);
    const bytes = readFileSync(await file.path());
    expect(bytes.toString('latin1')).toMatch(content);
    if (name.endsWith('.xml')) expect(XMLValidator.validate(bytes.toString('utf8'))).toBe(true);
  });

  it('reads what it wrote as a new workflow, after a preview, as one step', async () => {
    const path = await (await exported('MS Project XML')).path();
    await page.goto(`${session.product.origin}/studio/library/workflows`);
    await chooseFile('Plan from elsewhere.xml', readFileSync(path));
    const dialog = page.getByRole('dialog', { name: 'Import' });
    await dialog.getByText('MS Project XML', { exact: false }).first().waitFor();
    await expect.poll(() => dialog.getByLabel('Key of the new workflow').inputValue()).toBe('Plan-from-elsewhere');
    await dialog.getByRole('button', { name: /^Import \d+ documents$/ }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Plan from elsewhere' }).click();
    await page.locator('[data-node="Plan-from-elsewhere-13"]').waitFor();
    await page.getByRole('button', { name: 'Undo Import Plan from elsewhere.xml' }).click();
    await page.getByText('There is no workflow Plan-from-elsewhere').waitFor();
  });

  it('says of a broken file what is wrong and what to do, and changes nothing', async () => {
    await page.goto(`${session.product.origin}/studio/library/workflows`);
    await chooseFile('broken.xml', Buffer.from('<Project><Tasks>'));
    const dialog = page.getByRole('dialog', { name: 'Import' });
    await dialog.getByText(/broken\.xml is not XML: .* Save it again/).waitFor();
    await expect.poll(() => dialog.getByRole('button', { name: 'Import', exact: true }).isDisabled()).toBe(true);
  });

  it('prints the drawing on one sheet and the outline whole, without tools', async () => {
    await openView('Outline');
    await page.getByRole('grid').waitFor();
    await expect.poll(sheets).toBe(1);
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(() => void window.dispatchEvent(new Event('beforeprint')));
    await expect.poll(() => page.getByRole('grid').getByRole('row').count()).toBe(14);
    await page.getByLabel('Find in the outline').waitFor({ state: 'hidden' });
    await page.evaluate(() => void window.dispatchEvent(new Event('afterprint')));
    await page.emulateMedia({ media: null });
    await openView('Canvas');
    await page.locator('[data-node="HP13"]').waitFor();
    await expect.poll(sheets).toBe(1);
  });

  it('shows source in larger type where the browser has it', async () => {
    await page.evaluate(() => {
      document.documentElement.style.fontSize = '200%';
    });
    await openView('Source');
    await expect.poll(sizeOfFirstLine).toBe('26px');
  });

  it('loaded nothing from elsewhere and made no mistake', () => {
    expect(strangers).toEqual([]);
    expect(session.mistakes).toEqual([]);
  });
});

async function openSource(kind: string, key: string, pointer: string): Promise<void> {
  await page.goto(`${session.product.origin}/studio/source/${kind}/${key}?pointer=${encodeURIComponent(pointer)}`);
  // It goes to the place by itself once it stands.
  await expect.poll(isInEditor).toBe(true);
}

/** Shows HP in one of its views; the page stays where it is when it is there already. */
async function openView(title: string): Promise<void> {
  const views = page.getByRole('radiogroup', { name: 'View of the workflow' });
  if (!page.url().includes('/studio/workflow/HP')) await page.goto(`${session.product.origin}/studio/workflow/HP`);
  await views.getByText(title).click();
}

/** How many sheets the page takes on paper. */
async function sheets(): Promise<number> {
  const pdf = await page.pdf({ preferCSSPageSize: true });
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
}

/** Puts the cursor before the closing quote of a line, by the editor's own search. */
async function find(words: string): Promise<void> {
  await page.keyboard.press('Control+f');
  const field = page.locator('.find-widget textarea').first();
  await field.fill(words);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowLeft');
}

async function stored(kind: string, key: string): Promise<unknown> {
  const answer = await page.request.get(`${session.product.origin}/v1/drafts/main/documents/${kind}/${key}`);
  return ((await answer.json()) as { document: unknown }).document;
}

async function exported(item: string): Promise<Download> {
  await page.getByRole('button', { name: 'Import and export' }).click();
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: item }).click()]);
  return file;
}

async function chooseFile(name: string, content: Buffer): Promise<void> {
  await page.getByRole('button', { name: 'Import and export' }).click();
  await page.getByRole('menuitem', { name: 'Import a file…' }).click();
  const path = join(session.product.folder, name);
  writeFileSync(path, content);
  await page.locator('input[type=file]').setInputFiles(path);
}
