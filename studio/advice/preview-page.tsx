import { Select, TextInput } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { Answers } from '../../schemas/condition.ts';
import { useDraft } from '../document/draft-context.tsx';
import { DraftProvider } from '../document/draft-provider.tsx';
import { EmptyState } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { todayOn } from '../words/date-words.ts';
import { AdvicePreview } from './advice-preview.tsx';

/** Answer the form on the left, read the pack on the right, as at any date. */
export function PreviewPage() {
  return (
    <DraftProvider>
      <Preview />
    </DraftProvider>
  );
}

function Preview() {
  const { configuration } = useDraft().content;
  const navigate = useNavigate();
  const search = useSearch({ from: '/signed-in/preview' });
  const [asAt, setAsAt] = useState(() => todayOn());
  const [answers, setAnswers] = useState<Answers>({});
  const workflows = Object.values(configuration.workflow).filter((workflow) => workflow.form);
  const chosen = workflows.find((workflow) => workflow.key === search.workflow) ?? workflows[0];
  if (!chosen)
    return (
      <EmptyState title="No workflow with a form yet">
        Give a workflow an enquiry form to preview its advice.
      </EmptyState>
    );
  return (
    <Page
      wide
      title="Advice preview"
      lead="The draft's own answer to any household, with the reason for every statement."
      actions={
        <>
          <Select
            label="Workflow"
            data={workflows.map(({ key, title }) => ({ value: key, label: `${key} ${title}` }))}
            value={chosen.key}
            onChange={(workflow) => {
              setAnswers({});
              void navigate({ to: '/preview', search: workflow ? { workflow } : {} });
            }}
          />
          <TextInput
            type="date"
            label="As at"
            value={asAt}
            onChange={(event) => event.currentTarget.value && setAsAt(event.currentTarget.value)}
          />
        </>
      }
    >
      <AdvicePreview
        configuration={configuration}
        workflow={chosen.key}
        answers={answers}
        asAt={asAt}
        onAnswers={setAnswers}
      />
    </Page>
  );
}
