import { cpSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AdviceDocument } from '../../schemas/advice.ts';
import type { Answers, Condition } from '../../schemas/condition.ts';
import { inOrder } from '../../schemas/document.ts';
import type { QuestionDocument } from '../../schemas/form.ts';
import { root } from './architecture.ts';
import { housingFolder, loadHousing } from './configuration.ts';

/** What an analyst has on paper before making the homelessness prevention form: questions, statements with their rules, households. */
export interface HpPlan {
  questions: PlannedQuestion[];
  statements: PlannedStatement[];
  households: Household[];
}

export interface PlannedQuestion {
  key: string;
  label: string;
  type: QuestionDocument['type'];
  options: { key: string; label: string; isExclusive: boolean }[];
  shownWhen?: Condition;
}

export interface PlannedStatement {
  key: string;
  title: string;
  isGeneric: boolean;
  when?: Condition;
  effectiveFrom?: string;
  effectiveTo?: string;
}

export interface Household {
  name: string;
  asAt: string;
  answers: Answers;
  /** Keys of the statements of its pack. */
  expected: string[];
}

/** The plan, of the content the cases were written for and of the answers they expect. */
export function readHpPlan(): HpPlan {
  const { form, question, workflow, advice } = loadHousing().configuration;
  const cases: (Household & { workflow: string })[] = JSON.parse(
    readFileSync(join(root, 'test', 'cases', 'content', 'expected-advice.json'), 'utf8'),
  );
  const questions = inOrder(form['HP']?.questions ?? {}).map(({ key, shownWhen }): PlannedQuestion => {
    const { label = key, type = 'text', options = {} } = question[key] ?? {};
    const listed = inOrder(options).map((option) => ({
      key: option.key,
      label: option.label,
      isExclusive: option.exclusive === true,
    }));
    return { key, label, type, options: listed, ...(shownWhen ? { shownWhen } : {}) };
  });
  const rules = new Map(
    Object.values(workflow['HP']?.adviceRules ?? {}).flatMap((rule) => rule.statements.map((key) => [key, rule.when])),
  );
  const given = Object.values(advice).filter(({ scope, key }) => scope === 'generic' || rules.has(key));
  return {
    questions,
    statements: given.sort(byOrder).map((statement) => toStatement(statement, rules.get(statement.key))),
    households: cases.filter((one) => one.workflow === 'HP'),
  };
}

function byOrder(a: AdviceDocument, b: AdviceDocument): number {
  return Number(b.scope === 'generic') - Number(a.scope === 'generic') || a.order - b.order;
}

function toStatement(statement: AdviceDocument, bound: Condition | undefined): PlannedStatement {
  const when = statement.scope === 'generic' ? statement.when : bound;
  const { key, title, effectiveFrom, effectiveTo } = statement;
  return {
    key,
    title,
    isGeneric: statement.scope === 'generic',
    ...(when ? { when } : {}),
    ...(effectiveFrom ? { effectiveFrom } : {}),
    ...(effectiveTo ? { effectiveTo } : {}),
  };
}

/** A folder with an organisation that has people, calendars and settings, and no form, workflow, statement or test. */
export function newBareConfiguration(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lintel-bare-'));
  for (const kind of ['settings', 'calendar', 'team', 'agency', 'provision'])
    cpSync(join(housingFolder, kind), join(folder, kind), { recursive: true });
  return folder;
}
