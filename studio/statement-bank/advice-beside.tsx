import { Button, Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { Answers } from '../../schemas/condition.ts';
import { answerInWords } from '../advice/answer-words.ts';
import { setSampleAnswers, useSample } from '../advice/sample-answers.ts';
import { readSample } from '../advice/sample-values.ts';
import { StatementText } from '../advice/statement-text.tsx';
import { measureReadability, plainText, readMarkdown, workflowQuestions } from '../document/engine.ts';
import { DocumentLink } from '../document-editor/document-link.tsx';
import type { EditorProps } from '../document-editor/editor.ts';
import { announce } from '../ui/announcer.tsx';
import { Badge } from '../ui/badge.tsx';
import { BrokenDown } from '../ui/broken-down.tsx';
import type { AnalysisAnswer, StatementAnalysis } from './analysis-worker.ts';
import classes from './statement-bank.module.css';
import { useAnalysis } from './use-analysis.ts';

/** Beside a statement: how people will read it, how hard that is, and what all possible answers come to. */
export default function AdviceBeside({ document, configuration }: EditorProps<'advice'>) {
  const { asAt } = useSample();
  const workflows = workflowsOf(document.scope, configuration);
  const [chosen, setChosen] = useState<string>();
  const workflow = chosen && workflows.includes(chosen) ? chosen : workflows[0];
  const { answer: analysis, hasFailed, again } = useAnalysis(configuration, workflow, asAt);
  const nodes = useMemo(() => readSample(configuration, document.body, asAt), [configuration, document.body, asAt]);
  const ease = measureReadability(plainText(readMarkdown(document.body).nodes));
  const facts = analysis?.statements[document.key];
  return (
    <div className={classes['beside']}>
      <section aria-label="As people read it" className={classes['sheet']}>
        <h3>{document.title}</h3>
        <StatementText nodes={nodes} />
      </section>
      <dl className={classes['facts']}>
        <div>
          <dt>Reading age</dt>
          <dd>
            {ease.words < 20 ? 'too short to tell' : `${ease.readingAge} years`}{' '}
            {ease.words >= 20 && ease.readingAge > 14 ? <Badge tone="amber">Hard to read</Badge> : null}
          </dd>
        </div>
        <div>
          <dt>Length</dt>
          <dd>
            {ease.words} words, longest sentence {ease.longestSentence}
            {ease.longestSentence > 25 ? <Badge tone="amber">Long sentence</Badge> : null}
          </dd>
        </div>
      </dl>
      <section aria-label="Over all possible answers" className={classes['analysis']}>
        <h3>Over all possible answers</h3>
        {workflows.length > 1 ? (
          <Select
            aria-label="Workflow of the analysis"
            size="xs"
            data={workflows.map((key) => ({ value: key, label: configuration.workflow[key]?.title ?? key }))}
            value={workflow ?? null}
            onChange={(value) => setChosen(value ?? undefined)}
          />
        ) : null}
        {workflow === undefined ? (
          <p>No workflow with a form gives it.</p>
        ) : hasFailed ? (
          <BrokenDown title="It could not be worked out." onAgain={again} />
        ) : analysis === undefined ? (
          <p role="status">Working it out…</p>
        ) : facts === undefined ? (
          <p>No rule of {workflow} gives it.</p>
        ) : (
          <Facts facts={facts} analysis={analysis} workflow={workflow} configuration={configuration} />
        )}
      </section>
    </div>
  );
}

function Facts({
  facts,
  analysis,
  workflow,
  configuration,
}: {
  facts: StatementAnalysis;
  analysis: AnalysisAnswer;
  workflow: string;
  configuration: EditorProps['configuration'];
}) {
  const { unreachable, alwaysFires, fireCount, example, sameAs, implies, impliedBy } = facts;
  const share =
    fireCount === undefined || !analysis.reachableResponses ? undefined : fireCount / analysis.reachableResponses;
  const names = (keys: readonly string[]) =>
    keys.slice(0, 5).map((key, at) => {
      const statement = configuration.advice[key];
      return (
        <span key={key}>
          {at > 0 ? ', ' : ''}
          {statement ? <DocumentLink document={statement}>{`${statement.title} (${key})`}</DocumentLink> : key}
        </span>
      );
    });
  return (
    <>
      <p>
        {unreachable ? (
          <Badge tone="bad">Never given: no household can get it</Badge>
        ) : alwaysFires ? (
          <Badge tone="amber">Given to everybody</Badge>
        ) : unreachable === undefined ? (
          <Badge>Not decided: too many answers to tell</Badge>
        ) : (
          <Badge tone="good">Given to some</Badge>
        )}
      </p>
      {share !== undefined && !unreachable && !alwaysFires ? (
        <p>
          {shareInWords(share)} of the {analysis.reachableResponses?.toLocaleString('en-GB')} ways to answer the form
          get it.
        </p>
      ) : null}
      {sameAs.length > 0 ? <p>Always together with {names(sameAs)}: the two could be one.</p> : null}
      {implies.length > 0 ? <p>Whoever gets it gets {names(implies)} too.</p> : null}
      {impliedBy.length > 0 ? <p>Nobody gets {names(impliedBy)} without it.</p> : null}
      {example && !alwaysFires ? (
        <Household
          title="A household that gets it"
          answers={example}
          workflow={workflow}
          configuration={configuration}
        />
      ) : null}
      {analysis.gaps[0] ? (
        <Household
          title="A household that gets nothing of its own"
          answers={analysis.gaps[0]}
          workflow={workflow}
          configuration={configuration}
        />
      ) : null}
    </>
  );
}

/** Example answers, to be tried at a click. */
function Household({
  title,
  answers,
  workflow,
  configuration,
}: {
  title: string;
  answers: Answers;
  workflow: string;
  configuration: EditorProps['configuration'];
}) {
  const questions = workflowQuestions(configuration, workflow);
  return (
    <details className={classes['household']}>
      <summary>{title}</summary>
      <ul>
        {Object.entries(answers).map(([key, value]) => (
          <li key={key}>
            {questions.get(key)?.label ?? key} <strong>{answerInWords(questions.get(key), value)}</strong>
          </li>
        ))}
      </ul>
      <Button
        variant="default"
        size="compact-xs"
        onClick={() => {
          setSampleAnswers(workflow, answers);
          announce('Loaded into the preview: rules now show what these answers come to');
        }}
      >
        Try these answers
      </Button>
    </details>
  );
}

function workflowsOf(scope: EditorProps<'advice'>['document']['scope'], { workflow }: EditorProps['configuration']) {
  const keys = scope === 'generic' ? Object.keys(workflow) : scope;
  return keys.filter((key) => workflow[key]?.form !== undefined);
}

function shareInWords(share: number): string {
  if (share >= 0.01) return `${Math.round(share * 100)} in 100`;
  return share >= 0.0001 ? `${Math.round(share * 10_000)} in 10,000` : 'Fewer than 1 in 10,000';
}
