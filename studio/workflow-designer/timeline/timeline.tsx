import { Button } from '@mantine/core';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import type { Configuration } from '../../../schemas/configuration.ts';
import type { WorkflowDocument } from '../../../schemas/workflow.ts';
import { closedDaysOf, type PlanTimeline, timelineOf, worstStartOf } from '../../document/engine.ts';
import { announce } from '../../ui/announcer.tsx';
import { EmptyState } from '../../ui/notice.tsx';
import { usePrinting } from '../../ui/use-printing.ts';
import { dateInWords, todayOn } from '../../words/date-words.ts';
import { nodeTitle } from '../drawing.ts';
import type { DesignerState } from '../use-designer.ts';
import { ChangeDialog } from './change-dialog.tsx';
import { Chart } from './chart.tsx';
import { type ChartRow, type RowOrder, toLines, toLinks, toRows } from './chart-rows.ts';
import { dateOf, dayOf, type Scale, type Zoom, zooms } from './scale.ts';
import classes from './timeline.module.css';
import { TimelineList } from './timeline-list.tsx';
import { TimelineTools } from './timeline-tools.tsx';
import { useBarChanges } from './use-bar-changes.ts';
import { useWidth } from './use-window.ts';
import { WhatMoves } from './what-moves.tsx';

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
  const { configuration, start, setStart, selected, setSelected } = designer;
  const { tried, tryOut, make, onGrip, shift } = useBarChanges(designer, workflow.key, timeline);
  const [zoom, setZoom] = useState<Zoom>('week');
  const [showLatest, setShowLatest] = useState(false);
  const [order, setOrder] = useState<RowOrder>('drawn');
  const [changing, setChanging] = useState<string>();
  const [worst, setWorst] = useState<{ start: string; because: string; before: string }>();
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

  const onKey = (event: KeyboardEvent, row: ChartRow) => {
    if (row.kind !== 'node' || row.node === null) return;
    const step = event.altKey ? ({ ArrowLeft: -1, ArrowRight: 1 } as Record<string, number>)[event.key] : undefined;
    if (event.key === 'Enter') setChanging(row.node);
    else if (step !== undefined) shift(row.node, event.shiftKey ? 'finish' : 'start', step, closedOn);
    else return;
    event.preventDefault();
  };
  const goToWorst = () => {
    const found = worstStartOf(configuration, workflow.key, Number(start.slice(0, 4)));
    if (!found) return;
    setWorst({ ...found, before: start });
    setStart(found.start);
    announce(found.because);
  };
  const label = `Timeline of ${workflow.title} from ${dateInWords(start)} to ${dateInWords(shown.finish)}. Up and down walk the rows, left and right follow the links, Enter changes the dates.`;
  return (
    <div className={classes['timeline']} ref={frame}>
      <TimelineTools
        start={start}
        onStart={setStart}
        zoom={zoom}
        onZoom={setZoom}
        order={order}
        onOrder={setOrder}
        showLatest={showLatest}
        onShowLatest={setShowLatest}
        onWorst={goToWorst}
        isNarrow={isNarrow}
      />
      {worst?.start === start ? (
        <div className={classes['notice']}>
          <p>{worst.because}</p>
          <Button variant="default" onClick={() => setStart(worst.before)}>
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
