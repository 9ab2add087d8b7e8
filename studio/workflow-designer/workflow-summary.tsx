import type { ReactNode } from 'react';
import type { Configuration } from '../../schemas/configuration.ts';
import { inOrder } from '../../schemas/document.ts';
import type { WorkflowDocument } from '../../schemas/workflow.ts';
import type { planOf } from '../document/engine.ts';
import { dateInWords, daysBetween } from '../words/date-words.ts';
import { ownerInWords } from '../words/owner-words.ts';
import { mainTarget, periodInWords } from '../words/period-words.ts';
import classes from './workflow-summary.module.css';

/** What the whole workflow promises and what it comes to: shown while no task is chosen. */
export function WorkflowSummary({
  workflow,
  configuration,
  planned,
  start,
  children,
}: {
  workflow: WorkflowDocument;
  configuration: Configuration;
  planned: ReturnType<typeof planOf>;
  start: string;
  children?: ReactNode;
}) {
  const target = mainTarget(workflow.sla);
  const clocks = inOrder(workflow.clocks);
  return (
    <div className={classes['summary']}>
      {children}
      <dl>
        <dt>Case SLA</dt>
        <dd>{target ? periodInWords(target) : 'None'}</dd>
        {planned.ok ? (
          <>
            <dt>Earliest finish</dt>
            <dd>
              {dateInWords(planned.plan.finish)}, {daysBetween(start, planned.plan.finish)} days after the start
            </dd>
          </>
        ) : null}
        {planned.ok ? (
          <>
            <dt>Critical path</dt>
            <dd>{planned.plan.criticalPath.join(' → ') || 'None'}</dd>
          </>
        ) : null}
        <dt>Case owner</dt>
        <dd>{ownerInWords(workflow.ownerRules, configuration)}</dd>
        <dt>Starts</dt>
        <dd>{workflow.start}</dd>
        <dt>Form</dt>
        <dd>{workflow.form ? (configuration.form[workflow.form]?.title ?? workflow.form) : 'None'}</dd>
        {workflow.source ? (
          <>
            <dt>Follows</dt>
            <dd>{workflow.source}</dd>
          </>
        ) : null}
      </dl>
      {clocks.length > 0 ? (
        <>
          <h2>Statutory clocks</h2>
          <ul>
            {clocks.map((clock) => (
              <li key={clock.key}>
                <strong>{clock.title ?? clock.key}</strong>: {periodInWords(clock.period)}. {clock.onEnd}.{' '}
                <span>{clock.source}</span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </div>
  );
}
