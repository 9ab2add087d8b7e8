import { Button } from '@mantine/core';
import { IconCircleCheck, IconCircleX, IconClock, IconQuestionMark } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { Configuration } from '../../schemas/configuration.ts';
import type { TestDocument } from '../../schemas/settings.ts';
import { DocumentLink } from '../document-editor/document-link.tsx';
import { BrokenDown } from '../ui/broken-down.tsx';
import { useWorker } from '../ui/use-worker.ts';
import { todayOn } from '../words/date-words.ts';
import classes from './personas.module.css';
import type { TestAnswer, TestRequest } from './test-worker.ts';

const makeWorker = () => new Worker(new URL('./test-worker.ts', import.meta.url), { type: 'module' });

/** Saved households of a workflow, each green while it gets what it should and red with the difference when not. */
export function Personas({
  configuration,
  workflow,
  onTry,
}: {
  configuration: Configuration;
  workflow: string;
  onTry: (test: TestDocument) => void;
}) {
  const { form, question, advice, test } = configuration;
  const own = configuration.workflow[workflow];
  const tests = useMemo(
    () => Object.values(test).filter((one) => one.workflow === workflow && one.expect !== undefined),
    [test, workflow],
  );
  const request = useMemo(
    (): Omit<TestRequest, 'id'> | undefined =>
      own && {
        today: todayOn(),
        parts: {
          workflow: { [own.key]: own },
          form,
          question,
          advice,
          test: Object.fromEntries(tests.map((one) => [one.key, one])),
        },
      },
    [own, form, question, advice, tests],
  );
  const { answer, hasFailed, again } = useWorker<Omit<TestRequest, 'id'>, TestAnswer>(makeWorker, request);
  const failing = tests.filter((one) => (answer?.failures[one.key]?.length ?? 0) > 0).length;
  if (tests.length === 0)
    return <p className={classes['none']}>No household is saved yet. Answer the form, then save it as a test.</p>;
  return (
    <>
      {hasFailed ? (
        <BrokenDown title="The saved tests could not be run." onAgain={again} />
      ) : (
        <p className={classes['sum']} role="status">
          {answer === undefined
            ? 'Running…'
            : failing === 0
              ? `All ${tests.length} pass`
              : `${failing} of ${tests.length} fail`}
        </p>
      )}
      <ul className={classes['list']}>
        {tests.map((one) => {
          const failures = answer?.failures[one.key];
          const state = hasFailed
            ? 'unknown'
            : failures === undefined
              ? 'waiting'
              : failures.length === 0
                ? 'passed'
                : 'failed';
          return (
            <li key={one.key} data-state={state}>
              <div className={classes['line']}>
                <StateIcon state={state} />
                <Button variant="subtle" size="compact-xs" onClick={() => onTry(one)}>
                  {one.title}
                </Button>
                <span className={classes['edit']}>
                  <DocumentLink document={one}>
                    Edit<span className="visually-hidden"> {one.title}</span>
                  </DocumentLink>
                </span>
              </div>
              {failures && failures.length > 0 ? (
                <ul className={classes['failures']}>
                  {failures.map((failure) => (
                    <li key={failure}>{failure}</li>
                  ))}
                </ul>
              ) : null}
            </li>
          );
        })}
      </ul>
    </>
  );
}

function StateIcon({ state }: { state: 'unknown' | 'waiting' | 'passed' | 'failed' }) {
  if (state === 'unknown') return <IconQuestionMark size={15} aria-label="Not run" />;
  if (state === 'waiting') return <IconClock size={15} aria-label="Running" />;
  return state === 'passed' ? (
    <IconCircleCheck size={15} color="var(--on-track)" aria-label="Passes" />
  ) : (
    <IconCircleX size={15} color="var(--exceeded)" aria-label="Fails" />
  );
}
