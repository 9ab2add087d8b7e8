import { Button, Select, Stack } from '@mantine/core';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import type { Configuration } from '../../schemas/configuration.ts';
import type { WorkflowDocument } from '../../schemas/workflow.ts';
import type { EditCommand, EditResult, planOf } from '../document/engine.ts';
import { RenameDialog } from '../document-editor/rename-dialog.tsx';
import { dateInWords, daysBetween } from '../words/date-words.ts';
import { mainSla } from '../words/period-words.ts';
import { ClockList } from './clock-list.tsx';
import { OwnerField } from './owner-field.tsx';
import { PeriodField } from './period-field.tsx';
import { withMainTarget } from './sla-edit.ts';
import classes from './workflow-summary.module.css';

// Every field by its schema is heavy: it comes when it is asked for.
const WorkflowSettings = lazy(() => import('./workflow-settings.tsx'));

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
  const [hasSettings, setHasSettings] = useState(false);
  const sla = mainSla(workflow.sla);
  const set = (field: string, value: unknown) =>
    onRun({
      type: 'setDocumentField',
      kind: 'workflow',
      key: workflow.key,
      path: [field],
      ...(value === undefined ? {} : { value }),
    });
  return (
    <div className={classes['summary']}>
      <Stack gap="sm">
        {children}
        {sla ? (
          <PeriodField
            label="Case SLA"
            place="/sla"
            period={sla.target}
            onChange={(period) => set('sla', withMainTarget(workflow.sla, period))}
          />
        ) : null}
        <OwnerField
          label="Case owner"
          workflow={workflow}
          configuration={configuration}
          path={['ownerRules']}
          rules={workflow.ownerRules}
          onRun={onRun}
        />
        <Select
          label="Enquiry form"
          data-place="/form"
          searchable
          clearable
          placeholder="None"
          data={Object.values(configuration.form).map(({ key, title }) => ({ value: key, label: title }))}
          value={workflow.form ?? null}
          onChange={(value) => set('form', value ?? undefined)}
        />
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
        <dt>Starts</dt>
        <dd>{workflow.start}</dd>
        {workflow.source ? (
          <>
            <dt>Follows</dt>
            <dd>{workflow.source}</dd>
          </>
        ) : null}
      </dl>
      <ClockList workflow={workflow} configuration={configuration} onRun={onRun} />
      <details
        className={classes['settings']}
        data-fold-of="/"
        data-fold-but="/nodes /links /sla /ownerRules /form /clocks /adviceRules"
        onToggle={(event) => setHasSettings(event.currentTarget.open)}
      >
        <summary>All settings of the workflow</summary>
        {hasSettings ? (
          <Suspense fallback={<p>Loading the settings…</p>}>
            <WorkflowSettings workflow={workflow} configuration={configuration} onRun={onRun} />
          </Suspense>
        ) : null}
      </details>
    </div>
  );
}
