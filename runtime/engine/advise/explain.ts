import type { Answers, AnswerValue } from '../../../schemas/condition.ts';
import { dependenciesOf, type EffectiveAnswers, effectiveAnswers } from '../condition/effective-answers.ts';
import { type ConditionFacts, type TraceNode, traceCondition } from '../condition/evaluate.ts';
import { questionsBehind } from '../condition/shape.ts';
import { printCondition } from '../condition/text/print.ts';
import type { Truth } from '../condition/truth.ts';
import { type AdviceBook, type AdviceEntry, isInEffect } from './advice-book.ts';
import { type AnswerChange, findFlip } from './flip.ts';
import { fires } from './select.ts';

/** What one leaf came to. */
export interface LeafFact {
  /** The leaf as text; under a negation with its `not`. */
  text: string;
  question?: string;
  /** The answer it saw. */
  value?: AnswerValue;
}

/** One condition that can bring the statement, evaluated. */
export interface ReasonExplained {
  document: string;
  pointer: string;
  inEffect: boolean;
  truth: Truth;
  /** Absent when the statement is always advised. */
  trace?: TraceNode;
}

/** Why a statement is advised or not (A5). */
export interface Explanation {
  statement: string;
  title: string;
  fires: boolean;
  inEffect: boolean;
  reasons: ReasonExplained[];
  /** Leaves that make it true. */
  why: LeafFact[];
  /** Leaves that make it false. */
  whyNot: LeafFact[];
  /** Leaves that wait for an answer. */
  unknown: LeafFact[];
  /** Questions without an answer that could still settle it, in form order: those it looks at, or that show or compute them. */
  needed: string[];
  /** Questions it looks at that are not shown, and the form rule that hides them. */
  hidden: { question: string; shownWhen: string; droppedAnswer?: AnswerValue }[];
  /** Smallest change of answers that would turn it over; null when none does. */
  flip: AnswerChange | null;
  /** False when the search for the change met its budget. */
  flipDecided: boolean;
}

/** Explains every statement the workflow may advise, in pack order (A5). */
export function explainAdvice(book: AdviceBook, answers: Readonly<Answers>, asAt: string): Explanation[] {
  return book.entries.map((entry) => explainStatement(book, entry, answers, asAt));
}

/** Explains one statement: why, why not, what is unknown, what is hidden, what would change it (A5). */
export function explainStatement(
  book: AdviceBook,
  entry: AdviceEntry,
  answers: Readonly<Answers>,
  asAt: string,
): Explanation {
  const effective = effectiveAnswers(book.questions, answers, asAt, book.named);
  const facts: ConditionFacts = { answers: effective.answers, asAt, named: book.named };
  const reasons = entry.reasons.map((reason): ReasonExplained => {
    const trace = reason.when ? traceCondition(reason.when, facts) : undefined;
    return {
      document: reason.document,
      pointer: reason.pointer,
      inEffect: isInEffect(reason, asAt),
      truth: trace?.truth ?? true,
      ...(trace ? { trace } : {}),
    };
  });
  const traces = reasons.flatMap((reason) => (reason.trace && reason.inEffect ? [reason.trace] : []));
  const flip = findFlip(book, entry, answers, asAt);
  return {
    statement: entry.key,
    title: entry.statement.title,
    fires: fires(entry, facts, asAt),
    inEffect: isInEffect(entry.statement, asAt),
    reasons,
    why: traces.filter((trace) => trace.truth === true).flatMap((trace) => leavesFor(trace, true)),
    whyNot: traces.filter((trace) => trace.truth !== true).flatMap((trace) => leavesFor(trace, false)),
    unknown: traces.filter((trace) => trace.truth !== true).flatMap((trace) => leavesFor(trace, 'unknown')),
    needed: neededQuestions(book, traces, effective),
    hidden: hiddenQuestions(book, entry, effective),
    flip: flip.change ?? null,
    flipDecided: flip.decided,
  };
}

/**
 * The leaves that made a node what it is, `wanted` being the truth looked for as seen from the root: below a
 * negation true and false change places.
 */
export function leavesFor(root: TraceNode, wanted: Truth): LeafFact[] {
  const found: LeafFact[] = [];
  const visit = (node: TraceNode, truth: Truth, negated: boolean): void => {
    if (node.truth !== truth && node.truth !== 'unknown') return;
    const inner = node.condition.op === 'not' && truth !== 'unknown' ? !truth : truth;
    for (const child of node.children) visit(child, inner, node.condition.op === 'not' ? !negated : negated);
    if (node.children.length === 0 && node.truth === truth) found.push(toFact(node, negated));
  };
  visit(root, wanted, false);
  return found;
}

function toFact(node: TraceNode, negated: boolean): LeafFact {
  const text = printCondition(node.condition);
  return {
    text: negated ? `not (${text})` : text,
    ...('of' in node.condition && 'question' in node.condition.of ? { question: node.condition.of.question } : {}),
    ...(node.value === undefined ? {} : { value: node.value }),
  };
}

/** Shown questions without an answer behind what is still unknown; what is already true or false needs nothing more. */
function neededQuestions(book: AdviceBook, traces: readonly TraceNode[], effective: EffectiveAnswers): string[] {
  if (traces.some((trace) => trace.truth === true)) return [];
  const open = traces
    .filter((trace) => trace.truth === 'unknown')
    .flatMap((trace) => leavesFor(trace, 'unknown').flatMap((leaf) => leaf.question ?? []));
  const behind = new Set(open);
  // A question that is not shown yet waits for those that show it, a calculated one for what it is computed from.
  for (const key of behind) {
    const question = book.questions.get(key);
    if (!question || Object.hasOwn(effective.answers, key)) continue;
    for (const other of dependenciesOf(question, book.named)) behind.add(other);
  }
  return effective.shown.filter(
    (key) =>
      behind.has(key) && !Object.hasOwn(effective.answers, key) && book.questions.get(key)?.type !== 'calculated',
  );
}

function hiddenQuestions(book: AdviceBook, entry: AdviceEntry, effective: EffectiveAnswers): Explanation['hidden'] {
  const shown = new Set(effective.shown);
  const keys = new Set(
    entry.reasons.flatMap((reason) => (reason.when ? questionsBehind(reason.when, book.named) : [])),
  );
  const hidden: Explanation['hidden'] = [];
  for (const key of keys) {
    const question = book.questions.get(key);
    if (!question?.shownWhen || shown.has(key)) continue;
    const dropped = effective.hidden[key];
    hidden.push({
      question: key,
      shownWhen: printCondition(question.shownWhen),
      ...(dropped === undefined ? {} : { droppedAnswer: dropped }),
    });
  }
  return hidden;
}
