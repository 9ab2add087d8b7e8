import { MultiSelect, Select, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Configuration } from '../../schemas/configuration.ts';
import { inOrder } from '../../schemas/document.ts';
import type { WorkflowDocument } from '../../schemas/workflow.ts';

interface Asked {
  key: string;
  label: string;
  type: string;
  options: { value: string; label: string }[];
}

/** One answer of the enquiry that was wrong, and what it is (documents.md). */
export function AnswerFields({
  workflow,
  configuration,
  answers,
  onChange,
}: {
  workflow: WorkflowDocument;
  configuration: Configuration;
  answers: Readonly<Record<string, unknown>>;
  onChange: (answers: Record<string, unknown> | undefined) => void;
}) {
  const [key, setKey] = useState<string | null>(null);
  const questions = questionsOf(workflow, configuration);
  const asked = questions.find((question) => question.key === key);
  const before = key === null ? undefined : answers[key];
  const wordsOf = (value: unknown) =>
    asked?.options.find((option) => option.value === value)?.label ??
    (value === undefined ? 'not answered' : String(value));
  return (
    <Stack gap="xs">
      <Select
        label="Answer to correct"
        required
        searchable
        data={questions.map((question) => ({ value: question.key, label: question.label }))}
        value={key}
        onChange={(next) => {
          setKey(next);
          onChange(undefined);
        }}
      />
      {asked ? (
        <ValueField
          key={asked.key}
          asked={asked}
          description={`Now: ${Array.isArray(before) ? before.map(wordsOf).join(', ') : wordsOf(before)}`}
          onChange={(value) => onChange({ [asked.key]: value })}
        />
      ) : null}
    </Stack>
  );
}

function ValueField({
  asked,
  description,
  onChange,
}: {
  asked: Asked;
  description: string;
  onChange: (value: unknown) => void;
}) {
  const common = { label: 'Correct answer', description, required: true };
  if (asked.options.length > 0) {
    return asked.type === 'multi-choice' ? (
      <MultiSelect {...common} required={false} data={asked.options} onChange={onChange} />
    ) : (
      <Select {...common} data={asked.options} onChange={onChange} />
    );
  }
  const isNumber = asked.type === 'number' || asked.type === 'money';
  const type = asked.type === 'date' ? 'date' : isNumber ? 'number' : 'text';
  return (
    <TextInput
      {...common}
      type={type}
      {...(asked.type === 'money' ? { step: '0.01', leftSection: '£' } : {})}
      onChange={(event) => {
        const text = event.currentTarget.value;
        const factor = asked.type === 'money' ? 100 : 1;
        onChange(isNumber && text !== '' ? Math.round(Number(text) * factor * 100) / 100 : text);
      }}
    />
  );
}

function questionsOf(workflow: WorkflowDocument, configuration: Configuration): Asked[] {
  const form = workflow.form === undefined ? undefined : configuration.form[workflow.form];
  return inOrder(form?.questions ?? {}).flatMap((question) => {
    const shared = question.library === undefined ? undefined : configuration.question[question.library];
    const type = question.type ?? shared?.type ?? 'text';
    if (type === 'calculated' || type === 'file') return [];
    const options =
      type === 'yes-no'
        ? [
            { value: 'yes', label: 'Yes' },
            { value: 'no', label: 'No' },
          ]
        : inOrder(question.options ?? shared?.options ?? {}).map(({ key, label }) => ({ value: key, label }));
    return [{ key: question.key, label: question.label ?? shared?.label ?? question.key, type, options }];
  });
}
