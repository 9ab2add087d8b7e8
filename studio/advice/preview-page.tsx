import { Button, Select, Stack, TextInput } from '@mantine/core';
import { IconDeviceFloppy } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import type { Answers } from '../../schemas/condition.ts';
import type { Configuration } from '../../schemas/configuration.ts';
import { LocalDate } from '../../schemas/ids.ts';
import type { TestDocument } from '../../schemas/settings.ts';
import { releaseDocumentsQuery, releasesQuery } from '../api/queries.ts';
import { useDraft } from '../document/draft-context.tsx';
import { DraftProvider } from '../document/draft-provider.tsx';
import { SaveMark } from '../document/save-mark.tsx';
import { UndoButtons } from '../document/undo-buttons.tsx';
import { NamedConditions } from '../rule-builder/named-conditions.tsx';
import { EmptyState } from '../ui/notice.tsx';
import { Page, Panel } from '../ui/page.tsx';
import classes from './advice-preview.module.css';
import { AdvicePreview } from './advice-preview.tsx';
import { comparePacks } from './compare.ts';
import { ComparedPack } from './compared-pack.tsx';
import { Personas } from './personas.tsx';
import { setSampleAnswers, setSampleDate, useSample } from './sample-answers.ts';
import { SaveTestDialog } from './save-test-dialog.tsx';

/** Answer the form on the left, read the pack on the right, as at any date, in the draft or any release. */
export function PreviewPage() {
  return (
    <DraftProvider>
      <Preview />
    </DraftProvider>
  );
}

const DRAFT = 'draft';
const NONE = 'none';
const nothing: Answers = {};

function Preview() {
  const { configuration: draft } = useDraft().content;
  const navigate = useNavigate();
  const search = useSearch({ from: '/signed-in/preview' });
  const sample = useSample();
  const [of, setOf] = useState(DRAFT);
  const [against, setAgainst] = useState(NONE);
  const [isSaving, setSaving] = useState(false);
  const shown = useVersion(of, draft);
  const other = useVersion(against, draft);
  const configuration = shown ?? draft;
  const workflows = Object.values(configuration.workflow).filter((workflow) => workflow.form);
  const chosen = workflows.find((workflow) => workflow.key === search.workflow) ?? workflows[0];
  const key = chosen?.key ?? '';
  const answers = sample.answers[key] ?? nothing;
  const { asAt } = sample;
  const onAnswers = useCallback((next: Answers) => setSampleAnswers(key, next), [key]);
  const difference = useMemo(
    () => other && comparePacks(other, configuration, { workflow: key, answers, asAt }),
    [other, configuration, key, answers, asAt],
  );
  if (!chosen)
    return (
      <EmptyState title="No workflow with a form yet">
        Give a workflow an enquiry form to preview its advice.
      </EmptyState>
    );
  const tryTest = (test: TestDocument) => {
    setSampleAnswers(key, test.answers ?? {});
    if (test.asAt) setSampleDate(test.asAt);
  };
  return (
    <Page
      wide
      title="Advice preview"
      lead="What any household gets, with the reason for every statement."
      actions={
        <>
          <SaveMark />
          <UndoButtons />
          <Button
            variant="default"
            leftSection={<IconDeviceFloppy size={14} />}
            disabled={of !== DRAFT || Object.keys(answers).length === 0}
            onClick={() => setSaving(true)}
          >
            Save as a test
          </Button>
        </>
      }
    >
      <Choices
        workflow={key}
        workflows={workflows.map((workflow) => ({ value: workflow.key, label: `${workflow.key} ${workflow.title}` }))}
        onWorkflow={(workflow) => void navigate({ to: '/preview', search: { workflow } })}
        of={of}
        onOf={setOf}
        against={against}
        onAgainst={setAgainst}
        asAt={asAt}
      />
      {difference ? <ComparedPack difference={difference} before={other} after={configuration} /> : null}
      <AdvicePreview
        configuration={configuration}
        workflow={key}
        answers={answers}
        asAt={asAt}
        onAnswers={onAnswers}
        difference={difference}
        aside={
          <Stack gap="md">
            <Panel title="Saved households">
              <Personas configuration={configuration} workflow={key} onTry={tryTest} />
            </Panel>
            {of === DRAFT ? (
              <Panel title="Named conditions">
                <NamedConditions configuration={draft} workflow={key} />
              </Panel>
            ) : null}
          </Stack>
        }
      />
      {isSaving ? (
        <SaveTestDialog
          configuration={draft}
          workflow={key}
          answers={answers}
          asAt={asAt}
          onClose={() => setSaving(false)}
        />
      ) : null}
    </Page>
  );
}

/** The draft, or the documents of a release once they are here. */
function useVersion(version: string, draft: Configuration): Configuration | undefined {
  const number = Number(version);
  const { data } = useQuery({ ...releaseDocumentsQuery(number), enabled: number > 0 });
  return version === DRAFT ? draft : number > 0 ? data : undefined;
}

/** A year is typed digit by digit, and may get too many of them. */
function isDate(text: string): boolean {
  return LocalDate.safeParse(text).success;
}

function Choices({
  workflow,
  workflows,
  onWorkflow,
  of,
  onOf,
  against,
  onAgainst,
  asAt,
}: {
  workflow: string;
  workflows: { value: string; label: string }[];
  onWorkflow: (key: string) => void;
  of: string;
  onOf: (version: string) => void;
  against: string;
  onAgainst: (version: string) => void;
  asAt: string;
}) {
  const { data: releases = [] } = useQuery(releasesQuery);
  const versions = [
    { value: DRAFT, label: 'The draft' },
    ...[...releases]
      .sort((a, b) => b.number - a.number)
      .map(({ number }) => ({ value: String(number), label: `Release ${number}` })),
  ];
  return (
    <div className={classes['choices']}>
      <Select
        label="Workflow"
        searchable
        data={workflows}
        value={workflow}
        onChange={(value) => value && onWorkflow(value)}
      />
      <TextInput
        type="date"
        label="As at"
        value={asAt}
        onChange={(event) => isDate(event.currentTarget.value) && setSampleDate(event.currentTarget.value)}
      />
      <Select label="Advice of" data={versions} value={of} onChange={(value) => value && onOf(value)} />
      <Select
        label="Compared with"
        data={[{ value: NONE, label: 'Nothing' }, ...versions.filter(({ value }) => value !== of)]}
        value={against}
        onChange={(value) => value && onAgainst(value)}
      />
    </div>
  );
}
