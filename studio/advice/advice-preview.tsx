import { Button } from '@mantine/core';
import { useDeferredValue, useMemo } from 'react';
import type { Answers, AnswerValue } from '../../schemas/condition.ts';
import type { Configuration } from '../../schemas/configuration.ts';
import { buildAdviceBook, effectiveAnswers, selectAdvice } from '../document/engine.ts';
import { Panel } from '../ui/page.tsx';
import classes from './advice-preview.module.css';
import { AnswerField } from './answer-field.tsx';
import { StatementCard } from './statement-card.tsx';

export interface AdvicePreviewProps {
  configuration: Configuration;
  workflow: string;
  answers: Answers;
  asAt: string;
  onAnswers: (answers: Answers) => void;
}

export function AdvicePreview({ configuration, workflow, answers, asAt, onAnswers }: AdvicePreviewProps) {
  const book = useMemo(() => buildAdviceBook(configuration, workflow), [configuration, workflow]);
  const settled = useDeferredValue(answers);
  const shown = useMemo(
    () => new Set(effectiveAnswers(book.questions, answers, asAt, book.named).shown),
    [book, answers, asAt],
  );
  const fired = useMemo(() => new Set(selectAdvice(book, settled, asAt)), [book, settled, asAt]);
  const answer = (key: string, value: AnswerValue | undefined) => {
    const { [key]: _, ...others } = answers;
    onAnswers(value === undefined ? others : { ...others, [key]: value });
  };
  const pack = book.entries.filter((entry) => fired.has(entry.key));
  const others = book.entries.filter((entry) => !fired.has(entry.key));
  const explain = { book, answers: settled, asAt, configuration, onAnswers };
  return (
    <div className={classes['columns']}>
      <Panel
        title="Answers"
        actions={
          <Button variant="subtle" size="compact-xs" onClick={() => onAnswers({})}>
            Clear
          </Button>
        }
      >
        <div className={classes['questions']}>
          {[...book.questions.values()]
            .filter((question) => shown.has(question.key))
            .map((question) => (
              <AnswerField
                key={question.key}
                question={question}
                value={answers[question.key]}
                onAnswer={(value) => answer(question.key, value)}
              />
            ))}
        </div>
      </Panel>
      <Panel title={`Pack: ${pack.length} statement${pack.length === 1 ? '' : 's'}`} flush>
        <div role="status" className="visually-hidden">
          {pack.length} statements in the pack
        </div>
        {pack.map((entry, at) => (
          <div key={entry.key}>
            {entry.statement.section !== pack[at - 1]?.statement.section ? (
              <h3 className={classes['section']}>{entry.statement.section}</h3>
            ) : null}
            <StatementCard entry={entry} fires explain={explain} />
          </div>
        ))}
        <details className={classes['others']}>
          <summary>Not in the pack: {others.length}</summary>
          {others.map((entry) => (
            <StatementCard key={entry.key} entry={entry} fires={false} explain={explain} />
          ))}
        </details>
      </Panel>
    </div>
  );
}
