import { Stack } from '@mantine/core';
import { inOrder } from '../../schemas/document.ts';
import { AttributeField } from './attribute-field.tsx';
import { useEditor } from './editor.ts';
import { TextField } from './field.tsx';
import classes from './panels.module.css';

/** What every document has: title, description, the dates it is in effect, and the organisation's own attributes. */
export function DetailsPanel() {
  const { document, configuration } = useEditor();
  const attributes = Object.values(configuration.settings)
    .flatMap((settings) => inOrder(settings.attributeDefinitions))
    .filter(({ kinds }) => kinds.includes(document.kind));
  return (
    <div className={classes['panel']}>
      <Stack gap="sm">
        <TextField label="Title" path={['title']} />
        <TextField label="What it is for" path={['description']} optional lines={2} />
        <TextField
          label="In effect from"
          description="Empty: from the beginning."
          path={['effectiveFrom']}
          optional
          type="date"
        />
        <TextField
          label="In effect to"
          description="The last day it is in effect. Empty: until further notice."
          path={['effectiveTo']}
          optional
          type="date"
        />
        {attributes.map((definition) => (
          <AttributeField key={definition.key} definition={definition} />
        ))}
        <p className={classes['note']}>
          Key {document.key}: others name it by this, so it never changes. Duplicate it to have it under another key.
        </p>
      </Stack>
    </div>
  );
}
