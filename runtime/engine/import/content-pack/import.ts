import { z } from 'zod';
import { Answers } from '../../../../schemas/condition.ts';
import type { AnyDocument } from '../../../../schemas/configuration.ts';
import type { FormDocument, FormQuestion, QuestionDocument } from '../../../../schemas/form.ts';
import type { LadderDocument } from '../../../../schemas/ladder.ts';
import { optionLabel, statementAgencies, toWords } from './labels.ts';
import { toCondition, toPeriod, toSelectors, toTrigger } from './notation.ts';
import type { ContentPack, PackLadder, PackQuestion } from './pack.ts';
import { supplementDocuments, toChannels } from './supplement.ts';
import { LABEL, toTaskDocument, toWorkflowDocument, workflowsOf } from './workflows.ts';

/** Saved advice cases that come beside a pack. */
export const AdviceCases = z.array(
  z.object({
    name: z.string(),
    asAt: z.string(),
    workflow: z.string(),
    answers: Answers,
    expected: z.array(z.string()),
  }),
);
export type AdviceCases = z.infer<typeof AdviceCases>;

/** The content pack as documents of a whole configuration; the same pack always gives the same documents. */
export function importContentPack(pack: ContentPack, cases: AdviceCases): AnyDocument[] {
  return [
    ...pack.workflows.map((workflow) => toWorkflowDocument(pack, workflow)),
    ...pack.workflows.flatMap((workflow) => workflow.tasks.map(toTaskDocument)),
    ...Object.entries(pack.questions).map(([key, question]) => toQuestion(key, question)),
    ...pack.workflows.map((workflow) => toForm(pack, workflow.code, workflow.name)),
    ...pack.advice.map((statement, order) => toStatement(statement, order, titleOfSection(pack, statement.scope))),
    ...Object.entries(pack.ladders).map(([key, ladder]) => toLadder(key, ladder)),
    ...cases.map(toTest),
    ...supplementDocuments(),
  ];
}

const types = { calc: 'calculated', date: 'date', number: 'number', multi: 'multi-choice', single: 'choice' } as const;

function toQuestion(key: string, question: PackQuestion): QuestionDocument {
  const yesNo = question.type === 'single' && question.options.join() === 'yes,no';
  const options = Object.fromEntries(
    question.options.map((option, order) => [
      option,
      {
        order,
        label: optionLabel(option),
        ...(question.type === 'multi' && option === 'none' ? { exclusive: true } : {}),
      },
    ]),
  );
  return {
    kind: 'question',
    format: 1,
    key,
    title: question.label.slice(0, 200),
    type: yesNo ? 'yes-no' : types[question.type],
    label: question.type === 'calc' ? toWords(key) : question.label,
    ...(question.options.length > 0 && !yesNo ? { options } : {}),
    ...(question.type === 'number' ? { validation: { min: 0, whole: true } } : {}),
    ...(question.type === 'calc' ? toCalculation(question.label) : {}),
    ...(question.hclicSection ? { section: question.hclicSection } : {}),
    ...(['safe', 'needs', 'status', 'harm', 'end_of_life', 'vuln_home'].includes(key) ? { sensitive: true } : {}),
  };
}

/** `= bedrooms_need - bedrooms_have (calculated)`. */
function toCalculation(label: string): Pick<QuestionDocument, 'calculation'> {
  const match = /^= (\w+) - (\w+)/.exec(label);
  if (!match?.[1] || !match[2]) throw new Error(`expected a difference of two questions, got "${label}"`);
  return { calculation: { of: 'difference', minuend: match[1], subtrahend: match[2] } };
}

function toForm(pack: ContentPack, key: string, title: string): FormDocument {
  const questions = (pack.forms[key] ?? []).map((question, order): [string, FormQuestion] => {
    const showIf = pack.questions[question]?.showIf;
    const shownWhen = showIf ? toCondition(showIf) : undefined;
    return [question, { order, section: 'enquiry', library: question, ...(shownWhen ? { shownWhen } : {}) }];
  });
  return {
    kind: 'form',
    format: 1,
    key,
    title,
    description: LABEL,
    sections: { enquiry: { order: 1, title: 'Your enquiry' } },
    questions: Object.fromEntries(questions),
    startPage: `Answer a few questions about your situation. At the end you get an information pack made for you and we open a case.\n\n${LABEL}`,
    declaration: 'The answers I have given are true as far as I know.',
  };
}

function titleOfSection(pack: ContentPack, scope: string): string {
  if (scope === 'generic') return 'For everyone';
  return pack.workflows.find((workflow) => workflow.code === workflowsOf(scope)[0])?.name.split(':')[0] ?? scope;
}

function toStatement(statement: ContentPack['advice'][number], order: number, section: string): AnyDocument {
  const generic = statement.scope === 'generic';
  const when = generic ? toCondition(statement.trigger) : undefined;
  const agencies = statementAgencies[statement.id];
  return {
    kind: 'advice',
    format: 1,
    key: statement.id,
    title: statement.title,
    body: statement.text,
    ...(when ? { when } : {}),
    scope: generic ? 'generic' : workflowsOf(statement.scope),
    section,
    order,
    source: statement.source,
    ...(statement.effectiveFrom ? { effectiveFrom: statement.effectiveFrom } : {}),
    ...(statement.effectiveTo ? { effectiveTo: statement.effectiveTo } : {}),
    ...(agencies ? { agencies } : {}),
  };
}

function toLadder(key: string, ladder: PackLadder): LadderDocument {
  const rungs = ladder.rungs.map((rung, order): [string, LadderDocument['rungs'][string]] => [
    rung.template,
    {
      order,
      trigger: toTrigger(rung.at),
      to: toSelectors(rung.notify),
      channels: toChannels(rung.via),
      template: rung.template,
      actions: [],
      ...(rung.repeat ? { repeat: toRepeat(rung.repeat) } : {}),
    },
  ]);
  return {
    kind: 'ladder',
    format: 1,
    key,
    title:
      { 'L-STD': 'Standard', 'L-STAT': 'Statutory task', 'L-CLOCK': 'Statutory clock', 'L-EMG': 'Emergency' }[key] ??
      key,
    subject: ladder.subject,
    ...(ladder.urgent ? { urgent: true } : {}),
    ...(ladder.subject === 'clock' ? { calendar: 'england-and-wales' } : {}),
    rungs: Object.fromEntries(rungs),
    ack: { holdFor: { value: 8, unit: 'hours' } },
    fallback: ladder.fallback,
  };
}

/** `5wd max 3`. */
function toRepeat(text: string): { every: ReturnType<typeof toPeriod>; max: number } {
  const [every = '', max = ''] = text.split(' max ');
  return { every: toPeriod(every), max: Number(max) };
}

function toTest(saved: AdviceCases[number], order: number): AnyDocument {
  return {
    kind: 'test',
    format: 1,
    key: `${saved.workflow}-${String(order + 1).padStart(2, '0')}`,
    title: saved.name,
    workflow: saved.workflow,
    asAt: saved.asAt,
    answers: saved.answers,
    expect: { statements: saved.expected },
  };
}
