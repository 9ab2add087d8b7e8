import { useMemo } from 'react';
import type { Configuration } from '../../schemas/configuration.ts';
import { inOrder } from '../../schemas/document.ts';
import { closedDaysOf } from '../document/engine.ts';
import { type CaseSchedule, caseSchedule, localDateOf, type PlaySession } from '../document/play-engine.ts';
import { toStateWord } from '../ui/states.tsx';
import { momentInWords } from '../words/date-words.ts';
import type { Selected } from '../workflow-designer/selection.ts';
import { Chart } from '../workflow-designer/timeline/chart.tsx';
import type { ChartLine, ChartLink, ChartRow } from '../workflow-designer/timeline/chart-rows.ts';
import { dateOf, dayOf, type Scale } from '../workflow-designer/timeline/scale.ts';

/** The played case as bars: what was done when, what is under way, and where the rest would lie (S7). */
export function CaseChart({
  session,
  configuration,
  selected,
  onSelect,
}: {
  session: PlaySession;
  configuration: Configuration;
  selected: Selected;
  onSelect: (selected: Selected) => void;
}) {
  const { ground, played, now } = session;
  const shown = useMemo(() => {
    if (!played.state) return undefined;
    const schedule = caseSchedule(ground.bundle, played.state, { now, calendars: ground.calendars });
    const calendar = ground.calendars[played.state.calendar];
    const dateAt = (at: number) => dayOf(calendar ? localDateOf(calendar, at) : dateOf(Math.floor(at / 86_400)));
    const rows = toCaseRows(session, schedule, dateAt);
    const lines = toCaseLines(session, schedule, dateAt);
    const days = [...rows.flatMap(({ bar }) => (bar ? [bar.from, bar.to] : [])), ...lines.map(({ day }) => day)];
    const scale: Scale = { first: Math.min(...days) - 3, last: Math.max(...days) + 14, pixels: 10 };
    return { rows, lines, scale, links: toCaseLinks(session, schedule) };
  }, [session, ground, played, now]);
  const { first = 0, last = 0 } = shown?.scale ?? {};
  const closed = useMemo(
    () => closedDaysOf(configuration, ground.bundle.key, dateOf(first), dateOf(last)),
    [configuration, ground.bundle.key, first, last],
  );
  if (!shown) return null;
  return (
    <Chart
      label={`Timeline of the virtual case at ${momentInWords(now)}. Up and down walk the rows, left and right follow the links.`}
      rows={shown.rows}
      links={shown.links}
      lines={shown.lines}
      closed={closed}
      scale={shown.scale}
      selected={selected}
      onSelect={onSelect}
    />
  );
}

function toCaseRows(session: PlaySession, schedule: CaseSchedule, dateAt: (at: number) => number): ChartRow[] {
  const state = session.played.state;
  const order = inOrder(session.ground.bundle.workflow.nodes).map(({ key }) => key);
  return Object.entries(schedule.items)
    .flatMap(([id, item]): ChartRow[] => {
      const task = state?.tasks[id];
      const step = state?.steps[id];
      const life = task?.life ?? (step?.state === 'reached' ? 'complete' : (step?.state ?? 'pending'));
      // Work that was done without being started was under way since it became ready.
      const start = item.state === 'open' ? item.start : Math.min(item.start, task?.activeAt ?? item.start);
      const [from, to] = [dateAt(start), dateAt(item.finish)];
      const what = item.state === 'done' ? 'done' : item.state === 'started' ? 'under way, projected' : 'projected';
      const dates = `${momentInWords(start)} to ${momentInWords(item.finish)}`;
      const title = task?.title ?? step?.title ?? id;
      return [
        {
          id,
          node: task?.node ?? id,
          kind: 'node',
          type: task ? 'task' : (step?.type ?? 'task'),
          title,
          note: () => `${dates}, ${what}`,
          words: () =>
            [
              `${id}, ${title}`,
              toStateWord(life),
              `${dates}, ${what}`,
              item.critical ? 'critical' : '',
              item.beyondCaseTarget ? 'after the case target' : '',
            ]
              .filter(Boolean)
              .join('; '),
          bar: { from, to: Math.max(from, to) },
          weight: item.critical && item.state !== 'done' ? 'critical' : 'plain',
          missed: item.beyondCaseTarget,
          state: life,
        },
      ];
    })
    .sort((a, b) => order.indexOf(a.node ?? '') - order.indexOf(b.node ?? ''));
}

function toCaseLines(session: PlaySession, schedule: CaseSchedule, dateAt: (at: number) => number): ChartLine[] {
  const state = session.played.state;
  const clocks = Object.values(state?.clocks ?? {}).flatMap((clock): ChartLine[] => {
    const row = Object.values(state?.time[`clock:${clock.id}`]?.rows ?? {})[0];
    const dueAt = row?.dueAt ?? row?.breachedAt;
    if (!dueAt) return [];
    // A period that ends at midnight ends on the date before.
    const missed = row?.breachedAt != null && clock.outcome !== 'lapsed';
    return [{ id: clock.id, day: dateAt(dueAt - 1), label: clock.title, kind: 'clock', missed }];
  });
  const target = schedule.caseDueAt;
  return [
    { id: 'now', day: dateAt(session.now), label: 'Now', kind: 'today' },
    ...(target === null
      ? []
      : [{ id: 'case', day: dateAt(target - 1), label: 'Case target', kind: 'target' } satisfies ChartLine]),
    ...clocks,
  ];
}

function toCaseLinks(session: PlaySession, { items }: CaseSchedule): ChartLink[] {
  return inOrder(session.ground.bundle.workflow.links).flatMap(({ key, from, to, type }): ChartLink[] => {
    const [first, second] = [items[from], items[to]];
    if (!first || !second) return [];
    return [{ key, from, to, type, holds: true, critical: first.critical && second.critical }];
  });
}
