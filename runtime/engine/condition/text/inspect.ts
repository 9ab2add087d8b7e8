import { type Condition, MAX_CONDITION_DEPTH, MAX_CONDITION_NODES } from '../../../../schemas/condition.ts';
import { fitsType, typesFor } from '../fits-type.ts';
import { type Leaf, toText } from '../leaf.ts';
import type { Question } from '../question.ts';
import { measureCondition } from '../shape.ts';
import { parseCondition, type SourceRange } from './parse.ts';
import { printKey } from './print.ts';
import { readTokens, type TextProblem, type Token } from './token.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Something in a condition's text to put right, with its place. */
export interface InspectedProblem extends TextProblem {
  severity: 'error' | 'warning';
}

/** What is wrong with a text: it cannot be read, or names what is not there or compares what cannot be compared (A1, A3). */
export function inspectText(text: string, vocabulary: Vocabulary): InspectedProblem[] {
  const parsed = parseCondition(text);
  if ('problem' in parsed) return [{ ...parsed.problem, severity: 'error' }];
  const { depth, nodes } = measureCondition(parsed.condition);
  if (depth > MAX_CONDITION_DEPTH || nodes > MAX_CONDITION_NODES) {
    const message = `A condition has at most ${MAX_CONDITION_DEPTH} levels and ${MAX_CONDITION_NODES} parts; name a part of it and use the name.`;
    return [{ from: 0, to: text.length, message, severity: 'error' }];
  }
  const tokens = readTokens(text).filter((token) => token.kind !== 'end');
  return [...parsed.ranges].flatMap(([condition, range]) => {
    const own = tokens.filter((token) => token.from >= range.from && token.to <= range.to);
    if (condition.op === 'named') return namedProblems(condition.name, own, vocabulary);
    return 'of' in condition ? leafProblems(condition, range, own, vocabulary) : [];
  });
}

function namedProblems(name: string, own: readonly Token[], { named }: Vocabulary): InspectedProblem[] {
  if (Object.hasOwn(named, name)) return [];
  const known = Object.keys(named).map(printKey).join(', ') || 'none';
  return [problem(own.at(-1), 'error', `There is no named condition "${name}"; this workflow has ${known}.`)];
}

function leafProblems(
  leaf: Leaf,
  range: SourceRange,
  own: readonly Token[],
  { questions }: Vocabulary,
): InspectedProblem[] {
  if (leaf.op === 'between' && leaf.from > leaf.to)
    return [
      { ...range, severity: 'error', message: `No number is between ${leaf.from} and ${leaf.to}. Swap the bounds.` },
    ];
  if (!('question' in leaf.of)) return [];
  const { question: key } = leaf.of;
  const place = own.find((token) => token.value === key && (token.kind === 'word' || token.kind === 'key'));
  const question = questions.get(key);
  if (!question)
    return [problem(place, 'warning', `The form does not ask "${key}", so that this part is never known.`)];
  if (!fitsType(leaf, question.type)) {
    const wanted = typesFor(leaf.op)?.join(', ') ?? '';
    const message = `"${key}" is a ${question.type} question; this comparison is for ${wanted} questions.`;
    return [{ ...range, severity: 'error', message }];
  }
  return optionProblems(leaf, question, own);
}

function optionProblems(leaf: Leaf, question: Question, own: readonly Token[]): InspectedProblem[] {
  if (question.options.length === 0) return [];
  const named = 'values' in leaf ? leaf.values : 'value' in leaf ? [leaf.value] : [];
  return named
    .map(toText)
    .filter((option) => !question.options.includes(option))
    .map((option) => {
      const place = own.findLast((token) => token.value === option);
      const message = `"${question.key}" has no option "${option}"; its options are ${question.options.join(', ')}.`;
      return problem(place ?? own.at(-1), 'error', message);
    });
}

function problem(token: Token | undefined, severity: InspectedProblem['severity'], message: string): InspectedProblem {
  return { from: token?.from ?? 0, to: token?.to ?? 1, severity, message };
}

/** What stands at an offset, for people who read the text. */
export interface Described extends SourceRange {
  /** Lines of plain text, the most important first. */
  lines: string[];
}

/** Says what the question, option, name or word at an offset is; undefined where there is nothing to say. */
export function describeAt(text: string, offset: number, vocabulary: Vocabulary): Described | undefined {
  const parsed = parseCondition(text);
  if ('problem' in parsed) return undefined;
  const token = readTokens(text).find((one) => one.from <= offset && offset < one.to);
  if (!token) return undefined;
  const inside = [...parsed.ranges].filter(([, range]) => range.from <= token.from && token.to <= range.to);
  const innermost = inside.sort(([, a], [, b]) => a.to - a.from - (b.to - b.from))[0]?.[0];
  const lines = innermost ? linesFor(innermost, token, vocabulary) : [];
  return lines.length > 0 ? { from: token.from, to: token.to, lines } : undefined;
}

function linesFor(condition: Condition, token: Token, { questions, named }: Vocabulary): string[] {
  const isKey = token.kind === 'word' || token.kind === 'key' || token.kind === 'text';
  const key = 'of' in condition && 'question' in condition.of ? condition.of.question : undefined;
  const question = key === undefined ? undefined : questions.get(key);
  if (isKey && question && token.value === key) return questionLines(question);
  const label = question?.optionLabels[token.value];
  if (isKey && label !== undefined) return [label, `Option of “${question?.label}”`];
  if (condition.op === 'named' && token.value === condition.name && Object.hasOwn(named, condition.name))
    return [`Named condition of this workflow`];
  const meaning = token.kind === 'word' || token.kind === 'sign' ? meanings[token.value] : undefined;
  return meaning === undefined ? [] : [meaning];
}

function questionLines(question: Question): string[] {
  const { min, max } = question.validation;
  const bounds = [min === undefined ? '' : `from ${min}`, max === undefined ? '' : `to ${max}`]
    .filter(Boolean)
    .join(' ');
  const options = question.options.map((option) => `${option}: ${question.optionLabels[option] ?? option}`);
  return [question.label, [question.type, bounds].filter(Boolean).join(', '), ...options];
}

const meanings: Readonly<Record<string, string>> = {
  and: 'All must be true; one that is false decides, else one that is unknown.',
  or: 'One must be true; one that is true decides, else one that is unknown.',
  not: 'True when what follows is false, false when it is true; unknown stays unknown.',
  asAt: 'The date as at which advice is given.',
  within: 'Counts calendar days from the as-at date, both ends included.',
  answered: 'True when the question is asked and answered, else false: never unknown.',
  unanswered: 'True when the question is not asked or not answered, else false: never unknown.',
};
