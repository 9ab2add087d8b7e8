import { Button } from '@mantine/core';
import { useDeferredValue, useMemo } from 'react';
import type { Answers, AnswerValue } from '../../schemas/condition.ts';
import type { Configuration } from '../../schemas/configuration.ts';
import { buildAdviceBook, buildPack, effectiveAnswers, type TextNode } from '../document/engine.ts';
import { Panel } from '../ui/page.tsx';
import classes from './advice-preview.module.css';
import { AnswerField } from './answer-field.tsx';
import { sampleValues } from './sample-values.ts';
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
  const texts = useMemo(
    () => textsOf({ configuration, workflow, answers: settled, asAt }),
    [configuration, workflow, settled, asAt],
  );
  const answer = (key: string, value: AnswerValue | undefined) => {
    const { [key]: _, ...others } = answers;
    onAnswers(value === undefined ? others : { ...others, [key]: value });
  };
  const pack = book.entries.filter((entry) => texts.has(entry.key));
  const others = book.entries.filter((entry) => !texts.has(entry.key));
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
            <StatementCard entry={entry} text={texts.get(entry.key)} explain={explain} />
          </div>
        ))}
        <details className={classes['others']}>
          <summary>Not in the pack: {others.length}</summary>
          {others.map((entry) => (
            <StatementCard key={entry.key} entry={entry} explain={explain} />
          ))}
        </details>
      </Panel>
    </div>
  );
}

/** Statements of the pack by key, as the customer would read them. */
function textsOf(
  request: Pick<AdvicePreviewProps, 'configuration' | 'workflow' | 'answers' | 'asAt'>,
): Map<string, readonly TextNode[]> {
  const values = sampleValues(request.configuration, request.asAt);
  // Digests tell translations of an older text apart; the preview shows the source language alone.
  const pack = buildPack({ ...request, internal: true, values }, () => '');
  return new Map(pack.sections.flatMap(({ statements }) => statements.map(({ key, body }) => [key, body] as const)));
}
