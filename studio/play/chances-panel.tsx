import { Button, NumberInput, Progress } from '@mantine/core';
import { IconDice5 } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { Answers } from '../../schemas/condition.ts';
import type { Configuration } from '../../schemas/configuration.ts';
import { announce } from '../ui/announcer.tsx';
import { Panel } from '../ui/page.tsx';
import record from '../ui/record.module.css';
import { nodeTitle } from '../workflow-designer/drawing.ts';
import { type Chance, type Chances, daysWithin } from './chances.ts';
import classes from './play.module.css';
import type { SampleAnswer, SampleRequest } from './sample-worker.ts';

const RUNS = 1000;

/** Lives many cases with sampled durations and shows the chance of meeting each target. */
export function ChancesPanel({
  configuration,
  workflow,
  startAt,
  answers,
}: {
  configuration: Configuration;
  workflow: string;
  startAt: number | undefined;
  answers: Answers;
}) {
  const [assumed, setAssumed] = useState({ shortest: 50, likely: 90, longest: 130 });
  const [runs, setRuns] = useState(RUNS);
  const [seed, setSeed] = useState(1);
  const sampling = useSampling();
  const { chances, problem, isRunning } = sampling;
  const begin = () => {
    if (startAt === undefined) return;
    const share = (percent: number) => percent / 100;
    const shares = {
      shortest: share(assumed.shortest),
      likely: share(assumed.likely),
      longest: share(assumed.longest),
    };
    sampling.begin({ configuration, workflow, startAt, answers, assumed: shares, runs, seed });
  };
  const bounds = [
    ['shortest', 'At least %'],
    ['likely', 'Likely %'],
    ['longest', 'At most %'],
  ] as const;
  return (
    <Panel title="Chance of meeting each target">
      <p style={{ marginTop: 0 }}>
        Cases are lived from this start and these answers; each task takes a length by chance: from its estimate, or
        where it has none from these shares of its target.
      </p>
      <div className={classes['assumed']}>
        {bounds.map(([bound, label]) => (
          <NumberInput
            key={bound}
            label={label}
            w={92}
            min={0}
            max={1000}
            value={assumed[bound]}
            onChange={(value) => typeof value === 'number' && setAssumed({ ...assumed, [bound]: value })}
          />
        ))}
        <NumberInput
          label="Cases"
          w={92}
          min={10}
          max={10_000}
          value={runs}
          onChange={(value) => typeof value === 'number' && setRuns(value)}
        />
        <NumberInput
          label="Seed"
          w={80}
          min={0}
          value={seed}
          onChange={(value) => typeof value === 'number' && setSeed(value)}
        />
        {isRunning ? (
          <Button variant="default" size="sm" onClick={sampling.stop}>
            Stop
          </Button>
        ) : (
          <Button
            variant="default"
            size="sm"
            leftSection={<IconDice5 size={15} />}
            onClick={begin}
            disabled={
              startAt === undefined || !(assumed.shortest <= assumed.likely && assumed.likely <= assumed.longest)
            }
          >
            Sample {runs} cases
          </Button>
        )}
      </div>
      {isRunning ? (
        <Progress value={(100 * (chances?.runs ?? 0)) / runs} aria-label={`${chances?.runs ?? 0} of ${runs} cases`} />
      ) : null}
      {problem ? (
        <p role="alert" className={record['failure']}>
          {problem}
        </p>
      ) : null}
      {chances && chances.runs > 0 ? (
        <ChancesTable chances={chances} configuration={configuration} workflow={workflow} />
      ) : null}
    </Panel>
  );
}

/** Targets with their chances; those most at risk first. */
export function ChancesTable({
  chances,
  configuration,
  workflow,
}: {
  chances: Chances;
  configuration: Configuration;
  workflow: string;
}) {
  const drawn = configuration.workflow[workflow];
  const clocks = Object.entries(chances.clocks).map(([key, chance]) => ({
    key: `clock ${key}`,
    title: drawn?.clocks[key]?.title ?? key,
    chance,
  }));
  const tasks = Object.entries(chances.tasks).map(([key, chance]) => ({
    key,
    title: `${key} ${drawn ? nodeTitle(drawn, configuration, key) : ''}`,
    chance,
  }));
  const whole = chances.case.of > 0 ? [{ key: 'case', title: 'Case target', chance: chances.case }] : [];
  const rows = [...whole, ...clocks.sort(byRisk), ...tasks.sort(byRisk)];
  const within = (share: number) => Math.round(daysWithin(chances.days, share));
  return (
    <>
      <p>
        {chances.runs} cases: half end within {within(0.5)} days, nine in ten within {within(0.9)}, all within{' '}
        {within(1)}.
      </p>
      <table className={classes['chances']}>
        <thead>
          <tr>
            <th scope="col">Target</th>
            <th scope="col">Met in</th>
            <th scope="col">
              <span className="visually-hidden">Share</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, title, chance }) => (
            <tr key={key}>
              <th scope="row" style={{ fontWeight: 400 }}>
                {title}
              </th>
              <td>{percentOf(chance)}</td>
              <td>
                <span className={classes['share']} data-low={shareOf(chance) < 0.8 || undefined} aria-hidden="true">
                  <span style={{ width: `${100 * shareOf(chance)}%` }} />
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function byRisk(a: { chance: Chance }, b: { chance: Chance }): number {
  return shareOf(a.chance) - shareOf(b.chance);
}

function shareOf({ met, of }: Chance): number {
  return of === 0 ? 1 : met / of;
}

/** `93 %`; never rounded to certainty. */
function percentOf(chance: Chance): string {
  const percent = 100 * shareOf(chance);
  if (chance.met < chance.of && percent > 99) return 'over 99 %';
  if (chance.met > 0 && percent < 1) return 'under 1 %';
  return `${Math.round(percent)} %`;
}

/** A worker that samples; a new request takes the place of the one before. */
function useSampling() {
  const worker = useRef<Worker>(undefined);
  const [answer, setAnswer] = useState<{ chances?: Chances; problem?: string; isRunning: boolean }>({
    isRunning: false,
  });
  const stop = () => {
    worker.current?.terminate();
    worker.current = undefined;
    setAnswer((now) => ({ ...now, isRunning: false }));
  };
  useEffect(() => () => worker.current?.terminate(), []);
  const begin = (request: SampleRequest) => {
    worker.current?.terminate();
    const made = new Worker(new URL('./sample-worker.ts', import.meta.url), { type: 'module' });
    worker.current = made;
    setAnswer({ isRunning: true });
    made.addEventListener('error', () =>
      setAnswer({ isRunning: false, problem: 'The cases could not be lived. Reload the page and try again.' }),
    );
    made.addEventListener('message', ({ data }: MessageEvent<SampleAnswer>) => {
      if ('problem' in data) return setAnswer({ isRunning: false, problem: data.problem });
      setAnswer({ chances: data.chances, isRunning: !data.done });
      if (data.done) announce(`${data.chances.runs} cases sampled`);
    });
    made.postMessage(request);
  };
  return { ...answer, begin, stop };
}
