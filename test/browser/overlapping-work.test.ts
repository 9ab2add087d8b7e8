// Two at work on one thing, outside of the documents' own fields: places of cards, text that is no document yet.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServedStudio, serveStudio } from '../support/served-studio.ts';

let studio: ServedStudio;

beforeAll(async () => {
  studio = await serveStudio();
});
afterAll(() => studio?.close());

const bodyOf = async (path: string) => (await studio.test.call('GET', path)).body;
const saved = (page: Page) => page.getByText('Saved', { exact: true }).waitFor();

describe('the places of a drawing', () => {
  async function openHp(person: string): Promise<Page> {
    const page = await studio.open(person, 'workflow/HP', ['designer']);
    await page.locator('[data-node="HP13"]').waitFor();
    await page.locator('[data-complete]').waitFor();
    await page.waitForLoadState('networkidle');
    return page;
  }

  async function move(page: Page, node: string): Promise<void> {
    await page.locator(`[data-node="${node}"]`).focus();
    await page.keyboard.press('Alt+ArrowDown');
    await page.getByText('Saving…').waitFor();
    await saved(page);
  }

  it('hold what each of two people moved, from the first move on', async () => {
    const first = await openHp('ann');
    for (const node of ['HP01', 'HP02', 'HP03']) await move(first, node);
    await first.context().close();
    const { layout: before } = await bodyOf('/v1/layouts/HP');
    const [mine, theirs] = [await openHp('ann'), await openHp('ben')];
    await move(theirs, 'HP02');
    await move(mine, 'HP03');
    const { layout } = await bodyOf('/v1/layouts/HP');
    const moved = Object.keys(layout.positions).filter(
      (node) => JSON.stringify(layout.positions[node]) !== JSON.stringify(before.positions[node]),
    );
    expect(moved.sort()).toEqual(['HP02', 'HP03']);
    await mine.context().close();
    await theirs.context().close();
  });

  it('of a new workflow may be taken back to none', async () => {
    const workflow = (await bodyOf('/v1/drafts/main/documents/workflow/HP')).document;
    const small = { ...workflow, key: 'NEW', title: 'A new one', nodes: { HP01: workflow.nodes.HP01 }, links: {} };
    const path = '/v1/drafts/main/documents/workflow/NEW';
    expect((await studio.test.call('PUT', path, small, { 'if-none-match': '*' })).status).toBe(200);
    const page = await studio.open('ann', 'workflow/NEW', ['designer']);
    await page.locator('[data-node="HP01"]').waitFor();
    await move(page, 'HP01');
    await page.keyboard.press('Control+z');
    await page.getByText('Saving…').waitFor();
    await saved(page);
    expect((await bodyOf('/v1/layouts/NEW')).layout.positions).toEqual({});
    await move(page, 'HP01');
    expect(Object.keys((await bodyOf('/v1/layouts/NEW')).layout.positions)).toEqual(['HP01']);
    await page.context().close();
  });
});

describe('text that is no document yet', () => {
  it('takes nothing back that was changed meanwhile, once it is one', async () => {
    const page = await studio.open('ann', 'source/agency/SHELTER?pointer=/title', ['designer']);
    const inEditor = () => page.evaluate(() => document.activeElement?.closest('.monaco-editor') !== null);
    await expect.poll(inEditor).toBe(true);
    const { document: before } = await bodyOf('/v1/drafts/main/documents/agency/SHELTER');
    await page.keyboard.press('Control+End');
    await page.keyboard.type(' oops');
    await page.getByText('This text is not valid yet').waitFor();
    await studio.change('agency/SHELTER', { hours: 'Changed meanwhile' });
    await page.getByRole('button', { name: 'Show what changed' }).click();
    await page.getByRole('button', { name: 'Take over' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.locator('.monaco-editor textarea, .monaco-editor .native-edit-context').first().focus();
    await page.keyboard.press('Control+End');
    for (let letters = 0; letters < 5; letters++) await page.keyboard.press('Backspace');
    await page.getByText('This text is not valid yet').waitFor({ state: 'detached' });
    await saved(page);
    const { document } = await bodyOf('/v1/drafts/main/documents/agency/SHELTER');
    expect(document).toEqual({ ...before, hours: 'Changed meanwhile' });
    await page.context().close();
  });
});
