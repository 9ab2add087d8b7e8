import type { Condition } from '../../../schemas/condition.ts';
import type { Configuration } from '../../../schemas/configuration.ts';
import type { Finding } from '../../../schemas/finding.ts';
import type { AdviceBook } from '../advise/advice-book.ts';
import { inputsOf } from '../condition/effective-answers.ts';
import { toText } from '../condition/leaf.ts';
import type { Question } from '../condition/question.ts';
import { conditionNodes } from '../condition/shape.ts';

/** Rules on questions the form does not ask, options that do not exist, questions and options nothing looks at. */
export function questionFindings(configuration: Configuration, book: AdviceBook): Finding[] {
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

/** Name of the form document of a workflow's questions. */
export function formOf(configuration: Configuration, book: AdviceBook): string {
  return `form/${configuration.workflow[book.workflow]?.form ?? ''}`;
}

/** Questions that a part of a document names anywhere. */
export function questionKeysIn(part: object): readonly string[] {
  const known = namedIn.get(part);
  if (known) return known;
  const found = [...JSON.stringify(part).matchAll(/"question":"([^"]+)"/g)].flatMap((match) => match[1] ?? []);
  namedIn.set(part, found);
  return found;
}

// A part of a document never changes, and an edit leaves most of them as they were.
const namedIn = new WeakMap<object, readonly string[]>();
