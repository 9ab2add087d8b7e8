import { Autocomplete, Button, Group, MultiSelect, NumberInput, SegmentedControl, Stack } from '@mantine/core';
import { IconLanguage, IconTrash } from '@tabler/icons-react';
import { areas } from '../app/areas.ts';
import { sha256, statementDigest } from '../document/engine.ts';
import type { EditorProps } from '../document-editor/editor.ts';
import { Field, TextField } from '../document-editor/field.tsx';
import { NewDocumentButton } from '../library/new-document.tsx';
import { Badge } from '../ui/badge.tsx';
import { Panel } from '../ui/page.tsx';
import { BodyField } from './body-field.tsx';
import { RulesOfStatement } from './rules-of-statement.tsx';
import { SourceField } from './source-field.tsx';
import classes from './statement-bank.module.css';

/** A statement of the bank: what it says, who gets it, what law it rests on, and its other languages. */
export default function AdviceEditor({ document, configuration, set }: EditorProps<'advice'>) {
  const sections = [...new Set(Object.values(configuration.advice).map((one) => one.section))].sort();
  return (
    <div className={classes['editor']}>
      <Panel title="What it says">
        <Stack gap="sm">
          <TextField label="Heading" path={['title']} />
          <BodyField label="Text" path={['body']} stored={document.body} />
        </Stack>
      </Panel>
      <RulesOfStatement statement={document} />
      <Panel title="In the pack">
        <Stack gap="sm">
          <Group gap="md" align="flex-end">
            <Field path={['section']}>
              <Autocomplete
                label="Section"
                w={280}
                data={sections}
                value={document.section}
                onChange={(section) => section !== '' && set(['section'], section)}
              />
            </Field>
            <Field path={['order']}>
              <NumberInput
                label="Order"
                w={110}
                value={document.order}
                onChange={(order) => typeof order === 'number' && set(['order'], order)}
              />
            </Field>
            <Field path={['audience']}>
              <SegmentedControl
                aria-label="For whom"
                size="xs"
                data={[
                  { value: 'customer', label: 'For customers' },
                  { value: 'internal', label: 'For officers alone' },
                ]}
                value={document.audience ?? 'customer'}
                onChange={(value) => set(['audience'], value === 'customer' ? undefined : value)}
              />
            </Field>
          </Group>
          <Field path={['agencies']}>
            <MultiSelect
              label="Agencies to signpost"
              searchable
              data={Object.values(configuration.agency).map(({ key, title }) => ({ value: key, label: title }))}
              value={document.agencies ?? []}
              onChange={(agencies) => set(['agencies'], agencies.length > 0 ? agencies : undefined)}
            />
          </Field>
          <SourceField source={document.source} />
          <TextField
            label="Look at it again by"
            description="The law may have changed by then; a note says when this day is past."
            path={['reviewBy']}
            optional
            type="date"
            maw={220}
          />
        </Stack>
      </Panel>
      <Translation document={document} set={set} />
      {bank ? (
        <Group>
          <NewDocumentButton area={bank} />
        </Group>
      ) : null}
    </div>
  );
}

/** A bank is written one statement after the other, without the way back to its list. */
const bank = areas.find(({ slug }) => slug === 'advice');

function Translation({ document, set }: Pick<EditorProps<'advice'>, 'document' | 'set'>) {
  const digest = statementDigest(document, sha256);
  const welsh = document.translations?.cy;
  const isOld = welsh !== undefined && welsh.of !== digest;
  const path = ['translations', 'cy'];
  if (!welsh)
    return (
      <Group>
        <Button
          variant="default"
          leftSection={<IconLanguage size={14} />}
          onClick={() => set(path, { title: document.title, body: document.body, of: digest })}
        >
          Add a Welsh translation
        </Button>
      </Group>
    );
  return (
    <Panel
      title="Welsh"
      actions={isOld ? <Badge tone="amber">Out of date</Badge> : <Badge tone="good">Of the text as it is</Badge>}
    >
      <Stack gap="sm">
        {isOld ? (
          <Group gap="xs">
            <p className={classes['hint']}>
              The English text has changed since it was translated, so packs give the English. Look it through, then say
              that it is right.
            </p>
            <Button variant="default" onClick={() => set([...path, 'of'], digest)}>
              It says the same
            </Button>
          </Group>
        ) : null}
        <TextField label="Heading in Welsh" path={[...path, 'title']} />
        <BodyField label="Text in Welsh" path={[...path, 'body']} stored={welsh.body} />
        <Group>
          <Button variant="subtle" leftSection={<IconTrash size={14} />} onClick={() => set(['translations'])}>
            Take the translation out
          </Button>
        </Group>
      </Stack>
    </Panel>
  );
}
