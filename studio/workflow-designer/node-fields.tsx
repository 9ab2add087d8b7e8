import { Button, MultiSelect, Select, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import type { Condition } from '../../schemas/condition.ts';
import type { Configuration } from '../../schemas/configuration.ts';
import { inOrder } from '../../schemas/document.ts';
import type { WorkflowDocument, WorkflowNode } from '../../schemas/workflow.ts';
import type { EditCommand } from '../document/engine.ts';
import { IconButton } from './icon-button.tsx';
import classes from './inspector.module.css';

const ConditionField = lazy(async () => ({
  default: (await import('../rule-builder/condition-field.tsx')).ConditionField,
}));

interface NodeFieldsProps<T extends WorkflowNode['type']> {
  workflow: WorkflowDocument;
  configuration: Configuration;
  nodeKey: string;
  node: Extract<WorkflowNode, { type: T }>;
  onRun: (command: EditCommand) => void;
}

/** A field of this node set by a command. */
function setterOf({ workflow, nodeKey, onRun }: Pick<NodeFieldsProps<'end'>, 'workflow' | 'nodeKey' | 'onRun'>) {
  return (field: string, value: unknown) =>
    onRun({
      type: 'setNodeField',
      workflow: workflow.key,
      node: nodeKey,
      field,
      ...(value === undefined ? {} : { value }),
    });
}

interface WhenFieldProps {
  label: string;
  workflow: WorkflowDocument;
  pointer: string;
}

/** When something holds, in the one field for conditions. */
export function WhenField({
  onChange,
  ...props
}: WhenFieldProps & { condition: Condition; onChange: (condition: Condition) => void }) {
  return <OptionalWhenField {...props} absent="Always" required onChange={(next) => next && onChange(next)} />;
}

/** The same where there may be no condition. */
export function OptionalWhenField({
  workflow,
  ...props
}: WhenFieldProps & {
  condition: Condition | undefined;
  /** What holds without one. */
  absent: string;
  required?: boolean;
  onChange: (condition: Condition | undefined) => void;
}) {
  return (
    <Suspense fallback={<p className={classes['hint']}>Loading the condition…</p>}>
      <ConditionField
        {...props}
        about={{ workflow: workflow.key, ...(workflow.form ? { form: workflow.form } : {}) }}
        document={`workflow/${workflow.key}`}
      />
    </Suspense>
  );
}

/** The branches of a decision, in the order they are tried; the default last. */
export function DecisionFields(props: NodeFieldsProps<'decision'>) {
  const { workflow, nodeKey, node } = props;
  const set = setterOf(props);
  const branches = inOrder(node.branches);
  const put = (next: typeof branches) =>
    set('branches', Object.fromEntries(next.map(({ key, ...branch }, at) => [key, { ...branch, order: at + 1 }])));
  const change = (key: string, part: Partial<(typeof branches)[number]>) =>
    put(branches.map((branch) => (branch.key === key ? { ...branch, ...part } : branch)));
  const swap = (at: number, other: number) => {
    const next = [...branches];
    const [one, two] = [next[at], next[other]];
    if (!one || !two) return;
    next[at] = two;
    next[other] = one;
    put(next);
  };
  const isUsed = (key: string) =>
    Object.values(workflow.links).some((link) => link.from === nodeKey && link.branch === key);
  return (
    <fieldset className={classes['branches']} data-place={`/nodes/${nodeKey}/branches`}>
      <legend>Branches, the first that holds is taken</legend>
      {branches.map((branch, at) => (
        <div key={branch.key} className={classes['branch']}>
          <div className={classes['branchHead']}>
            <TextInput
              aria-label={`Label of branch ${at + 1}`}
              data-place={`/nodes/${nodeKey}/branches/${branch.key}/label`}
              value={branch.label}
              onChange={(event) =>
                event.currentTarget.value !== '' && change(branch.key, { label: event.currentTarget.value })
              }
            />
            <IconButton
              label={`Try ${branch.label} earlier`}
              icon={IconArrowUp}
              disabled={at === 0}
              onClick={() => swap(at, at - 1)}
            />
            <IconButton
              label={`Try ${branch.label} later`}
              icon={IconArrowDown}
              disabled={at === branches.length - 1}
              onClick={() => swap(at, at + 1)}
            />
            <IconButton
              label={isUsed(branch.key) ? `${branch.label} has links: remove those first` : `Remove ${branch.label}`}
              icon={IconTrash}
              disabled={isUsed(branch.key)}
              onClick={() => put(branches.filter((other) => other.key !== branch.key))}
            />
          </div>
          <WhenField
            label={`When ${branch.label}`}
            workflow={workflow}
            pointer={`/nodes/${nodeKey}/branches/${branch.key}/when`}
            condition={branch.when}
            onChange={(when) => change(branch.key, { when })}
          />
        </div>
      ))}
      <Button
        variant="default"
        leftSection={<IconPlus size={14} />}
        onClick={() =>
          put([
            ...branches,
            {
              key: freeBranch(node.branches),
              order: branches.length + 1,
              label: `Branch ${branches.length + 1}`,
              when: { op: 'all', conditions: [] },
            },
          ])
        }
      >
        Add a branch
      </Button>
      <TextInput
        label="Otherwise"
        data-place={`/nodes/${nodeKey}/otherwise`}
        placeholder="No default"
        value={node.otherwise?.label ?? ''}
        onChange={(event) =>
          set('otherwise', event.currentTarget.value === '' ? undefined : { label: event.currentTarget.value })
        }
      />
    </fieldset>
  );
}

function freeBranch(taken: Readonly<Record<string, unknown>>): string {
  for (let number = Object.keys(taken).length + 1; ; number++)
    if (!Object.hasOwn(taken, `branch-${number}`)) return `branch-${number}`;
}

const channels = [
  { value: 'email', label: 'E-mail' },
  { value: 'sms', label: 'Text message' },
  { value: 'letter', label: 'Letter' },
  { value: 'inApp', label: 'In the app' },
  { value: 'webhook', label: 'Webhook' },
];

/** What is sent, to whom and how. */
export function CommunicationFields(props: NodeFieldsProps<'communication'>) {
  const { configuration, nodeKey, node } = props;
  const set = setterOf(props);
  const teams = Object.values(configuration.team);
  const recipients = [
    { value: 'customer', label: 'Customer' },
    { value: 'caseOwner', label: 'Case owner' },
    { value: 'manager-of:caseOwner', label: 'Manager of the case owner' },
    ...teams.map((team) => ({
      value: `${team.type === 'stakeholders' ? 'stakeholders' : team.type === 'role' ? 'role' : 'group'}:${team.key}`,
      label: team.title,
    })),
  ];
  const known = new Set(recipients.map(({ value }) => value));
  const templates = Object.values(configuration.template).map(({ key, title }) => ({ value: key, label: title }));
  return (
    <>
      <Select
        label="Template"
        data-place={`/nodes/${nodeKey}/template`}
        searchable
        data={
          templates.some(({ value }) => value === node.template)
            ? templates
            : [{ value: node.template, label: `${node.template} (missing)` }, ...templates]
        }
        value={node.template}
        onChange={(value) => value && set('template', value)}
      />
      <MultiSelect
        label="To"
        size="sm"
        data-place={`/nodes/${nodeKey}/to`}
        searchable
        data={[...recipients, ...node.to.filter((to) => !known.has(to)).map((to) => ({ value: to, label: to }))]}
        value={node.to}
        onChange={(to) => to.length > 0 && set('to', to)}
      />
      <Select
        label="By"
        data-place={`/nodes/${nodeKey}/channel`}
        data={channels}
        value={node.channel}
        onChange={(value) => value && set('channel', value)}
      />
    </>
  );
}

export function MilestoneFields(props: NodeFieldsProps<'milestone'>) {
  const set = setterOf(props);
  return (
    <TextInput
      label="Stage the case reaches"
      data-place={`/nodes/${props.nodeKey}/stage`}
      value={props.node.stage}
      onChange={(event) => event.currentTarget.value !== '' && set('stage', event.currentTarget.value)}
    />
  );
}

export function EndFields(props: NodeFieldsProps<'end'>) {
  const set = setterOf(props);
  return (
    <Select
      label="Outcome of the case"
      data-place={`/nodes/${props.nodeKey}/outcome`}
      data={inOrder(props.workflow.outcomes).map(({ key, label }) => ({ value: key, label }))}
      value={props.node.outcome}
      onChange={(value) => value && set('outcome', value)}
    />
  );
}
