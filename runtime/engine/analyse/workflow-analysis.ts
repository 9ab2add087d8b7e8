import type { Answers, Condition } from '../../../schemas/condition.ts';
import type { Configuration } from '../../../schemas/configuration.ts';
import type { Finding } from '../../../schemas/finding.ts';
import { type AdviceBook, buildAdviceBook } from '../advise/advice-book.ts';
import { inputsOf } from '../condition/effective-answers.ts';
import { toText } from '../condition/leaf.ts';
import type { Question } from '../condition/question.ts';
import { conditionNodes } from '../condition/shape.ts';
import { type Analysis, type AnalysisInput, analyseStatements } from './analyse.ts';

/** A workflow's advice over all possible answers, with what an author should know about it (A6). */
export interface WorkflowAnalysis {
  workflow: string;
  analysis: Analysis;
  findings: Finding[];
}

/** Analyses what one workflow advises (A6). `asAtDay` in days since 1970-01-01. Throws when there is no such workflow. */
export function analyseWorkflow(
  configuration: Configuration,
  workflowKey: string,
  asAtDay: number,
  budget?: number,
): WorkflowAnalysis {
  const book = buildAdviceBook(configuration, workflowKey);
  const input: AnalysisInput = {
    questions: book.questions,
    named: book.named,
    asAtDay,
    ...(budget === undefined ? {} : { budget }),
    statements: book.entries.map((entry) => ({
      key: entry.key,
      conditions: entry.reasons.map((reason) => reason.when),
      specific: entry.statement.scope !== 'generic',
    })),
  };
  const analysis = analyseStatements(input);
  const findings = [
    ...statementFindings(book, analysis),
    ...pairFindings(book, analysis),
    ...questionFindings(configuration, book),
    ...mustAdviseFindings(configuration, book, input),
  ];
  for (const answers of analysis.gaps) findings.push(gapFinding(workflowKey, answers));
  return { workflow: workflowKey, analysis, findings };
}

function statementFindings(book: AdviceBook, analysis: Analysis): Finding[] {
  return book.entries.flatMap((entry): Finding[] => {
    const facts = analysis.statements.get(entry.key);
    const [reason] = entry.reasons;
    const place = { document: reason?.document ?? `advice/${entry.key}`, pointer: reason?.pointer ?? '' };
    const values = { statement: entry.key, workflow: book.workflow };
    // A generic statement is for other workflows too; that this form never asks for it is no mistake.
    if (facts?.unreachable && entry.statement.scope !== 'generic') {
      const message = `Statement "${entry.key}" can never be advised in workflow "${book.workflow}": no answers the form allows make its condition true. Change the condition or the form, or remove the rule.`;
      return [{ code: 'ADVICE_UNREACHABLE', severity: 'warning', ...place, values, message }];
    }
    const conditional = entry.reasons.every((one) => one.when !== undefined);
    if (!facts?.alwaysFires || !conditional) return [];
    const message = `Statement "${entry.key}" is advised whatever is answered in workflow "${book.workflow}", although it has a condition. Leave the condition out, or make it tell answers apart.`;
    return [{ code: 'ADVICE_ALWAYS', severity: 'info', ...place, values, message }];
  });
}

function pairFindings(book: AdviceBook, analysis: Analysis): Finding[] {
  const exclusive = new Set(analysis.exclusive.map((pair) => pair.join(' ')));
  const findings: Finding[] = [];
  for (const [i, a] of book.entries.entries()) {
    const groups = new Set(a.reasons.flatMap((reason) => reason.exclusiveGroup ?? []));
    if (groups.size === 0) continue;
    for (const b of book.entries.slice(i + 1)) {
      const group = b.reasons.find(
        (reason) => reason.exclusiveGroup !== undefined && groups.has(reason.exclusiveGroup),
      )?.exclusiveGroup;
      const settled =
        exclusive.has(`${a.key} ${b.key}`) ||
        [a, b].some((one) => analysis.statements.get(one.key)?.unreachable !== false);
      const sameRule = a.reasons.some((one) =>
        b.reasons.some((other) => other.pointer === one.pointer && other.document === one.document),
      );
      if (group === undefined || settled || sameRule || !periodsMeet(a.statement, b.statement)) continue;
      findings.push({
        code: 'ADVICE_EXCLUSIVE_MEET',
        severity: 'error',
        document: `workflow/${book.workflow}`,
        pointer: '/adviceRules',
        values: { group, statements: [a.key, b.key] },
        message: `Statements "${a.key}" and "${b.key}" are declared exclusive (group "${group}") but some answers bring both. Make one condition exclude the other.`,
      });
    }
  }
  return findings;
}

interface InEffect {
  effectiveFrom?: string | undefined;
  effectiveTo?: string | undefined;
}

function periodsMeet(a: InEffect, b: InEffect): boolean {
  return (a.effectiveTo ?? '9999') >= (b.effectiveFrom ?? '') && (b.effectiveTo ?? '9999') >= (a.effectiveFrom ?? '');
}

function gapFinding(workflow: string, answers: Answers): Finding {
  return {
    code: 'ADVICE_GAP',
    severity: 'warning',
    document: `workflow/${workflow}`,
    pointer: '/adviceRules',
    values: { answers },
    message: `In workflow "${workflow}" some answers bring no specific statement; the example names one such set. Add a statement for them, or widen a condition.`,
    counterexample: { answers },
  };
}

/** The author's assertion that one of these must fire turns a gap into an error (A6). */
function mustAdviseFindings(configuration: Configuration, book: AdviceBook, input: AnalysisInput): Finding[] {
  const wanted = configuration.workflow[book.workflow]?.mustAdvise;
  if (!wanted || wanted.length === 0) return [];
  const statements = input.statements
    .filter((statement) => wanted.includes(statement.key))
    .map((statement) => ({ ...statement, specific: true }));
  const always = statements.some((statement) => statement.conditions.includes(undefined));
  const found = always ? undefined : analyseStatements({ ...input, statements });
  if (
    always ||
    (found &&
      found.gaps.length === 0 &&
      [...found.statements.values()].some((facts) => facts.alwaysFires || !facts.unreachable))
  )
    return [];
  return (found?.gaps ?? []).map((answers) => ({
    code: 'ADVICE_MUST_ADVISE',
    severity: 'error',
    document: `workflow/${book.workflow}`,
    pointer: '/mustAdvise',
    values: { statements: wanted, answers },
    message: `Workflow "${book.workflow}" says that one of ${wanted.join(', ')} must always be advised, but some answers bring none of them. Widen one of the conditions.`,
    counterexample: { answers },
  }));
}

/** Rules on questions the form does not ask, options that do not exist, questions and options nothing looks at. */
function questionFindings(configuration: Configuration, book: AdviceBook): Finding[] {
  const findings: Finding[] = [];
  const used = new Map<string, Set<string>>();
  const note = (condition: Condition, document: string, pointer: string, mustAsk: boolean) => {
    for (const node of conditionNodes(condition)) {
      if (!('of' in node) || !('question' in node.of)) continue;
      const key = node.of.question;
      const named = 'values' in node ? node.values : 'value' in node ? [node.value] : [];
      used.set(key, new Set([...(used.get(key) ?? []), ...named.map(toText)]));
      const question = book.questions.get(key);
      if (!question && mustAsk) findings.push(notAsked(book.workflow, key, document, pointer));
      else if (question) findings.push(...unknownOptions(question, named.map(toText), document, pointer));
    }
  };
  for (const entry of book.entries)
    for (const reason of entry.reasons)
      if (reason.when) note(reason.when, reason.document, reason.pointer, entry.statement.scope !== 'generic');
  for (const [name, { when }] of Object.entries(book.named))
    note(when, `workflow/${book.workflow}`, `/namedConditions/${name}/when`, true);
  for (const question of book.questions.values())
    if (question.shownWhen)
      note(question.shownWhen, formOf(configuration, book), `/questions/${question.key}/shownWhen`, true);
  for (const question of book.questions.values())
    for (const key of inputsOf(question.calculation)) used.set(key, used.get(key) ?? new Set());
  for (const node of Object.values(configuration.workflow[book.workflow]?.nodes ?? {}))
    for (const key of questionKeysIn(node)) used.set(key, used.get(key) ?? new Set());
  return [...findings, ...unusedFindings(configuration, book, used)];
}

function notAsked(workflow: string, question: string, document: string, pointer: string): Finding {
  const message = `A condition of workflow "${workflow}" looks at question "${question}", which its form never asks, so that it is always unknown. Put the question on the form, or take it out of the condition.`;
  return {
    code: 'ADVICE_QUESTION_NOT_ASKED',
    severity: 'warning',
    document,
    pointer,
    values: { question, workflow },
    message,
  };
}

function unknownOptions(question: Question, named: readonly string[], document: string, pointer: string): Finding[] {
  if (question.type !== 'choice' && question.type !== 'multi-choice' && question.type !== 'yes-no') return [];
  return named
    .filter((option) => !question.options.includes(option))
    .map((option) => ({
      code: 'CONDITION_OPTION_UNKNOWN',
      severity: 'error',
      document,
      pointer,
      values: { question: question.key, option },
      message: `A condition compares question "${question.key}" with "${option}", which is none of its options (${question.options.join(', ')}). Name one of them.`,
    }));
}

function unusedFindings(
  configuration: Configuration,
  book: AdviceBook,
  used: ReadonlyMap<string, ReadonlySet<string>>,
): Finding[] {
  const document = formOf(configuration, book);
  return [...book.questions.values()].flatMap((question): Finding[] => {
    const options = used.get(question.key);
    const pointer = `/questions/${question.key}`;
    if (!options) {
      const message = `No condition of workflow "${book.workflow}" looks at question "${question.key}". Use it, or leave it out if nobody reads the answer.`;
      return [
        {
          code: 'ADVICE_QUESTION_UNUSED',
          severity: 'info',
          document,
          pointer,
          values: { question: question.key },
          message,
        },
      ];
    }
    const unused = options.size === 0 ? [] : question.options.filter((option) => !options.has(option));
    if (unused.length === 0) return [];
    const message = `No condition of workflow "${book.workflow}" names the options ${unused.join(', ')} of question "${question.key}".`;
    return [
      {
        code: 'ADVICE_OPTION_UNUSED',
        severity: 'info',
        document,
        pointer,
        values: { question: question.key, options: unused },
        message,
      },
    ];
  });
}

function formOf(configuration: Configuration, book: AdviceBook): string {
  return `form/${configuration.workflow[book.workflow]?.form ?? ''}`;
}

function questionKeysIn(value: unknown): string[] {
  return [...JSON.stringify(value).matchAll(/"question":"([^"]+)"/g)].flatMap((match) => match[1] ?? []);
}

/** Statements that no workflow advises: neither generic, nor named by a rule, nor bound with a condition of their own (A6). */
export function orphanFindings(configuration: Configuration): Finding[] {
  const advised = new Set(
    Object.keys(configuration.workflow).flatMap((key) =>
      buildAdviceBook(configuration, key).entries.map((entry) => entry.key),
    ),
  );
  return Object.keys(configuration.advice)
    .filter((key) => !advised.has(key))
    .map((key) => ({
      code: 'ADVICE_ORPHAN',
      severity: 'warning',
      document: `advice/${key}`,
      pointer: '',
      values: { statement: key },
      message: `Statement "${key}" is never advised: no workflow has a rule that names it. Add a rule, make it generic, or remove it.`,
    }));
}
