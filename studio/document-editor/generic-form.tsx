import { Stack } from '@mantine/core';
import { useMemo } from 'react';
import { toDocumentJsonSchema } from '../../schemas/json-schema.ts';
import type { EditorProps } from './editor.ts';
import classes from './generic-form.module.css';
import { SchemaField } from './schema-field.tsx';
import { type JsonSchema, resolveSchema } from './schema-shape.ts';

/** What the frame itself shows. */
const inFrame = new Set([
  'kind',
  'format',
  'key',
  'title',
  'description',
  'effectiveFrom',
  'effectiveTo',
  'attributes',
]);

/** A document as a form of its fields, labelled from the schema: for kinds without an editor of their own. */
export default function GenericForm({ document }: EditorProps) {
  const root = useMemo(() => toDocumentJsonSchema(document.kind) as JsonSchema, [document.kind]);
  const schema = resolveSchema(root, root);
  const fields = Object.entries(schema.properties ?? {}).filter(([name]) => !inFrame.has(name));
  return (
    <div className={classes['form']}>
      <Stack gap="md">
        {fields.map(([name, field]) => (
          <SchemaField
            key={name}
            schema={field}
            root={root}
            path={[name]}
            value={(document as Record<string, unknown>)[name]}
            required={schema.required?.includes(name) ?? false}
          />
        ))}
      </Stack>
    </div>
  );
}
