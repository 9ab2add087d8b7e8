import type { Configuration } from '../../schemas/configuration.ts';
import { emptyConfiguration } from '../../schemas/empty-configuration.ts';
import type { FormDocument } from '../../schemas/form.ts';
import { blankDocument } from '../../studio/library/blank-document.ts';
import { syntheticBank } from './synthetic-bank.ts';

/** A workflow "synthetic" whose form has 60 questions and that may advise so many statements. */
export function syntheticConfiguration(statements: number): Configuration {
  const book = syntheticBank(statements);
  const empty = emptyConfiguration() as Configuration;
  const workflow = blankDocument(
    'workflow',
    'synthetic',
    'Synthetic',
    'general',
    empty,
  ) as Configuration['workflow'][string];
  const questions = [...book.questions.values()].map((question, at): [string, FormDocument['questions'][string]] => [
    question.key,
    {
      order: at + 1,
      section: 'all',
      type: question.type,
      label: `Question ${at + 1}?`,
      validation: question.validation,
      ...(question.type === 'yes-no'
        ? {}
        : {
            options: Object.fromEntries(
              question.options.map((key, place) => [key, { order: place, label: `Option ${key}` }]),
            ),
          }),
    },
  ]);
  const body = 'The landlord needs a court order. Do not leave before we talk. Keep every letter that you get.';
  return {
    ...empty,
    form: {
      all: {
        kind: 'form',
        format: 1,
        key: 'all',
        title: 'All',
        sections: { all: { order: 1, title: 'All' } },
        questions: Object.fromEntries(questions),
      },
    },
    advice: Object.fromEntries(book.entries.map(({ key, statement }) => [key, { ...statement, body }])),
    workflow: {
      synthetic: {
        ...workflow,
        form: 'all',
        adviceRules: Object.fromEntries(
          book.entries.map(({ key, reasons }, order) => [
            key,
            { order, statements: [key], ...(reasons[0]?.when ? { when: reasons[0].when } : {}) },
          ]),
        ),
      },
    },
  };
}
