import { Group, MultiSelect, NumberInput, Select, Stack } from '@mantine/core';
import { useState } from 'react';

interface Predecessor {
  task: string;
  lag?: { value: number; unit: string; basis: string };
}

const units = [
  { value: 'workingDays', label: 'working days' },
  { value: 'calendarDays', label: 'calendar days' },
  { value: 'hours', label: 'hours' },
  { value: 'weeks', label: 'weeks' },
];

/** What a task that is added by hand waits for, and how long after (P8). */
export function AddTaskFields({
  tasks,
  onChange,
}: {
  tasks: readonly { value: string; label: string }[];
  onChange: (predecessors: Predecessor[] | undefined) => void;
}) {
  const [after, setAfter] = useState<string[]>([]);
  const [value, setValue] = useState(0);
  const [unit, setUnit] = useState('workingDays');
  const tell = (ids: string[], amount: number, of: string) => {
    const basis = of === 'workingDays' || of === 'hours' ? 'working' : 'elapsed';
    const lag = amount === 0 ? {} : { lag: { value: amount, unit: of, basis } };
    onChange(ids.length === 0 ? undefined : ids.map((task) => ({ task, ...lag })));
  };
  return (
    <Stack gap="xs">
      <MultiSelect
        label="Waits for"
        description="Nothing chosen: it can begin at once."
        data={[...tasks]}
        searchable
        value={after}
        onChange={(ids) => {
          setAfter(ids);
          tell(ids, value, unit);
        }}
      />
      {after.length > 0 ? (
        <Group gap="xs" align="end">
          <NumberInput
            label="and then"
            w={110}
            min={0}
            max={1000}
            value={value}
            onChange={(next) => {
              const amount = typeof next === 'number' ? next : 0;
              setValue(amount);
              tell(after, amount, unit);
            }}
          />
          <Select
            aria-label="Unit of the wait"
            w={170}
            data={units}
            value={unit}
            onChange={(next) => {
              setUnit(next ?? 'workingDays');
              tell(after, value, next ?? 'workingDays');
            }}
          />
        </Group>
      ) : null}
    </Stack>
  );
}
