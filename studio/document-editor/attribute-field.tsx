import { Checkbox, MultiSelect, NumberInput, Select } from '@mantine/core';
import type { z } from 'zod';
import type { AttributeDefinition } from '../../schemas/settings.ts';
import { useEditor } from './editor.ts';
import { Field, TextField } from './field.tsx';

type Definition = z.infer<typeof AttributeDefinition> & { key: string };

/** The value of an attribute that the organisation defined itself. */
export function AttributeField({ definition: { key, label, type, options, required } }: { definition: Definition }) {
  const { document, set } = useEditor();
  const path = ['attributes', key];
  const value = document.attributes?.[key];
  const change = (next: unknown) => set(path, next === '' || next === null ? undefined : next);
  const shared = { label, withAsterisk: required };
  const choices = Object.entries(options ?? {}).map(([option, word]) => ({ value: option, label: word }));
  if (type === 'text' || type === 'date')
    return <TextField label={label} path={path} optional type={type === 'date' ? 'date' : 'text'} />;
  return (
    <Field path={path}>
      {type === 'number' ? (
        <NumberInput {...shared} value={typeof value === 'number' ? value : ''} onChange={change} />
      ) : type === 'yesNo' ? (
        <Checkbox label={label} checked={value === true} onChange={(event) => change(event.currentTarget.checked)} />
      ) : type === 'choice' ? (
        <Select
          {...shared}
          data={choices}
          clearable
          value={typeof value === 'string' ? value : null}
          onChange={change}
        />
      ) : (
        <MultiSelect {...shared} data={choices} value={Array.isArray(value) ? value : []} onChange={change} />
      )}
    </Field>
  );
}
