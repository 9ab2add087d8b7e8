import { ActionIcon, Button, Group, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import classes from './team-editor.module.css';

/** A list of short texts; one that the document refuses stays in the field with the reason. */
export function ListField({
  label,
  description,
  placeholder,
  values,
  onChange,
}: {
  label: string;
  description?: string;
  placeholder: string;
  values: readonly string[];
  onChange: (values: string[]) => { ok: boolean };
}) {
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string>();
  const add = () => {
    const value = text.trim();
    if (value === '' || values.includes(value))
      return setProblem(value === '' ? undefined : 'It is in the list already.');
    if (!onChange([...values, value]).ok) return setProblem(`“${value}” cannot be taken as it is written.`);
    setText('');
    setProblem(undefined);
  };
  return (
    <fieldset className={classes['list']}>
      <legend>{label}</legend>
      {description ? <p className={classes['note']}>{description}</p> : null}
      <ul aria-label={label}>
        {values.map((value) => (
          <li key={value}>
            {value}
            <ActionIcon
              size={24}
              variant="subtle"
              color="gray"
              aria-label={`Remove ${value}`}
              onClick={() => onChange(values.filter((one) => one !== value))}
            >
              <IconX size={13} />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <Group gap="xs" align="start">
        <TextInput
          aria-label={`Add to ${label.toLowerCase()}`}
          placeholder={placeholder}
          value={text}
          error={problem}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setProblem(undefined);
          }}
          onKeyDown={(event) => event.key === 'Enter' && add()}
        />
        <Button variant="default" leftSection={<IconPlus size={13} />} disabled={text.trim() === ''} onClick={add}>
          Add
        </Button>
      </Group>
    </fieldset>
  );
}
