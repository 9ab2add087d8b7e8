import { Group, Modal, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { AnswerValue } from '../../schemas/condition.ts';
import type { ResourceSummary, ServiceTypeSummary } from '../../schemas/resource-api.ts';
import { AnswerField } from '../advice/answer-field.tsx';
import { newIdempotencyKey, request } from '../api/client.ts';
import { DialogEnd } from '../ui/dialog-end.tsx';

type Question = ServiceTypeSummary['questions'][number];

/** Registers an interest for a customer who calls or visits; what they do not say may stay open. */
export function NewInterest({
  resource,
  questions,
  onClose,
}: {
  resource: Pick<ResourceSummary, 'id' | 'title'>;
  questions: readonly Question[];
  onClose: () => void;
}) {
  const queryClient = useQueryClient();
  const [contact, setContact] = useState<Record<string, string>>({});
  const [answers, setAnswers] = useState<Record<string, AnswerValue | undefined>>({});
  const registering = useMutation({
    mutationFn: () =>
      request('/v1/interests', {
        method: 'POST',
        body: {
          resource: resource.id,
          customer: Object.fromEntries(Object.entries(contact).filter(([, value]) => value !== '')),
          answers: Object.fromEntries(Object.entries(answers).filter(([, value]) => value !== undefined)),
          allowIncomplete: true,
        },
        headers: { 'Idempotency-Key': newIdempotencyKey() },
      }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['resource', resource.id] });
      onClose();
    },
  });
  const text = (name: string, label: string, type: string, required = false) => (
    <TextInput
      label={label}
      type={type}
      required={required}
      value={contact[name] ?? ''}
      onChange={(event) => {
        const { value } = event.currentTarget;
        setContact((now) => ({ ...now, [name]: value }));
      }}
    />
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    registering.mutate();
  };
  return (
    <Modal opened onClose={onClose} title={`Register an interest: ${resource.title}`}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          {text('name', 'Full name', 'text', true)}
          <Group grow gap="xs">
            {text('email', 'E-mail address', 'email')}
            {text('phone', 'Telephone number', 'tel')}
          </Group>
          {questions.map((question) => (
            <AnswerField
              key={question.key}
              question={{ ...question, validation: {}, required: false }}
              value={answers[question.key]}
              onAnswer={(value) => setAnswers((now) => ({ ...now, [question.key]: value }))}
            />
          ))}
          <DialogEnd failure={registering.error?.message} onClose={onClose} isBusy={registering.isPending}>
            Register
          </DialogEnd>
        </Stack>
      </form>
    </Modal>
  );
}
