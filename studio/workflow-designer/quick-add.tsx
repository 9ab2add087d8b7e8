import { Button, Group, NumberInput, Popover, Select, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { PeriodUnit } from '../../schemas/period.ts';
import type { Lag, WorkflowNode } from '../../schemas/workflow.ts';
import { unitChoices } from '../words/period-words.ts';
import { toLag } from './link-form.tsx';
import { nodeKinds } from './new-node.ts';

export interface QuickAddWish {
  type: WorkflowNode['type'];
  title: string;
  lag?: Lag;
  branch?: string;
}

/** Asks for a new node where a link was dropped or broken up: what it is, and how long after. */
export function QuickAdd({
  title,
  place,
  lag,
  branches,
  onAdd,
  onClose,
}: {
  title: string;
  place: { x: number; y: number };
  /** The lag that stands there already. */
  lag?: Lag | undefined;
  branches: readonly { value: string; label: string }[] | undefined;
  onAdd: (wish: QuickAddWish) => void;
  onClose: () => void;
}) {
  const [type, setType] = useState<WorkflowNode['type']>('task');
  const [name, setName] = useState('');
  const [value, setValue] = useState<number | string>(lag?.value ?? 0);
  const [unit, setUnit] = useState<PeriodUnit>(lag?.unit ?? 'workingDays');
  const [branch, setBranch] = useState(branches?.[0]?.value);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    const wished = toLag(value, unit);
    onAdd({ type, title: name.trim(), ...(wished ? { lag: wished } : {}), ...(branch ? { branch } : {}) });
  };
  return (
    <Popover
      opened
      withRoles={false}
      onChange={(opened) => !opened && onClose()}
      trapFocus
      returnFocus
      position="bottom-start"
      shadow="md"
    >
      <Popover.Target>
        <span style={{ position: 'fixed', left: place.x, top: place.y, width: 1, height: 1 }} />
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label={title}>
        <form onSubmit={submit}>
          <TextInput
            label={title}
            placeholder="Title"
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Group gap="xs" mt="xs" align="end">
            <Select
              label="What"
              w={120}
              data={nodeKinds.map((kind) => ({ value: kind.type, label: kind.title }))}
              value={type}
              onChange={(next) => setType(next as WorkflowNode['type'])}
              comboboxProps={{ withinPortal: false }}
            />
            <NumberInput label="Lag" w={80} allowDecimal={false} value={value} onChange={setValue} />
            <Select
              aria-label="Unit of the lag"
              w={130}
              data={unitChoices}
              value={unit}
              onChange={(next) => setUnit(next as PeriodUnit)}
              comboboxProps={{ withinPortal: false }}
            />
          </Group>
          {branches ? (
            <Select
              label="Branch"
              mt="xs"
              data={[...branches]}
              value={branch ?? null}
              onChange={(next) => setBranch(next ?? undefined)}
              comboboxProps={{ withinPortal: false }}
            />
          ) : null}
          <Group justify="end" gap="xs" mt="sm">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit">Add</Button>
          </Group>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
