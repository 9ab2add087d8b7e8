import { Button } from '@mantine/core';
import { memo, type ReactNode, useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import type { Answers, AnswerValue } from '../../schemas/condition.ts';
import type { Configuration } from '../../schemas/configuration.ts';
import { buildAdviceBook, effectiveAnswers, type Question, selectAdvice } from '../document/engine.ts';
import { Panel } from '../ui/page.tsx';
import classes from './advice-preview.module.css';
import { AnswerField } from './answer-field.tsx';
import type { PackDifference } from './compare.ts';
import { ExplainContext, StatementCard } from './statement-card.tsx';

export interface AdvicePreviewProps {
  configuration: Configuration;
  workflow: string;
  answers: Answers;
  asAt: string;
  onAnswers: (answers: Answers) => void;
  /** How this pack differs from the one it is compared with. */
  difference?: PackDifference | undefined;
  /** Stands before the answers: saved households. */
  aside?: ReactNode;
  actions?: ReactNode;
}

/** Answers on the left, the pack they bring on the right, each statement with why and why not (A5). */
export function AdvicePreview(props: AdvicePreviewProps) {
  const { configuration, workflow, answers, asAt, onAnswers, difference, aside, actions } = props;
  const book = useMemo(() => buildAdviceBook(configuration, workflow), [configuration, workflow]);
  const settled = useDeferredValue(answers);
  const [isAll, setAll] = useState(false);
  const shown = useMemo(
    () => new Set(effectiveAnswers(book.questions, answers, asAt, book.named).shown),
    [book, answers, asAt],
  );
  const chosen = useMemo(() => new Set(selectAdvice(book, settled, asAt)), [book, settled, asAt]);
  const explain = useMemo(
    () => ({ book, answers: settled, asAt, configuration, onAnswers }),
    [book, settled, asAt, configuration, onAnswers],
  );
  const pack = book.entries.filter((entry) => chosen.has(entry.key));
  const others = book.entries.filter((entry) => !chosen.has(entry.key));
  return (
    <ExplainContext value={explain}>
      <div className={classes['columns']} data-aside={aside ? true : undefined}>
        {aside ? <div>{aside}</div> : null}
        <Panel
          title="Answers"
          actions={
            <Button variant="subtle" size="compact-xs" onClick={() => onAnswers({})}>
              Clear
            </Button>
          }
        >
          <Questions questions={book.questions} shown={shown} answers={answers} onAnswers={onAnswers} />
        </Panel>
        <Panel title={`Pack: ${pack.length} statement${pack.length === 1 ? '' : 's'}`} actions={actions} flush>
          <div role="status" className="visually-hidden">
            {pack.length} statements in the pack
          </div>
          {pack.map((entry, at) => (
            <StatementCard
              key={entry.key}
              entry={entry}
              heading={
                entry.statement.section === pack[at - 1]?.statement.section ? undefined : entry.statement.section
              }
              configuration={configuration}
              asAt={asAt}
              fires
              changed={changeOf(entry.key, difference)}
            />
          ))}
          <details className={classes['others']} onToggle={(event) => setAll(event.currentTarget.open)}>
            <summary>Not in the pack: {others.length}</summary>
            {isAll
              ? others.map((entry) => (
                  <StatementCard
                    key={entry.key}
                    entry={entry}
                    configuration={configuration}
                    asAt={asAt}
                    fires={false}
                  />
                ))
              : null}
          </details>
        </Panel>
      </div>
    </ExplainContext>
  );
}

function changeOf(key: string, difference: PackDifference | undefined): 'gained' | 'reworded' | undefined {
  if (difference?.gained.includes(key)) return 'gained';
  return difference?.reworded.includes(key) ? 'reworded' : undefined;
}

function Questions({
  questions,
  shown,
  answers,
  onAnswers,
}: {
  questions: ReadonlyMap<string, Question>;
  shown: ReadonlySet<string>;
  answers: Answers;
  onAnswers: (answers: Answers) => void;
}) {
  // Fields are drawn again only when their own answer changes, so they ask for the newest answers when they are used.
  const newest = useRef({ answers, onAnswers });
  useEffect(() => {
    newest.current = { answers, onAnswers };
  });
  const answer = useCallback((key: string, value: AnswerValue | undefined) => {
    const { [key]: _, ...others } = newest.current.answers;
    newest.current.onAnswers(value === undefined ? others : { ...others, [key]: value });
  }, []);
  return (
    <div className={classes['questions']}>
      {[...questions.values()]
        .filter((question) => shown.has(question.key))
        .map((question) => (
          <QuestionField key={question.key} question={question} value={answers[question.key]} onAnswer={answer} />
        ))}
    </div>
  );
}

const QuestionField = memo(function QuestionField({
  question,
  value,
  onAnswer,
}: {
  question: Question;
  value: AnswerValue | undefined;
  onAnswer: (key: string, value: AnswerValue | undefined) => void;
}) {
  return <AnswerField question={question} value={value} onAnswer={(next) => onAnswer(question.key, next)} />;
});
