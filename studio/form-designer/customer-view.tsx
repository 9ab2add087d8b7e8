import { Button, Group } from '@mantine/core';
import { useMemo, useRef, useState } from 'react';
import type { Answers, AnswerValue } from '../../schemas/condition.ts';
import { AnswerField } from '../advice/answer-field.tsx';
import { answerInWords } from '../advice/answer-words.ts';
import { setSampleAnswers, useSample } from '../advice/sample-answers.ts';
import { checkAnswers, effectiveAnswers, evaluateCondition, type Question } from '../document/engine.ts';
import type { EditorProps } from '../document-editor/editor.ts';
import { vocabularyOf } from '../rule-builder/subjects.ts';
import classes from './customer-view.module.css';

/** What a customer sees, one question a page, by the very rules the runtime asks by. Answers are tried, never stored. */
export default function CustomerView({ document: form, configuration }: EditorProps<'form'>) {
  const sample = useSample();
  const workflow =
    Object.values(configuration.workflow).find((one) => one.form === form.key)?.key ?? `form/${form.key}`;
  const answers = sample.answers[workflow] ?? none;
  const [at, setAt] = useState<string>();
  const [mistake, setMistake] = useState<string>();
  const page = useRef<HTMLDivElement>(null);
  const vocabulary = useMemo(
    () => vocabularyOf(configuration, { form: form.key }, sample.asAt),
    [configuration, form.key, sample.asAt],
  );
  const effective = effectiveAnswers(vocabulary.questions, answers, sample.asAt, vocabulary.named);
  const asked = effective.shown.flatMap((key) => {
    const question = vocabulary.questions.get(key);
    return question && question.type !== 'calculated' && question.type !== 'file' ? [question] : [];
  });
  const place = at === undefined ? 0 : asked.findIndex((question) => question.key === at);
  const question = at === CHECK ? undefined : asked[Math.max(0, place)];
  const go = (to: string | undefined) => {
    setAt(to);
    setMistake(undefined);
    requestAnimationFrame(() => page.current?.focus());
  };
  const answer = (key: string, value: AnswerValue | undefined) => {
    setMistake(undefined);
    setSampleAnswers(workflow, withAnswer(answers, key, value));
  };
  const isRequired = (one: Question) => {
    const when = form.questions[one.key]?.requiredWhen;
    if (!when) return one.required;
    const facts = { answers: effective.answers, asAt: sample.asAt, named: vocabulary.named };
    return evaluateCondition(when, facts) === true;
  };
  const next = () => {
    if (!question) return;
    const value = answers[question.key];
    const isEmpty = value === undefined || value === '';
    if (isEmpty && isRequired(question)) return setMistake('A customer has to answer this first.');
    const wrong = isEmpty ? undefined : checkAnswers(new Map([[question.key, question]]), { [question.key]: value })[0];
    if (wrong) return setMistake(wrong.message);
    go(asked[place < 0 ? 1 : place + 1]?.key ?? CHECK);
  };
  if (asked.length === 0) return <p className={classes['empty']}>The form asks nothing yet.</p>;
  return (
    <div className={classes['view']}>
      <div className={classes['page']} ref={page} tabIndex={-1}>
        {question ? (
          <>
            <p className={classes['caption']}>
              {form.sections[form.questions[question.key]?.section ?? '']?.title}
              <span>
                {' '}
                · page {Math.max(0, place) + 1} of {asked.length}
              </span>
            </p>
            <AnswerField
              question={isRequired(question) ? question : { ...question, label: `${question.label} (optional)` }}
              hint={form.questions[question.key]?.hint ?? hintOf(configuration, form.questions[question.key]?.library)}
              error={mistake}
              value={answers[question.key]}
              onAnswer={(value) => answer(question.key, value)}
            />
          </>
        ) : (
          <>
            <h3 className={classes['heading']}>Check your answers</h3>
            <dl className={classes['answers']}>
              {asked.map((one) => (
                <div key={one.key}>
                  <dt>{one.label}</dt>
                  <dd>
                    {answerInWords(one, answers[one.key])}{' '}
                    <Button variant="subtle" size="compact-xs" onClick={() => go(one.key)}>
                      Change<span className="visually-hidden"> {one.label}</span>
                    </Button>
                  </dd>
                </div>
              ))}
            </dl>
            {form.declaration ? <p className={classes['declaration']}>{form.declaration}</p> : null}
          </>
        )}
        <Group gap="xs" mt="md">
          {place > 0 || !question ? (
            <Button variant="default" onClick={() => go(asked[question ? place - 1 : asked.length - 1]?.key)}>
              Back
            </Button>
          ) : null}
          {question ? <Button onClick={next}>Continue</Button> : null}
          <Button
            variant="subtle"
            onClick={() => {
              setSampleAnswers(workflow, {});
              go(undefined);
            }}
          >
            Start again
          </Button>
        </Group>
      </div>
    </div>
  );
}

const CHECK = '/check';
const none: Answers = {};

function withAnswer(answers: Answers, key: string, value: AnswerValue | undefined): Answers {
  const { [key]: _, ...others } = answers;
  return value === undefined ? others : { ...others, [key]: value };
}

function hintOf(configuration: EditorProps['configuration'], library: string | undefined): string | undefined {
  return library === undefined ? undefined : configuration.question[library]?.hint;
}
