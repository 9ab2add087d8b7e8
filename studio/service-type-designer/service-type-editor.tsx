import { Button, Group, Select, Stack } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { ServiceTypeDocument } from '../../schemas/settings.ts';
import type { WorkflowDocument } from '../../schemas/workflow.ts';
import { planOf } from '../document/engine.ts';
import type { EditorProps } from '../document-editor/editor.ts';
import { Field } from '../document-editor/field.tsx';
import { DocumentFields } from '../document-editor/generic-form.tsx';
import { announce } from '../ui/announcer.tsx';
import { Panel } from '../ui/page.tsx';
import { dateInWords, daysBetween, todayOn } from '../words/date-words.ts';
import classes from './action-path.module.css';
import { ActionPath } from './action-path.tsx';

/** A service type: which action plan it has, which of its actions are key, and the terms of its places. */
export default function ServiceTypeEditor({
  document: type,
  configuration,
  findings,
  set,
}: EditorProps<'service-type'>) {
  const plans = Object.values(configuration.workflow).filter(
    ({ category, key }) => category === 'action-plan' || key === type.actionPlan,
  );
  const plan = configuration.workflow[type.actionPlan];
  return (
    <Stack gap="md" p="md">
      <Panel title="Action plan">
        <Stack gap="sm">
          <Field path={['actionPlan']}>
            <Select
              label="Workflow"
              description="Workflows of category action-plan"
              searchable
              maw={420}
              data={plans.map(({ key, title }) => ({ value: key, label: `${title} (${key})` }))}
              value={type.actionPlan}
              onChange={(key) => {
                if (key && set(['actionPlan'], key).ok)
                  announce(`The action plan is ${configuration.workflow[key]?.title}`);
              }}
            />
          </Field>
          {plan ? (
            <Group gap="md" className={classes['links'] ?? ''}>
              <Link to="/workflow/$key" params={{ key: plan.key }}>
                Draw the action plan
              </Link>
              <Link to="/workflow/$key" params={{ key: plan.key }} search={{ view: 'timeline' }}>
                Its timeline
              </Link>
              <Link to="/play/$key" params={{ key: plan.key }}>
                Play it
              </Link>
            </Group>
          ) : null}
        </Stack>
      </Panel>
      {plan ? <KeyActions type={type} plan={plan} configuration={configuration} findings={findings} set={set} /> : null}
      <Panel title="Terms">
        <DocumentFields document={type} leaveOut={['actionPlan', 'actionPath', 'matchWhen']} />
      </Panel>
      <Panel title="Matches">
        <h3 className={classes['heading']}>Who an open place is for</h3>
        <DocumentFields document={type} leaveOut={Object.keys(ServiceTypeDocument.shape).filter(isNotMatch)} />
      </Panel>
    </Stack>
  );
}

function isNotMatch(name: string): boolean {
  return name !== 'matchWhen';
}

function KeyActions({
  type,
  plan,
  configuration,
  findings,
  set,
}: Pick<EditorProps<'service-type'>, 'configuration' | 'findings' | 'set'> & {
  type: EditorProps<'service-type'>['document'];
  plan: WorkflowDocument;
}) {
  const from = todayOn();
  const planned = useMemo(() => planOf(configuration, plan.key, from), [configuration, plan.key, from]);
  const missed = planned.ok ? planned.plan.criticalPath.filter((key) => !type.actionPath.includes(key)) : [];
  // In the order of the drawing, whichever was chosen first.
  const choose = (keys: readonly string[], said: string) => {
    const order = (key: string) => plan.nodes[key]?.order ?? Number.POSITIVE_INFINITY;
    if (
      set(
        ['actionPath'],
        [...keys].sort((a, b) => order(a) - order(b)),
      ).ok
    )
      announce(said);
  };
  return (
    <Panel
      title={`Key actions: ${type.actionPath.length}`}
      actions={
        missed.length > 0 ? (
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconPlus size={13} />}
            onClick={() => choose([...type.actionPath, ...missed], `Added ${missed.join(', ')}`)}
          >
            Add {missed.length === 1 ? 'the critical action' : `the ${missed.length} critical actions`}
          </Button>
        ) : undefined
      }
    >
      <p style={{ marginTop: 0 }}>
        A resource is ready when its key actions are done.
        {planned.ok
          ? ` Started today, the whole plan takes ${daysBetween(from, planned.plan.finish)} days, to ${dateInWords(planned.plan.finish)}.`
          : ''}
      </p>
      <Field path={['actionPath']} own>
        <ActionPath
          type={type}
          plan={plan}
          configuration={configuration}
          planned={planned.ok ? planned.plan : undefined}
          findings={findings}
          onChoose={choose}
        />
      </Field>
    </Panel>
  );
}
