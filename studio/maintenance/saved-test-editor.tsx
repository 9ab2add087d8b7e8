import { ActionIcon, Button, Group, Select, Stack } from '@mantine/core';
import { IconCircleCheck, IconCircleX, IconClock, IconPlus, IconX } from '@tabler/icons-react';
import { type ReactNode, useMemo, useState } from 'react';
import type { Answers } from '../../schemas/condition.ts';
import type { Configuration } from '../../schemas/configuration.ts';
import type { TestDocument } from '../../schemas/settings.ts';
import { AnswerField } from '../advice/answer-field.tsx';
import { effectiveAnswers } from '../document/engine.ts';
import { workflowQuestions } from '../document/time-engine.ts';
import type { EditorProps } from '../document-editor/editor.ts';
import { Field, TextField } from '../document-editor/field.tsx';
import GenericForm from '../document-editor/generic-form.tsx';
import { announce } from '../ui/announcer.tsx';
import { BrokenDown } from '../ui/broken-down.tsx';
import { Panel } from '../ui/page.tsx';
import { useWorker } from '../ui/use-worker.ts';
import { todayOn } from '../words/date-words.ts';
import classes from './maintenance.module.css';
import type { SavedTestAnswer, SavedTestRequest } from './saved-test-worker.ts';

const makeWorker = () => new Worker(new URL('./saved-test-worker.ts', import.meta.url), { type: 'module' });

/** A saved test: it runs while it is written, red or green, and what it expects is edited beside. */
export default function SavedTestEditor(props: EditorProps<'test'>) {
  const { document: test, configuration, set } = props;
  const request = useMemo(
    (): Omit<SavedTestRequest, 'id'> => ({ today: todayOn(), configuration, test: test.key }),
    [configuration, test.key],
  );
  const { answer, hasFailed, again } = useWorker<Omit<SavedTestRequest, 'id'>, SavedTestAnswer>(makeWorker, request);
  return (
    <Stack gap="md" p="md">
      {hasFailed ? (
        <BrokenDown title="The test could not be run." onAgain={again} />
      ) : (
        <TestResult answer={answer} test={test} configuration={configuration} set={set} />
      )}
      <Panel title="The household">
        <Stack gap="md">
          <Group gap="md" align="start" wrap="wrap">
            <Field path={['workflow']}>
              <Select
                label="Asks workflow"
                w={280}
                searchable
                data={[
                  ...Object.values(configuration.workflow).map(({ key, title }) => ({ value: key, label: title })),
                  ...(configuration.workflow[test.workflow]
                    ? []
                    : [{ value: test.workflow, label: `${test.workflow} (deleted)` }]),
                ]}
                value={test.workflow}
                onChange={(workflow) => workflow && set(['workflow'], workflow)}
              />
            </Field>
            <TextField label="As at" description="Empty: today." path={['asAt']} optional type="date" maw={200} />
          </Group>
          <Household test={test} configuration={configuration} set={set} />
        </Stack>
      </Panel>
      <Expectations test={test} configuration={configuration} set={set} />
      <EveryField isOpen={test.script !== undefined}>
        <GenericForm {...(props as unknown as EditorProps)} />
      </EveryField>
    </Stack>
  );
}

/** The fields that have no place above; a closed one costs nothing. */
function EveryField({ isOpen, children }: { isOpen: boolean; children: ReactNode }) {
  const [wasOpened, setOpened] = useState(isOpen);
  return (
    <details className={classes['all']} open={isOpen} onToggle={(event) => event.currentTarget.open && setOpened(true)}>
      <summary>Every field, with people and script</summary>
      {wasOpened ? children : null}
    </details>
  );
}

type Set = EditorProps['set'];
interface PartProps {
  test: TestDocument;
  configuration: Configuration;
  set: Set;
}

/** Red or green, with one sentence a difference. */
export function TestResult({ answer, test, configuration, set }: PartProps & { answer: SavedTestAnswer | undefined }) {
  if (!answer)
    return (
      <p className={classes['result']} role="status">
        <IconClock size={17} aria-hidden="true" /> Running…
      </p>
    );
  const failures = [
    ...(answer.problem ? [answer.problem] : []),
    ...answer.adviceFailures,
    ...(answer.scriptFailures ?? []),
  ];
  const { statements } = answer;
  const isOtherPack = statements !== null && answer.adviceFailures.length > 0;
  return (
    <div className={classes['result']} role="status" data-state={failures.length > 0 ? 'failed' : 'passed'}>
      <p>
        {failures.length > 0 ? (
          <IconCircleX size={17} aria-hidden="true" />
        ) : (
          <IconCircleCheck size={17} aria-hidden="true" />
        )}{' '}
        {failures.length > 0
          ? `Fails: ${failures.length} difference${failures.length === 1 ? '' : 's'}`
          : test.expect || test.script
            ? 'Passes'
            : 'Expects nothing yet'}
      </p>
      {failures.length > 0 ? (
        <ul>
          {failures.map((failure) => (
            <li key={failure}>{withTitles(failure, configuration)}</li>
          ))}
        </ul>
      ) : null}
      {isOtherPack || (!test.expect && !test.script && statements) ? (
        <Button
          variant="default"
          onClick={() => {
            set(['expect'], { ...test.expect, statements });
            announce('What it gives now is what it expects');
          }}
        >
          Expect the {statements?.length ?? 0} statements it gives now
        </Button>
      ) : null}
    </div>
  );
}

function withTitles(failure: string, configuration: Configuration): string {
  return failure.replaceAll(/"([A-Za-z0-9_-]+)"/g, (whole, key: string) => {
    const title = configuration.advice[key]?.title;
    return title ? `“${title}” (${key})` : whole;
  });
}

function Household({ test, configuration, set }: PartProps) {
  const workflow = configuration.workflow[test.workflow];
  const answers: Answers = test.answers ?? {};
  const questions = useMemo(
    () => (workflow ? workflowQuestions(configuration, workflow.key) : new Map()),
    [configuration, workflow],
  );
  if (!workflow) return null;
  const shown = effectiveAnswers(questions, answers, test.asAt ?? todayOn(), workflow.namedConditions).shown;
  const gone = Object.keys(answers).filter((key) => !questions.has(key));
  return (
    <>
      {gone.length > 0 ? (
        <p className={classes['warning']}>
          Answered, but asked no more: {gone.join(', ')}.{' '}
          <Button
            variant="default"
            size="compact-xs"
            onClick={() =>
              set(['answers'], Object.fromEntries(Object.entries(answers).filter(([key]) => questions.has(key))))
            }
          >
            Leave them out
          </Button>
        </p>
      ) : null}
      <div className={classes['pair']}>
        {shown.flatMap((key) => {
          const question = questions.get(key);
          if (!question || question.type === 'calculated') return [];
          return [
            <Field key={key} path={['answers', key]}>
              <AnswerField
                question={question}
                value={answers[key]}
                onAnswer={(value) => set(['answers', key], value)}
              />
            </Field>,
          ];
        })}
      </div>
    </>
  );
}

function Expectations({ test, configuration, set }: PartProps) {
  const expected = test.expect?.statements ?? [];
  const not = test.expect?.not ?? [];
  const put = (statements: readonly string[], never: readonly string[]) =>
    set(['expect'], { statements, ...(never.length > 0 ? { not: never } : {}) });
  return (
    <Panel title="What it expects">
      <Stack gap="md">
        <Statements
          label="In the pack, and no others"
          keys={expected}
          taken={[...expected, ...not]}
          configuration={configuration}
          onChange={(keys) => put(keys, not)}
        />
        <Statements
          label="Never in the pack"
          keys={not}
          taken={[...expected, ...not]}
          configuration={configuration}
          onChange={(keys) => put(expected, keys)}
        />
      </Stack>
    </Panel>
  );
}

function Statements({
  label,
  keys,
  taken,
  configuration,
  onChange,
}: {
  label: string;
  keys: readonly string[];
  taken: readonly string[];
  configuration: Configuration;
  onChange: (keys: readonly string[]) => void;
}) {
  return (
    <fieldset className={classes['statements']}>
      <legend>{label}</legend>
      <ul aria-label={label}>
        {keys.map((key) => (
          <li key={key}>
            {configuration.advice[key]?.title ?? <em>deleted</em>} <code>{key}</code>
            <ActionIcon
              size={24}
              variant="subtle"
              color="gray"
              aria-label={`Take out ${key}`}
              onClick={() => onChange(keys.filter((one) => one !== key))}
            >
              <IconX size={13} />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <Select
        aria-label={`Add to ${label.toLowerCase()}`}
        placeholder="Add a statement"
        leftSection={<IconPlus size={13} />}
        searchable
        maw={360}
        limit={50}
        data={Object.values(configuration.advice)
          .filter(({ key }) => !taken.includes(key))
          .map(({ key, title }) => ({ value: key, label: `${title} (${key})` }))}
        value={null}
        onChange={(key) => key && onChange([...keys, key])}
      />
    </fieldset>
  );
}
