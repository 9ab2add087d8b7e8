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
  return (
    <div className={classes['form']}>
      <DocumentFields document={document} />
    </div>
  );
}

/** Fields of a document by its schema; those that an editor shows by itself are left out. */
export function DocumentFields({
  document,
  leaveOut = [],
}: Pick<EditorProps, 'document'> & { leaveOut?: readonly string[] }) {
  const root = useMemo(() => toDocumentJsonSchema(document.kind) as JsonSchema, [document.kind]);
  const schema = resolveSchema(root, root);
  const fields = Object.entries(schema.properties ?? {}).filter(
    ([name]) => !inFrame.has(name) && !leaveOut.includes(name),
  );
  return (
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
  );
}
