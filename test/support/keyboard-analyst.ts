import type { Browser, Page } from 'playwright-core';
import { printCondition } from '../../runtime/engine/index.ts';
import type { Condition } from '../../schemas/condition.ts';
import { typeWords } from '../../studio/form-designer/type-words.ts';
import { type Analyst, matters, optionLine } from './analyst.ts';
import type { HpPlan, PlannedQuestion } from './hp-plan.ts';
import { addDocumentByKeys, keyboardOf } from './keyboard.ts';
import { type ClauseWords, optionInWords, ruleInWords } from './rule-walk.ts';
import { countPointerEvents, focusedName, hear, tabTo } from './studio-driver.ts';

/** An analyst who has no mouse: keys alone, and what the live region says. */
export function keyboardAnalyst(page: Page, origin: string, plan: HpPlan): Analyst {
  const { type, press, stand, choose } = keyboardOf(page);
  const open = async (path: string) => {
    if (/\/(edit|workflow)\//.test(page.url())) await page.getByText('Saved', { exact: true }).waitFor();
    await page.goto(`${origin}/studio/${path}`);
    await countPointerEvents(page);
  };
  const enter = async (name: string, key: 'Tab' | 'Shift+Tab' = 'Tab') => {
    await tabTo(page, name, key);
    await press('Enter');
  };
  const writeRule = ruleWriter(page, plan);
  return {
    async addDocument({ slug, one }, title, key) {
      if ((await page.getByRole('button', { name: `New ${one}`, exact: true }).count()) === 0)
        await open(`library/${slug}`);
      // From the panel beside a statement the way on is back.
      const isBeside = await page.evaluate(() => document.activeElement?.closest('aside') !== null);
      await addDocumentByKeys(page, { one, title, key }, isBeside ? 'Shift+Tab' : 'Tab');
    },
    async fillInQuestion({ type: kind, options }) {
      await stand('Kind of answer');
      await choose(typeWords[kind]);
      if (options.length > 0) await tabTo(page, 'New option');
      for (const option of options) {
        await page.keyboard.insertText(optionLine(option));
        await press('Enter');
      }
    },
    async addQuestion({ key, label, type: kind, options, shownWhen }, isText) {
      await tabTo(page, 'New question in Your enquiry');
      await page.keyboard.insertText(label);
      await press('Tab');
      if (kind !== 'yes-no') await choose(typeWords[kind]);
      await press('Tab');
      await type(key);
      if (options.length > 0) {
        await press('Tab');
        await page.keyboard.insertText(options.map(optionLine).join('\n'));
        await press('Control+Enter');
      } else await press('Enter');
      await hear(page, new RegExp(`Added question ${key}$`));
      // The question just made stands open before the field for the next.
      if (options.at(-1)?.isExclusive) {
        await tabTo(page, 'Goes with nothing else', 'Shift+Tab');
        await press('Space');
      }
      if (!shownWhen) return;
      await tabTo(page, 'Must be answered when it is asked', 'Shift+Tab');
      await writeRule(shownWhen, isText, 'Shift+Tab');
    },
    async takeFromLibrary({ label, key }) {
      await enter('From the library');
      await stand('Question of the library for Your enquiry');
      await choose(`${label} (${key})`);
      await hear(page, new RegExp(`Added question ${key}$`));
    },
    async giveForm(form, workflow) {
      await open('library/forms');
      await enter(form);
      await tabTo(page, 'Asked by the workflows');
      await choose(workflow);
    },
    async fillInStatement({ isGeneric, when, effectiveFrom, effectiveTo }, isText) {
      await stand('Text');
      await press('End');
      await type(': ask {{organ');
      await page.getByRole('option', { name: '{{organisation}} Name of the organisation', selected: true }).waitFor();
      await press('Enter');
      await tabTo(page, 'Every workflow');
      if (!isGeneric) await press('ArrowRight');
      if (when) await writeRule(when, isText, 'Tab');
      if (!matters(effectiveFrom)) return;
      await tabTo(page, 'Reader');
      await press('ArrowRight');
      await tabTo(page, 'In effect from');
      await typeDate(page, effectiveFrom);
      if (!matters(effectiveTo)) return;
      await tabTo(page, 'In effect to');
      await typeDate(page, effectiveTo);
    },
    async openPreview() {
      await open('preview');
      await page.getByRole('button', { name: 'Clear', exact: true }).waitFor();
    },
    async answer({ answers, asAt }) {
      await tabTo(page, 'As at');
      await typeDate(page, asAt);
      await enter('Clear');
      for (const question of plan.questions) {
        const given = answers[question.key];
        if (given === undefined) continue;
        await page.getByText(question.label, { exact: true }).waitFor();
        await answerOne(page, question, Array.isArray(given) ? given : [String(given)]);
      }
    },
    async saveTest(name) {
      await enter('Save as a test', 'Shift+Tab');
      await stand('Name');
      await type(name);
      await press('Enter');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    },
  };
}

/** Types a date into its field, day, month and year in the order in which the browser has them. */
async function typeDate(page: Page, date: string): Promise<void> {
  const [year = '', month = '', day = ''] = date.split('-');
  const digits: Record<string, string> = { year, month, day };
  await page.keyboard.type((await dateOrder(page)).map((part) => digits[part] ?? '').join(''));
}

const orders = new WeakMap<Browser, readonly string[]>();

/** Fields for dates follow the browser's own language, not the one that a page is given. */
async function dateOrder(page: Page): Promise<readonly string[]> {
  const browser = page.context().browser();
  if (!browser) throw new Error('expected a page of a browser');
  const known = orders.get(browser);
  if (known) return known;
  const plain = await browser.newContext();
  const other = await plain.newPage();
  const order = await other.evaluate(() => new Intl.DateTimeFormat().formatToParts().map(({ type }) => type));
  await plain.close();
  orders.set(browser, order);
  return order;
}

/** Goes on to a question of the preview and answers it. */
async function answerOne(page: Page, question: PlannedQuestion, given: readonly string[]): Promise<void> {
  const { type, press } = keyboardOf(page);
  for (let step = 0; (await focusedQuestion(page)) !== question.label; step++) {
    if (step > 60) throw new Error(`no Tab leads to ${question.label}`);
    await press('Tab');
  }
  if (question.type === 'number') return await type(given[0] ?? '');
  if (question.type === 'date') return await typeDate(page, given[0] ?? '');
  const isMulti = question.type === 'multi-choice';
  for (const key of given) {
    const words = optionInWords(question, key);
    if (isMulti) await tabTo(page, words);
    await press('Space');
    for (let step = 0; !isMulti && (await focusedName(page)) !== words && step < 20; step++) await press('ArrowDown');
  }
}

/** The question that what has the focus belongs to. */
function focusedQuestion(page: Page): Promise<string> {
  return page.evaluate(() => {
    const field = document.activeElement as HTMLInputElement | null;
    const group = field?.closest('[role="radiogroup"], [role="group"]')?.getAttribute('aria-labelledby');
    return ((group ? document.getElementById(group) : field?.labels?.[0])?.textContent ?? '').trim();
  });
}

/** Writes a rule by keys: clause after clause, then what is turned about; or as text, and out of the text again. */
function ruleWriter(page: Page, plan: HpPlan) {
  const { type, press, stand, choose } = keyboardOf(page);
  return async (condition: Condition, isText: boolean, way: 'Tab' | 'Shift+Tab'): Promise<void> => {
    if (isText) return await writeText(printCondition(condition), way);
    const { joined, clauses } = ruleInWords(condition, plan);
    await toRule(way);
    for (const [at, { words }] of clauses.entries()) {
      if (at > 0) await press('a');
      await writeClause(words);
    }
    for (const { words, isNot } of clauses.toReversed()) {
      if (!isNot) continue;
      await climbTo(words.sentence);
      await press('n');
      await stand(words.sentence);
    }
    if (joined === 'all' || clauses.length === 1) return;
    await climbTo('All of these are true');
    await press('t');
    await stand('Any of these is true');
  };

  /** To the rule that is to be written: a new one, or one that is never true yet. */
  async function toRule(way: 'Tab' | 'Shift+Tab'): Promise<void> {
    for (let step = 0; step < 60; step++) {
      const name = await focusedName(page);
      if (name === 'Add a rule') return await press('Enter');
      if (name === 'Never true') return await press('a');
      await press(way);
    }
    throw new Error('no key leads to a rule');
  }

  async function writeClause({ lookAt, comparison, values, sentence }: ClauseWords): Promise<void> {
    await stand('Look at');
    await choose(lookAt);
    await press('Tab');
    if ((await fieldValue(page)) !== comparison) await choose(comparison);
    await press('Tab');
    if (comparison === 'is within the next days') await type(values[0] ?? '');
    else for (const value of values) await choose(value);
    await tabTo(page, 'Add');
    await press('Enter');
    await stand(sentence);
  }

  async function climbTo(sentence: string): Promise<void> {
    for (let step = 0; step < 20 && (await focusedName(page)) !== sentence; step++) await press('ArrowUp');
    await stand(sentence);
  }

  async function writeText(text: string, way: 'Tab' | 'Shift+Tab'): Promise<void> {
    await tabTo(page, 'As text', way);
    await press('Enter');
    const editor = page.locator('.monaco-editor');
    await editor.first().waitFor();
    const inside = () => page.evaluate(() => document.activeElement?.closest('.monaco-editor') !== null);
    for (let step = 0; step < 40 && !(await inside()); step++) await press('Tab');
    await press('Control+a');
    await type(text);
    await page.getByText('No problems').waitFor();
    // Escape closes what is offered; then the way out that the field tells of.
    await press('Escape', 'Control+m', 'Tab');
    if (await inside()) await press('Control+m', 'Tab');
  }
}

function fieldValue(page: Page): Promise<string> {
  return page.evaluate(() => (document.activeElement as HTMLInputElement | null)?.value ?? '');
}
