import { Checkbox, Select, TextInput } from '@mantine/core';
import { memo } from 'react';
import type { Configuration } from '../../schemas/configuration.ts';
import { inOrder } from '../../schemas/document.ts';
import type { TaskDocument } from '../../schemas/task.ts';
import type { TaskNode, WorkflowDocument } from '../../schemas/workflow.ts';
import classes from './inspector.module.css';
import { ladderChoices } from './node-choices.ts';
import { EstimateFields, RecurrenceFields } from './task-times.tsx';

export interface TaskMoreProps
  extends Pick<TaskNode, 'estimate' | 'recurrence' | 'ladder' | 'lane' | 'notBefore' | 'source' | 'outsideSla'> {
  nodeKey: string;
  lanes: WorkflowDocument['lanes'];
  ladders: Configuration['ladder'];
  document: TaskDocument | undefined;
  onSet: (field: string, value: unknown) => void;
}

/** What is set less often: recurrence, own estimate, ladder, lane, earliest date. Drawn anew when one of these changes. */
export const TaskMore = memo(function TaskMore({
  nodeKey,
  lanes: lanesByKey,
  ladders,
  document,
  onSet: set,
  ...task
}: TaskMoreProps) {
  const place = (field: string) => `/nodes/${nodeKey}/${field}`;
  const lanes = inOrder(lanesByKey).map(({ key, title }) => ({ value: key, label: title }));
  return (
    <details className={classes['more']}>
      <summary>Estimate, recurrence, ladder and more</summary>
      <EstimateFields
        estimate={task.estimate ?? document?.estimate}
        place={place('estimate')}
        onChange={(estimate) => set('estimate', estimate)}
      />
      <RecurrenceFields
        recurrence={task.recurrence ?? document?.recurrence}
        outcomes={document?.outcomes ?? {}}
        place={place('recurrence')}
        onChange={(recurrence) => set('recurrence', recurrence)}
      />
      <Select
        label="Escalation ladder"
        data-place={place('ladder')}
        clearable
        allowDeselect
        placeholder={document?.ladder ? `As its task document: ${document.ladder}` : 'None'}
        data={ladderChoices({ ladder: ladders })}
        value={task.ladder ?? null}
        onChange={(value) => set('ladder', value ?? undefined)}
      />
      {lanes.length > 0 ? (
        <Select
          label="Lane"
          data-place={place('lane')}
          clearable
          allowDeselect
          placeholder="That of its owner"
          data={lanes}
          value={task.lane ?? null}
          onChange={(value) => set('lane', value ?? undefined)}
        />
      ) : null}
      <TextInput
        type="date"
        label="Not before"
        data-place={place('notBefore')}
        value={task.notBefore ?? ''}
        onChange={(event) => set('notBefore', event.currentTarget.value || undefined)}
      />
      <TextInput
        label="Legal or local source"
        data-place={place('source')}
        value={task.source ?? document?.source ?? ''}
        onChange={(event) => set('source', event.currentTarget.value || undefined)}
      />
      <Checkbox
        label="Left out of the plan against the case SLA"
        data-place={place('outsideSla')}
        checked={task.outsideSla ?? false}
        onChange={(event) => set('outsideSla', event.currentTarget.checked || undefined)}
      />
    </details>
  );
});
