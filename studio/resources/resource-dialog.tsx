import { Checkbox, Group, Modal, NumberInput, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { ResourcePage } from '../../schemas/resource-api.ts';
import type { Charge } from '../../schemas/settings.ts';
import { DialogEnd } from '../ui/dialog-end.tsx';
import { type ResourceField, resourceForms } from './resource-forms.ts';
import type { AskedAction } from './use-resource-command.ts';

type Values = Record<string, unknown>;

/** What a command starts from: what the resource has now. */
function begin(page: ResourcePage, fields: readonly ResourceField[], type: AskedAction['type']): Values {
  const { resource } = page;
  const now: Values = {
    title: resource.title,
    description: resource.description,
    place: resource.place,
    providedBy: resource.providedBy,
    startsOn: resource.startsOn ?? '',
    endsOn: resource.endsOn ?? '',
    charge: resource.charge,
    capacity: resource.capacity,
    keyActions: page.keyActions.filter(({ isKey }) => isKey).map(({ node }) => node),
    ...(type === 'allocatePlace' ? { startOn: resource.startsOn ?? '', endOn: resource.endsOn ?? '' } : {}),
  };
  return Object.fromEntries(fields.flatMap(({ name }) => (name in now ? [[name, now[name]]] : [])));
}

/** The few things a command on a resource needs, and nothing else. */
export function ResourceDialog({
  action,
  page,
  busy,
  failure,
  onSend,
  onClose,
}: {
  action: AskedAction;
  page: ResourcePage;
  busy: boolean;
  failure: string | undefined;
  onSend: (values: Values) => void;
  onClose: () => void;
}) {
  const form: { label: string; fields: ResourceField[] } = resourceForms[action.type];
  const [values, setValues] = useState<Values>(() => begin(page, form.fields, action.type));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSend(Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '' && value !== undefined)));
  };
  return (
    <Modal opened onClose={onClose} title={`${form.label}: ${action.about}`}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          {form.fields.map((field) => (
            <Field
              key={field.name}
              field={field}
              page={page}
              value={values[field.name]}
              set={(value) => setValues((now) => ({ ...now, [field.name]: value }))}
            />
          ))}
          <DialogEnd failure={failure} onClose={onClose} isBusy={busy}>
            {form.label}
          </DialogEnd>
        </Stack>
      </form>
    </Modal>
  );
}

function Field({
  field: { kind, label, required = false },
  page,
  value,
  set,
}: {
  field: ResourceField;
  page: ResourcePage;
  value: unknown;
  set: (value: unknown) => void;
}) {
  const text = typeof value === 'string' ? value : '';
  switch (kind) {
    case 'reason':
    case 'optionalReason':
    case 'longText':
      return (
        <Textarea
          label={label}
          required={required}
          autosize
          minRows={2}
          value={text}
          onChange={(event) => set(event.currentTarget.value)}
        />
      );
    case 'text':
      return (
        <TextInput
          label={label}
          required={required}
          value={text}
          onChange={(event) => set(event.currentTarget.value)}
        />
      );
    case 'date':
      return (
        <TextInput
          type="date"
          label={label}
          required={required}
          value={text}
          onChange={(event) => set(event.currentTarget.value)}
        />
      );
    case 'places':
      return (
        <NumberInput
          label={label}
          description="Empty for no limit"
          min={0}
          allowDecimal={false}
          value={typeof value === 'number' ? value : ''}
          onChange={(next) => set(typeof next === 'number' ? next : null)}
        />
      );
    case 'keyActions':
      return (
        <Checkbox.Group label={label} value={Array.isArray(value) ? value.map(String) : []} onChange={set}>
          <Stack gap={6} mt={6}>
            {page.keyActions.map(({ node, title }) => (
              <Checkbox key={node} value={node} label={`${node} ${title}`} />
            ))}
          </Stack>
        </Checkbox.Group>
      );
    case 'charge':
      return <ChargeFields value={(value ?? null) as Charge | null} set={set} />;
  }
}

/** A charge: amount, period, and whether the rent holds it. */
export function ChargeFields({ value, set }: { value: Charge | null; set: (value: Charge | null) => void }) {
  const charge = value ?? { amount: 0, period: 'week' as const, partOfRent: false };
  return (
    <Stack gap="xs">
      <Checkbox
        label="There is a charge"
        checked={value !== null}
        onChange={(event) => set(event.currentTarget.checked ? charge : null)}
      />
      {value === null ? null : (
        <Group gap="xs" align="end">
          <NumberInput
            label="Amount"
            prefix="£"
            decimalScale={2}
            fixedDecimalScale
            min={0}
            w={120}
            value={charge.amount / 100}
            onChange={(next) => set({ ...charge, amount: Math.round(Number(next) * 100) })}
          />
          <Select
            label="Per"
            w={130}
            allowDeselect={false}
            data={[
              { value: 'once', label: 'once' },
              { value: 'week', label: 'week' },
              { value: 'month', label: 'month' },
              { value: 'year', label: 'year' },
            ]}
            value={charge.period}
            onChange={(next) => set({ ...charge, period: (next ?? 'week') as Charge['period'] })}
          />
          <Checkbox
            pb={8}
            label="Part of the rent"
            checked={charge.partOfRent}
            onChange={(event) => set({ ...charge, partOfRent: event.currentTarget.checked })}
          />
        </Group>
      )}
    </Stack>
  );
}
