import { Button } from '@mantine/core';
import { createContext, memo, use, useMemo, useState } from 'react';
import type { Answers } from '../../schemas/condition.ts';
import type { Configuration } from '../../schemas/configuration.ts';
import { type AdviceBook, type AnswerChange, explainStatement } from '../document/engine.ts';
import { DocumentLink } from '../document-editor/document-link.tsx';
import { Badge } from '../ui/badge.tsx';
import classes from './advice-preview.module.css';
import { answerInWords } from './answer-words.ts';
import { readSample } from './sample-values.ts';
import { StatementText } from './statement-text.tsx';

type Entry = AdviceBook['entries'][number];
export interface ExplainWith {
  book: AdviceBook;
  answers: Answers;
  asAt: string;
  configuration: Configuration;
  onAnswers: (answers: Answers) => void;
}

export const ExplainContext = createContext<ExplainWith | undefined>(undefined);

const changes = { gained: 'New here', reworded: 'Reworded' } as const;

/** A statement of the bank: its text when it is in the pack, and always why or why not (A5). */
export const StatementCard = memo(function StatementCard({
  entry,
  heading,
  configuration,
  asAt,
  fires,
  changed,
}: {
  entry: Entry;
  /** Section of the pack that begins with it. */
  heading?: string | undefined;
  configuration: Configuration;
  asAt: string;
  /** Whether it is in the pack. */
  fires: boolean;
  /** How it differs from the pack compared with. */
  changed?: 'gained' | 'reworded' | undefined;
}) {
  const [isOpen, setOpen] = useState(false);
  const text = useMemo(
    () => (fires ? readSample(configuration, entry.statement.body, asAt) : undefined),
    [fires, configuration, entry.statement.body, asAt],
  );
  return (
    <article className={classes['statement']} data-fires={fires}>
      {heading ? <h3 className={classes['section']}>{heading}</h3> : null}
      <div className={classes['head']}>
        <h4 className={classes['title']}>{entry.statement.title}</h4>
        <span className={classes['key']}>{entry.key}</span>
        {changed ? <Badge tone="accent">{changes[changed]}</Badge> : null}
        {entry.statement.audience === 'internal' ? <Badge>For officers alone</Badge> : null}
      </div>
      {text ? (
        <div className={classes['body']}>
          <StatementText nodes={text} />
        </div>
      ) : null}
      <details className={classes['why']} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{fires ? 'Why' : 'Why not'}</summary>
        {isOpen ? <Reasons entry={entry} /> : null}
      </details>
    </article>
  );
});

function Reasons({ entry }: { entry: Entry }) {
  const explain = use(ExplainContext);
  return explain ? <Explained entry={entry} explain={explain} /> : null;
}

function Explained({ entry, explain: { book, answers, asAt, onAnswers } }: { entry: Entry; explain: ExplainWith }) {
  const explained = useMemo(() => explainStatement(book, entry, answers, asAt), [book, entry, answers, asAt]);
  const label = (key: string) => book.questions.get(key)?.label ?? key;
  const always = explained.fires && explained.why.length === 0;
  return (
    <>
      <ul>
        {always ? <li>Always advised.</li> : null}
        {explained.inEffect ? null : <li>Not in effect on this date.</li>}
        {(explained.fires ? explained.why : explained.whyNot).map((fact) => (
          <li key={`w${fact.text}`}>
            {explained.fires ? 'True' : 'Not true'}: {readable(fact.text, book)}
          </li>
        ))}
        {explained.fires
          ? null
          : explained.unknown.map((fact) => (
              <li key={`u${fact.text}`}>Not answered: {fact.question ? label(fact.question) : fact.text}</li>
            ))}
        {explained.hidden.map(({ question }) => (
          <li key={`h${question}`}>“{label(question)}” is not asked with these answers.</li>
        ))}
      </ul>
      {explained.flip ? (
        <p className={classes['change']}>
          {explained.fires ? 'It would go if' : 'It would come if'} {changeInWords(explained.flip, book)}.
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => explained.flip && onAnswers(withChange(answers, explained.flip))}
          >
            Try it
          </Button>
        </p>
      ) : explained.flipDecided ? (
        <p>No answers would change this.</p>
      ) : null}
      <p>
        <DocumentLink document={entry.statement}>Open the statement</DocumentLink>
      </p>
    </>
  );
}

function withChange(answers: Answers, change: AnswerChange): Answers {
  const next: Answers = { ...answers };
  for (const [key, value] of Object.entries(change)) {
    if (value === null) delete next[key];
    else next[key] = value;
  }
  return next;
}

function changeInWords(change: AnswerChange, book: AdviceBook): string {
  return Object.entries(change)
    .map(([key, value]) => {
      const question = book.questions.get(key);
      return `“${question?.label ?? key}” were ${answerInWords(question, value)}`;
    })
    .join(' and ');
}

/** Question and option keys of a condition's text become the words people know. */
function readable(text: string, book: AdviceBook): string {
  for (const question of book.questions.values()) {
    if (!new RegExp(`\\b${question.key}\\b`).test(text)) continue;
    let shown = text.replace(new RegExp(`\\b${question.key}\\b`), `“${question.label}”`);
    for (const [key, label] of Object.entries(question.optionLabels))
      shown = shown.replace(new RegExp(`(?<![\\w“])${key}(?![\\w”])`), label);
    return shown;
  }
  return text;
}
