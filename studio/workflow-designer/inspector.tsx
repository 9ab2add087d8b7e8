import {
  Button,
  Checkbox,
  Group,
  NumberInput,
  SegmentedControl,
  Select,
  Stack,
  Textarea,
  TextInput,
} from '@mantine/core';
import { IconArrowRight, IconPlugConnected, IconTrash } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import type { Configuration } from '../../schemas/configuration.ts';
import type { Sla } from '../../schemas/period.ts';
import type { TaskNode, WorkflowDocument } from '../../schemas/workflow.ts';
import type { EditCommand, EditResult, WorkflowPlan } from '../document/engine.ts';
import { Badge } from '../ui/badge.tsx';
import { dateInWords } from '../words/date-words.ts';
import { mainSla } from '../words/period-words.ts';
import { nodeTitle } from './drawing.ts';
import classes from './inspector.module.css';
import { LinkList } from './link-list.tsx';
import { taskTypeChoices } from './node-choices.ts';
import { CommunicationFields, DecisionFields, EndFields, MilestoneFields, WhenField } from './node-fields.tsx';
import { OwnerField } from './owner-field.tsx';
import { PeriodField } from './period-field.tsx';
import { withMainSla } from './sla-edit.ts';
import { CriticalMark } from './task-card.tsx';
import { TaskMore } from './task-more.tsx';

const DueButton = lazy(async () => ({ default: (await import('../calendar-editor/due-button.tsx')).DueButton }));

const noCondition = { op: 'all', conditions: [] } as const;

export interface InspectorProps {
  workflow: WorkflowDocument;
  configuration: Configuration;
  node: string;
  plan?: WorkflowPlan | undefined;
  onRun: (command: EditCommand) => EditResult;
  onConnect: () => void;
  onDelete: () => void;
}

/** Everything about one task that can be changed here; the rest of its document is a link away. */
export function Inspector(props: InspectorProps) {
  const { workflow, configuration, node: key, plan, onRun, onConnect, onDelete } = props;
  const node = workflow.nodes[key];
  if (!node) return null;
  const planned = plan?.tasks[key];
  return (
    <div className={classes['inspector']} data-inspector>
      <Stack gap="sm">
        <TextInput
          label="Title"
          data-place={`/nodes/${key}/title`}
          value={nodeTitle(workflow, configuration, key)}
          onChange={(event) =>
            event.currentTarget.value.trim() !== '' &&
            onRun({ type: 'renameNode', workflow: workflow.key, node: key, title: event.currentTarget.value })
          }
        />
        {planned ? (
          <p className={classes['plan']}>
            {dateInWords(planned.start)} <IconArrowRight size={13} aria-label="to" /> {dateInWords(planned.finish)}
            {planned.critical ? (
              <Badge tone="critical" icon={<CriticalMark />}>
                Critical
              </Badge>
            ) : (
              <Badge>float {planned.float} wd</Badge>
            )}
          </p>
        ) : null}
        {node.type === 'task' ? <TaskFields {...props} task={node} /> : <OtherFields {...props} />}
        <LinkList workflow={workflow} configuration={configuration} node={key} onRun={onRun} />
        <Group gap="xs">
          <Button variant="default" leftSection={<IconPlugConnected size={14} />} onClick={onConnect}>
            Link to…
          </Button>
          <Button variant="default" leftSection={<IconTrash size={14} />} onClick={onDelete}>
            Delete
          </Button>
        </Group>
      </Stack>
    </div>
  );
}

/** The fields of what is no task. */
function OtherFields({ workflow, configuration, node: nodeKey, onRun }: InspectorProps) {
  const node = workflow.nodes[nodeKey];
  const common = { workflow, configuration, nodeKey, onRun };
  switch (node?.type) {
    case 'decision':
      return <DecisionFields {...common} node={node} />;
    case 'communication':
      return <CommunicationFields {...common} node={node} />;
    case 'milestone':
      return <MilestoneFields {...common} node={node} />;
    case 'end':
      return <EndFields {...common} node={node} />;
    default:
      return null;
  }
}

function TaskFields({ workflow, configuration, node: key, task, onRun }: InspectorProps & { task: TaskNode }) {
  const document = configuration.task[task.task];
  const sla = mainSla(task.sla ?? document?.sla);
  const set = (field: string, value: unknown) =>
    onRun({
      type: 'setNodeField',
      workflow: workflow.key,
      node: key,
      field,
      ...(value === undefined ? {} : { value }),
    });
  const setSla = (next: Sla) => set('sla', withMainSla(task.sla ?? document?.sla, next));
  return (
    <>
      {document ? (
        <Select
          label="Kind of work"
          data-place={`/nodes/${key}/type`}
          data={[...taskTypeChoices]}
          allowDeselect={false}
          value={document.type}
          onChange={(value) =>
            value && onRun({ type: 'setDocumentField', kind: 'task', key: document.key, path: ['type'], value })
          }
        />
      ) : null}
      {sla ? (
        <>
          <PeriodField
            label="SLA target"
            place={`/nodes/${key}/sla`}
            period={sla.target}
            onChange={(period) => setSla({ ...sla, target: { ...sla.target, ...period } })}
          />
          {sla.amber && 'before' in sla.amber ? (
            <PeriodField
              label="Amber before"
              place={`/nodes/${key}/sla/amber`}
              period={sla.amber.before}
              onChange={(before) => setSla({ ...sla, amber: { before } })}
            />
          ) : sla.amber ? (
            <NumberInput
              label="Amber after % of the target"
              data-place={`/nodes/${key}/sla/amber`}
              value={sla.amber.percent}
              min={1}
              max={99}
              onChange={(percent) => typeof percent === 'number' && setSla({ ...sla, amber: { percent } })}
            />
          ) : (
            <Button
              variant="subtle"
              onClick={() => setSla({ ...sla, amber: { before: { value: 1, unit: 'workingDays' } } })}
            >
              Add an amber warning
            </Button>
          )}
          <Suspense fallback={null}>
            <DueButton key={JSON.stringify(sla)} configuration={configuration} calendar={workflow.calendar} sla={sla} />
          </Suspense>
        </>
      ) : null}
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
        <span className={classes['label']} id={`activation-${key}`}>
          Activation
        </span>
        <SegmentedControl
          fullWidth
          size="xs"
          aria-labelledby={`activation-${key}`}
          data={[
            { value: 'automatic', label: 'Automatic' },
            { value: 'manual', label: 'By hand' },
            { value: 'when', label: 'If' },
          ]}
          value={typeof task.activation === 'string' ? task.activation : 'when'}
          onChange={(value) => set('activation', value === 'when' ? { when: noCondition } : value)}
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
      <Checkbox
        label="Mandatory: cannot be bypassed"
        data-place={`/nodes/${key}/mandatory`}
        checked={task.mandatory}
        onChange={(event) => set('mandatory', event.currentTarget.checked)}
      />
      <TaskMore workflow={workflow} configuration={configuration} nodeKey={key} task={task} set={set} />
      {document ? (
        <>
          <Textarea
            label="Instructions"
            data-place={`/nodes/${key}/instructions`}
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
      ) : null}
    </>
  );
}
