import { Button } from '@mantine/core';
import { IconCheck, IconMinus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { Answers } from '../../schemas/condition.ts';
import type { Configuration } from '../../schemas/configuration.ts';
import { type AdviceBook, type AnswerChange, explainStatement, type TextNode } from '../document/engine.ts';
import { Badge } from '../ui/badge.tsx';
import classes from './advice-preview.module.css';
import { answerInWords } from './answer-words.ts';
import { StatementText } from './statement-text.tsx';

type Entry = AdviceBook['entries'][number];
export interface ExplainWith {
  book: AdviceBook;
  answers: Answers;
  asAt: string;
  configuration: Configuration;
  onAnswers: (answers: Answers) => void;
}

/** A statement of the bank: its text when it is in the pack, and always why or why not (A5). */
export function StatementCard({
  entry,
  text,
  explain,
}: {
  entry: Entry;
  /** Its text in the pack; absent when it is not in it. */
  text?: readonly TextNode[] | undefined;
  explain: ExplainWith;
}) {
  const [isOpen, setOpen] = useState(false);
  const fires = text !== undefined;
  return (
    <article className={classes['statement']} data-fires={fires}>
      <div className={classes['head']}>
        <h4 className={classes['title']}>{entry.statement.title}</h4>
        <span className={classes['key']}>{entry.key}</span>
        {fires ? (
          <Badge tone="good" icon={<IconCheck size={12} />}>
            In the pack
          </Badge>
        ) : (
          <Badge icon={<IconMinus size={12} />}>Not in the pack</Badge>
        )}
      </div>
      {text ? (
        <div className={classes['body']}>
          <StatementText nodes={text} />
        </div>
      ) : null}
      <details className={classes['why']} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{fires ? 'Why' : 'Why not'}</summary>
        {isOpen ? <Reasons entry={entry} explain={explain} /> : null}
      </details>
    </article>
  );
}

function Reasons({ entry, explain: { book, answers, asAt, onAnswers } }: { entry: Entry; explain: ExplainWith }) {
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
