import { ActionIcon, Button, Group, Select, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { Selector as SelectorText } from '../../schemas/allocation.ts';
import { Selector } from '../../schemas/allocation.ts';
import type { Configuration } from '../../schemas/configuration.ts';
import { selectorInWords } from '../words/selector-words.ts';
import classes from './ladder-designer.module.css';

export interface RecipientFieldProps {
  label: string;
  description?: string;
  configuration: Configuration;
  /** Names of people by user id. */
  names: Readonly<Record<string, string>>;
  value: readonly SelectorText[];
  onChange: (value: SelectorText[]) => void;
  error?: string | undefined;
}

/** Who hears: roles, groups, people of the work, addresses; in order, each once. */
export function RecipientField({
  label,
  description,
  configuration,
  names,
  value,
  onChange,
  error,
}: RecipientFieldProps) {
  const [address, setAddress] = useState('');
  const [refused, setRefused] = useState<string>();
  const say = (selector: string) => selectorInWords(selector, configuration, (user) => names[user]);
  const add = (selector: string) => value.includes(selector) || onChange([...value, selector]);
  const addAddress = () => {
    const parsed = Selector.safeParse(`email:${address.trim()}`);
    if (!parsed.success) return setRefused('Write an address such as robin@example.org.');
    add(parsed.data);
    setAddress('');
    setRefused(undefined);
  };
  return (
    <fieldset className={classes['recipients']}>
      <legend>{label}</legend>
      {description ? <p className={classes['note']}>{description}</p> : null}
      {value.length > 0 ? (
        <ul className={classes['chips']} aria-label={label}>
          {value.map((selector) => (
            <li key={selector}>
              {say(selector)}
              <ActionIcon
                size={24}
                variant="subtle"
                color="gray"
                aria-label={`Remove ${say(selector)} from ${label.toLowerCase()}`}
                onClick={() => onChange(value.filter((other) => other !== selector))}
              >
                <IconX size={13} />
              </ActionIcon>
            </li>
          ))}
        </ul>
      ) : (
        <p className={classes[error ? 'error' : 'note']}>{error ?? 'Nobody.'}</p>
      )}
      <Group gap="xs" align="end" wrap="wrap">
        <Select
          aria-label={`Add to ${label.toLowerCase()}`}
          placeholder="Add somebody"
          searchable
          clearable
          leftSection={<IconPlus size={13} />}
          data={choices(configuration, names, value)}
          value={null}
          onChange={(selector) => selector && add(selector)}
          w={230}
        />
        <TextInput
          aria-label={`Add an e-mail address to ${label.toLowerCase()}`}
          placeholder="or an e-mail address"
          value={address}
          error={refused}
          onChange={(event) => setAddress(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Enter' && addAddress()}
          w={190}
        />
        {address.trim() === '' ? null : (
          <Button variant="default" onClick={addAddress}>
            Add address
          </Button>
        )}
      </Group>
    </fieldset>
  );
}

function choices(configuration: Configuration, names: Readonly<Record<string, string>>, taken: readonly string[]) {
  const teams = Object.values(configuration.team);
  const of = (type: 'role' | 'group' | 'stakeholders', group: string) => ({
    group,
    items: teams
      .filter((team) => team.type === type)
      .map((team) => ({ value: `${type}:${team.key}`, label: team.title }))
      .sort((a, b) => a.label.localeCompare(b.label)),
  });
  const groups = [
    {
      group: 'Of the work',
      items: ['owner', 'caseOwner', 'manager-of:owner', 'manager-of:caseOwner', 'customer'].map((value) => ({
        value,
        label: selectorInWords(value, configuration),
      })),
    },
    of('role', 'Roles'),
    of('group', 'Groups'),
    of('stakeholders', 'Stakeholders'),
    { group: 'People', items: Object.entries(names).map(([user, label]) => ({ value: `user:${user}`, label })) },
  ];
  return groups
    .map(({ group, items }) => ({ group, items: items.filter(({ value }) => !taken.includes(value)) }))
    .filter(({ items }) => items.length > 0);
}
