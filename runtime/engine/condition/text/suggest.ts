import type { Condition, Operand } from '../../../../schemas/condition.ts';
import { fitsType } from '../fits-type.ts';
import type { Question } from '../question.ts';
import { type Expectation, expectedAfter } from './parse.ts';
import { printKey } from './print.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A way to go on with the text. */
export interface Suggestion {
  /** What is put in. */
  text: string;
  kind: 'question' | 'option' | 'word' | 'comparison' | 'name' | 'date';
  /** Label of the question or option, or what the word means. */
  detail?: string;
}

/** Ways to go on at an offset; they replace the text from `from` to `to`. */
export interface Suggestions {
  from: number;
  to: number;
  items: Suggestion[];
}

/** What may be written at an offset of the text form: questions, comparisons, options, words (A3). */
export function suggestAt(text: string, offset: number, vocabulary: Vocabulary): Suggestions {
  const typed = /[\w`"-]*$/.exec(text.slice(0, offset))?.[0] ?? '';
  const rest = /^[\w`"-]*/.exec(text.slice(offset))?.[0] ?? '';
  const from = offset - typed.length;
  const expected = expectedAfter(text.slice(0, from));
  return { from, to: offset + rest.length, items: expected ? itemsFor(expected, vocabulary) : [] };
}

function itemsFor(expected: Expectation, vocabulary: Vocabulary): Suggestion[] {
  switch (expected.kind) {
    case 'clause':
      return [...questions(vocabulary), ...clauseWords, ...names(vocabulary)];
    case 'operand':
      return questions(vocabulary);
    case 'comparison':
      return comparisonsFor(questionOf(expected.of, vocabulary));
    case 'value':
      return options(questionOf(expected.of, vocabulary));
    case 'date':
      return vocabulary.asAt === undefined ? [] : [{ text: vocabulary.asAt, kind: 'date', detail: 'The as-at date' }];
    case 'name':
      return Object.keys(vocabulary.named).map((name) => ({ text: printKey(name), kind: 'name' }));
    case 'joiner':
      return [
        { text: 'and', kind: 'word', detail: 'Both must be true' },
        { text: 'or', kind: 'word', detail: 'One must be true; binds less than and' },
      ];
    case 'listed':
    case 'number':
      return [];
  }
}

const clauseWords: readonly Suggestion[] = [
  { text: 'not (', kind: 'word', detail: 'True when what follows is false; unknown stays unknown' },
  { text: 'answered(', kind: 'word', detail: 'True when the question has an answer' },
  { text: 'unanswered(', kind: 'word', detail: 'True when the question has no answer' },
  { text: 'count(', kind: 'word', detail: 'How many options are chosen, as in count(needs) >= 2' },
];

function questions(vocabulary: Vocabulary): Suggestion[] {
  return [...vocabulary.questions.values()].map((question) => ({
    text: printKey(question.key),
    kind: 'question',
    detail: question.label,
  }));
}

function names(vocabulary: Vocabulary): Suggestion[] {
  return Object.keys(vocabulary.named).map((name) => ({ text: `named ${printKey(name)}`, kind: 'name' }));
}

function options(question: Question | undefined): Suggestion[] {
  return (question?.options ?? []).map((option) => {
    const label = question?.optionLabels[option];
    return { text: printKey(option), kind: 'option', ...(label === undefined ? {} : { detail: label }) };
  });
}

function questionOf(of: Operand | undefined, vocabulary: Vocabulary): Question | undefined {
  return of && 'question' in of ? vocabulary.questions.get(of.question) : undefined;
}

const comparisons: readonly (readonly [text: string, op: Condition['op'], detail: string])[] = [
  ['is', 'is', 'The answer is this option or text'],
  ['in (', 'isOneOf', 'The answer is one of these options'],
  ['includes', 'includes', 'This option is chosen'],
  ['includes any (', 'includesAny', 'One of these options is chosen'],
  ['includes all (', 'includesAll', 'All of these options are chosen'],
  ['<', 'lessThan', 'Less than'],
  ['<=', 'atMost', 'At most'],
  ['=', 'equals', 'Exactly this number'],
  ['>=', 'atLeast', 'At least'],
  ['>', 'moreThan', 'More than'],
  ['in [', 'between', 'Between, both included, as in [16..24]'],
  ['before', 'before', 'Before a date'],
  ['on or before', 'onOrBefore', 'On a date or before it'],
  ['on', 'onDate', 'On a date'],
  ['on or after', 'onOrAfter', 'On a date or after it'],
  ['after', 'after', 'After a date'],
  ['within 56 days after asAt', 'withinDaysAfter', 'Within so many days after the as-at date'],
  ['within 56 days before asAt', 'withinDaysBefore', 'Within so many days before the as-at date'],
];

/** Comparisons that a question's type allows; all of them where the type is not known. */
function comparisonsFor(question: Question | undefined): Suggestion[] {
  return comparisons
    .filter(([, op]) => fitsType({ op } as Condition, question?.type))
    .map(([text, , detail]) => ({ text, kind: 'comparison', detail }));
}
