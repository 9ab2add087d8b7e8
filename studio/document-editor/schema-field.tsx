import { Button, Checkbox, Group, MultiSelect, NumberInput, Select, Stack, TagsInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useId } from 'react';
import type { Condition } from '../../schemas/condition.ts';
import type { AnyDocument, Configuration } from '../../schemas/configuration.ts';
import { toPointer } from '../../schemas/shape.ts';
import { referenceKind } from '../document/engine.ts';
import { ConditionField } from '../rule-builder/condition-field.tsx';
import type { About } from '../rule-builder/subjects.ts';
import { AnyValueField } from './any-value-field.tsx';
import { useEditor } from './editor.ts';
import { Field, TextField } from './field.tsx';
import classes from './generic-form.module.css';
import { ListField, MapField } from './schema-collections.tsx';
import {
  alternativeInWords,
  alternativesOf,
  blankValue,
  fieldInWords,
  fits,
  type JsonSchema,
  resolveSchema,
} from './schema-shape.ts';

export interface SchemaFieldProps {
  schema: JsonSchema;
  root: JsonSchema;
  path: readonly string[];
  value: unknown;
  required: boolean;
}

/** One field of a document, shown by the shape its schema gives it. */
export function SchemaField(props: SchemaFieldProps) {
  const { document, set } = useEditor();
  const { root, path, value, required } = props;
  const schema = resolveSchema(props.schema, root);
  const label = fieldInWords(path.at(-1) ?? '');
  const isPart = schema.type === 'object' || alternativesOf(schema);
  if (schema.name === 'condition')
    return (
      <Field path={path}>
        <ConditionField
          label={label}
          condition={value as Condition | undefined}
          absent="No condition"
          about={aboutOf(document)}
          document={`${document.kind}/${document.key}`}
          pointer={toPointer(path)}
          required={required}
          onChange={(next) => set(path, next)}
        />
      </Field>
    );
  if (value === undefined && isPart && !required)
    return (
      <Field path={path}>
        <Button
          variant="default"
          leftSection={<IconPlus size={14} />}
          onClick={() => set(path, blankValue(schema, root))}
        >
          Add {label.toLowerCase()}
        </Button>
      </Field>
    );
  if (!isPart) return <PlainField {...props} schema={schema} label={label} />;
  return <PartField {...props} schema={schema} label={label} />;
}

type Shown = SchemaFieldProps & { label: string; schema: ReturnType<typeof resolveSchema> };

/** A field that holds one value. */
function PlainField({ schema, path, value, required, label, root }: Shown) {
  const { set, configuration } = useEditor();
  const name = path.at(-1) ?? '';
  const { description } = schema;
  const clear = (next: unknown) => set(path, next === '' || next === null ? undefined : next);
  const shared = { label, ...(description ? { description } : {}) };
  if (schema.enum || (schema.type === 'string' && documentChoices(configuration, name)))
    return (
      <Field path={path}>
        <Select
          {...shared}
          searchable
          clearable={!required}
          data={documentChoices(configuration, name) ?? (schema.enum ?? []).map(String)}
          value={value === undefined ? null : String(value)}
          onChange={clear}
        />
      </Field>
    );
  switch (schema.type) {
    case 'boolean':
      return (
        <Field path={path}>
          <Checkbox {...shared} checked={value === true} onChange={(event) => set(path, event.currentTarget.checked)} />
        </Field>
      );
    case 'number':
    case 'integer':
      return (
        <Field path={path}>
          <NumberInput {...shared} maw={220} value={typeof value === 'number' ? value : ''} onChange={clear} />
        </Field>
      );
    case 'array':
      return <ArrayField schema={schema} root={root} path={path} value={value} required={required} label={label} />;
    default:
      if (schema.type === undefined && value !== undefined && typeof value !== 'string')
        return <AnyValueField label={label} path={path} />;
      return (
        <TextField
          {...shared}
          path={path}
          optional={!required}
          lines={(schema.maxLength ?? 0) >= 1000 ? 3 : 1}
          type={schema.pattern?.startsWith('^\\d{4}-') ? 'date' : 'text'}
        />
      );
  }
}

function ArrayField(props: Shown) {
  const { set, configuration } = useEditor();
  const { schema, root, path, value, label } = props;
  const items = resolveSchema(schema.items ?? {}, root);
  const list = Array.isArray(value) ? value : [];
  const shared = { label, ...(schema.description ? { description: schema.description } : {}) };
  const change = (next: string[]) => set(path, next.length === 0 && !props.required ? undefined : next);
  const choices = items.enum?.map(String) ?? documentChoices(configuration, path.at(-1) ?? '');
  if (choices)
    return (
      <Field path={path}>
        <MultiSelect {...shared} searchable data={choices} value={list.map(String)} onChange={change} />
      </Field>
    );
  if (items.type === 'string')
    return (
      <Field path={path}>
        <TagsInput {...shared} value={list.map(String)} onChange={change} />
      </Field>
    );
  return (
    <ListField
      items={items}
      root={root}
      path={path}
      value={value}
      label={label}
      show={(at, entry) => <EntryFields schema={items} root={root} path={at} value={entry} required />}
    />
  );
}

/** A field that has parts: alternatives, a map of entries, or a group of fields. */
function PartField(props: Shown) {
  const { schema, root, path, value, required, label } = props;
  const { set } = useEditor();
  const id = useId();
  const alternatives = alternativesOf(schema);
  const chosen = alternatives?.findIndex((one) => fits(value, one, root)) ?? -1;
  const alternative = alternatives?.[chosen];
  const inner = alternative ? resolveSchema(alternative, root) : schema;
  return (
    <Field path={path}>
      <fieldset className={classes['group']} aria-describedby={schema.description ? id : undefined}>
        <Group justify="space-between" gap="xs" wrap="nowrap" mb={4}>
          <legend className={classes['legend']}>{label}</legend>
          {required ? null : (
            <Button variant="subtle" size="compact-xs" onClick={() => set(path)}>
              Take out {label.toLowerCase()}
            </Button>
          )}
        </Group>
        {schema.description ? (
          <p className={classes['hint']} id={id}>
            {schema.description}
          </p>
        ) : null}
        <Stack gap="sm">
          {alternatives ? (
            <Select
              aria-label={`Kind of ${label.toLowerCase()}`}
              data={alternatives.map((one, at) => ({ value: String(at), label: alternativeInWords(one, root) }))}
              value={String(chosen)}
              onChange={(at) => set(path, blankValue(alternatives[Number(at)] ?? {}, root))}
            />
          ) : null}
          <Inside {...props} schema={inner} />
        </Stack>
      </fieldset>
    </Field>
  );
}

function Inside({ schema, root, path, value }: SchemaFieldProps) {
  if (typeof schema.additionalProperties === 'object') {
    const entries = schema.additionalProperties;
    return (
      <MapField
        entries={entries}
        root={root}
        path={path}
        value={value}
        show={(at, entry) => <EntryFields schema={entries} root={root} path={at} value={entry} required />}
      />
    );
  }
  if (schema.type === 'object') return <ObjectFields schema={schema} root={root} path={path} value={value} required />;
  if (schema.const !== undefined) return null;
  return <SchemaField schema={schema} root={root} path={path} value={value} required />;
}

/** The fields of an entry stand in it without another frame. */
function EntryFields(props: SchemaFieldProps) {
  const shape = resolveSchema(props.schema, props.root);
  if (shape.type !== 'object' || !shape.properties) return <SchemaField {...props} />;
  return (
    <Stack gap="sm">
      <ObjectFields {...props} schema={shape} />
    </Stack>
  );
}

function ObjectFields({ schema, root, path, value }: SchemaFieldProps) {
  return Object.entries(schema.properties ?? {})
    .filter(([name, child]) => name !== 'order' && child.const === undefined)
    .map(([name, child]) => (
      <SchemaField
        key={name}
        schema={child}
        root={root}
        path={[...path, name]}
        value={(value as Record<string, unknown> | undefined)?.[name]}
        required={schema.required?.includes(name) ?? false}
      />
    ));
}

/** What conditions of a document may speak about. */
function aboutOf(document: AnyDocument): About {
  if (document.kind === 'form') return { form: document.key };
  if (document.kind === 'workflow') return { workflow: document.key };
  return {};
}

/** Documents to choose from, where a field of this name holds a key. */
function documentChoices(configuration: Configuration, field: string): { value: string; label: string }[] | undefined {
  const kind = referenceKind(field);
  return (
    kind && Object.values(configuration[kind]).map(({ key, title }) => ({ value: key, label: `${title} (${key})` }))
  );
}
