import { Button, Group, Select, TextInput } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { type FormEvent, useMemo } from 'react';
import type { Answers } from '../../schemas/condition.ts';
import type { Configuration } from '../../schemas/configuration.ts';
import { AnswerField } from '../advice/answer-field.tsx';
import { buildAdviceBook, effectiveAnswers } from '../document/engine.ts';
import { Panel } from '../ui/page.tsx';
import record from '../ui/record.module.css';
import classes from './play.module.css';

/** When the virtual case starts, who does the work and what was answered. */
export interface Setup {
  /** `YYYY-MM-DDTHH:MM`, local. */
  start: string;
  actor: string;
  answers: Answers;
}

/** Asks for what a virtual case is launched with. */
export function PlaySetup({
  configuration,
  workflow,
  setup,
  people,
  problem,
  onSetup,
  onLaunch,
}: {
  configuration: Configuration;
  workflow: string;
  setup: Setup;
  people: { value: string; label: string }[];
  problem: string | undefined;
  onSetup: (setup: Setup) => void;
  onLaunch: () => void;
}) {
  const book = useMemo(() => buildAdviceBook(configuration, workflow), [configuration, workflow]);
  const asAt = setup.start.slice(0, 10);
  const shown = useMemo(
    () => new Set(effectiveAnswers(book.questions, setup.answers, asAt, book.named).shown),
    [book, setup.answers, asAt],
  );
  const questions = [...book.questions.values()].filter((question) => shown.has(question.key));
  const saved = Object.values(configuration.test).filter((test) => test.workflow === workflow && test.answers);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onLaunch();
  };
  return (
    <form onSubmit={submit} className={classes['setup']}>
      <Panel title="Start a virtual case">
        <Group gap="sm" align="end" wrap="wrap">
          <TextInput
            type="datetime-local"
            label="Received and launched"
            required
            value={setup.start}
            onChange={(event) => onSetup({ ...setup, start: event.currentTarget.value })}
          />
          <Select
            label="Acts as"
            searchable
            data={people}
            value={setup.actor}
            onChange={(actor) => actor && onSetup({ ...setup, actor })}
          />
          <Button type="submit" size="sm" leftSection={<IconPlayerPlay size={15} />}>
            Launch
          </Button>
        </Group>
        {problem ? (
          <p role="alert" className={record['failure']}>
            {problem}
          </p>
        ) : null}
      </Panel>
      <Panel
        title={questions.length > 0 ? 'Answers of the enquiry' : 'No form: the case is launched without answers'}
        actions={
          <Button variant="subtle" size="compact-xs" onClick={() => onSetup({ ...setup, answers: {} })}>
            Clear
          </Button>
        }
      >
        <div className={classes['questions']}>
          {saved.length > 0 ? (
            <Select
              label="Answers of a saved test"
              placeholder="Choose one to fill them in"
              searchable
              clearable
              maw={420}
              data={saved.map(({ key, title }) => ({ value: key, label: title }))}
              onChange={(key) => {
                const answers = key === null ? undefined : configuration.test[key]?.answers;
                if (answers) onSetup({ ...setup, answers });
              }}
            />
          ) : null}
          {questions.map((question) => (
            <AnswerField
              key={question.key}
              question={question}
              value={setup.answers[question.key]}
              onAnswer={(value) => {
                const { [question.key]: _, ...others } = setup.answers;
                onSetup({ ...setup, answers: value === undefined ? others : { ...others, [question.key]: value } });
              }}
            />
          ))}
        </div>
      </Panel>
    </form>
  );
}
