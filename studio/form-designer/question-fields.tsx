import { Button, Checkbox, Group, Stack } from '@mantine/core';
import { IconBooks, IconCopy, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { FormDocument } from '../../schemas/form.ts';
import { type Vocabulary, whereUsed } from '../document/engine.ts';
import { DocumentLink } from '../document-editor/document-link.tsx';
import { useEditor } from '../document-editor/editor.ts';
import { Field, TextField } from '../document-editor/field.tsx';
import { RepairDialog } from '../document-editor/repair-dialog.tsx';
import { ConditionField } from '../rule-builder/condition-field.tsx';
import { announce } from '../ui/announcer.tsx';
import classes from './form-designer.module.css';
import { makeOwn, type PlacedQuestion, share, usesOnForm } from './form-edits.ts';
import { QuestionContent } from './question-content.tsx';

/** All of one question in place: what it is, when it is asked, when it must be answered. */
export function QuestionFields({
  form,
  placed,
  vocabulary,
  onClosed,
}: {
  form: FormDocument;
  placed: PlacedQuestion;
  vocabulary: Vocabulary;
  onClosed: () => void;
}) {
  const { configuration, set, run } = useEditor();
  const [isDeleting, setDeleting] = useState(false);
  const { key, library } = placed;
  const path = ['questions', key];
  const shared = library === undefined ? undefined : configuration.question[library];
  const inputs = [...vocabulary.questions.values()]
    .filter((question) => question.key !== key)
    .map((question) => ({ value: question.key, label: question.label, type: question.type }));
  const place = { about: { form: form.key }, document: `form/${form.key}` };
  const copyHere = shared && makeOwn(form, key, shared);
  const giveAway = configuration.question[key] ? undefined : share(form, key);
  return (
    <div className={classes['fields']}>
      <Stack gap="md">
        {shared ? (
          <div className={classes['shared']}>
            <p>
              From the library: <DocumentLink document={shared} />. {usedInWords(configuration, shared.key)} What is
              changed there changes everywhere.
            </p>
            {copyHere ? (
              <Button variant="default" leftSection={<IconCopy size={14} />} onClick={() => run(copyHere)}>
                Make it this form's own
              </Button>
            ) : null}
            <TextField
              label="Worded otherwise on this form"
              description={`Empty: “${shared.label}”`}
              path={[...path, 'label']}
              optional
            />
          </div>
        ) : (
          <QuestionContent content={placed} path={path} inputs={inputs} />
        )}
        <Field path={[...path, 'shownWhen']}>
          <ConditionField
            {...place}
            label="Asked when"
            absent="Always asked"
            pointer={`/questions/${key}/shownWhen`}
            condition={placed.shownWhen}
            onChange={(condition) => set([...path, 'shownWhen'], condition)}
          />
        </Field>
        <Field path={[...path, 'required']}>
          <Checkbox
            label="Must be answered when it is asked"
            checked={placed.required !== false}
            onChange={(event) => set([...path, 'required'], event.currentTarget.checked ? undefined : false)}
          />
        </Field>
        {placed.required !== false ? (
          <Field path={[...path, 'requiredWhen']}>
            <ConditionField
              {...place}
              label="Must be answered only when"
              absent="Whenever it is asked"
              pointer={`/questions/${key}/requiredWhen`}
              condition={placed.requiredWhen}
              onChange={(condition) => set([...path, 'requiredWhen'], condition)}
            />
          </Field>
        ) : null}
        <Group gap="xs">
          {giveAway ? (
            <Button variant="default" leftSection={<IconBooks size={14} />} onClick={() => run(giveAway)}>
              Put it in the library
            </Button>
          ) : null}
          <Button variant="default" leftSection={<IconTrash size={14} />} onClick={() => setDeleting(true)}>
            Take it off the form…
          </Button>
        </Group>
      </Stack>
      {isDeleting ? (
        <RepairDialog
          what={`“${vocabulary.questions.get(key)?.label ?? key}”`}
          going={{ kind: 'question', key }}
          uses={usesOnForm(configuration, form, key)}
          replacements={inputs.map(({ value, label }) => ({ value, label }))}
          deletion={{ type: 'setDocumentField', kind: 'form', key: form.key, path }}
          onClose={() => setDeleting(false)}
          onDone={(command) => {
            onClosed();
            run(command);
            announce(`Took ${key} off the form`);
          }}
        />
      ) : null}
    </div>
  );
}

function usedInWords(configuration: Parameters<typeof whereUsed>[0], key: string): string {
  const forms = new Set(
    whereUsed(configuration, 'question', key)
      .filter((use) => use.document.startsWith('form/') && use.pointer.endsWith('/library'))
      .map((use) => use.document),
  ).size;
  return forms === 1 ? 'This form alone uses it.' : `${forms} forms use it.`;
}
