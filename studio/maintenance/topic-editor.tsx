import { Button, Group, Select, Stack } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconExternalLink } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Configuration } from '../../schemas/configuration.ts';
import { inOrder } from '../../schemas/document.ts';
import type { EditCommand } from '../document/engine.ts';
import { DocumentLink } from '../document-editor/document-link.tsx';
import type { EditorProps } from '../document-editor/editor.ts';
import { Field, TextField } from '../document-editor/field.tsx';
import { announce } from '../ui/announcer.tsx';
import { Badge } from '../ui/badge.tsx';
import { Panel } from '../ui/page.tsx';
import record from '../ui/record.module.css';
import classes from './maintenance.module.css';
import { canBeAbove, siblingsOf, topicsBelow } from './topic-tree.ts';

/** A topic: where it stands in the tree that customers choose from, and what it leads to. */
export default function TopicEditor({ document: topic, configuration, set, run }: EditorProps<'topic'>) {
  const topics = configuration.topic;
  const siblings = siblingsOf(topics, topic);
  const at = siblings.findIndex(({ key }) => key === topic.key);
  const workflow = topic.workflow === undefined ? undefined : configuration.workflow[topic.workflow];
  const move = (by: -1 | 1) => {
    const next = siblings.filter(({ key }) => key !== topic.key);
    next.splice(at + by, 0, topic);
    const commands = next.map(
      ({ key }, order): EditCommand => ({
        type: 'setDocumentField',
        kind: 'topic',
        key,
        path: ['order'],
        value: order,
      }),
    );
    if (run({ type: 'batch', label: `Move topic ${topic.key}`, commands }).ok)
      announce(`${topic.title} is ${at + by + 1} of ${siblings.length}`);
  };
  return (
    <Stack gap="md" p="md">
      <Panel title="What customers choose">
        <Stack gap="sm">
          <TextField
            label="What they read"
            description="In their words: “I may lose my home”."
            path={['title']}
            maw={460}
          />
          <div className={classes['pair']}>
            <Field path={['parent']}>
              <Select
                label="Below"
                clearable
                searchable
                placeholder="Nothing: it stands at the top"
                data={Object.values(topics)
                  .filter((other) => canBeAbove(topics, other.key, topic.key))
                  .map(({ key, title }) => ({ value: key, label: title }))}
                value={topic.parent ?? null}
                onChange={(parent) => set(['parent'], parent ?? undefined)}
              />
            </Field>
            <Field path={['workflow']}>
              <Select
                label="It leads to"
                clearable
                searchable
                placeholder="Nothing by itself: topics stand below it"
                data={workflowChoices(configuration, topic.workflow)}
                value={topic.workflow ?? null}
                onChange={(key) => set(['workflow'], key ?? undefined)}
              />
            </Field>
          </div>
          <Group gap="xs">
            <Button
              variant="default"
              leftSection={<IconArrowUp size={14} />}
              disabled={at <= 0}
              onClick={() => move(-1)}
            >
              Earlier
            </Button>
            <Button
              variant="default"
              leftSection={<IconArrowDown size={14} />}
              disabled={at === siblings.length - 1}
              onClick={() => move(1)}
            >
              Later
            </Button>
            <span className={classes['plain']}>
              {at + 1} of {siblings.length}{' '}
              {topic.parent ? `below ${topics[topic.parent]?.title ?? topic.parent}` : 'at the top'}
            </span>
          </Group>
        </Stack>
      </Panel>
      <Panel title="The start page, as customers see it">
        <Tree topics={topics} parent={undefined} current={topic.key} configuration={configuration} />
        <p className={classes['plain']}>
          <a className={classes['out']} href="/start" target="_blank" rel="noreferrer">
            The published start page <IconExternalLink size={13} aria-hidden="true" />
          </a>
        </p>
      </Panel>
      {workflow ? <LeadsTo workflow={workflow.key} configuration={configuration} /> : null}
    </Stack>
  );
}

function workflowChoices({ workflow }: Configuration, chosen: string | undefined) {
  const all = Object.values(workflow);
  const name = ({ key, title }: (typeof all)[number]) => ({ value: key, label: `${title} (${key})` });
  const groups = [
    { group: 'Open to customers', items: all.filter(({ audience }) => audience === 'customer').map(name) },
    { group: 'Not for customers', items: all.filter(({ audience }) => audience !== 'customer').map(name) },
  ];
  const gone = chosen !== undefined && !workflow[chosen];
  return gone ? [...groups, { group: 'Missing', items: [{ value: chosen, label: `${chosen} (deleted)` }] }] : groups;
}

function Tree({
  topics,
  parent,
  current,
  configuration,
}: {
  topics: Configuration['topic'];
  parent: string | undefined;
  current: string;
  configuration: Configuration;
}) {
  const here = topicsBelow(topics, parent);
  if (here.length === 0) return null;
  return (
    <ul className={classes['tree']}>
      {here.map((topic) => {
        const isOpen = topic.workflow !== undefined && configuration.workflow[topic.workflow]?.audience === 'customer';
        const isEmpty = !isOpen && topicsBelow(topics, topic.key).length === 0;
        return (
          <li key={topic.key}>
            <span className={classes['topic']} data-current={topic.key === current || undefined}>
              {topic.key === current ? <b aria-current="true">{topic.title}</b> : <DocumentLink document={topic} />}{' '}
              {isOpen ? <Badge tone="good">{topic.workflow}</Badge> : null}
              {isEmpty ? <Badge tone="amber">not shown: it leads nowhere</Badge> : null}
            </span>
            <Tree topics={topics} parent={topic.key} current={current} configuration={configuration} />
          </li>
        );
      })}
    </ul>
  );
}

/** Statements of which this many are shown by title. */
const SHOWN = 12;

/** What a customer who chooses the topic meets: the form, and the statements its rules can give. */
function LeadsTo({ workflow: key, configuration }: { workflow: string; configuration: Configuration }) {
  const workflow = configuration.workflow[key];
  const statements = useMemo(() => {
    const named = inOrder(workflow?.adviceRules ?? {}).flatMap((rule) => rule.statements);
    return [...new Set(named)].flatMap((statement) => configuration.advice[statement] ?? []);
  }, [workflow, configuration.advice]);
  if (!workflow) return null;
  const form = workflow.form === undefined ? undefined : configuration.form[workflow.form];
  return (
    <Panel
      title={`What it leads to: ${workflow.title}`}
      actions={
        <Link to="/preview" search={{ workflow: key }}>
          Try it in the advice preview
        </Link>
      }
    >
      <dl className={record['facts']}>
        <dt>Workflow</dt>
        <dd>
          <DocumentLink document={workflow} />
        </dd>
        <dt>Form</dt>
        <dd>
          {form ? (
            <>
              <DocumentLink document={form} />, {Object.keys(form.questions).length} questions
            </>
          ) : (
            'None: nothing is asked.'
          )}
        </dd>
        <dt>Statements</dt>
        <dd>
          {statements.length === 0 ? 'Its rules give none.' : null}
          <ul>
            {statements.slice(0, SHOWN).map((statement) => (
              <li key={statement.key}>
                <DocumentLink document={statement} />
              </li>
            ))}
          </ul>
          {statements.length > SHOWN ? (
            <details>
              <summary>{statements.length - SHOWN} more</summary>
              <ul>
                {statements.slice(SHOWN).map((statement) => (
                  <li key={statement.key}>
                    <DocumentLink document={statement} />
                  </li>
                ))}
              </ul>
            </details>
          ) : null}
        </dd>
      </dl>
    </Panel>
  );
}
