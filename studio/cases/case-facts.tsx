import type { ReactNode } from 'react';
import type { Configuration } from '../../schemas/configuration.ts';
import type { CasePage, Drawing } from '../api/types.ts';
import { Badge } from '../ui/badge.tsx';
import { Panel } from '../ui/page.tsx';
import record from '../ui/record.module.css';
import { dateInWords, distanceInWords, momentInFull, momentInWords, toMilliseconds } from '../words/date-words.ts';
import classes from './case-view.module.css';
import { WhyDate } from './why-date.tsx';

const outcomes = {
  open: ['Running', 'accent'],
  met: ['Met', 'good'],
  exceeded: ['Exceeded', 'bad'],
  lapsed: ['Ran out', 'neutral'],
  cancelled: ['Cancelled', 'neutral'],
} as const;

/** Who it is for, what was answered, which periods the law sets. */
export function CaseFacts({
  page,
  configuration,
  drawing,
  children,
}: {
  page: CasePage;
  configuration: Configuration;
  drawing: Drawing;
  children?: ReactNode;
}) {
  const { customer, answers, clocks, case: row } = page;
  const label = (key: string) => configuration.question[key]?.label ?? key;
  const option = (key: string, value: unknown) =>
    configuration.question[key]?.options?.[String(value)]?.label ?? answerInWords(value);
  return (
    <aside className={classes['side']} aria-label="About the case">
      <Panel title="Case">
        <dl className={record['facts']}>
          <dt>Customer</dt>
          <dd>
            {customer?.name ?? 'Not recorded'}
            {customer?.phone ? <span className={classes['sub']}>{customer.phone}</span> : null}
            {customer?.email ? <span className={classes['sub']}>{customer.email}</span> : null}
          </dd>
          <dt>Received</dt>
          <dd>{momentInFull(row.receivedAt)}</dd>
          {row.stage ? (
            <>
              <dt>Stage</dt>
              <dd>{row.stage}</dd>
            </>
          ) : null}
          {row.dueAt ? (
            <>
              <dt>Case target</dt>
              <dd>
                {momentInFull(row.dueAt)}
                <WhyDate page={page} item="case:" of="Case target" />
              </dd>
            </>
          ) : null}
          {row.outcome ? (
            <>
              <dt>Outcome</dt>
              <dd>{drawing.workflow.outcomes[row.outcome]?.label ?? row.outcome}</dd>
            </>
          ) : null}
          <dt>Release</dt>
          <dd>{row.release === 0 ? 'the draft' : row.release}</dd>
        </dl>
      </Panel>
      {clocks.length > 0 ? (
        <Panel title="Statutory clocks">
          <ul className={classes['clocks']}>
            {clocks.map((clock) => {
              const [word, tone] = outcomes[clock.outcome];
              return (
                <li key={clock.id}>
                  <strong>{clock.title}</strong> <Badge tone={tone}>{word}</Badge>
                  <span className={classes['sub']}>
                    since {momentInWords(clock.startedAt)}
                    {clock.dueAt
                      ? `, ends ${momentInWords(clock.dueAt)}, ${distanceInWords(clock.dueAt, toMilliseconds(page.now))}`
                      : ''}
                  </span>
                  <WhyDate page={page} item={`clock:${clock.id}`} of={clock.title} />
                </li>
              );
            })}
          </ul>
        </Panel>
      ) : null}
      <Panel title="Answers">
        {Object.keys(answers).length === 0 ? (
          <p className={classes['sub']}>No answers are stored.</p>
        ) : (
          <dl className={classes['answers']}>
            {Object.entries(answers).map(([key, value]) => [
              <dt key={`${key}?`}>{label(key)}</dt>,
              <dd key={key}>
                {Array.isArray(value) ? value.map((one) => option(key, one)).join(', ') : option(key, value)}
              </dd>,
            ])}
          </dl>
        )}
      </Panel>
      {children}
    </aside>
  );
}

/** Yes and no, dates and numbers as people write them. */
function answerInWords(value: unknown): string {
  const text = String(value);
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return dateInWords(text);
  return text.charAt(0).toUpperCase() + text.slice(1);
}
