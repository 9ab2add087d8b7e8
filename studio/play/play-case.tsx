import { useEffect, useMemo, useRef, useState } from 'react';
import type { Configuration } from '../../schemas/configuration.ts';
import type { Finding } from '../../schemas/finding.ts';
import type { LayoutDocument } from '../../schemas/settings.ts';
import { useSample } from '../advice/sample-answers.ts';
import { buildAdviceBook, effectiveAnswers } from '../document/engine.ts';
import {
  launchPlay,
  type PlayGround,
  playGroundOf,
  playSteps,
  runOnTime,
  type Scenario,
  scenarioOf,
} from '../document/play-engine.ts';
import { readMoment, toIsoText, zoneOf } from '../document/time-engine.ts';
import { announce } from '../ui/announcer.tsx';
import { Page } from '../ui/page.tsx';
import record from '../ui/record.module.css';
import { momentInFull, todayOn } from '../words/date-words.ts';
import { ChancesPanel } from './chances-panel.tsx';
import classes from './play.module.css';
import { PlaySetup, type Setup } from './play-setup.tsx';
import { PlayView } from './play-view.tsx';
import { sessionsBetween, usePlay } from './use-play.ts';

const ACTOR = 'officer';

/** Launches a virtual case of a workflow and plays it on the engine that the server runs. */
export function PlayCase({
  configuration,
  workflow,
  layout,
  directory,
  finding,
  start,
}: {
  configuration: Configuration;
  workflow: string;
  layout: LayoutDocument | undefined;
  directory: PlayGround['directory'];
  finding?: Finding | undefined;
  /** Local date and time of the launch, where another than this morning. */
  start?: string;
}) {
  const zone = zoneOf(configuration);
  const sample = useSample();
  const play = usePlay();
  const [problem, setProblem] = useState<string>();
  const compiled = useMemo(() => tryCompile(configuration, workflow, directory), [configuration, workflow, directory]);
  const scenario = useMemo(
    () => (finding ? scenarioOf(configuration, workflow, finding) : undefined),
    [configuration, workflow, finding],
  );
  const [setup, setSetup] = useState<Setup>(() => ({
    start: scenario?.startAt ? toIsoText(scenario.startAt, zone).slice(0, 16) : (start ?? `${todayOn()}T09:00`),
    actor: Object.keys(directory.users)[0] ?? ACTOR,
    answers: scenario?.answers ?? sample.answers[workflow] ?? {},
  }));
  const book = useMemo(() => buildAdviceBook(configuration, workflow), [configuration, workflow]);
  // Answers to questions that are not asked do not count, calculated ones do (A2).
  const settled = ({ answers, start: from }: Setup) =>
    effectiveAnswers(book.questions, answers, from.slice(0, 10), book.named).answers;
  const startAt = readMoment(setup.start, zone);
  const launch = () => {
    if (startAt === undefined || 'problem' in compiled) return;
    const launched = launchPlay(compiled.ground, { at: startAt, actor: setup.actor, answers: settled(setup) });
    if (!launched.ok) return setProblem(launched.rejection.reason);
    setProblem(undefined);
    play.begin(launched.session);
    announce('The virtual case is launched');
  };
  const loaded = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a counterexample is loaded once
  useEffect(() => {
    if (!scenario || loaded.current || startAt === undefined || 'problem' in compiled) return;
    loaded.current = true;
    const launched = launchPlay(compiled.ground, { at: startAt, actor: setup.actor, answers: settled(setup) });
    if (!launched.ok) return setProblem(launched.rejection.reason);
    const last = playScenario(scenario, launched.session, setup.actor);
    if (last.refused) setProblem(`The counterexample cannot be played to its end: ${last.refused}`);
    play.begin(launched.session, sessionsBetween(launched.session, last.session));
    announce('The counterexample is loaded: step forward to see it');
  }, [scenario, compiled]);
  const users = Object.entries(directory.users).map(([value, { name }]) => ({ value, label: name }));
  const people = users.length > 0 ? users : [{ value: ACTOR, label: 'An officer' }];
  const title = configuration.workflow[workflow]?.title ?? workflow;
  return (
    <Page
      wide
      title={`Play: ${title}`}
      lead="A virtual case over the draft, on the engine that runs real ones. Nothing is stored or sent."
    >
      {finding ? <Example finding={finding} scenario={scenario} ahead={play.ahead} /> : null}
      {'problem' in compiled ? (
        <p role="alert" className={record['failure']}>
          {compiled.problem}
        </p>
      ) : play.session ? (
        <PlayView
          play={play}
          session={play.session}
          configuration={configuration}
          layout={layout}
          actor={setup.actor}
        />
      ) : (
        <div className={classes['before']}>
          <PlaySetup
            configuration={configuration}
            workflow={workflow}
            setup={setup}
            people={people}
            problem={startAt === undefined ? 'Choose a date and a time.' : problem}
            onSetup={setSetup}
            onLaunch={launch}
          />
          <ChancesPanel configuration={configuration} workflow={workflow} startAt={startAt} answers={settled(setup)} />
        </div>
      )}
      {play.session && problem ? (
        <p role="alert" className={record['failure']}>
          {problem}
        </p>
      ) : null}
    </Page>
  );
}

/** What a counterexample shows and how to see it. */
function Example({ finding, scenario, ahead }: { finding: Finding; scenario: Scenario | undefined; ahead: number }) {
  return (
    <div className={classes['example']}>
      <p>
        <b>Counterexample of {finding.code}.</b> {finding.message}
      </p>
      {scenario?.startAt ? <p>It starts on {momentInFull(scenario.startAt)}.</p> : null}
      {scenario && scenario.steps.length === 0 ? (
        <p>Each task is completed when it is due, as late as its target allows.</p>
      ) : null}
      {ahead > 0 ? <p>Step forward to see it happen: {ahead} steps are ahead.</p> : null}
    </div>
  );
}

/** The commands of a counterexample; where the start alone shows it, everything is done when it is due. */
function playScenario(scenario: Scenario, launched: Parameters<typeof playSteps>[0], actor: string) {
  if (scenario.steps.length === 0) return { session: runOnTime(launched, actor), refused: undefined };
  const { session, refused } = playSteps(launched, scenario.steps);
  return { session, refused: refused?.reason };
}

function tryCompile(
  configuration: Configuration,
  workflow: string,
  directory: PlayGround['directory'],
): { ground: PlayGround } | { problem: string } {
  try {
    return { ground: playGroundOf(configuration, workflow, directory) };
  } catch (error) {
    return { problem: `The drawing cannot be played yet: ${error instanceof Error ? error.message : String(error)}` };
  }
}
