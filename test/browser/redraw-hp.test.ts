// The whole of homelessness prevention drawn again from an empty page: by mouse, and with the keyboard alone.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfigurationFolder, shippedConfiguration } from '../../runtime/cli/configuration-folder.ts';
import type { Configuration } from '../../schemas/configuration.ts';
import { inOrder } from '../../schemas/document.ts';
import { beginByKeys, chooseNothing, clockByKeys, conditionByKeys, drawByKeys } from '../support/redraw-by-keys.ts';
import {
  beginByMouse,
  type ClockToDraw,
  clockByMouse,
  conditionByMouse,
  drawByMouse,
  fillInByMouse,
} from '../support/redraw-by-mouse.ts';
import { meaningOf, planOfDrawing } from '../support/redrawing.ts';
import { sheetOf } from '../support/sheet.ts';
import { openStudioSession, type StudioSession, takesLongWalks } from '../support/studio-session.ts';

const START = '2027-01-04';
const { configuration: shipped } = readConfigurationFolder(shippedConfiguration(undefined));

let session: StudioSession;
let page: Page;

beforeAll(async () => {
  session = await openStudioSession([], { viewport: { width: 1440, height: 1000 } });
  page = session.page;
});

afterAll(() => session?.close());

/** The clocks of the model under the keys of the one that is drawn. */
function clocksFor(key: string): ClockToDraw[] {
  const workflow = shipped.workflow['HP'];
  const renamed = (node: string) => node.replace('HP', key);
  return inOrder(workflow?.clocks ?? {}).map(({ title, period, anchor, each, mustContain, onEnd, source, ladder }) => ({
    title: title ?? '',
    days: period.value,
    after: 'completionOf' in anchor ? anchor.completionOf.map(renamed) : [],
    each: each ?? false,
    contains: (mustContain ?? []).map(renamed),
    onEnd,
    source,
    ladder: shipped.ladder[ladder ?? '']?.title ?? '',
  }));
}

/** What the service has of the draft. */
async function readDraft(): Promise<Configuration> {
  await page.getByText('Saved', { exact: true }).waitFor();
  const { documents } = await page.evaluate(
    async () => (await (await fetch('/v1/drafts/main/configuration')).json()) as { documents: Stored },
  );
  return Object.fromEntries(
    Object.entries(documents).map(([kind, of]) => [
      kind,
      Object.fromEntries(Object.entries(of).map(([key, { document }]) => [key, document])),
    ]),
  ) as unknown as Configuration;
}
type Stored = Record<string, Record<string, { document: unknown }>>;

/** Nothing is missing, nothing is more: what it says and what follows from it are those of the model. */
async function expectToBeHp(key: string): Promise<void> {
  const draft = await readDraft();
  expect(meaningOf(draft, key)).toEqual(meaningOf(shipped, 'HP'));
  const plan = planOfDrawing(draft, key, START);
  expect(plan).toEqual(planOfDrawing(shipped, 'HP', START));
  // As `lintel plan` prints it for the model.
  expect(plan.criticalPath).toEqual([1, 2, 3, 12, 13]);
}

describe('homelessness prevention, drawn again from an empty page', () => {
  it('by mouse', async () => {
    const sheet = sheetOf(shipped, 'HP', 'HX');
    await beginByMouse(page, 'Prevention by mouse', 'HX');
    await drawByMouse(page, sheet);
    await fillInByMouse(page, sheet);
    await conditionByMouse(page, 'HX06', { question: /^May we contact your landlord/, value: 'Yes', isNot: false });
    await conditionByMouse(page, 'HX08', {
      question: /^Does anyone in the household have any of these needs/,
      comparison: 'includes',
      value: 'None of these',
      isNot: true,
    });
    for (const clock of clocksFor('HX')) await clockByMouse(page, clock);
    await expectToBeHp('HX');
    expect(session.mistakes).toEqual([]);
  });

  it.runIf(takesLongWalks)('with the keyboard alone, hearing what every link changes', async () => {
    await page.goto(`${session.product.origin}/studio/library/workflows`);
    await page.getByRole('heading', { name: 'Workflows' }).waitFor();
    const sheet = sheetOf(shipped, 'HP', 'HY');
    await beginByKeys(page, 'Prevention by keys', 'HY');
    const heard = await drawByKeys(page, sheet);
    expect(heard.map((said) => said.split('.')[0])).toEqual(
      sheet.slice(1).map(({ node }) => `Set predecessors of ${node}`),
    );
    // The last review and the notice after it come later than all there was: people hear by how much.
    for (const said of [heard[8], heard[11]]) expect(said).toMatch(/\. Critical path now ends .* days? later$/);
    await conditionByKeys(page, 'HY06', { question: 'May we contact your landlord', value: 'Yes', isNot: false });
    await conditionByKeys(page, 'HY08', {
      question: 'Does anyone in the household have any of these needs',
      comparison: 'includes',
      value: 'None of these',
      isNot: true,
    });
    await chooseNothing(page);
    for (const clock of clocksFor('HY')) await clockByKeys(page, clock);
    await expectToBeHp('HY');
    expect(await page.evaluate('window.pointerEvents')).toBe(0);
    expect(session.mistakes).toEqual([]);
  });
});
