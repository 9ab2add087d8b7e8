import { Checkbox, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { ServiceTypeSummary } from '../../schemas/resource-api.ts';
import { newIdempotencyKey, request } from '../api/client.ts';
import { DialogEnd } from '../ui/dialog-end.tsx';

/** Asks for the little that a service type does not say; charge, places and action path come from the type. */
export function NewResource({
  types,
  onClose,
  onMade,
}: {
  types: readonly ServiceTypeSummary[];
  onClose: () => void;
  onMade: (id: string) => void;
}) {
  const queryClient = useQueryClient();
  const [values, setValues] = useState<Record<string, string>>({ serviceType: types[0]?.key ?? '' });
  const [inCatalogue, setInCatalogue] = useState(true);
  const type = types.find(({ key }) => key === values['serviceType']);
  const making = useMutation({
    mutationFn: async () => {
      const filled = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
      const { body } = await request<{ resourceId: string }>('/v1/resources', {
        method: 'POST',
        body: { ...filled, inCatalogue },
        headers: { 'Idempotency-Key': newIdempotencyKey() },
      });
      return body.resourceId;
    },
    onSuccess: async (id) => {
      await queryClient.invalidateQueries({ queryKey: ['resources'] });
      onMade(id);
    },
  });
  const text = (name: string, label: string, more: { required?: boolean; type?: string } = {}) => (
    <TextInput
      label={label}
      {...more}
      value={values[name] ?? ''}
      onChange={(event) => {
        const { value } = event.currentTarget;
        setValues((now) => ({ ...now, [name]: value }));
      }}
    />
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    making.mutate();
  };
  const isDated = type?.provision === 'dated';
  return (
    <Modal opened onClose={onClose} title="New resource">
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Select
            label="Service type"
            required
            allowDeselect={false}
            data={types.map(({ key, title }) => ({ value: key, label: title }))}
            value={values['serviceType'] ?? null}
            onChange={(next) => setValues((now) => ({ ...now, serviceType: next ?? '' }))}
          />
          {text('title', 'Title', { required: true })}
          {text('place', 'Place')}
          {type?.provider === 'indirect' ? text('providedBy', 'Provided by') : null}
          <Group gap="xs" grow>
            {text('startsOn', 'First day', { type: 'date', required: isDated })}
            {text('endsOn', 'Last day', { type: 'date', required: isDated })}
          </Group>
          <Checkbox
            label="Show it to customers in the catalogue"
            checked={inCatalogue}
            onChange={(event) => setInCatalogue(event.currentTarget.checked)}
          />
          <DialogEnd failure={making.error?.message} onClose={onClose} isBusy={making.isPending}>
            Make the resource
          </DialogEnd>
        </Stack>
      </form>
    </Modal>
  );
}
