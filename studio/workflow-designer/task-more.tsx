import { Checkbox, Group, NumberInput, Select, TextInput } from '@mantine/core';
import type { Configuration } from '../../schemas/configuration.ts';
import { inOrder } from '../../schemas/document.ts';
import type { Period } from '../../schemas/period.ts';
import type { Recurrence } from '../../schemas/task.ts';
import type { TaskNode, WorkflowDocument } from '../../schemas/workflow.ts';
import classes from './inspector.module.css';
import { ladderChoices } from './node-choices.ts';
import { PeriodField } from './period-field.tsx';

/** What is set less often: recurrence, own estimate, ladder, lane, earliest date. */
export function TaskMore({
  workflow,
  configuration,
  nodeKey,
  task,
  set,
}: {
  workflow: WorkflowDocument;
  configuration: Configuration;
  nodeKey: string;
  task: TaskNode;
  set: (field: string, value: unknown) => void;
}) {
  const document = configuration.task[task.task];
  const place = (field: string) => `/nodes/${nodeKey}/${field}`;
  const estimate = task.estimate ?? document?.estimate;
  const recurrence = task.recurrence ?? document?.recurrence;
  const lanes = inOrder(workflow.lanes).map(({ key, title }) => ({ value: key, label: title }));
  const setEstimate = (part: Partial<Record<'minimum' | 'likely' | 'maximum', Period>>) =>
    estimate && set('estimate', { ...estimate, ...part });
  return (
    <details className={classes['more']}>
      <summary>Estimate, recurrence, ladder and more</summary>
      <Checkbox
        label="Has an estimate of its own; the plan uses it instead of the target"
        checked={estimate !== undefined}
        onChange={(event) => set('estimate', event.currentTarget.checked ? oneDay : undefined)}
      />
      {estimate
        ? (['minimum', 'likely', 'maximum'] as const).map((part) => (
            <PeriodField
              key={part}
              label={{ minimum: 'At least', likely: 'Likely', maximum: 'At most' }[part]}
              place={`${place('estimate')}/${part}`}
              period={estimate[part]}
              onChange={(period) => setEstimate({ [part]: period })}
            />
          ))
        : null}
      <Checkbox
        label="Recurs"
        checked={recurrence !== undefined}
        onChange={(event) => set('recurrence', event.currentTarget.checked ? everyWeek : undefined)}
      />
      {recurrence ? <RecurrenceFields place={place('recurrence')} recurrence={recurrence} set={set} /> : null}
      <Select
        label="Escalation ladder"
        data-place={place('ladder')}
        clearable
        allowDeselect
        placeholder={document?.ladder ? `As its task document: ${document.ladder}` : 'None'}
        data={ladderChoices(configuration)}
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
}

const oneDay = {
  minimum: { value: 1, unit: 'workingDays' },
  likely: { value: 1, unit: 'workingDays' },
  maximum: { value: 1, unit: 'workingDays' },
} as const;
const everyWeek: Recurrence = { every: { value: 1, unit: 'weeks' }, anchor: 'completion', until: 'none', max: 12 };

function RecurrenceFields({
  place,
  recurrence,
  set,
}: {
  place: string;
  recurrence: Recurrence;
  set: (field: string, value: unknown) => void;
}) {
  const change = (part: Partial<Recurrence>) => set('recurrence', { ...recurrence, ...part });
  return (
    <>
      <PeriodField
        label="Every"
        place={`${place}/every`}
        period={recurrence.every}
        onChange={(every) => change({ every })}
      />
      <Group gap={6} grow>
        <Select
          label="Counted from"
          data={[
            { value: 'completion', label: 'The last completion' },
            { value: 'schedule', label: 'The schedule' },
          ]}
          value={recurrence.anchor}
          onChange={(anchor) => change({ anchor: anchor as Recurrence['anchor'] })}
        />
        <NumberInput
          label="At most"
          data-place={`${place}/max`}
          min={1}
          max={1000}
          allowDecimal={false}
          value={recurrence.max ?? ''}
          onChange={(max) => typeof max === 'number' && change({ max })}
        />
      </Group>
    </>
  );
}
