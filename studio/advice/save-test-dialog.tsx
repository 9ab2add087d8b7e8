import { Button, Modal, Stack, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import type { Answers } from '../../schemas/condition.ts';
import type { Configuration } from '../../schemas/configuration.ts';
import { buildAdviceBook, effectiveAnswers, selectAdvice } from '../document/engine.ts';
import { keyOfTitle } from '../document-editor/new-key.ts';
import { useRun } from '../document-editor/use-run.ts';
import { announce } from '../ui/announcer.tsx';

/** Keeps a household with what it gets now as a test: from then on it is red when that changes. */
export function SaveTestDialog({
  configuration,
  workflow,
  answers,
  asAt,
  onClose,
}: {
  configuration: Configuration;
  workflow: string;
  answers: Answers;
  asAt: string;
  onClose: () => void;
}) {
  const run = useRun();
  const book = buildAdviceBook(configuration, workflow);
  const statements = selectAdvice(book, answers, asAt);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const title = String(new FormData(event.currentTarget).get('title')).trim();
    if (title === '') return;
    const key = keyOfTitle(title, Object.keys(configuration.test));
    // Answers to questions that are not asked, and those worked out from others, are no part of a household.
    const kept = Object.entries(effectiveAnswers(book.questions, answers, asAt, book.named).answers).filter(
      ([question]) => book.questions.get(question)?.type !== 'calculated',
    );
    const result = run({
      type: 'batch',
      label: `Save test ${title}`,
      commands: [
        {
          type: 'putDocument',
          document: {
            kind: 'test',
            format: 1,
            key,
            title,
            workflow,
            asAt,
            answers: Object.fromEntries(kept),
            expect: { statements },
          },
        },
      ],
    });
    announce(result.ok ? `Saved ${title} as a test` : result.refusal.message);
    if (result.ok) onClose();
  };
  return (
    <Modal opened onClose={onClose} title="Save this household as a test">
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            label="Name"
            name="title"
            description={`What is special about it. It expects the ${statements.length} statements that it gets now, as at this date.`}
            required
            data-autofocus
          />
          <Button type="submit">Save</Button>
        </Stack>
      </form>
    </Modal>
  );
}
