import { Group, SegmentedControl, Select } from '@mantine/core';
import type { LadderDocument, Trigger } from '../../schemas/ladder.ts';
import type { Period } from '../../schemas/period.ts';
import { PeriodField } from '../workflow-designer/period-field.tsx';
import { firstTrigger } from './rung-edits.ts';
import { rungsOf, triggersFor, triggerWords } from './rung-words.ts';

export interface TriggerFieldProps {
  ladder: LadderDocument;
  rung: string;
  trigger: Trigger;
  onChange: (trigger: Trigger) => void;
}

/** When a rung fires: what it follows, and how long before or after. */
export function TriggerField({ ladder, rung, trigger, onChange }: TriggerFieldProps) {
  const place = `/rungs/${rung}/trigger`;
  const isOffset = trigger.on === 'warning' || trigger.on === 'breached' || trigger.on === 'clockEnd';
  const allowed = triggersFor(ladder.subject);
  // A trigger that means nothing here is shown too, so that it can be changed.
  const data = (allowed.includes(trigger.on) ? allowed : [...allowed, trigger.on]).map((value) => ({
    value,
    label: triggerWords[value],
  }));
  return (
    <Group gap="sm" align="end" wrap="wrap" data-place={place}>
      <Select
        label="Fires"
        data={data}
        value={trigger.on}
        w={190}
        onChange={(on) => on && onChange(firstTrigger(withoutRung(ladder, rung), on as Trigger['on']))}
      />
      {trigger.on === 'followOn' ? (
        <Select
          label="After rung"
          placeholder="Choose a rung"
          data={rungsOf(ladder).flatMap(({ key }) => (key === rung ? [] : [key]))}
          value={trigger.after ?? null}
          w={150}
          onChange={(after) => after && onChange({ ...trigger, after })}
        />
      ) : null}
      {isOffset ? (
        <Offset trigger={trigger} place={`${place}/offset`} onChange={onChange} />
      ) : (
        <PeriodField
          label={trigger.on === 'pausedTooLong' ? 'Wait after the review date' : 'After'}
          place={`${place}/for`}
          period={trigger.for ?? { value: 0, unit: 'workingDays' }}
          onChange={(wait) => onChange({ ...trigger, for: wait })}
        />
      )}
      {trigger.on === 'followOn' ? (
        <SegmentedControl
          size="xs"
          aria-label="How the wait is counted"
          value={trigger.mode ?? 'outstanding'}
          onChange={(mode) => onChange({ ...trigger, mode: mode as 'outstanding' | 'stagnant' })}
          data={[
            { value: 'outstanding', label: 'While outstanding' },
            { value: 'stagnant', label: 'Again from each activity' },
          ]}
        />
      ) : null}
    </Group>
  );
}

function Offset({
  trigger,
  place,
  onChange,
}: {
  trigger: Trigger;
  place: string;
  onChange: (trigger: Trigger) => void;
}) {
  const { offset, ...rest } = trigger;
  const side = !offset || offset.value === 0 ? 'at' : offset.value < 0 ? 'before' : 'after';
  const size: Period = { value: Math.abs(offset?.value ?? 0), unit: offset?.unit ?? 'workingDays' };
  const set = (next: Period, towards: string) =>
    onChange(
      towards === 'at' || next.value === 0
        ? rest
        : { ...rest, offset: { ...next, value: towards === 'before' ? -next.value : next.value } },
    );
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label="Before, at or after"
        value={side}
        onChange={(towards) => set({ ...size, value: size.value || 1 }, towards)}
        data={[
          { value: 'before', label: 'Before' },
          { value: 'at', label: 'At' },
          { value: 'after', label: 'After' },
        ]}
      />
      {side === 'at' ? null : (
        <PeriodField label={`How long ${side}`} place={place} period={size} onChange={(next) => set(next, side)} />
      )}
    </>
  );
}

function withoutRung(ladder: LadderDocument, rung: string): LadderDocument {
  const { [rung]: _, ...rungs } = ladder.rungs;
  return { ...ladder, rungs };
}
