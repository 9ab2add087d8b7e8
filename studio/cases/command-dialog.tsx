import { Checkbox, Modal, NumberInput, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { CaseCommandType } from '../../schemas/case-command.ts';
import type { Configuration } from '../../schemas/configuration.ts';
import { inOrder } from '../../schemas/document.ts';
import type { InformationField, TaskDocument } from '../../schemas/task.ts';
import type { WorkflowDocument } from '../../schemas/workflow.ts';
import type { CasePage } from '../api/types.ts';
import { DialogEnd } from '../ui/dialog-end.tsx';
import { AddTaskFields } from './add-task-fields.tsx';
import { AnswerFields } from './answer-fields.tsx';
import { commandForms, type FormField } from './command-forms.ts';
import { type Consequence, Consequences } from './consequences.tsx';

export interface CommandDialogProps {
  type: CaseCommandType;
  title: string;
  task?: TaskDocument | undefined;
  /** The case task the command is about. */
  taskId?: string | undefined;
  workflow: WorkflowDocument;
  configuration: Configuration;
  people: { value: string; label: string }[];
  addable: readonly string[];
  page?: CasePage | undefined;
  consequence?: Consequence | undefined;
  busy: boolean;
  failure?: string | undefined;
  onSend: (values: Record<string, unknown>) => void;
  onClose: () => void;
}

/** The few things a command needs, and nothing else. */
export function CommandDialog(props: CommandDialogProps) {
  const { type, title, busy, failure, consequence, onSend, onClose } = props;
  const form = commandForms[type];
  const [values, setValues] = useState<Record<string, unknown>>(() => filledIn(props));
  const set = (name: string, value: unknown) => setValues((now) => ({ ...now, [name]: value }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSend(
      Object.fromEntries(
        Object.entries(values).filter(([, value]) => value !== '' && value !== null && value !== undefined),
      ),
    );
  };
  return (
    <Modal opened onClose={onClose} title={`${form?.label ?? type}: ${title}`}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          {form?.fields.map((field) => (
            <Field
              key={field.name}
              field={field}
              value={values[field.name]}
              set={(value) => set(field.name, value)}
              {...props}
            />
          ))}
          {consequence ? <Consequences consequence={consequence} /> : null}
          <DialogEnd failure={consequence ? undefined : failure} onClose={onClose} isBusy={busy}>
            {consequence?.button ?? form?.label}
          </DialogEnd>
        </Stack>
      </form>
    </Modal>
  );
}

/** What was filled in before, so that completing asks only for the rest. */
function filledIn({ type, taskId, page }: CommandDialogProps): Record<string, unknown> {
  if (type !== 'completeTask' && type !== 'recordFields') return {};
  const filled = taskId === undefined ? undefined : page?.fields?.[taskId];
  return filled ? { fields: filled } : {};
}

/** On the way nothing is needed yet. */
function optional(fields: TaskDocument['fields'] = {}): TaskDocument['fields'] {
  return Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, { ...field, mandatory: false }]));
}

/** Budget fields as the information fields they look like. */
function moneyFields(workflow: WorkflowDocument): TaskDocument['fields'] {
  return Object.fromEntries(
    Object.entries(workflow.money ?? {}).map(([key, { order, label }]) => [
      key,
      { order, label, type: 'money' as const, mandatory: false },
    ]),
  );
}

type FieldProps = CommandDialogProps & { field: FormField; value: unknown; set: (value: unknown) => void };

function Field({ type, field, value, set, task, workflow, configuration, people, addable, page }: FieldProps) {
  const text = typeof value === 'string' ? value : '';
  const options = (entries: Readonly<Record<string, { order: number; label: string }>>) =>
    inOrder(entries).map(({ key, label }) => ({ value: key, label }));
  const select = (data: { value: string; label: string }[], required = true) =>
    data.length === 0 ? null : (
      <Select label={field.label} data={data} required={required} searchable value={text || null} onChange={set} />
    );
  switch (field.kind) {
    case 'reason':
      return (
        <Textarea
          label={field.label}
          required
          autosize
          minRows={2}
          value={text}
          onChange={(event) => set(event.currentTarget.value)}
        />
      );
    case 'optionalText':
      return (
        <Textarea
          label={field.label}
          autosize
          minRows={1}
          value={text}
          onChange={(event) => set(event.currentTarget.value)}
        />
      );
    case 'date':
      return (
        <TextInput type="date" label={field.label} value={text} onChange={(event) => set(event.currentTarget.value)} />
      );
    case 'person':
      return select(people);
    case 'holdReason':
      return select(options({ ...workflow.holdReasons, ...task?.holdReasons }));
    case 'outcome':
      return select(options(task?.outcomes ?? {}));
    case 'caseOutcome':
      return select(options(workflow.outcomes), false);
    case 'agency':
      return select(
        (task?.agencies ?? Object.keys(configuration.agency)).map((key) => ({
          value: key,
          label: configuration.agency[key]?.title ?? key,
        })),
      );
    case 'node':
      return select(addable.map((key) => ({ value: key, label: `${key} ${nodeLabel(workflow, configuration, key)}` })));
    case 'choice':
      return select(field.options);
    case 'after':
      return (
        <AddTaskFields
          tasks={(page?.tasks ?? []).map(({ id, title }) => ({ value: id, label: `${id} ${title}` }))}
          onChange={set}
        />
      );
    case 'answers':
      return (
        <AnswerFields workflow={workflow} configuration={configuration} answers={page?.answers ?? {}} onChange={set} />
      );
    case 'money':
      return <TaskFields fields={moneyFields(workflow)} values={(value ?? {}) as Record<string, unknown>} set={set} />;
    case 'taskFields':
      return (
        <TaskFields
          fields={type === 'recordFields' ? optional(task?.fields) : (task?.fields ?? {})}
          values={(value ?? {}) as Record<string, unknown>}
          set={set}
        />
      );
  }
}

function TaskFields({
  fields,
  values,
  set,
}: {
  fields: TaskDocument['fields'];
  values: Record<string, unknown>;
  set: (values: Record<string, unknown>) => void;
}) {
  return inOrder(fields).map((field) => (
    <TaskField
      key={field.key}
      field={field}
      value={values[field.key]}
      set={(value) => set({ ...values, [field.key]: value })}
    />
  ));
}

function TaskField({ field, value, set }: { field: InformationField; value: unknown; set: (value: unknown) => void }) {
  const common = { label: field.label, description: field.hint, required: field.mandatory };
  const text = typeof value === 'string' ? value : '';
  switch (field.type) {
    case 'yesNo':
      return (
        <Checkbox
          label={field.label}
          checked={value === true || value === 'yes'}
          onChange={(event) => set(event.currentTarget.checked)}
        />
      );
    case 'number':
      return (
        <NumberInput
          {...common}
          value={typeof value === 'number' ? value : ''}
          onChange={(next) => set(typeof next === 'number' ? next : undefined)}
        />
      );
    case 'money':
      return (
        <NumberInput
          {...common}
          prefix="£"
          decimalScale={2}
          value={typeof value === 'number' ? value / 100 : ''}
          onChange={(next) => set(typeof next === 'number' ? Math.round(next * 100) : undefined)}
        />
      );
    case 'date':
    case 'time':
      return (
        <TextInput {...common} type={field.type} value={text} onChange={(event) => set(event.currentTarget.value)} />
      );
    case 'choice':
      return (
        <Select
          {...common}
          data={inOrder(field.options ?? {}).map(({ key, label }) => ({ value: key, label }))}
          value={text || null}
          onChange={set}
        />
      );
    case 'multiChoice':
      return (
        <Checkbox.Group {...common} value={Array.isArray(value) ? (value as string[]) : []} onChange={set}>
          <Stack gap={6} mt={6}>
            {inOrder(field.options ?? {}).map(({ key, label }) => (
              <Checkbox key={key} value={key} label={label} />
            ))}
          </Stack>
        </Checkbox.Group>
      );
    case 'longText':
      return (
        <Textarea {...common} autosize minRows={2} value={text} onChange={(event) => set(event.currentTarget.value)} />
      );
    case 'text':
    case 'file':
    case 'person':
    case 'agency':
      return <TextInput {...common} value={text} onChange={(event) => set(event.currentTarget.value)} />;
  }
}

function nodeLabel(workflow: WorkflowDocument, configuration: Configuration, key: string): string {
  const node = workflow.nodes[key];
  return node?.title ?? (node?.type === 'task' ? (configuration.task[node.task]?.title ?? '') : '');
}
