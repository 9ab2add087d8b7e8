import { IconAlertTriangle, IconDoorExit, IconFlag, IconGavel, IconRouteAltLeft, IconSend } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { StateBadge } from '../../ui/states.tsx';
import { CriticalMark } from '../task-card.tsx';
import type { ChartRow, Stretch } from './chart-rows.ts';
import { type Scale, xOf } from './scale.ts';
import classes from './timeline.module.css';
import type { BarDrag } from './use-bar-drag.ts';

const points = { milestone: IconFlag, end: IconDoorExit, decision: IconRouteAltLeft, communication: IconSend };

/** One row: its name, which stays in sight, and its bar. */
export function RowLine({
  row,
  index,
  scale,
  showLatest,
  isStop,
  isSelected,
  before,
  drag,
  onFocus,
  onKey,
}: {
  row: ChartRow;
  index: number;
  scale: Scale;
  showLatest: boolean;
  isStop: boolean;
  isSelected: boolean;
  before: Stretch | undefined;
  drag: BarDrag | undefined;
  onFocus: () => void;
  onKey: (event: KeyboardEvent) => void;
}) {
  const isGiven = row.kind === 'node' && drag !== undefined;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a row of the grid
    // biome-ignore lint/a11y/useFocusableInteractive: its cell has the focus
    <div
      className={classes['row']}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      data-selected={isSelected || undefined}
      data-kind={row.kind}
      style={{ top: `calc(${index} * var(--row))` }}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a header of the grid */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the bar beside it has the focus and the keys */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the bar beside it has the focus and the keys */}
      <div className={classes['name']} role="rowheader" onClick={(event) => focusCell(event.currentTarget)}>
        <span className={classes['title']} title={row.title}>
          {row.kind === 'target' ? <IconGavel size={13} aria-hidden="true" /> : <b>{row.id}</b>} {row.title}
        </span>
        <span className={classes['note']}>
          {row.weight === 'critical' ? (
            <span className={classes['critical']}>
              <CriticalMark /> Critical
            </span>
          ) : row.weight === 'near' ? (
            <span className={classes['near']}>
              <NearMark /> Near-critical
            </span>
          ) : null}
          {row.missed ? (
            <span className={classes['missed']}>
              <IconAlertTriangle size={12} aria-hidden="true" /> Missed
            </span>
          ) : null}
          {row.state ? <StateBadge state={row.state} /> : null}
          <span className={classes['noteText']}>{row.note()}</span>
        </span>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a cell of the grid */}
      <div
        className={classes['track']}
        role="gridcell"
        tabIndex={isStop ? 0 : -1}
        data-row={row.id}
        aria-label={row.words()}
        aria-keyshortcuts={
          isGiven ? 'Enter Alt+ArrowLeft Alt+ArrowRight Alt+Shift+ArrowLeft Alt+Shift+ArrowRight' : undefined
        }
        onFocus={onFocus}
        onKeyDown={onKey}
      >
        {before && isElsewhere(before, row.bar) ? (
          <span className={classes['before']} style={placeOf(before, scale)} />
        ) : null}
        {showLatest && row.latest ? <span className={classes['latest']} style={placeOf(row.latest, scale)} /> : null}
        {row.room ? <span className={classes['room']} style={placeOf(row.room, scale)} /> : null}
        {row.bar ? <Bar row={row} bar={row.bar} scale={scale} drag={isGiven ? drag : undefined} /> : null}
      </div>
    </div>
  );
}

function Bar({ row, bar, scale, drag }: { row: ChartRow; bar: Stretch; scale: Scale; drag: BarDrag | undefined }) {
  const node = row.node ?? '';
  const Icon = row.type in points ? points[row.type as keyof typeof points] : undefined;
  if (Icon) {
    const { left, width } = placeOf(bar, scale);
    return (
      <span
        className={classes['point']}
        data-weight={row.weight}
        style={{ left: left + width / 2 - 10 }}
        onPointerDown={(event) => {
          drag?.grab(event, node, 'start');
          focusCell(event.currentTarget);
        }}
      >
        <Icon size={13} />
      </span>
    );
  }
  return (
    <span
      className={classes['bar']}
      data-kind={row.kind}
      data-weight={row.weight}
      data-missed={row.missed || undefined}
      data-state={row.state}
      style={placeOf(bar, scale)}
      onPointerDown={(event) => {
        drag?.grab(event, node, 'start');
        focusCell(event.currentTarget);
      }}
    >
      {row.amber !== undefined && row.amber >= bar.from && row.amber <= bar.to && scale.pixels > 6 ? (
        <span className={classes['amber']} style={{ left: xOf(scale, row.amber) - xOf(scale, bar.from) }} />
      ) : null}
      {drag && row.type === 'task' ? (
        <span
          className={classes['handle']}
          onPointerDown={(event) => {
            event.stopPropagation();
            drag.grab(event, node, 'finish');
            focusCell(event.currentTarget);
          }}
        />
      ) : null}
    </span>
  );
}

/** A dashed outline, as on the bar: nearly critical without colour. */
function NearMark() {
  return (
    <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
      <rect
        x="1"
        y="3"
        width="10"
        height="6"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.4"
        strokeDasharray="2.4 1.6"
      />
    </svg>
  );
}

function placeOf(stretch: Stretch, scale: Scale): { left: number; width: number } {
  return { left: xOf(scale, stretch.from), width: Math.max(3, (stretch.to - stretch.from + 1) * scale.pixels) };
}

function isElsewhere(before: Stretch, bar: Stretch | undefined): boolean {
  return bar === undefined || before.from !== bar.from || before.to !== bar.to;
}

function focusCell(inside: Element): void {
  inside.closest('[role="row"]')?.querySelector<HTMLElement>('[data-row]')?.focus({ preventScroll: true });
}
