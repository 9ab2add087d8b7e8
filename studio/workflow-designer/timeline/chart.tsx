import { type CSSProperties, type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import type { Selected } from '../selection.ts';
import { Axis } from './axis.tsx';
import { Backdrop } from './backdrop.tsx';
import type { ChartLine, ChartLink, ChartRow, Stretch } from './chart-rows.ts';
import { LinkLayer } from './link-layer.tsx';
import { RowLine } from './row-line.tsx';
import { ROW_HEIGHT } from './row-measure.ts';
import { type Scale, stretchesOf, widthOf, xOf } from './scale.ts';
import classes from './timeline.module.css';
import { type Grip, useBarDrag } from './use-bar-drag.ts';
import { useSeenWindow } from './use-window.ts';

const AROUND = 6;

export interface ChartProps {
  /** What it shows, for a screen reader. */
  label: string;
  rows: readonly ChartRow[];
  links: readonly ChartLink[];
  lines: readonly ChartLine[];
  closed: readonly { on: string; reason: string | null }[];
  scale: Scale;
  showLatest?: boolean;
  selected?: Selected;
  onSelect?: (selected: Selected) => void;
  /** Where bars were before the change that is being tried. */
  before?: Readonly<Record<string, Stretch>> | undefined;
  onGrip?: { drag: (grip: Grip) => void; drop: (grip: Grip) => void; cancel: () => void };
  /** Keys on a focused bar beyond walking. */
  onKey?: (event: KeyboardEvent, row: ChartRow) => void;
  /** Every row in full, for paper. */
  whole?: boolean;
  children?: ReactNode;
}

const nothing = { drag: () => {}, drop: () => {}, cancel: () => {} };

/** Bars over time, as a grid that keyboards and screen readers walk; only the rows that are seen are there. */
export function Chart(props: ChartProps) {
  const { label, rows, links, lines, closed, scale, selected, onSelect, onGrip, whole = false } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const seen = useSeenWindow(scroller);
  const drag = useBarDrag(scroller, scale.pixels, onGrip ?? nothing);
  const [at, setAt] = useState<string>();
  const placeOf = useMemo(() => new Map(rows.map((row, index) => [row.id, index])), [rows]);
  const chosen = selected && 'node' in selected ? selected.node : undefined;
  const stop = [at, chosen].find((id) => id !== undefined && placeOf.has(id)) ?? rows[0]?.id;
  const shown = whole ? rows.map((_, index) => index) : seenRows(seen, rows.length, placeOf.get(stop ?? ''));
  const stretches = useMemo(() => stretchesOf(closed), [closed]);
  const walk = useWalk(scroller, rows, placeOf, links, scale, setAt);
  const style = {
    '--width': `${widthOf(scale)}px`,
    '--rows': rows.length,
    '--row': `${ROW_HEIGHT}px`,
  } as CSSProperties;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table cannot hold only the rows that are seen
    <div
      className={classes['scroller']}
      ref={scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-colcount={2}
      tabIndex={-1}
      style={style}
      data-whole={whole || undefined}
      onPointerMove={drag.move}
      onPointerUp={drag.drop}
      onPointerCancel={drag.letGo}
    >
      <Axis scale={scale} seen={seen} lines={lines} whole={whole} />
      {/* biome-ignore lint/a11y/useSemanticElements: a table cannot hold only the rows that are seen */}
      <div className={classes['body']} role="rowgroup">
        <Backdrop stretches={stretches} lines={lines} scale={scale} />
        <LinkLayer
          links={links}
          rows={rows}
          placeOf={placeOf}
          scale={scale}
          from={shown[0] ?? 0}
          to={shown.at(-1) ?? 0}
          selected={selected && 'link' in selected ? selected.link : undefined}
          onSelect={onSelect}
        />
        {shown.map((index) => {
          const row = rows[index];
          return row ? (
            <RowLine
              key={row.id}
              row={row}
              index={index}
              scale={scale}
              showLatest={props.showLatest ?? false}
              isStop={row.id === stop}
              isSelected={row.node !== null && row.node === chosen}
              before={props.before?.[row.id]}
              drag={onGrip ? drag : undefined}
              onFocus={() => {
                setAt(row.id);
                if (row.node !== null) onSelect?.({ node: row.node });
              }}
              onKey={(event) => walk(event, row) || props.onKey?.(event, row)}
            />
          ) : null;
        })}
      </div>
      {props.children}
    </div>
  );
}

/** Indexes of the rows in sight, some around them, and the one that has the focus. */
function seenRows(
  { top, height }: { top: number; height: number },
  count: number,
  focused: number | undefined,
): number[] {
  const first = Math.max(0, Math.floor(top / ROW_HEIGHT) - AROUND);
  const last = Math.min(count - 1, Math.ceil((top + height) / ROW_HEIGHT) + AROUND);
  const indexes = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
  if (focused === undefined || (focused >= first && focused <= last)) return indexes;
  return focused < first ? [focused, ...indexes] : [...indexes, focused];
}

/** Walks by keys: up and down the rows, left and right along the links; answers whether the key was one of them. */
function useWalk(
  scroller: React.RefObject<HTMLElement | null>,
  rows: readonly ChartRow[],
  placeOf: ReadonlyMap<string, number>,
  links: readonly ChartLink[],
  scale: Scale,
  setAt: (id: string) => void,
) {
  const wanted = useRef<string>(undefined);
  useEffect(() => {
    const id = wanted.current;
    if (id === undefined) return;
    wanted.current = undefined;
    scroller.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`)?.focus({ preventScroll: true });
  });
  const goTo = (index: number) => {
    const row = rows[Math.min(Math.max(index, 0), rows.length - 1)];
    if (!row) return;
    wanted.current = row.id;
    setAt(row.id);
    showRow(scroller.current, row, placeOf.get(row.id) ?? 0, scale);
  };
  return (event: KeyboardEvent, row: ChartRow): boolean => {
    const here = placeOf.get(row.id) ?? 0;
    const along = (end: 'from' | 'to', other: 'from' | 'to') =>
      placeOf.get(
        (links.find((link) => link[end] === row.id && link.holds) ?? links.find((link) => link[end] === row.id))?.[
          other
        ] ?? '',
      );
    const steps: Readonly<Record<string, () => number | undefined>> = {
      ArrowDown: () => here + 1,
      ArrowUp: () => here - 1,
      PageDown: () => here + 10,
      PageUp: () => here - 10,
      Home: () => 0,
      End: () => rows.length - 1,
      ArrowLeft: () => along('to', 'from'),
      ArrowRight: () => along('from', 'to'),
    };
    if (event.altKey || event.ctrlKey || event.metaKey) return false;
    const step = steps[event.key];
    if (!step) return false;
    event.preventDefault();
    const index = step();
    if (index !== undefined) goTo(index);
    return true;
  };
}

/** Brings a row and the beginning of its bar into sight. */
function showRow(element: HTMLElement | null, row: ChartRow, index: number, scale: Scale): void {
  if (!element) return;
  const head = element.querySelector<HTMLElement>('[data-axis]');
  const [top, name] = [head?.offsetHeight ?? 0, head?.querySelector<HTMLElement>('[data-corner]')?.offsetWidth ?? 0];
  const y = index * ROW_HEIGHT;
  if (y < element.scrollTop) element.scrollTop = y;
  else if (y + ROW_HEIGHT > element.scrollTop + element.clientHeight - top)
    element.scrollTop = y + ROW_HEIGHT - element.clientHeight + top;
  if (!row.bar) return;
  const x = xOf(scale, row.bar.from);
  const width = element.clientWidth - name;
  if (x < element.scrollLeft || x > element.scrollLeft + width - 40) element.scrollLeft = Math.max(0, x - width / 4);
}
