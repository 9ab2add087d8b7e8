import { Button } from '@mantine/core';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { Configuration } from '../../../schemas/configuration.ts';
import type { WorkflowDocument } from '../../../schemas/workflow.ts';
import { closedDaysOf, type PlanTimeline, timelineOf, worstStartOf } from '../../document/engine.ts';
import { announce } from '../../ui/announcer.tsx';
import { EmptyState } from '../../ui/notice.tsx';
import { dateInWords, todayOn } from '../../words/date-words.ts';
import { nodeTitle } from '../drawing.ts';
import type { DesignerState } from '../use-designer.ts';
import { ChangeDialog } from './change-dialog.tsx';
import { Chart } from './chart.tsx';
import { type ChartRow, type RowOrder, toLines, toLinks, toRows } from './chart-rows.ts';
import { type BarChange, type Preview, previewChange } from './preview.ts';
import { dateOf, dayOf, type Scale, type Zoom, zooms } from './scale.ts';
import classes from './timeline.module.css';
import { TimelineList } from './timeline-list.tsx';
import { TimelineTools } from './timeline-tools.tsx';
import type { Grip } from './use-bar-drag.ts';
import { useWidth } from './use-window.ts';
import { finishInWords, WhatMoves } from './what-moves.tsx';

/** Below this width bars cannot be read: the same dates are a list. */
const NARROW = 640;
const PAPER = 720;

export type TimelineDesigner = Pick<
  DesignerState,
  'workflow' | 'configuration' | 'start' | 'setStart' | 'selected' | 'setSelected' | 'run'
>;

/** The plan as bars over time, to be read and changed. */
export function Timeline({ designer }: { designer: TimelineDesigner }) {
  const { workflow, configuration, start } = designer;
  const planned = useMemo(
    () => (workflow ? timelineOf(configuration, workflow.key, start) : undefined),
    [configuration, workflow, start],
  );
  if (!workflow || !planned) return null;
  if (!planned.ok)
    return (
      <EmptyState title="There is no timeline while the drawing cannot be planned">
        {'cycle' in planned
          ? `${planned.cycle.join(', ')} wait for each other: take one of their links away.`
          : `${planned.missing} is not there.`}
      </EmptyState>
    );
  if (Object.keys(planned.timeline.bars).length === 0)
    return (
      <EmptyState title="Nothing to plan yet">Add a task that starts by itself; its dates appear here.</EmptyState>
    );
  return <OpenTimeline designer={designer} workflow={workflow} timeline={planned.timeline} />;
}

function OpenTimeline({
  designer,
  workflow,
  timeline,
}: {
  designer: TimelineDesigner;
  workflow: WorkflowDocument;
  timeline: PlanTimeline;
}) {
  const { configuration, start, setStart, run, selected, setSelected } = designer;
  const [zoom, setZoom] = useState<Zoom>('week');
  const [showLatest, setShowLatest] = useState(false);
  const [order, setOrder] = useState<RowOrder>('drawn');
  const [tried, setTried] = useState<{ node: string; preview: Preview }>();
  const [changing, setChanging] = useState<string>();
  const [worst, setWorst] = useState<{ because: string; before: string }>();
  const printing = usePrinting();
  const frame = useRef<HTMLDivElement>(null);
  const isNarrow = useWidth(frame) < NARROW;
  const shown = tried?.preview.ok ? tried.preview.timeline : timeline;
  const today = todayOn();
  const scale = useScale(timeline, shown, printing ? undefined : zoom);
  const rows = useMemo(() => toRows(shown, workflow, configuration, order), [shown, workflow, configuration, order]);
  const links = useMemo(() => toLinks(shown, workflow), [shown, workflow]);
  const lines = useMemo(() => toLines(shown, today), [shown, today]);
  const closed = useClosedDays(configuration, workflow.key, scale);
  const closedOn = useMemo(() => new Set(closed.map(({ on }) => on)), [closed]);
  const titleOf = (node: string) => nodeTitle(workflow, configuration, node);
  const before = useMemo(() => (tried ? stretchesOf(timeline) : undefined), [tried, timeline]);

  const tryOut = (node: string, change: BarChange) =>
    previewChange(configuration, { workflow: workflow.key, node, start }, change);
  const make = (node: string, preview: Preview) => {
    if (!preview.ok) return announce(`Not done: ${preview.reason}`);
    const bar = preview.timeline.bars[node];
    run(
      preview.command,
      `${node} is now ${dateInWords(bar?.start ?? start)} to ${dateInWords(bar?.finish ?? start)}. ${finishInWords(preview.moves)}`,
    );
  };
  const changeOf = ({ node, edge, days }: Grip): BarChange => {
    const bar = timeline.bars[node];
    const wanted = dateOf(dayOf((edge === 'start' ? bar?.start : bar?.finish) ?? start) + days);
    return edge === 'start' ? { startOn: wanted } : { finishOn: wanted };
  };
  const onGrip = {
    drag: (grip: Grip) => setTried({ node: grip.node, preview: tryOut(grip.node, changeOf(grip)) }),
    drop: (grip: Grip) => {
      setTried(undefined);
      make(grip.node, tryOut(grip.node, changeOf(grip)));
    },
    cancel: () => setTried(undefined),
  };
  const onKey = (event: KeyboardEvent, row: ChartRow) => {
    if (row.kind !== 'node' || row.node === null) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      setChanging(row.node);
    }
    const step = event.altKey ? ({ ArrowLeft: -1, ArrowRight: 1 } as Record<string, number>)[event.key] : undefined;
    const bar = timeline.bars[row.node];
    if (step === undefined || !bar) return;
    event.preventDefault();
    const edge = event.shiftKey ? 'finish' : 'start';
    const wanted = workdayFrom(dayOf(bar[edge]), step, closedOn);
    make(row.node, tryOut(row.node, edge === 'start' ? { startOn: wanted } : { finishOn: wanted }));
  };
  const goToWorst = () => {
    const found = worstStartOf(configuration, workflow.key, Number(start.slice(0, 4)));
    if (!found) return;
    setWorst({ because: found.because, before: start });
    setStart(found.start);
    announce(found.because);
  };
  const label = `Timeline of ${workflow.title} from ${dateInWords(start)} to ${dateInWords(shown.finish)}. Up and down walk the rows, left and right follow the links, Enter changes the dates.`;
  return (
    <div className={classes['timeline']} ref={frame}>
      <TimelineTools
        start={start}
        onStart={(next) => {
          setWorst(undefined);
          setStart(next);
        }}
        zoom={zoom}
        onZoom={setZoom}
        order={order}
        onOrder={setOrder}
        showLatest={showLatest}
        onShowLatest={setShowLatest}
        onWorst={goToWorst}
        isNarrow={isNarrow}
      />
      {worst ? (
        <div className={classes['notice']}>
          <p>{worst.because}</p>
          <Button
            variant="default"
            onClick={() => {
              setStart(worst.before);
              setWorst(undefined);
            }}
          >
            Back to {dateInWords(worst.before)}
          </Button>
        </div>
      ) : null}
      <div className={classes['stage']}>
        {isNarrow && !printing ? (
          <TimelineList rows={rows} selected={selected} onSelect={setSelected} onChange={setChanging} />
        ) : (
          <Chart
            label={label}
            rows={rows}
            links={links}
            lines={lines}
            closed={closed}
            scale={scale}
            showLatest={showLatest}
            selected={selected}
            onSelect={setSelected}
            before={before}
            onGrip={onGrip}
            onKey={onKey}
            whole={printing}
          />
        )}
        {tried ? (
          <div className={classes['panel']}>
            <h3>
              {tried.node} {titleOf(tried.node)}
            </h3>
            {tried.preview.ok ? (
              <WhatMoves moves={tried.preview.moves} titleOf={titleOf} />
            ) : (
              <p className={classes['moves']}>{tried.preview.reason}</p>
            )}
          </div>
        ) : null}
      </div>
      {changing ? (
        <ChangeDialog
          node={changing}
          workflow={workflow}
          configuration={configuration}
          timeline={timeline}
          tryOut={(change) => tryOut(changing, change)}
          onMake={(preview) => {
            setChanging(undefined);
            make(changing, preview);
          }}
          onClose={() => setChanging(undefined)}
        />
      ) : null}
    </div>
  );
}

/** Some days before the plan to some days after all that is drawn; on paper as wide as the sheet. */
function useScale(timeline: PlanTimeline, shown: PlanTimeline, zoom: Zoom | undefined): Scale {
  return useMemo(() => {
    const first = dayOf(timeline.start) - 3;
    const ends = [timeline, shown].flatMap(({ finish, targets }) => [finish, ...targets.map(({ dueOn }) => dueOn)]);
    const last = Math.max(...ends.map(dayOf)) + 14;
    const pixels = zooms.find(({ value }) => value === zoom)?.pixels ?? PAPER / (last - first + 1);
    return { first, last, pixels };
  }, [timeline, shown, zoom]);
}

function useClosedDays(configuration: Configuration, workflow: string, { first, last }: Scale) {
  return useMemo(
    () => closedDaysOf(configuration, workflow, dateOf(first), dateOf(last)),
    [configuration, workflow, first, last],
  );
}

function stretchesOf(timeline: PlanTimeline) {
  return Object.fromEntries(
    Object.values(timeline.bars).map((bar) => [bar.key, { from: dayOf(bar.start), to: dayOf(bar.finish) }]),
  );
}

/** The next day in a direction that is no closed day. */
function workdayFrom(day: number, step: number, closedOn: ReadonlySet<string>): string {
  let next = day + step;
  while (closedOn.has(dateOf(next))) next += step;
  return dateOf(next);
}

/** Whether the page is being printed: then every row is drawn. */
function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    const begin = () => flushSync(() => setPrinting(true));
    const end = () => setPrinting(false);
    window.addEventListener('beforeprint', begin);
    window.addEventListener('afterprint', end);
    return () => {
      window.removeEventListener('beforeprint', begin);
      window.removeEventListener('afterprint', end);
    };
  }, []);
  return printing;
}
