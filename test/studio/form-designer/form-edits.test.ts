import { describe, expect, it } from 'vitest';
import type { FormDocument, QuestionDocument } from '../../../schemas/form.ts';
import { applyEdit, type EditCommand, whereUsed } from '../../../studio/document/engine.ts';
import {
  addQuestion,
  decidedBy,
  makeOwn,
  moveQuestion,
  questionKeyProblem,
  questionsBySection,
  readOptions,
  reuseQuestion,
  share,
  stepQuestion,
  usesOnForm,
} from '../../../studio/form-designer/form-edits.ts';
import { alteredHousing } from '../../support/configuration.ts';

const configuration = alteredHousing((draft) => {
  draft.form['small'] = {
    kind: 'form',
    format: 1,
    key: 'small',
    title: 'Small',
    sections: { one: { order: 1, title: 'One' }, two: { order: 2, title: 'Two' } },
    questions: {
      a: { order: 1, section: 'one', type: 'yes-no', label: 'A?' },
      b: {
        order: 2,
        section: 'one',
        type: 'number',
        label: 'B?',
        shownWhen: { op: 'is', of: { question: 'a' }, value: 'yes' },
      },
      c: { order: 1, section: 'two', type: 'calculated', label: 'C?', calculation: { of: 'sum', terms: ['b', 'b'] } },
    },
  };
});
const small = () => configuration.form['small'] as FormDocument;

function changed(command: EditCommand | undefined): {
  form: FormDocument;
  questions: Record<string, QuestionDocument>;
} {
  if (!command) throw new Error('expected a command');
  const result = applyEdit({ configuration, layouts: {} }, command);
  if (!result.ok) throw new Error(result.refusal.message);
  const { form, question } = result.content.configuration;
  return { form: form['small'] as FormDocument, questions: { ...question } };
}

const orderOf = (form: FormDocument) =>
  questionsBySection(form).map(({ questions }) => questions.map(({ key }) => key));

describe('a question moves', () => {
  it('up and down inside its section, as one field', () => {
    expect(orderOf(changed(stepQuestion(small(), 'b', -1)).form)).toEqual([['b', 'a'], ['c']]);
  });

  it('over the border into the section beside it', () => {
    expect(orderOf(changed(stepQuestion(small(), 'b', 1)).form)).toEqual([['a'], ['b', 'c']]);
    expect(orderOf(changed(stepQuestion(small(), 'c', -1)).form)).toEqual([['a', 'b', 'c'], []]);
  });

  it('to a place it is dropped on, and nowhere when it is there already', () => {
    expect(orderOf(changed(moveQuestion(small(), 'a', 'two', 1)).form)).toEqual([['b'], ['c', 'a']]);
    expect(stepQuestion(small(), 'a', -1)).toBeUndefined();
  });

  it('between two of the same order, which are numbered anew', () => {
    const { questions } = small();
    const tied = (['a', 'b', 'c'] as const).map((key) => [key, { ...questions[key], section: 'one', order: 7 }]);
    const moved = stepQuestion({ ...small(), questions: Object.fromEntries(tied) }, 'c', -1);
    const set = (key: string, value: number) => ({
      type: 'setDocumentField',
      kind: 'form',
      key: 'small',
      path: ['questions', key, 'order'],
      value,
    });
    expect(moved).toMatchObject({ type: 'batch', commands: [set('a', 1), set('c', 2), set('b', 3)] });
  });
});

describe('a question comes', () => {
  it('by its wording, with a key of its words', () => {
    const { key, command } = addQuestion(
      small(),
      configuration,
      { label: 'Do you owe any rent?', type: 'yes-no' },
      'two',
    );
    expect(key).toBe('do_you_owe_any_rent');
    expect(changed(command).form.questions[key]).toEqual({
      order: 2,
      section: 'two',
      type: 'yes-no',
      label: 'Do you owe any rent?',
    });
  });

  it('of a kind, with options written one a line and keys where they are given', () => {
    const options = readOptions('- Yes, all of it\n\nno_plan = No, there is no plan\nnot_sure\tNot sure\n2. Not sure');
    const { command } = addQuestion(
      small(),
      configuration,
      { label: 'Do you pay?', type: 'choice', key: 'pays', options },
      'two',
    );
    expect(changed(command).form.questions['pays']).toEqual({
      order: 2,
      section: 'two',
      type: 'choice',
      label: 'Do you pay?',
      options: {
        yes_all_of_it: { order: 1, label: 'Yes, all of it' },
        no_plan: { order: 2, label: 'No, there is no plan' },
        not_sure: { order: 3, label: 'Not sure' },
        not_sure_2: { order: 4, label: 'Not sure' },
      },
    });
  });

  it('with more options behind those it has, whose keys are not taken twice', () => {
    expect(readOptions('A = Another', { a: { order: 4, label: 'A' } })).toEqual({
      a: { order: 4, label: 'A' },
      another: { order: 5, label: 'Another' },
    });
  });

  it('by no key that the form has, or that is none', () => {
    expect(questionKeyProblem(small(), 'A')).toMatch(/already has/);
    expect(questionKeyProblem(small(), 'a b')).toMatch(/a key is/);
    expect(questionKeyProblem(small(), 'd')).toBeUndefined();
  });

  it('from the library under the key of the library', () => {
    const library = configuration.question['notice'] as QuestionDocument;
    const { key, command } = reuseQuestion(small(), library, 'one');
    expect(key).toBe('notice');
    expect(changed(command).form.questions['notice']).toEqual({ order: 3, section: 'one', library: 'notice' });
  });
});

describe('a question of the library', () => {
  it('becomes one of the form, and a question of the form one of the library, without losing a word', () => {
    const shared = changed(share(small(), 'b'));
    expect(shared.form.questions['b']).toEqual({
      order: 2,
      section: 'one',
      library: 'b',
      shownWhen: { op: 'is', of: { question: 'a' }, value: 'yes' },
    });
    expect(shared.questions['b']).toMatchObject({ kind: 'question', key: 'b', type: 'number', label: 'B?' });
    const own = makeOwn(shared.form, 'b', shared.questions['b'] as QuestionDocument);
    const result = applyEdit(
      { configuration: { ...configuration, form: { small: shared.form } }, layouts: {} },
      own as EditCommand,
    );
    if (!result.ok) throw new Error(result.refusal.message);
    expect(result.content.configuration.form['small']?.questions['b']).toEqual(small().questions['b']);
  });
});

describe('what hangs on a question', () => {
  it('is what its answer shows', () => {
    expect(decidedBy(small(), 'a')).toEqual(['b']);
  });

  it('is found in conditions and in calculations of its own form, not in those of others', () => {
    expect(whereUsed(configuration, 'question', 'b').map(({ pointer }) => pointer)).toEqual([
      '/questions/c/calculation/terms/0',
      '/questions/c/calculation/terms/1',
    ]);
    expect(usesOnForm(configuration, small(), 'a').map(({ document, pointer }) => document + pointer)).toEqual([
      'form/small/questions/b/shownWhen/of/question',
    ]);
    const documents = new Set(usesOnForm(configuration, small(), 'stay').map(({ document }) => document));
    expect([...documents].filter((name) => name.startsWith('workflow/'))).toEqual([]);
  });
});
