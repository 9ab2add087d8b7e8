import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { printCondition } from '../../runtime/engine/index.ts';
import type { Condition } from '../../schemas/condition.ts';
import { typeWords } from '../../studio/form-designer/type-words.ts';
import { type Analyst, matters, optionLine } from './analyst.ts';
import type { HpPlan } from './hp-plan.ts';
import { type ClauseWords, optionInWords, ruleInWords } from './rule-walk.ts';

/** An analyst who points and clicks, and types into what was clicked. */
export function mouseAnalyst(page: Page, plan: HpPlan): Analyst {
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const goTo = (title: string) => page.getByRole('navigation').getByRole('link', { name: title, exact: true }).click();
  const writing = ruleWriter(page, plan);
  return {
    async addDocument({ title: area, one }, title, key) {
      if ((await button(`New ${one}`).count()) === 0) await goTo(area);
      await button(`New ${one}`).first().click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Title').fill(title);
      await dialog.getByLabel(/^Key/).fill(key);
      await dialog.getByRole('button', { name: 'Add', exact: true }).click();
      await page.getByRole('heading', { level: 1, name: `${title} ${key}` }).waitFor();
    },
    async fillInQuestion({ type, options }) {
      await choose(page.getByRole('combobox', { name: 'Kind of answer' }), typeWords[type]);
      for (const option of options) {
        await page.getByLabel('New option').fill(optionLine(option));
        await button('Add option').click();
      }
    },
    async addQuestion({ key, label, type, options, shownWhen }, isText) {
      const here = 'ew question in Your enquiry';
      await page.getByLabel(`N${here}`, { exact: true }).fill(label);
      if (type !== 'yes-no')
        await choose(page.getByRole('combobox', { name: `Kind of answer of the n${here}` }), typeWords[type]);
      await page.getByLabel(`Key of the n${here}`, { exact: true }).fill(key);
      if (options.length > 0) await page.getByLabel('Options, one a line').fill(options.map(optionLine).join('\n'));
      await button('Add question').click();
      const row = page.locator(`[data-place="/questions/${key}"]`);
      const asked = row.getByRole('region', { name: 'Asked when', exact: true });
      await asked.waitFor();
      for (const [at, option] of options.entries())
        if (option.isExclusive) await row.getByLabel('Goes with nothing else').nth(at).check();
      if (shownWhen) await writing(asked, shownWhen, isText);
    },
    async takeFromLibrary({ key, label }) {
      await button('From the library').click();
      await page.getByRole('option', { name: `${label} (${key})` }).click();
    },
    async giveForm(form, workflow) {
      await goTo('Forms');
      await page.getByRole('link', { name: form, exact: true }).click();
      await choose(page.getByRole('combobox', { name: 'Asked by the workflows' }), workflow);
    },
    async fillInStatement({ title, isGeneric, when, effectiveFrom, effectiveTo }, isText) {
      await page.getByLabel('Text', { exact: true }).fill(`${title}: ask {{organisation}}.`);
      if (!isGeneric) await page.getByText('Some workflows', { exact: true }).click();
      if (when) await writing(page.getByRole('region', { name: 'Given when', exact: true }), when, isText);
      if (!matters(effectiveFrom)) return;
      await page.getByRole('tab', { name: 'Details' }).click();
      await page.getByLabel('In effect from').fill(effectiveFrom);
      if (matters(effectiveTo)) await page.getByLabel('In effect to').fill(effectiveTo);
    },
    openPreview: () => goTo('Advice preview'),
    async answer({ answers, asAt }) {
      await button('Clear').click();
      await page.getByLabel('As at', { exact: true }).fill(asAt);
      for (const question of plan.questions) {
        const given = answers[question.key];
        if (given === undefined) continue;
        const isMulti = question.type === 'multi-choice';
        const choices = page.getByRole(isMulti ? 'group' : 'radiogroup', { name: question.label });
        if (question.type === 'number' || question.type === 'date')
          await page.getByLabel(question.label).fill(String(given));
        else
          for (const key of Array.isArray(given) ? given : [String(given)])
            await choices.getByLabel(optionInWords(question, key), { exact: true }).check();
      }
    },
    async saveTest(name) {
      await button('Save as a test').click();
      await page.getByRole('dialog').getByLabel('Name').fill(name);
      await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    },
  };
}

/** Writes a rule into a field for conditions: clause by clause in its tree, or as text. */
function ruleWriter(
  page: Page,
  plan: HpPlan,
): (field: Locator, condition: Condition, isText: boolean) => Promise<void> {
  return async (field, condition, isText) => {
    if (isText) return await writeText(field, printCondition(condition));
    const { joined, clauses } = ruleInWords(condition, plan);
    for (const [at, { words }] of clauses.entries()) {
      if (at === 1) await change(field, clauses[0]?.words.sentence ?? '', 'Add a clause after it');
      else await field.getByRole('button', { name: /^Add a (rule|clause)$/ }).click();
      await writeClause(field, words);
    }
    for (const { words, isNot } of clauses) if (isNot) await change(field, words.sentence, 'Turn into “not”');
    if (joined === 'any' && clauses.length > 1)
      await field.getByRole('button', { name: 'All of these are true', exact: true }).click();
  };

  async function writeClause(field: Locator, { lookAt, comparison, values, sentence }: ClauseWords): Promise<void> {
    const list = (name: string) => field.getByRole('combobox', { name, exact: true });
    await choose(list('Look at'), lookAt);
    // It begins with the usual comparison of what is looked at.
    await expect.poll(() => list('Comparison').inputValue()).not.toBe('');
    if ((await list('Comparison').inputValue()) !== comparison) await choose(list('Comparison'), comparison);
    await list('Values').or(list('Value')).or(field.getByLabel('Days')).first().waitFor();
    if (comparison === 'is within the next days') await field.getByLabel('Days').fill(values[0] ?? '');
    else if (await list('Values').isVisible()) {
      await list('Values').click();
      for (const value of values) {
        await page.getByRole('option', { name: value, exact: true }).click();
        await page.getByRole('option', { name: value, exact: true, selected: true }).waitFor();
      }
      await page.keyboard.press('Escape');
    } else await choose(list('Value'), values[0] ?? '');
    await field.getByRole('button', { name: 'Add', exact: true }).click();
    await field.getByRole('button', { name: sentence, exact: true }).waitFor();
  }

  async function change(field: Locator, sentence: string, does: string): Promise<void> {
    await field.getByRole('button', { name: `Change: ${sentence}`, exact: true }).click();
    await page.getByRole('menuitem', { name: does }).click();
  }

  async function writeText(field: Locator, text: string): Promise<void> {
    await field.getByRole('button', { name: 'As text' }).click();
    await field.locator('.monaco-editor .view-lines').click();
    await field.locator('.monaco-editor:focus-within').waitFor();
    await page.keyboard.press('Control+a');
    await page.keyboard.type(text);
    await field.getByText('No problems').waitFor();
  }
}

/** Chooses in a list that opens under a field. */
async function choose(field: Locator, option: string): Promise<void> {
  await field.click();
  await field.page().getByRole('option', { name: option, exact: true }).click();
}
