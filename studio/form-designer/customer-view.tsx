import { Button, Group } from '@mantine/core';
import { useMemo, useRef, useState } from 'react';
import type { Answers, AnswerValue } from '../../schemas/condition.ts';
import { AnswerField } from '../advice/answer-field.tsx';
import { answerInWords } from '../advice/answer-words.ts';
import { setSampleAnswers, useSample } from '../advice/sample-answers.ts';
import {
  type AskedForm,
  askedQuestions,
  boundsMistake,
  checkAnswers,
  isMissing,
  isRequired,
  missingWords,
} from '../document/engine.ts';
import type { EditorProps } from '../document-editor/editor.ts';
import { vocabularyOf } from '../rule-builder/subjects.ts';
import classes from './customer-view.module.css';

/** What a customer sees, one question a page, by the very rules the runtime asks by. Answers are tried, never stored. */
export default function CustomerView({ document, configuration }: EditorProps<'form'>) {
  const sample = useSample();
  const workflow =
    Object.values(configuration.workflow).find((one) => one.form === document.key)?.key ?? `form/${document.key}`;
  const answers = sample.answers[workflow] ?? none;
  const [at, setAt] = useState<string>();
  const [mistake, setMistake] = useState<string>();
  const page = useRef<HTMLDivElement>(null);
  const vocabulary = useMemo(
    () => vocabularyOf(configuration, { form: document.key }, sample.asAt),
    [configuration, document.key, sample.asAt],
  );
  const form: AskedForm = {
    form: document,
    questions: vocabulary.questions,
    named: vocabulary.named,
    asAt: sample.asAt,
  };
  const asked = askedQuestions(form, answers);
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
  const next = () => {
    if (!question) return;
    const value = answers[question.key];
    const wrong = isMissing(value)
      ? isRequired(form, question, answers) && missingWords(question)
      : (checkAnswers(new Map([[question.key, question]]), { [question.key]: value })[0]?.message ??
        boundsMistake(question, value));
    if (wrong) return setMistake(wrong);
    go(asked[place < 0 ? 1 : place + 1]?.key ?? CHECK);
  };
  if (asked.length === 0) return <p className={classes['empty']}>The form asks nothing yet.</p>;
  return (
    <div className={classes['view']}>
      <div className={classes['page']} ref={page} tabIndex={-1}>
        {question ? (
          <>
            <p className={classes['caption']}>
              {document.sections[document.questions[question.key]?.section ?? '']?.title}
              <span>
                {' '}
                · page {Math.max(0, place) + 1} of {asked.length}
              </span>
            </p>
            <AnswerField
              question={
                isRequired(form, question, answers) ? question : { ...question, label: `${question.label} (optional)` }
              }
              hint={
                document.questions[question.key]?.hint ??
                hintOf(configuration, document.questions[question.key]?.library)
              }
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
            {document.declaration ? <p className={classes['declaration']}>{document.declaration}</p> : null}
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
