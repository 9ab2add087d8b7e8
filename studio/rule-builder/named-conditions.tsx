import { ActionIcon, Button, Modal, Stack, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { Condition } from '../../schemas/condition.ts';
import type { Configuration } from '../../schemas/configuration.ts';
import { useOpenDraft } from '../document/draft-context.tsx';
import { conditionNodes } from '../document/engine.ts';
import { announce } from '../ui/announcer.tsx';
import { conditionInWords } from '../words/condition-words.ts';
import { ConditionField } from './condition-field.tsx';
import classes from './named-conditions.module.css';

/** The named conditions of a workflow: what they mean, where they are used, changed in one place for all of them. */
export function NamedConditions({ configuration, workflow: key }: { configuration: Configuration; workflow: string }) {
  const { store } = useOpenDraft();
  const [open, setOpen] = useState<string>();
  const workflow = configuration.workflow[key];
  if (!workflow) return null;
  const named = Object.entries(workflow.namedConditions);
  const uses = countNames(configuration, key);
  const remove = (name: string) => {
    store.run({ type: 'setDocumentField', kind: 'workflow', key, path: ['namedConditions', name] });
    announce(`Deleted ${name}. Undo brings it back`);
  };
  if (named.length === 0)
    return (
      <p className={classes['none']}>
        None yet. In any rule, choose “Give it a name to use again” to keep a part of it for other rules.
      </p>
    );
  return (
    <>
      <ul className={classes['list']}>
        {named.map(([name, { title, when }]) => {
          const count = uses.get(name) ?? 0;
          return (
            <li key={name}>
              <div className={classes['line']}>
                <Button variant="subtle" size="compact-xs" onClick={() => setOpen(name)}>
                  {title}
                </Button>
                <span className={classes['uses']}>
                  {count === 0 ? 'not used' : `used ${count === 1 ? 'once' : `${count} times`}`}
                </span>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size="sm"
                  aria-label={`Delete ${title}`}
                  disabled={count > 0}
                  onClick={() => remove(name)}
                >
                  <IconTrash size={14} />
                </ActionIcon>
              </div>
              <p className={classes['means']}>{conditionInWords(when, configuration)}</p>
            </li>
          );
        })}
      </ul>
      {open && workflow.namedConditions[open] ? (
        <NamedDialog configuration={configuration} workflow={key} name={open} onClose={() => setOpen(undefined)} />
      ) : null}
    </>
  );
}

function NamedDialog({
  configuration,
  workflow: key,
  name,
  onClose,
}: {
  configuration: Configuration;
  workflow: string;
  name: string;
  onClose: () => void;
}) {
  const { store } = useOpenDraft();
  const named = configuration.workflow[key]?.namedConditions[name];
  if (!named) return null;
  const path = ['namedConditions', name];
  const set = (field: 'title' | 'when', value: string | Condition) =>
    store.run({ type: 'setDocumentField', kind: 'workflow', key, path: [...path, field], value });
  return (
    <Modal opened onClose={onClose} title={`Named condition ${name}`} size="xl">
      <Stack gap="md">
        <TextInput
          label="Name"
          data-autofocus
          value={named.title}
          onChange={(event) => event.currentTarget.value !== '' && set('title', event.currentTarget.value)}
        />
        <ConditionField
          label="Holds when"
          absent="Always"
          about={{ workflow: key }}
          document={`workflow/${key}`}
          pointer={`/namedConditions/${name}/when`}
          required
          condition={named.when}
          onChange={(when) => when && set('when', when)}
        />
        <Button onClick={onClose}>Done</Button>
      </Stack>
    </Modal>
  );
}

/** How often each name stands in the conditions of a workflow and of the form it asks. */
function countNames({ workflow, form }: Configuration, key: string): Map<string, number> {
  const own = workflow[key];
  const counts = new Map<string, number>();
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('op' in value) {
      for (const node of conditionNodes(value as Condition))
        if (node.op === 'named') counts.set(node.name, (counts.get(node.name) ?? 0) + 1);
      return;
    }
    for (const child of Object.values(value)) look(child);
  };
  look(own);
  if (own?.form !== undefined) look(form[own.form]);
  return counts;
}
