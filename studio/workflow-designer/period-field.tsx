import { Group, NumberInput, Select } from '@mantine/core';
import type { Period, PeriodUnit } from '../../schemas/period.ts';
import { unitChoices } from '../words/period-words.ts';

/** An amount of time with its unit; `place` is the pointer that findings name. */
export function PeriodField({
  label,
  place,
  period,
  onChange,
}: {
  label: string;
  place: string;
  period: Period;
  onChange: (period: Period) => void;
}) {
  return (
    <Group gap={6} align="end" grow preventGrowOverflow={false}>
      <NumberInput
        label={label}
        data-place={place}
        w={120}
        min={0}
        allowDecimal={false}
        value={period.value}
        onChange={(value) => typeof value === 'number' && onChange({ value, unit: period.unit })}
      />
      <Select
        aria-label={`Unit of ${label}`}
        data={unitChoices}
        value={period.unit}
        onChange={(unit) => onChange({ value: period.value, unit: unit as PeriodUnit })}
      />
    </Group>
  );
}
