import { ActionIcon, Button, Menu, Select, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { Configuration } from '../../schemas/configuration.ts';
import { type RungAction, RungAction as RungActionShape } from '../../schemas/ladder.ts';
import { MoveButtons } from '../ui/entry-tools.tsx';
import { strategyInWords } from '../words/owner-words.ts';
import { selectorInWords } from '../words/selector-words.ts';
import classes from './ladder-designer.module.css';

const names: Readonly<Record<RungAction['do'], string>> = {
  notify: 'Tell the recipients',
  reassign: 'Give the work to',
  raisePriority: 'Raise the priority',
  addTask: 'Add the task',
  webhook: 'Call the address',
  note: 'Write the note',
  setFlag: 'Set the flag',
};

export interface RungActionsProps {
  rung: string;
  actions: readonly RungAction[];
  configuration: Configuration;
  onChange: (actions: RungAction[]) => void;
}

/** What a rung does, in order; nothing listed means that it tells its recipients. */
export function RungActions({ rung, actions, configuration, onChange }: RungActionsProps) {
  const shown: readonly RungAction[] = actions.length > 0 ? actions : [{ do: 'notify' }];
  const replace = (at: number, next: RungAction) => onChange(shown.map((action, i) => (i === at ? next : action)));
  const move = (at: number, by: number) => {
    const next = [...shown];
    next.splice(at + by, 0, ...next.splice(at, 1));
    onChange(next);
  };
  const nodes = [
    ...new Set(Object.values(configuration.workflow).flatMap(({ nodes: drawn }) => Object.keys(drawn))),
  ].sort();
  return (
    <fieldset className={classes['recipients']} data-place={`/rungs/${rung}/actions`}>
      <legend>What it does, in order</legend>
      <ol className={classes['actions']}>
        {shown.map((action, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: actions have no key; their place is what they are
          <li key={at}>
            <span className={classes['actionName']}>{names[action.do]}</span>
            <ActionDetail
              action={action}
              configuration={configuration}
              nodes={nodes}
              onChange={(next) => replace(at, next)}
            />
            <span className={classes['actionTools']}>
              <MoveButtons name={`action ${at + 1}`} at={at} count={shown.length} onMove={(by) => move(at, by)} />
              <ActionIcon
                size={24}
                variant="subtle"
                color="gray"
                aria-label={`Remove action ${at + 1}: ${names[action.do].toLowerCase()}`}
                disabled={shown.length === 1}
                onClick={() => onChange(shown.filter((_, i) => i !== at))}
              >
                <IconTrash size={13} />
              </ActionIcon>
            </span>
          </li>
        ))}
      </ol>
      <Menu position="bottom-start">
        <Menu.Target>
          <Button variant="default" leftSection={<IconPlus size={13} />}>
            Add an action
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {(Object.keys(names) as RungAction['do'][])
            .filter((what) => what !== 'notify' || !shown.some((action) => action.do === 'notify'))
            .map((what) => (
              <Menu.Item key={what} onClick={() => onChange([...shown, firstOf(what, nodes)])}>
                {names[what]}
              </Menu.Item>
            ))}
        </Menu.Dropdown>
      </Menu>
    </fieldset>
  );
}

function firstOf(what: RungAction['do'], nodes: readonly string[]): RungAction {
  switch (what) {
    case 'reassign':
      return { do: what, to: 'manager-of:owner' };
    case 'addTask':
      return { do: what, node: nodes[0] ?? 'task' };
    case 'webhook':
      return { do: what, url: 'https://example.org/hook' };
    case 'note':
      return { do: what, text: 'The escalation ladder was climbed.' };
    case 'setFlag':
      return { do: what, flag: 'escalated' };
    case 'notify':
    case 'raisePriority':
      return { do: what };
  }
}

interface DetailProps {
  action: RungAction;
  configuration: Configuration;
  nodes: readonly string[];
  onChange: (action: RungAction) => void;
}

function ActionDetail({ action, configuration, nodes, onChange }: DetailProps) {
  switch (action.do) {
    case 'notify':
    case 'raisePriority':
      return null;
    case 'reassign': {
      const data = reassignChoices(configuration);
      const value = JSON.stringify(action.to);
      const known = data.some((choice) => choice.value === value);
      const current =
        typeof action.to === 'string'
          ? selectorInWords(action.to, configuration)
          : strategyInWords(action.to, configuration);
      return (
        <Select
          aria-label="Who gets the work"
          searchable
          data={known ? data : [{ value, label: current }, ...data]}
          value={value}
          onChange={(to) => to && onChange({ do: 'reassign', to: JSON.parse(to) })}
        />
      );
    }
    case 'addTask':
      return (
        <Select
          aria-label="Task to add"
          searchable
          data={nodes.includes(action.node) ? [...nodes] : [action.node, ...nodes]}
          value={action.node}
          onChange={(node) => node && onChange({ do: 'addTask', node })}
        />
      );
    case 'webhook':
      return (
        <DraftText
          label="Address to call"
          text={action.url}
          make={(url) => ({ do: 'webhook', url })}
          onChange={onChange}
        />
      );
    case 'note':
      return (
        <DraftText
          label="Words of the note"
          text={action.text}
          make={(text) => ({ do: 'note', text })}
          onChange={onChange}
        />
      );
    case 'setFlag':
      return (
        <DraftText
          label="Name of the flag"
          text={action.flag}
          make={(flag) => ({ do: 'setFlag', flag })}
          onChange={onChange}
        />
      );
  }
}

/** A text that is kept while it is half-written; the document takes it once it is whole. */
function DraftText({
  label,
  text,
  make,
  onChange,
}: {
  label: string;
  text: string;
  make: (text: string) => RungAction;
  onChange: (action: RungAction) => void;
}) {
  const [draft, setDraft] = useState<{ text: string; over: string }>();
  const kept = draft?.over === text ? draft : undefined;
  return (
    <TextInput
      aria-label={label}
      value={kept?.text ?? text}
      error={kept ? 'Not whole yet: until then the last one stays.' : undefined}
      onChange={(event) => {
        const next = make(event.currentTarget.value);
        if (RungActionShape.safeParse(next).success) {
          setDraft(undefined);
          onChange(next);
        } else setDraft({ text: event.currentTarget.value, over: text });
      }}
    />
  );
}

function reassignChoices(configuration: Configuration) {
  const teams = Object.values(configuration.team).filter(({ type }) => type !== 'stakeholders');
  return [
    ...['manager-of:owner', 'caseOwner'].map((to) => ({
      value: JSON.stringify(to),
      label: selectorInWords(to, configuration),
    })),
    ...teams.flatMap(({ key, title, type }) => [
      { value: JSON.stringify(`${type}:${key}`), label: `${title} (queue)` },
      { value: JSON.stringify({ by: 'leastLoaded', team: key }), label: `${title}, least loaded` },
      { value: JSON.stringify({ by: 'roundRobin', team: key }), label: `${title}, in turn` },
    ]),
  ];
}
