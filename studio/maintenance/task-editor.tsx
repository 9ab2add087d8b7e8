import { Checkbox, MultiSelect, NumberInput, Select, Stack, TagsInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Configuration } from '../../schemas/configuration.ts';
import { inOrder } from '../../schemas/document.ts';
import type { TaskDocument } from '../../schemas/task.ts';
import { TryAllocation } from '../allocation/try-allocation.tsx';
import { usePeople } from '../document/use-people.ts';
import type { EditorProps } from '../document-editor/editor.ts';
import { EntryList } from '../document-editor/entry-list.tsx';
import { Field, TextField } from '../document-editor/field.tsx';
import { PartUses } from '../document-editor/part-uses.tsx';
import { WideNote } from '../document-editor/wide-note.tsx';
import { SourceField } from '../statement-bank/source-field.tsx';
import { Panel } from '../ui/page.tsx';
import { mainSla } from '../words/period-words.ts';
import { EstimateFields, RecurrenceFields } from '../workflow-designer/task-times.tsx';
import { InformationFields } from './information-fields.tsx';
import classes from './maintenance.module.css';
import { NoTarget } from './no-target.tsx';
import { OwnerRules } from './owner-rules.tsx';
import { SlaFields } from './sla-fields.tsx';

const types = [
  { value: 'call', label: 'A call' },
  { value: 'letter', label: 'A letter' },
  { value: 'visit', label: 'A visit' },
  { value: 'agency', label: 'A referral to an agency' },
  { value: 'interview', label: 'An interview' },
  { value: 'check', label: 'A check' },
  { value: 'decision', label: 'A decision' },
  { value: 'other', label: 'Something else' },
];

/** A task: what to do, by when, by whom, what is written down and how it can end. */
export default function TaskEditor({ document: task, configuration, set }: EditorProps<'task'>) {
  const { directory } = usePeople(configuration);
  const uses = useMemo(() => usesOf(configuration, task.key), [configuration, task.key]);
  const workflows = [...new Set(uses.map(({ workflow }) => workflow))];
  const calendar = configuration.workflow[workflows[0] ?? '']?.calendar ?? Object.keys(configuration.calendar)[0] ?? '';
  const sla = mainSla(task.sla);
  return (
    <Stack gap="md" p="md">
      <UsedIn uses={uses} configuration={configuration} />
      <Panel title="What to do">
        <Stack gap="sm">
          <Field path={['type']}>
            <Select
              label="It is"
              maw={320}
              data={types}
              value={task.type}
              onChange={(type) => type && set(['type'], type)}
            />
          </Field>
          <TextField label="Instructions" description="Markdown." path={['instructions']} optional lines={4} />
          <SourceField source={task.source} />
        </Stack>
      </Panel>
      <Panel title="By when">
        <Stack gap="md">
          {sla ? (
            <SlaFields sla={task.sla} path={['sla']} calendar={calendar} configuration={configuration} />
          ) : (
            <NoTarget />
          )}
          <Field path={['ladder']}>
            <Select
              label="Escalation ladder"
              description="Who is told when the target is near or missed."
              maw={420}
              clearable
              searchable
              placeholder="None"
              data={Object.values(configuration.ladder)
                .filter(({ subject, key }) => subject === 'task' || key === task.ladder)
                .map(({ key, title }) => ({ value: key, label: title }))}
              value={task.ladder ?? null}
              onChange={(key) => set(['ladder'], key ?? undefined)}
            />
          </Field>
          <Field path={['estimate']}>
            <EstimateFields
              estimate={task.estimate}
              place="/estimate"
              onChange={(estimate) => set(['estimate'], estimate)}
            />
          </Field>
          <Field path={['recurrence']}>
            <RecurrenceFields
              recurrence={task.recurrence}
              outcomes={task.outcomes}
              place="/recurrence"
              onChange={(recurrence) => set(['recurrence'], recurrence)}
            />
          </Field>
          <Field path={['repeatable']}>
            <Checkbox
              label="May stand on several nodes, and be added again by hand"
              checked={task.repeatable}
              onChange={(event) => set(['repeatable'], event.currentTarget.checked)}
            />
          </Field>
        </Stack>
      </Panel>
      <Panel title="By whom">
        <Stack gap="md">
          <OwnerRules
            rules={task.ownerRules}
            path={['ownerRules']}
            about={
              workflows.length === 1 && workflows[0] ? { workflow: workflows[0] } : workflows[0] ? { workflows } : {}
            }
            nodes={nodesOf(configuration, workflows)}
            configuration={configuration}
          />
          <div className={classes['pair']}>
            <Field path={['skills']}>
              <TagsInput
                label="Skills an owner needs"
                data={[...new Set(Object.values(configuration.team).flatMap((team) => team.skills ?? []))]}
                value={[...(task.skills ?? [])]}
                onChange={(skills) => set(['skills'], skills.length > 0 ? skills : undefined)}
              />
            </Field>
            <Field path={['weight']}>
              <NumberInput
                label="Weight in somebody's load"
                description="Empty: 1."
                min={0}
                max={1000}
                value={task.weight ?? ''}
                onChange={(weight) => set(['weight'], typeof weight === 'number' ? weight : undefined)}
              />
            </Field>
          </div>
          <details className={classes['all']}>
            <summary>Who would get it? Try it on sample answers</summary>
            <div className={classes['inside']}>
              <TryAllocation
                configuration={configuration}
                rules={task.ownerRules}
                directory={directory}
                workflows={workflows}
                skills={task.skills ?? []}
                weight={task.weight ?? 1}
                {...(sla ? { sla: { sla, calendar } } : {})}
              />
            </div>
          </details>
        </Stack>
      </Panel>
      <Panel title="What is written down">
        <InformationFields fields={task.fields} />
      </Panel>
      <Panel title="What to tick off">
        <EntryList
          legend="Checklist"
          one="point"
          none="There is nothing to tick off."
          entries={task.checklist}
          path={['checklist']}
        />
      </Panel>
      <Panel title="How it can end">
        <Outcomes task={task} configuration={configuration} set={set} />
      </Panel>
      <Panel title="Holds, referrals and cancelling">
        <Stack gap="md">
          <EntryList
            legend="Reasons for a hold"
            one="reason"
            none="The reasons of the workflow alone."
            entries={task.holdReasons}
            path={['holdReasons']}
          />
          <Field path={['agencies']}>
            <MultiSelect
              label="Agencies it refers to"
              description="Referrals are recorded on the case."
              searchable
              data={Object.values(configuration.agency).map(({ key, title }) => ({ value: key, label: title }))}
              value={[...(task.agencies ?? [])]}
              onChange={(agencies) => set(['agencies'], agencies.length > 0 ? agencies : undefined)}
            />
          </Field>
          <Field path={['cancelReason']}>
            <Checkbox
              label="Cancelling it needs a reason"
              checked={(task.cancelReason ?? 'required') === 'required'}
              onChange={(event) => set(['cancelReason'], event.currentTarget.checked ? undefined : 'optional')}
            />
          </Field>
        </Stack>
      </Panel>
    </Stack>
  );
}

interface UseOfTask {
  workflow: string;
  node: string;
  overrides: readonly string[];
}

/** Where the task stands: what is said here reaches all of these, where they say nothing of their own. */
function UsedIn({ uses, configuration }: { uses: readonly UseOfTask[]; configuration: Configuration }) {
  if (uses.length === 0) return <p className={classes['plain']}>No workflow uses it yet.</p>;
  const list = (
    <ul className={classes['uses']} aria-label="Where it is used">
      {uses.map(({ workflow, node, overrides }) => (
        <li key={`${workflow} ${node}`}>
          <Link to="/workflow/$key" params={{ key: workflow }} search={{ pointer: `/nodes/${node}` }}>
            {node} of {configuration.workflow[workflow]?.title ?? workflow}
          </Link>
          {overrides.length > 0 ? ` (own ${overrides.join(', ')})` : ''}
        </li>
      ))}
    </ul>
  );
  if (uses.length === 1) return <div className={classes['plain']}>Used as {list}</div>;
  return (
    <WideNote>
      What you change here reaches {uses.length} places: {list}
    </WideNote>
  );
}

const overridable = ['sla', 'ladder', 'ownerRules', 'estimate', 'recurrence'] as const;
const overrideWords = {
  sla: 'SLA',
  ladder: 'ladder',
  ownerRules: 'owner',
  estimate: 'estimate',
  recurrence: 'recurrence',
};

function usesOf(configuration: Configuration, task: string): UseOfTask[] {
  return Object.values(configuration.workflow).flatMap((workflow) =>
    inOrder(workflow.nodes).flatMap((node) =>
      node.type === 'task' && node.task === task
        ? [
            {
              workflow: workflow.key,
              node: node.key,
              overrides: overridable.filter((field) => node[field] !== undefined).map((field) => overrideWords[field]),
            },
          ]
        : [],
    ),
  );
}

function nodesOf(configuration: Configuration, workflows: readonly string[]) {
  return workflows.flatMap((workflow) =>
    inOrder(configuration.workflow[workflow]?.nodes ?? {})
      .filter(({ type }) => type === 'task')
      .map(({ key, title }) => ({ value: key, label: title ? `${key} ${title}` : key })),
  );
}

function Outcomes({
  task,
  configuration,
  set,
}: Pick<EditorProps<'task'>, 'configuration' | 'set'> & { task: TaskDocument }) {
  const plans = Object.values(configuration.workflow).filter(({ category }) => category === 'support-plan');
  const types = Object.values(configuration['service-type']);
  return (
    <EntryList
      legend="Outcomes"
      one="outcome"
      none="None: it is simply done."
      entries={task.outcomes}
      path={['outcomes']}
      blank={{ kind: 'neutral' }}
    >
      {(outcome, path) => (
        <>
          <Select
            label="Counts as"
            data={[
              { value: 'success', label: 'Success' },
              { value: 'neutral', label: 'Neither' },
              { value: 'failure', label: 'Failure' },
            ]}
            value={outcome.kind}
            onChange={(kind) => kind && set([...path, 'kind'], kind)}
          />
          <Raises
            label="Raises a support plan"
            none="None"
            documents={plans}
            value={outcome.raises}
            onChange={(key) => set([...path, 'raises'], key)}
          />
          <Raises
            label="Raises an interest in"
            none="Nothing"
            documents={types}
            value={outcome.raisesInterest}
            onChange={(key) => set([...path, 'raisesInterest'], key)}
          />
          <PartUses part={{ task: task.key, outcome: outcome.key }} />
        </>
      )}
    </EntryList>
  );
}

function Raises({
  documents,
  none,
  value,
  onChange,
  label,
}: {
  label: string;
  none: string;
  documents: readonly { key: string; title: string }[];
  value: string | undefined;
  onChange: (key: string | undefined) => void;
}) {
  return (
    <Select
      label={label}
      clearable
      searchable
      placeholder={none}
      data={documents.map(({ key, title }) => ({ value: key, label: title }))}
      value={value ?? null}
      onChange={(key) => onChange(key ?? undefined)}
    />
  );
}
