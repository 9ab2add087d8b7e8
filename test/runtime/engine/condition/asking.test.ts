import { describe, expect, it } from 'vitest';
import {
  type AskedForm,
  askedQuestions,
  boundsMistake,
  formQuestions,
  isRequired,
  type Question,
} from '../../../../runtime/engine/index.ts';
import type { FormDocument } from '../../../../schemas/form.ts';

const form: FormDocument = {
  kind: 'form',
  format: 1,
  key: 'small',
  title: 'Small',
  sections: { all: { order: 1, title: 'All' } },
  questions: {
    pets: { order: 1, section: 'all', type: 'yes-no', label: 'Pets?' },
    how_many: {
      order: 2,
      section: 'all',
      type: 'number',
      label: 'How many?',
      validation: { min: 1, whole: true },
      shownWhen: { op: 'is', of: { question: 'pets' }, value: 'yes' },
    },
    why: {
      order: 3,
      section: 'all',
      type: 'text',
      label: 'Why so many?',
      requiredWhen: { op: 'moreThan', of: { question: 'how_many' }, value: 5 },
    },
  },
};
const asked: AskedForm = { form, questions: formQuestions(form, {}), named: {}, asAt: '2027-01-04' };
const question = (key: string) => asked.questions.get(key) as Question;

describe('a form is asked', () => {
  it('question by question, those shown by what was answered', () => {
    expect(askedQuestions(asked, {}).map(({ key }) => key)).toEqual(['pets', 'why']);
    expect(askedQuestions(asked, { pets: 'yes' }).map(({ key }) => key)).toEqual(['pets', 'how_many', 'why']);
  });

  it('with an answer required when its condition is true, of answers that count', () => {
    expect(isRequired(asked, question('pets'), {})).toBe(true);
    expect(isRequired(asked, question('why'), { pets: 'yes', how_many: 6 })).toBe(true);
    expect(isRequired(asked, question('why'), { pets: 'yes', how_many: 5 })).toBe(false);
    expect(isRequired(asked, question('why'), { pets: 'no', how_many: 6 })).toBe(false);
  });

  it('within its bounds', () => {
    expect(boundsMistake(question('how_many'), 1.5)).toBe('Enter a whole number');
    expect(boundsMistake(question('how_many'), 0)).toBe('Enter 1 or more');
    expect(boundsMistake(question('how_many'), 2)).toBeUndefined();
  });
});
