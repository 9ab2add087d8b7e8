import type { Answers } from '../../../schemas/condition.ts';
import type { Configuration } from '../../../schemas/configuration.ts';
import type { Finding } from '../../../schemas/finding.ts';
import { type AdviceBook, type AdviceEntry, buildAdviceBook, isInEffect } from '../advise/advice-book.ts';
import { toDateText } from '../condition/dates.ts';
import {
  type AnalysedStatement,
  type Analysis,
  type AnalysisInput,
  analyseStatements,
  analyseWithSets,
} from './analyse.ts';
import { deadFindings } from './dead-findings.ts';
import { exclusiveFindings } from './exclusive-findings.ts';
import { questionFindings } from './question-findings.ts';
import { relationFindings } from './relation-findings.ts';

/** A workflow's advice over all possible answers, with what an author should know about it (A6). */
export interface WorkflowAnalysis {
  workflow: string;
  analysis: Analysis;
  /** Statements that are not in effect on the as-at date: judged alone, not compared. */
  notInEffect: string[];
  findings: Finding[];
}

/** Analyses what one workflow advises on a date (A6, A4), in days since 1970-01-01. Throws when there is no such workflow. */
export function analyseWorkflow(
  configuration: Configuration,
  workflowKey: string,
  asAtDay: number,
  { budget, firingOnly = false }: { budget?: number; firingOnly?: boolean } = {},
): WorkflowAnalysis {
  const book = buildAdviceBook(configuration, workflowKey);
  const asAt = toDateText(asAtDay);
  const statements = book.entries.map((entry) => toStatement(entry, asAt));
  const input: AnalysisInput = {
    questions: book.questions,
    named: book.named,
    asAtDay,
    ...(budget === undefined ? {} : { budget }),
    firingOnly,
    withImplied: true,
    statements,
  };
  const { analysis, sets } = analyseWithSets(input);
  const conditions = new Set(statements.flatMap((statement) => statement.conditions));
  const known = analysis.decided && sets ? { sets, conditions } : undefined;
  const findings = [
    ...statementFindings(book, analysis),
    ...exclusiveFindings(book, input),
    ...(sets ? relationFindings(book, statements, analysis, sets) : []),
    ...deadFindings(configuration, book, asAtDay, known),
    ...questionFindings(configuration, book),
    ...mustAdviseFindings(configuration, book, input),
  ];
  for (const answers of analysis.gaps) findings.push(gapFinding(workflowKey, answers));
  const notInEffect = statements.filter((statement) => statement.apart).map((statement) => statement.key);
  return { workflow: workflowKey, analysis, notInEffect, findings };
}

/** A statement out of effect is judged by its conditions as if it were in effect, apart from the others. */
function toStatement(entry: AdviceEntry, asAt: string): AnalysedStatement {
  const current = isInEffect(entry.statement, asAt) ? entry.reasons.filter((reason) => isInEffect(reason, asAt)) : [];
  return {
    key: entry.key,
    conditions: (current.length > 0 ? current : entry.reasons).map((reason) => reason.when),
    specific: entry.statement.scope !== 'generic',
    ...(current.length > 0 ? {} : { apart: true }),
  };
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

/** The author's assertion that one of these must fire turns a gap into an error, and a gap not decided into a warning (A6). */
function mustAdviseFindings(configuration: Configuration, book: AdviceBook, input: AnalysisInput): Finding[] {
  const wanted = configuration.workflow[book.workflow]?.mustAdvise ?? [];
  if (wanted.length === 0) return [];
  const statements = input.statements
    .filter((statement) => wanted.includes(statement.key) && !statement.apart)
    .map((statement) => ({ ...statement, specific: true }));
  const found = analyseStatements({ ...input, statements });
  if (statements.some((statement) => found.statements.get(statement.key)?.alwaysFires)) return [];
  const place = { document: `workflow/${book.workflow}`, pointer: '/mustAdvise' };
  const says = `Workflow "${book.workflow}" says that one of ${wanted.join(', ')} must always be advised`;
  if (statements.length === 0) {
    const message = `${says}, but none of them is in effect in it on ${toDateText(input.asAtDay)}. Give one of them a rule, or take the assertion out.`;
    return [{ code: 'ADVICE_MUST_ADVISE', severity: 'error', ...place, values: { statements: wanted }, message }];
  }
  if (!found.decided && found.gaps.length === 0) {
    const message = `${says}; the search met its budget before it could tell. Simplify their conditions.`;
    return [
      { code: 'ADVICE_MUST_ADVISE_UNDECIDED', severity: 'warning', ...place, values: { statements: wanted }, message },
    ];
  }
  return found.gaps.map((answers) => ({
    code: 'ADVICE_MUST_ADVISE',
    severity: 'error',
    ...place,
    values: { statements: wanted, answers },
    message: `${says}, but some answers bring none of them. Widen one of the conditions.`,
    counterexample: { answers },
  }));
}
