import { Checkbox, NumberInput, Select, TextInput } from '@mantine/core';
import type { Period } from '../../schemas/period.ts';
import type { Estimate, Recurrence, TaskDocument } from '../../schemas/task.ts';
import { Under } from '../ui/under.tsx';
import { todayOn } from '../words/date-words.ts';
import { PeriodField } from './period-field.tsx';

const parts: readonly { part: keyof Estimate; label: string }[] = [
  { part: 'minimum', label: 'At least' },
  { part: 'likely', label: 'Likely' },
  { part: 'maximum', label: 'At most' },
];
const oneDay: Period = { value: 1, unit: 'workingDays' };

/** How long the work itself takes; the plan uses the likely time instead of the target (P10). */
export function EstimateFields({
  estimate,
  place,
  onChange,
}: {
  estimate: Estimate | undefined;
  /** Where the estimate stands, for findings to jump to. */
  place: string;
  onChange: (estimate: Estimate | undefined) => void;
}) {
  return (
    <>
      <Checkbox
        label="An estimate of its own"
        description="The plan then uses the likely time instead of the target; sample durations lie between the other two."
        checked={estimate !== undefined}
        onChange={(event) =>
          onChange(event.currentTarget.checked ? { minimum: oneDay, likely: oneDay, maximum: oneDay } : undefined)
        }
      />
      {estimate ? (
        <Under>
          {parts.map(({ part, label }) => (
            <PeriodField
              key={part}
              label={label}
              place={`${place}/${part}`}
              period={estimate[part]}
              onChange={(period) => onChange({ ...estimate, [part]: period })}
            />
          ))}
        </Under>
      ) : null}
    </>
  );
}

type End = 'none' | 'date' | 'outcome';

const weekly: Recurrence = { every: { value: 1, unit: 'weeks' }, anchor: 'completion', until: 'none', max: 12 };

/** Whether the task comes again by itself, and until when (C15). */
export function RecurrenceFields({
  recurrence,
  outcomes,
  place,
  onChange,
}: {
  recurrence: Recurrence | undefined;
  outcomes: TaskDocument['outcomes'];
  /** Where the recurrence stands, for findings to jump to. */
  place: string;
  onChange: (recurrence: Recurrence | undefined) => void;
}) {
  return (
    <>
      <Checkbox
        label="It comes again by itself"
        checked={recurrence !== undefined}
        onChange={(event) => onChange(event.currentTarget.checked ? weekly : undefined)}
      />
      {recurrence ? (
        <OpenRecurrence recurrence={recurrence} outcomes={outcomes} place={place} onChange={onChange} />
      ) : null}
    </>
  );
}

function OpenRecurrence({
  recurrence,
  outcomes,
  place,
  onChange,
}: {
  recurrence: Recurrence;
  outcomes: TaskDocument['outcomes'];
  place: string;
  onChange: (recurrence: Recurrence) => void;
}) {
  const change = (part: Partial<Recurrence>) => onChange({ ...recurrence, ...part });
  const { until } = recurrence;
  const { max, ...unlimited } = recurrence;
  return (
    <Under>
      <PeriodField
        label="Every"
        place={`${place}/every`}
        period={recurrence.every}
        onChange={(every) => change({ every })}
      />
      <Select
        label="Counted from"
        data={[
          { value: 'completion', label: 'The last completion' },
          { value: 'schedule', label: 'The schedule' },
        ]}
        value={recurrence.anchor}
        onChange={(anchor) => anchor && change({ anchor })}
      />
      <Select
        label="Until"
        data={[
          { value: 'none', label: 'The number below is reached' },
          { value: 'date', label: 'A date' },
          { value: 'outcome', label: 'An outcome' },
        ]}
        value={endOf(until)}
        onChange={(end) => end && onChange(endingWith(recurrence, end, Object.keys(outcomes)[0]))}
      />
      {until !== 'none' && 'date' in until ? (
        <TextInput
          type="date"
          label="Last day"
          value={until.date}
          onChange={(event) =>
            event.currentTarget.value !== '' && change({ until: { date: event.currentTarget.value } })
          }
        />
      ) : null}
      {until !== 'none' && 'outcome' in until ? (
        <Select
          label="Outcome that ends it"
          data={Object.entries(outcomes).map(([value, { label }]) => ({ value, label }))}
          value={until.outcome}
          onChange={(outcome) => outcome && change({ until: { outcome } })}
        />
      ) : null}
      <NumberInput
        label="Times at most"
        data-place={`${place}/max`}
        min={1}
        max={1000}
        allowDecimal={false}
        value={max ?? ''}
        onChange={(next) => {
          if (typeof next === 'number') change({ max: next });
          else if (until !== 'none') onChange(unlimited);
        }}
      />
      <Checkbox
        label="The next may begin while one is open"
        checked={recurrence.overlap === 'yes'}
        onChange={(event) => onChange(withOverlap(recurrence, event.currentTarget.checked))}
      />
    </Under>
  );
}

function endOf(until: Recurrence['until']): End {
  if (until === 'none') return 'none';
  return 'date' in until ? 'date' : 'outcome';
}

/** Without another end there must be a greatest number. */
function endingWith(recurrence: Recurrence, end: End, outcome = 'done'): Recurrence {
  if (end === 'none') return { ...recurrence, until: 'none', max: recurrence.max ?? 12 };
  return { ...recurrence, until: end === 'date' ? { date: todayOn() } : { outcome } };
}

function withOverlap({ overlap: _, ...recurrence }: Recurrence, overlaps: boolean): Recurrence {
  return overlaps ? { ...recurrence, overlap: 'yes' } : recurrence;
}
