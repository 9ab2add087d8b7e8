import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Condition } from '../../schemas/condition.ts';
import type { Configuration, DocumentKind } from '../../schemas/configuration.ts';
import type { Mutable } from '../support/configuration.ts';
import { openStudioSession, type StudioSession } from '../support/studio-session.ts';

const never: Condition = { op: 'any', conditions: [] };
const lodger: Condition = { op: 'is', of: { question: 'lodgers' }, value: 'yes' };

let session: StudioSession;
let page: Page;

beforeAll(async () => {
  session = await openStudioSession();
  page = session.page;
  await damage();
});

afterAll(() => session?.close());

type Damaged = Mutable<Configuration>;
type Documents = { [K in DocumentKind]: Record<string, { document: Configuration[K][string]; revision: number }> };

/** Spoils the draft in many ways at once, as an import or a careless hand would. */
async function damage(): Promise<void> {
  const response = await page.request.get(`${session.product.origin}/v1/drafts/main/configuration`);
  const { documents } = (await response.json()) as { documents: Documents };
  const spoilt = <K extends DocumentKind>(kind: K, key: string, spoil: (document: Damaged[K][string]) => void) => {
    const found = documents[kind][key];
    if (!found) throw new Error(`there is no ${kind} ${key}`);
    spoil(found.document as Damaged[K][string]);
    return { kind, key, ...found };
  };
  const changed = [
    spoilt('workflow', 'CO', ({ nodes }) => {
      const [how, next] = [nodes['CO-HOW'], nodes['CO-NEXT']];
      if (how?.type === 'decision') how.branches['dead'] = { order: 2, label: 'Never', when: never };
      if (next?.type === 'decision') delete next.otherwise;
    }),
    spoilt('workflow', 'HP', ({ adviceRules, nodes }) => {
      for (const key of ['HP3', 'HP6']) Object.assign(adviceRules[key] ?? {}, { exclusiveGroup: 'one-of' });
      for (const rule of [adviceRules['HP8'], adviceRules['HP11']])
        if (rule?.when) rule.when = { op: 'any', conditions: [rule.when, lodger] };
      const first = nodes['HP01'];
      if (first?.type === 'task') first.ladder = 'l-std';
    }),
    spoilt('workflow', 'HR', ({ adviceRules }) => {
      const rule = Object.values(adviceRules).find(({ when }) => when !== undefined);
      if (rule?.when) rule.when = { op: 'any', conditions: [rule.when, lodger] };
    }),
    spoilt('advice', 'G4', (statement) => {
      statement.body += ' Write to {{cutomerName}}.';
      if (statement.when) statement.when = { op: 'any', conditions: [statement.when, lodger] };
    }),
    spoilt('advice', 'G6', (statement) => {
      statement.translations = { cy: { title: statement.title, body: statement.body, of: 'an older text' } };
    }),
    spoilt('form', 'RG', ({ questions }) => {
      Object.assign(questions['can_buy'] ?? {}, {
        shownWhen: { op: 'is', of: { question: 'own_property' }, value: 'yess' },
      });
    }),
    spoilt('ladder', 'L-STD', ({ rungs, fallback }) => {
      const one = rungs['overdue'];
      if (one) {
        rungs['round'] = { ...one, order: 98, trigger: { on: 'followOn', after: 'about' } };
        rungs['about'] = { ...one, order: 99, trigger: { on: 'followOn', after: 'round' } };
      }
      fallback.splice(0, 1, 'group:TL');
    }),
    spoilt('ladder', 'L-STAT', ({ fallback }) => void fallback.splice(0)),
  ];
  for (const { kind, key, document, revision } of changed) {
    const stored = await page.request.put(`${session.product.origin}/v1/drafts/main/documents/${kind}/${key}`, {
      data: document,
      headers: { 'if-match': String(revision), origin: session.product.origin },
    });
    expect(stored.status(), `${kind}/${key}: ${await stored.text()}`).toBe(200);
  }
}

/** Goes to publishing and from there, by its finding, to where a defect is; answers what has the focus. */
async function goTo(code: string, document: RegExp): Promise<void> {
  await page.goto(`${session.product.origin}/studio/publish`);
  const finding = page.getByRole('button').filter({ hasText: code }).filter({ hasText: document });
  await finding.first().click();
  await page.waitForURL(/\/(edit|workflow)\//);
}

/** The place that has the focus, or is around what has it. */
function focusedPlace(): Promise<string> {
  return page.evaluate(() => document.activeElement?.closest('[data-place]')?.getAttribute('data-place') ?? '');
}

const stands = (place: string) => expect.poll(focusedPlace).toBe(place);
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
const saved = () => page.getByText('Saved', { exact: true }).waitFor();
/** The button beside the field that a finding led to. */
const putRight = () =>
  page.locator('[data-place]').getByRole('button', { name: 'Put right', exact: true }).first().click();

describe('a damaged draft is put right from the screens, each finding leading to its field', () => {
  it('is not to be published as it is', async () => {
    await page.goto(`${session.product.origin}/studio/publish`);
    for (const code of [
      'BRANCH_NEVER_TRUE',
      'DECISION_WITHOUT_DEFAULT',
      'ADVICE_EXCLUSIVE_MEET',
      'ADVICE_PLACEHOLDER_UNKNOWN',
      'QUESTION_UNKNOWN',
      'LADDER_LOOP',
      'LADDER_WITHOUT_FALLBACK',
      'ROLE_DEAD',
      'ADVICE_TRANSLATION_OLD',
      'REFERENCE_DANGLING',
      'OPTION_UNKNOWN',
    ])
      await page.getByRole('button').filter({ hasText: code }).first().waitFor();
  });

  it('a branch that is never taken', async () => {
    await goTo('BRANCH_NEVER_TRUE', /workflow\/CO/);
    await stands('/nodes/CO-HOW/branches/dead/when');
    await button('Remove Never').click();
    await saved();
  });

  it('a decision without a default', async () => {
    await goTo('DECISION_WITHOUT_DEFAULT', /workflow\/CO/);
    await page.getByLabel('Otherwise').fill('Ends at stage 1');
    await saved();
  });

  it('statements that exclude each other and meet: at the rule in the statement', async () => {
    await goTo('ADVICE_EXCLUSIVE_MEET', /workflow\/HP\/adviceRules/);
    await page.waitForURL(/\/edit\/advice\//);
    await expect.poll(focusedPlace).toMatch(/^\/workflow\/HP\/adviceRules\/HP[36]/);
    await button('Take it out of the group').click();
    await saved();
  });

  it('a placeholder nobody knows', async () => {
    await goTo('ADVICE_PLACEHOLDER_UNKNOWN', /advice\/G4/);
    await stands('/body');
    const text = page.getByLabel('Text', { exact: true });
    await text.fill((await text.inputValue()).replace('cutomerName', 'customerName'));
    await saved();
  });

  it('a question that is gone, in all the rules that look at it in one step', async () => {
    await goTo('QUESTION_UNKNOWN', /workflow\/HP\/adviceRules/);
    await expect.poll(focusedPlace).toMatch(/^\/workflow\/HP\/adviceRules\/HP\d+\/when/);
    await button('Put right everywhere…').first().click();
    const dialog = page.getByRole('dialog', { name: 'There is no question lodgers' });
    await dialog.getByText('It is used in 4 places:').waitFor();
    await dialog.getByRole('button', { name: 'Put right' }).click();
    await dialog.waitFor({ state: 'detached' });
    await saved();
  });

  it('a ladder whose rungs wait for each other', async () => {
    await goTo('LADDER_LOOP', /ladder\/L-STD/);
    await expect.poll(focusedPlace).toMatch(/^\/rungs\/(round|about)/);
    await button('Delete round').click();
    await button('Delete about').click();
    await saved();
  });

  it('a role that is a team of another type, with the fix beside it', async () => {
    await goTo('ROLE_DEAD', /ladder\/L-STD/);
    await expect.poll(focusedPlace).toMatch(/^\/fallback/);
    await putRight();
    await saved();
  });

  it('a ladder that reaches nobody in the end', async () => {
    await goTo('LADDER_WITHOUT_FALLBACK', /ladder\/L-STAT/);
    await stands('/fallback');
    await page.getByRole('combobox', { name: 'If nobody can be found' }).click();
    await page
      .getByRole('option')
      .filter({ hasText: /service manager/i })
      .first()
      .click();
    await saved();
  });

  it('a translation of an older text', async () => {
    await goTo('ADVICE_TRANSLATION_OLD', /advice\/G6/);
    await button('It says the same').click();
    await saved();
  });

  it('a key in another case, with the fix beside it', async () => {
    await goTo('REFERENCE_DANGLING', /workflow\/HP\/nodes\/HP01/);
    await page.getByRole('tab', { name: /^Findings/ }).click();
    await button(/^Put right.*"l-std"/).click();
    await saved();
  });

  it('an option that is gone: at its clause', async () => {
    await goTo('OPTION_UNKNOWN', /form\/RG/);
    await stands('/questions/can_buy/shownWhen');
    await page.keyboard.press('Enter');
    await page.getByRole('combobox', { name: 'Value', exact: true }).click();
    await page.getByRole('option', { name: 'Yes', exact: true }).click();
    await saved();
  });

  it('and then publishing is open', async () => {
    await page.goto(`${session.product.origin}/studio/publish`);
    await page.getByText('No errors and no warnings: this can be published.').waitFor();
    expect(session.mistakes).toEqual([]);
  });
});
