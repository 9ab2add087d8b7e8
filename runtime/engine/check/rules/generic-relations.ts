import type { AdviceDocument } from '../../../../schemas/advice.ts';
import type { Condition } from '../../../../schemas/condition.ts';
import { type Analysis, analyseStatements } from '../../analyse/analyse.ts';
import { epochDayOf } from '../../calendar/dates.ts';
import { formQuestions, type Question } from '../../condition/question.ts';
import { conditionNodes, questionsBehind } from '../../condition/shape.ts';
import { type CheckContext, defineRule, type RuleFinding } from '../rule.ts';

/** Generic statements of which one is advised wherever another one is, on whatever form asks their questions (A6). */
export const genericRelations = defineRule({
  name: 'generic-relations',
  kind: 'advice',
  reads: ['form', 'question'],
  codes: [
    {
      code: 'ADVICE_GENERIC_DUPLICATE',
      severity: 'info',
      means: 'Two generic statements have conditions that are true for the very same answers.',
      cure: 'Make them one statement, or tell the answers apart.',
    },
    {
      code: 'ADVICE_GENERIC_IMPLIED',
      severity: 'info',
      means: 'A generic statement is advised only where another generic one is too, whatever form asks.',
      cure: 'Nothing where the one adds to the other; else make one condition exclude the other.',
    },
  ],
  check: (statement, context) => {
    if (!isConditional(statement)) return [];
    const { duplicates, subsumptions } = relationsOf(context);
    const earlier = duplicates.flatMap(([a, b]) => (b === statement.key ? [a] : []));
    const wider = subsumptions.flatMap(([a, b]) => (a === statement.key ? [b] : []));
    return [
      ...(earlier.length > 0 ? [duplicateFinding(statement.key, earlier)] : []),
      ...(wider.length > 0 ? [impliedFinding(statement.key, wider)] : []),
    ];
  },
});

function duplicateFinding(key: string, others: readonly string[]): RuleFinding {
  const message = `Generic statement "${key}" is advised for the very answers that bring "${others.join('", "')}", whatever form asks. Make them one statement, or tell the answers apart.`;
  return { code: 'ADVICE_GENERIC_DUPLICATE', severity: 'info', path: ['when'], values: { others }, message };
}

function impliedFinding(key: string, others: readonly string[]): RuleFinding {
  const message = `Whoever reads generic statement "${key}" reads "${others.join('", "')}" too, whatever form asks. Nothing is to be done where the one adds to the other; else make one condition exclude the other.`;
  return { code: 'ADVICE_GENERIC_IMPLIED', severity: 'info', path: ['when'], values: { others }, message };
}

type Conditional = AdviceDocument & { readonly when: Condition };

function isConditional(statement: AdviceDocument): statement is Conditional {
  return statement.scope === 'generic' && statement.when !== undefined;
}

type Pairs = readonly (readonly [string, string])[];

/** How generic statements that still hold on the check's first day, or will, stand to one another. */
function relationsOf(context: CheckContext): { readonly duplicates: Pairs; readonly subsumptions: Pairs } {
  const statements = context
    .documents('advice')
    .filter(isConditional)
    .filter((one) => toPeriod(one).to >= context.from);
  const parts = [context.from, context.documents('form'), context.documents('question')];
  // A corrected spelling changes nothing of it.
  const texts = statements.map((one) => JSON.stringify([one.key, one.when, toPeriod(one)]));
  return context.shared('generic statements', [...parts, ...texts], () => {
    const { duplicates, subsumptions } = analyse(statements, context);
    const periods = new Map(statements.map((one) => [one.key, toPeriod(one)]));
    const period = (key: string) => periods.get(key) ?? { from: '', to: '' };
    return {
      duplicates: duplicates.filter(([a, b]) => doMeet(period(a), period(b))),
      subsumptions: subsumptions.filter(([a, b]) => isWithin(period(a), period(b))),
    };
  });
}

interface Period {
  readonly from: string;
  readonly to: string;
}

function toPeriod({ effectiveFrom = '', effectiveTo = '9999-12-31' }: AdviceDocument): Period {
  return { from: effectiveFrom, to: effectiveTo };
}

function doMeet(a: Period, b: Period): boolean {
  return a.from <= b.to && b.from <= a.to;
}

function isWithin(a: Period, b: Period): boolean {
  return a.from >= b.from && a.to <= b.to;
}

function analyse(statements: readonly Conditional[], context: CheckContext): Analysis {
  const questions = agreedQuestions(context);
  const followed = statements.filter(({ when }) => isAsked(when, questions));
  const needed = new Set(followed.flatMap(({ when }) => questionsBehind(when, {})));
  return analyseStatements({
    questions: new Map([...questions].filter(([key]) => needed.has(key))),
    named: {},
    statements: followed.map(({ key, when }) => ({ key, conditions: [when], specific: false })),
    asAtDay: epochDayOf(context.from),
    firingOnly: true,
    withImplied: true,
  });
}

/** Whether all it looks at are questions that are known; a named condition is another one in every workflow. */
function isAsked(when: Condition, questions: ReadonlyMap<string, Question>): boolean {
  const nodes = [...conditionNodes(when)];
  return nodes.every((node) => node.op !== 'named') && questionsBehind(when, {}).every((key) => questions.has(key));
}

/** Questions that every form that asks them asks alike; each may be left out, for another form may not ask it. */
function agreedQuestions({ configuration, documents }: CheckContext): Map<string, Question> {
  const found = new Map<string, Question>();
  const disputed = new Set<string>();
  for (const form of documents('form')) {
    for (const [key, asked] of formQuestions(form, configuration.question)) {
      const { shownWhen: _, ...question } = { ...asked, label: '', optionLabels: {}, required: false };
      const known = found.get(key);
      if (known && JSON.stringify(known) !== JSON.stringify(question)) disputed.add(key);
      if (question.calculation) disputed.add(key);
      found.set(key, question);
    }
  }
  for (const key of disputed) found.delete(key);
  return found;
}
