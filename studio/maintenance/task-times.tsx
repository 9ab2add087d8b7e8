import { Button, Checkbox, Group, NumberInput, Select, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { Estimate, Recurrence, TaskDocument } from '../../schemas/task.ts';
import { useEditor } from '../document-editor/editor.ts';
import { Field } from '../document-editor/field.tsx';
import { todayOn } from '../words/date-words.ts';
import { PeriodField } from '../workflow-designer/period-field.tsx';
import classes from './maintenance.module.css';

const parts: readonly { part: keyof Estimate; label: string }[] = [
  { part: 'minimum', label: 'At least' },
  { part: 'likely', label: 'Likely' },
  { part: 'maximum', label: 'At most' },
];
const oneDay: Estimate = {
  minimum: { value: 1, unit: 'workingDays' },
  likely: { value: 1, unit: 'workingDays' },
  maximum: { value: 1, unit: 'workingDays' },
};

/** How long the work itself takes; the plan uses the likely time instead of the target (P10). */
export function EstimateFields({ estimate }: { estimate: Estimate | undefined }) {
  const { set } = useEditor();
  return (
    <Field path={['estimate']}>
      <Checkbox
        label="An estimate of its own"
        description="The plan then uses the likely time instead of the target; sample durations lie between the other two."
        checked={estimate !== undefined}
        onChange={(event) => set(['estimate'], event.currentTarget.checked ? oneDay : undefined)}
      />
      {estimate ? (
        <div className={classes['under']}>
          {parts.map(({ part, label }) => (
            <PeriodField
              key={part}
              label={label}
              place={`/estimate/${part}`}
              period={estimate[part]}
              onChange={(period) => set(['estimate', part], period)}
            />
          ))}
        </div>
      ) : null}
    </Field>
  );
}

const weekly: Recurrence = { every: { value: 1, unit: 'weeks' }, anchor: 'completion', until: 'none', max: 12 };

/** Whether the task comes again by itself (C15). */
export function RecurrenceFields({ task }: { task: TaskDocument }) {
  const { set } = useEditor();
  const { recurrence } = task;
  const ends =
    recurrence === undefined ? 'none' : recurrence.until === 'none' ? 'none' : Object.keys(recurrence.until)[0];
  const setEnd = (end: string) =>
    recurrence &&
    set(['recurrence'], {
      ...recurrence,
      until:
        end === 'date'
          ? { date: todayOn() }
          : end === 'outcome'
            ? { outcome: Object.keys(task.outcomes)[0] ?? 'done' }
            : 'none',
      // Without another end there must be a greatest number.
      ...(end === 'none' ? { max: recurrence.max ?? 12 } : {}),
    });
  return (
    <Field path={['recurrence']}>
      <Checkbox
        label="It comes again by itself"
        checked={recurrence !== undefined}
        onChange={(event) => set(['recurrence'], event.currentTarget.checked ? weekly : undefined)}
      />
      {recurrence ? (
        <div className={classes['under']}>
          <PeriodField
            label="Every"
            place="/recurrence/every"
            period={recurrence.every}
            onChange={(every) => set(['recurrence', 'every'], every)}
          />
          <Select
            label="Counted from"
            data={[
              { value: 'completion', label: 'The last completion' },
              { value: 'schedule', label: 'The schedule' },
            ]}
            value={recurrence.anchor}
            onChange={(anchor) => anchor && set(['recurrence', 'anchor'], anchor)}
          />
          <Select
            label="Until"
            data={[
              { value: 'none', label: 'The number below is reached' },
              { value: 'date', label: 'A date' },
              { value: 'outcome', label: 'An outcome' },
            ]}
            value={ends ?? 'none'}
            onChange={(end) => end && setEnd(end)}
          />
          {recurrence.until !== 'none' && 'date' in recurrence.until ? (
            <TextInput
              type="date"
              label="Last day"
              value={recurrence.until.date}
              onChange={(event) =>
                event.currentTarget.value !== '' && set(['recurrence', 'until'], { date: event.currentTarget.value })
              }
            />
          ) : null}
          {recurrence.until !== 'none' && 'outcome' in recurrence.until ? (
            <Select
              label="Outcome that ends it"
              data={Object.entries(task.outcomes).map(([value, { label }]) => ({ value, label }))}
              value={recurrence.until.outcome}
              onChange={(outcome) => outcome && set(['recurrence', 'until'], { outcome })}
            />
          ) : null}
          <NumberInput
            label="Times at most"
            min={1}
            max={1000}
            allowDecimal={false}
            value={recurrence.max ?? ''}
            onChange={(max) => {
              if (typeof max === 'number') set(['recurrence', 'max'], max);
              else if (recurrence.until !== 'none') set(['recurrence', 'max']);
            }}
          />
          <Checkbox
            label="The next may begin while one is open"
            checked={recurrence.overlap === 'yes'}
            onChange={(event) => set(['recurrence', 'overlap'], event.currentTarget.checked ? 'yes' : undefined)}
          />
        </div>
      ) : null}
    </Field>
  );
}

/** A task with no target gets one here: nothing is late without it. */
export function NoTarget() {
  const { set } = useEditor();
  return (
    <Group gap="sm">
      <p className={classes['warning']}>It has no target: it would never be late, and nobody would be told.</p>
      <Button
        variant="default"
        leftSection={<IconPlus size={14} />}
        onClick={() => set(['sla'], { target: { value: 5, unit: 'workingDays' } })}
      >
        Give it a target
      </Button>
    </Group>
  );
}
