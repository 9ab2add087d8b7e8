import type { Answers, AnswerValue } from '../../../schemas/condition.ts';
import { toEpochDay } from './dates.ts';
import type { Question, Questions } from './question.ts';

/** What is wrong with one answer, and what would put it right. */
export interface AnswerProblem {
  question: string;
  code: 'ANSWER_UNKNOWN_OPTION' | 'ANSWER_WRONG_TYPE';
  message: string;
}

/**
 * Answers that their questions cannot take: an unknown option, or a value of another type. Answers to questions
 * that are not on the form are no problem, they do not count (A2).
 */
export function checkAnswers(questions: Questions, answers: Readonly<Answers>): AnswerProblem[] {
  const problems: AnswerProblem[] = [];
  for (const [key, value] of Object.entries(answers)) {
    const question = questions.get(key);
    if (!question || question.type === 'calculated') continue;
    const problem = problemOf(question, value);
    if (problem) problems.push({ question: key, ...problem });
  }
  return problems;
}

type Problem = Omit<AnswerProblem, 'question'>;

function problemOf(question: Question, value: AnswerValue): Problem | undefined {
  switch (question.type) {
    case 'yes-no':
      return typeof value === 'boolean' ? undefined : oneOption(question, value);
    case 'choice':
      return oneOption(question, value);
    case 'multi-choice':
      if (!Array.isArray(value)) return wrongType(question, value, 'a list of option keys');
      return value.map((option) => knownOption(question, option)).find((problem) => problem !== undefined);
    case 'number':
    case 'money':
      return typeof value === 'number' && Number.isFinite(value) ? undefined : wrongType(question, value, 'a number');
    case 'date':
      return typeof value === 'string' && (value === '' || toEpochDay(value) !== undefined)
        ? undefined
        : wrongType(question, value, 'a date written YYYY-MM-DD');
    case 'text':
    case 'address':
    case 'file':
    case 'calculated':
      return undefined;
  }
}

function oneOption(question: Question, value: AnswerValue): Problem | undefined {
  if (typeof value !== 'string') return wrongType(question, value, 'one option key');
  return value === '' ? undefined : knownOption(question, value);
}

function knownOption(question: Question, option: string): Problem | undefined {
  if (question.options.includes(option)) return undefined;
  return {
    code: 'ANSWER_UNKNOWN_OPTION',
    message: `The answer to "${question.key}" names the option "${option}", which the question does not have; its options are ${question.options.join(', ')}.`,
  };
}

function wrongType(question: Question, value: AnswerValue, wanted: string): Problem {
  return {
    code: 'ANSWER_WRONG_TYPE',
    message: `The answer to "${question.key}" is ${JSON.stringify(value)}; the question (${question.type}) takes ${wanted}.`,
  };
}
