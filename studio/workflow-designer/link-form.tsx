import { Button, Group, NumberInput, Select } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { PeriodUnit } from '../../schemas/period.ts';
import type { Lag, LinkType } from '../../schemas/workflow.ts';
import { linkTypeChoices, unitChoices } from '../words/period-words.ts';

export interface LinkSettings {
  linkType: LinkType;
  lag?: Lag;
}

/** Type and lag of a link; a negative lag is a lead. */
export function LinkForm({
  initial,
  submitLabel,
  onSubmit,
  branches,
}: {
  initial: LinkSettings;
  submitLabel: string;
  onSubmit: (settings: LinkSettings & { branch?: string }) => void;
  branches?: { value: string; label: string }[] | undefined;
}) {
  const lag = useRef<HTMLInputElement>(null);
  // The form takes the place of what had the focus before: the target list, or the pencil.
  useEffect(() => {
    lag.current?.focus();
    lag.current?.select();
  }, []);
  const [linkType, setLinkType] = useState<LinkType>(initial.linkType);
  const [value, setValue] = useState<number | string>(initial.lag?.value ?? 0);
  const [unit, setUnit] = useState<PeriodUnit>(initial.lag?.unit ?? 'workingDays');
  const [branch, setBranch] = useState<string | null>(branches?.[0]?.value ?? null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    const lag = toLag(value, unit);
    onSubmit({ linkType, ...(lag ? { lag } : {}), ...(branch ? { branch } : {}) });
  };
  return (
    <form onSubmit={submit}>
      <Group gap="sm" align="end" wrap="wrap">
        {branches ? <Select label="Branch" data={branches} value={branch} onChange={setBranch} /> : null}
        <Select
          label="Type"
          w={150}
          data={linkTypeChoices.map((choice) => ({ ...choice }))}
          value={linkType}
          onChange={(next) => setLinkType(next as LinkType)}
          comboboxProps={{ withinPortal: true }}
        />
        <NumberInput
          label="Lag"
          ref={lag}
          w={90}
          value={value}
          onChange={setValue}
          allowDecimal={false}
          min={-100000}
          max={100000}
          data-autofocus
        />
        <Select label="Unit" w={140} data={unitChoices} value={unit} onChange={(next) => setUnit(next as PeriodUnit)} />
        <Button type="submit" size="sm">
          {submitLabel}
        </Button>
      </Group>
    </form>
  );
}

/** A lag of so many units on their usual basis (S3); none for nothing. */
export function toLag(value: number | string, unit: PeriodUnit): Lag | undefined {
  const amount = Math.trunc(Number(value)) || 0;
  const basis =
    unit === 'workingDays' || unit === 'hours' || unit === 'minutes' ? ('working' as const) : ('elapsed' as const);
  return amount === 0 ? undefined : { value: amount, unit, basis };
}
