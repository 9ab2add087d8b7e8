import { Button, Checkbox, NumberInput, SegmentedControl, Select, Textarea } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { lazy, memo, Suspense } from 'react';
import type { Configuration } from '../../schemas/configuration.ts';
import type { Sla, SlaSet } from '../../schemas/period.ts';
import type { TaskDocument } from '../../schemas/task.ts';
import type { TaskNode, WorkflowDocument } from '../../schemas/workflow.ts';
import type { EditCommand, EditResult } from '../document/engine.ts';
import { useStable } from '../ui/use-stable.ts';
import { mainSla } from '../words/period-words.ts';
import classes from './inspector.module.css';
import { taskTypeChoices } from './node-choices.ts';
import { WhenField } from './node-fields.tsx';
import { OwnerField } from './owner-field.tsx';
import { PeriodField } from './period-field.tsx';
import { withMainSla } from './sla-edit.ts';
import { TaskMore } from './task-more.tsx';

const DueButton = lazy(async () => ({ default: (await import('../calendar-editor/due-button.tsx')).DueButton }));

const noCondition = { op: 'all', conditions: [] } as const;

interface TaskFieldsProps {
  workflow: WorkflowDocument;
  configuration: Configuration;
  node: string;
  task: TaskNode;
  onRun: (command: EditCommand) => EditResult;
}

/** What a task is as drawn here: its target, owner and activation, and the fields it shares with its document. */
export function TaskFields({ workflow, configuration, node: key, task, onRun }: TaskFieldsProps) {
  const document = configuration.task[task.task];
  const set = (field: string, value: unknown) =>
    onRun({
      type: 'setNodeField',
      workflow: workflow.key,
      node: key,
      field,
      ...(value === undefined ? {} : { value }),
    });
  const on = useStable({ set });
  return (
    <>
      {document ? <KindField node={key} document={document} onRun={onRun} /> : null}
      <SlaFields
        place={`/nodes/${key}/sla`}
        sla={task.sla ?? document?.sla}
        configuration={configuration}
        calendar={workflow.calendar}
        onChange={(sla) => set('sla', sla)}
      />
      <OwnerField
        key={key}
        label="Owner"
        workflow={workflow}
        configuration={configuration}
        path={['nodes', key, 'ownerRules']}
        rules={task.ownerRules}
        inherited={document?.ownerRules ?? {}}
        onRun={onRun}
      />
      <div data-place={`/nodes/${key}/activation`}>
        <ActivationField
          node={key}
          activation={typeof task.activation === 'string' ? task.activation : 'when'}
          onSet={on.set}
        />
        {typeof task.activation === 'object' ? (
          <WhenField
            label="Only when"
            workflow={workflow}
            pointer={`/nodes/${key}/activation/when`}
            condition={task.activation.when}
            onChange={(when) => set('activation', { when })}
          />
        ) : null}
      </div>
      <MandatoryField node={key} mandatory={task.mandatory} onSet={on.set} />
      <TaskMore
        nodeKey={key}
        lanes={workflow.lanes}
        ladders={configuration.ladder}
        document={document}
        estimate={task.estimate}
        recurrence={task.recurrence}
        ladder={task.ladder}
        lane={task.lane}
        notBefore={task.notBefore}
        source={task.source}
        outsideSla={task.outsideSla}
        onSet={on.set}
      />
      {document ? <InstructionsField node={key} document={document} onRun={onRun} /> : null}
    </>
  );
}

/** The target of a task and when it turns amber; of several targets by name (C14) the one people plan by. */
function SlaFields({
  place,
  sla: set,
  configuration,
  calendar,
  onChange,
}: {
  place: string;
  sla: SlaSet | undefined;
  configuration: Configuration;
  calendar: string;
  onChange: (sla: SlaSet) => void;
}) {
  const sla = mainSla(set);
  if (!sla) return null;
  const change = (part: Partial<Sla>) => onChange(withMainSla(set, { ...sla, ...part }));
  const { target, amber } = sla;
  return (
    <>
      <PeriodField
        label="SLA target"
        place={place}
        period={target}
        onChange={(period) => change({ target: { ...target, ...period } })}
      />
      {amber === undefined ? (
        <Button variant="subtle" onClick={() => change({ amber: { before: { value: 1, unit: 'workingDays' } } })}>
          Add an amber warning
        </Button>
      ) : 'before' in amber ? (
        <PeriodField
          label="Amber before"
          place={`${place}/amber`}
          period={amber.before}
          onChange={(before) => change({ amber: { before } })}
        />
      ) : (
        <NumberInput
          label="Amber after % of the target"
          data-place={`${place}/amber`}
          value={amber.percent}
          min={1}
          max={99}
          onChange={(percent) => typeof percent === 'number' && change({ amber: { percent } })}
        />
      )}
      <Suspense fallback={null}>
        <DueButton key={JSON.stringify(sla)} configuration={configuration} calendar={calendar} sla={sla} />
      </Suspense>
    </>
  );
}

// What follows is drawn anew when it shows something else, not with every letter typed into another field.

const KindField = memo(function KindField({
  node,
  document,
  onRun,
}: Pick<TaskFieldsProps, 'node' | 'onRun'> & { document: TaskDocument }) {
  return (
    <Select
      label="Kind of work"
      data-place={`/nodes/${node}/type`}
      data={taskTypeChoices}
      allowDeselect={false}
      value={document.type}
      onChange={(value) =>
        value && onRun({ type: 'setDocumentField', kind: 'task', key: document.key, path: ['type'], value })
      }
    />
  );
});

const ActivationField = memo(function ActivationField({
  node,
  activation,
  onSet,
}: {
  node: string;
  activation: 'automatic' | 'manual' | 'when';
  onSet: (field: string, value: unknown) => void;
}) {
  return (
    <>
      <span className={classes['label']} id={`activation-${node}`}>
        Activation
      </span>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-labelledby={`activation-${node}`}
        data={activationChoices}
        value={activation}
        onChange={(value) => onSet('activation', value === 'when' ? { when: noCondition } : value)}
      />
    </>
  );
});

const activationChoices = [
  { value: 'automatic', label: 'Automatic' },
  { value: 'manual', label: 'By hand' },
  { value: 'when', label: 'If' },
];

const MandatoryField = memo(function MandatoryField({
  node,
  mandatory,
  onSet,
}: {
  node: string;
  mandatory: boolean;
  onSet: (field: string, value: unknown) => void;
}) {
  return (
    <Checkbox
      label="Mandatory: cannot be bypassed"
      data-place={`/nodes/${node}/mandatory`}
      checked={mandatory}
      onChange={(event) => onSet('mandatory', event.currentTarget.checked)}
    />
  );
});

const InstructionsField = memo(function InstructionsField({
  node,
  document,
  onRun,
}: Pick<TaskFieldsProps, 'node' | 'onRun'> & { document: TaskDocument }) {
  return (
    <>
      <Textarea
        label="Instructions"
        data-place={`/nodes/${node}/instructions`}
        autosize
        minRows={2}
        maxRows={6}
        value={document.instructions ?? ''}
        onChange={(event) =>
          onRun({
            type: 'setDocumentField',
            kind: 'task',
            key: document.key,
            path: ['instructions'],
            ...(event.currentTarget.value === '' ? {} : { value: event.currentTarget.value }),
          })
        }
      />
      <p className={classes['hint']}>
        Task document{' '}
        <Link to="/edit/$kind/$key" params={{ kind: 'task', key: document.key }}>
          {document.key}
        </Link>{' '}
        has the fields, outcomes and checklist.
      </p>
    </>
  );
});
