import { Button, Stack } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { Configuration } from '../../schemas/configuration.ts';
import { inOrder } from '../../schemas/document.ts';
import type { WorkflowDocument } from '../../schemas/workflow.ts';
import type { EditCommand, EditResult, planOf } from '../document/engine.ts';
import { RenameDialog } from '../document-editor/rename-dialog.tsx';
import { dateInWords, daysBetween } from '../words/date-words.ts';
import { ownerInWords } from '../words/owner-words.ts';
import { mainSla, periodInWords } from '../words/period-words.ts';
import { PeriodField } from './period-field.tsx';
import { withMainTarget } from './sla-edit.ts';
import classes from './workflow-summary.module.css';

/** What the whole workflow promises and what it comes to: shown while no task is chosen. */
export function WorkflowSummary({
  workflow,
  configuration,
  planned,
  start,
  onRun,
  children,
}: {
  workflow: WorkflowDocument;
  configuration: Configuration;
  planned: ReturnType<typeof planOf>;
  start: string;
  onRun: (command: EditCommand) => EditResult;
  children?: ReactNode;
}) {
  const [isRenaming, setIsRenaming] = useState(false);
  const sla = mainSla(workflow.sla);
  const clocks = inOrder(workflow.clocks);
  return (
    <div className={classes['summary']}>
      <Stack gap="sm">
        {children}
        {sla ? (
          <PeriodField
            label="Case SLA"
            place="/sla"
            period={sla.target}
            onChange={(period) =>
              onRun({
                type: 'setDocumentField',
                kind: 'workflow',
                key: workflow.key,
                path: ['sla'],
                value: withMainTarget(workflow.sla, period),
              })
            }
          />
        ) : null}
        <Button variant="default" size="xs" onClick={() => setIsRenaming(true)}>
          Rename the workflow…
        </Button>
      </Stack>
      {isRenaming ? (
        <RenameDialog
          document={workflow}
          configuration={configuration}
          run={onRun}
          onClose={() => setIsRenaming(false)}
        />
      ) : null}
      <dl>
        {sla ? null : (
          <>
            <dt>Case SLA</dt>
            <dd>None</dd>
          </>
        )}
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
              <li key={clock.key} data-place={`/clocks/${clock.key}`} tabIndex={-1}>
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
