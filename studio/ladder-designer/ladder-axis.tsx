import { SegmentedControl } from '@mantine/core';
import { IconGripVertical } from '@tabler/icons-react';
import { type KeyboardEvent, type PointerEvent, useMemo, useRef, useState } from 'react';
import type { Configuration } from '../../schemas/configuration.ts';
import type { LadderDocument, Trigger } from '../../schemas/ladder.ts';
import { type CompiledCalendar, type Storyboard, startOfDate, toDateTimeText } from '../document/time-engine.ts';
import { periodInWords } from '../words/period-words.ts';
import { type AxisMode, type AxisScale, closedStretches, dropTrigger, makeScale } from './axis-scale.ts';
import classes from './ladder-axis.module.css';
import { shiftTrigger } from './rung-edits.ts';
import { rungInShort, rungsOf, triggerInWords } from './rung-words.ts';

export interface LadderAxisProps {
  ladder: LadderDocument;
  configuration: Configuration;
  /** The work left alone: where each rung stands when nobody touches anything. */
  idle: Storyboard;
  calendar: CompiledCalendar;
  selected: string | undefined;
  onSelect: (rung: string) => void;
  onOpen: (rung: string) => void;
  onTrigger: (rung: string, trigger: Trigger) => void;
  onMove: (rung: string, by: -1 | 1) => void;
  onRemove: (rung: string) => void;
}

/** The rungs on a time axis: one row each, from the start over amber and target to the last repeat. Pins move by drag and by arrow keys. */
export function LadderAxis(props: LadderAxisProps) {
  const { ladder, idle, calendar } = props;
  const [mode, setMode] = useState<AxisMode>('working');
  const marks = useMemo(() => marksOf(idle, ladder), [idle, ladder]);
  const scale = useMemo(
    () => makeScale(calendar, mode, idle.startedAt, endOf(idle, marks)),
    [calendar, mode, idle, marks],
  );
  const rungs = rungsOf(ladder);
  return (
    <div>
      <div className={classes['head']}>
        <SegmentedControl
          size="xs"
          value={mode}
          onChange={(value) => setMode(value as AxisMode)}
          data={[
            { value: 'working', label: 'Working time' },
            { value: 'elapsed', label: 'Every day' },
          ]}
          aria-label="What the axis shows"
        />
        <p className={classes['hint']}>
          Drag a pin, or focus it: ← → later and sooner, Shift for five, Alt ↑ ↓ order, Enter opens, Delete removes.
        </p>
      </div>
      <div className={classes['axis']} data-mode={scale.mode}>
        <div className={classes['marks']} aria-hidden="true">
          {marks.map((mark, at) => (
            <span
              key={mark.word}
              className={classes['mark']}
              data-tone={mark.tone}
              data-edge={scale.toPlace(mark.at) > 0.7 ? 'end' : undefined}
              style={{ left: percent(scale.toPlace(mark.at)), top: (at % 3) * 15 }}
            >
              <b>{mark.word}</b> {shortDate(mark.at, idle.zone)}
            </span>
          ))}
        </div>
        <ol className={classes['rows']} aria-label="Rungs on the time axis">
          {rungs.map((rung) => (
            <RungRow key={rung.key} {...props} rung={rung.key} scale={scale} marks={marks} />
          ))}
        </ol>
        {rungs.length === 0 ? <p className={classes['none']}>No rung yet: nobody hears of anything.</p> : null}
      </div>
    </div>
  );
}

interface Mark {
  word: string;
  at: number;
  tone: 'plain' | 'amber' | 'bad';
}

function marksOf(idle: Storyboard, ladder: LadderDocument): Mark[] {
  const clock = idle.clocks.find(({ item }) => item.startsWith(`${ladder.subject}:`));
  const breached = clock?.breachedAt ?? clock?.dueAt ?? null;
  return [
    { word: 'Start', at: idle.startedAt, tone: 'plain' },
    ...(clock?.amberAt ? [{ word: 'Amber', at: clock.amberAt, tone: 'amber' as const }] : []),
    ...(breached === null
      ? []
      : [{ word: ladder.subject === 'clock' ? 'End' : 'Target', at: breached, tone: 'bad' as const }]),
  ];
}

/** A little after the last thing that is drawn. */
function endOf(idle: Storyboard, marks: readonly Mark[]): number {
  const last = Math.max(...marks.map(({ at }) => at), ...idle.firings.map(({ at }) => at));
  return last + Math.max(3600, Math.round((last - idle.startedAt) * 0.08));
}

function RungRow(props: LadderAxisProps & { rung: string; scale: AxisScale; marks: readonly Mark[] }) {
  const { ladder, configuration, idle, calendar, scale, marks, rung: key, selected } = props;
  const rung = ladder.rungs[key];
  const track = useRef<HTMLDivElement>(null);
  const [dragged, setDragged] = useState<number>();
  if (!rung) return null;
  const firings = idle.firings.filter((firing) => firing.rung === key).map(({ at }) => at);
  const [first] = firings;
  const base = baseOf(rung.trigger, idle, marks);
  const tried =
    dragged === undefined || base === undefined ? rung.trigger : dropTrigger(calendar, rung.trigger, base, dragged);
  const place = dragged ?? first;
  const placeOf = (event: PointerEvent) => {
    const box = track.current?.getBoundingClientRect();
    return box ? scale.toInstant((event.clientX - box.left) / box.width) : undefined;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const order = { ArrowUp: -1 as const, ArrowDown: 1 as const }[event.key];
    if (step !== undefined) props.onTrigger(key, shiftTrigger(rung.trigger, step * (event.shiftKey ? 5 : 1)));
    else if (order !== undefined && event.altKey) props.onMove(key, order);
    else if (order !== undefined) focusNeighbour(event.currentTarget, order);
    else if (event.key === 'Enter') props.onOpen(key);
    else if (event.key === 'Delete') props.onRemove(key);
    else return;
    event.preventDefault();
  };
  const title = `${key}: ${triggerInWords(tried)}`;
  return (
    <li className={classes['row']} data-selected={selected === key || undefined}>
      <div className={classes['label']}>
        <b>{key}</b>
        <span>{triggerInWords(tried)}</span>
      </div>
      <div className={classes['track']} ref={track}>
        {scale.mode === 'elapsed'
          ? closedStretches(calendar, scale.from, scale.until).map(({ from, to }) => (
              <span
                key={from}
                className={classes['closed']}
                style={between(scale.toPlace(startOfDate(calendar, from)), scale.toPlace(startOfDate(calendar, to)))}
              />
            ))
          : null}
        {marks.map((mark) => (
          <span
            key={mark.word}
            className={classes['line']}
            data-tone={mark.tone}
            style={{ left: percent(scale.toPlace(mark.at)) }}
          />
        ))}
        {base !== undefined && place !== undefined ? (
          <span
            className={classes['reach']}
            style={between(
              Math.min(scale.toPlace(base), scale.toPlace(place)),
              Math.max(scale.toPlace(base), scale.toPlace(place)),
            )}
          />
        ) : null}
        {firings.slice(1).map((at) => (
          <span
            key={at}
            className={classes['repeat']}
            title={`Again ${toDateTimeText(at, idle.zone)}`}
            style={{ left: percent(scale.toPlace(at)) }}
          />
        ))}
        <button
          type="button"
          className={classes['pin']}
          data-rung={key}
          data-place={`/rungs/${key}/trigger`}
          data-unplaced={place === undefined || undefined}
          style={{ left: percent(place === undefined ? 0 : scale.toPlace(place)) }}
          aria-label={`${title}; ${rungInShort(rung, configuration)}; ${
            first === undefined ? 'when it happens: not while nothing is done' : toDateTimeText(first, idle.zone)
          }${rung.repeat ? `; again every ${periodInWords(rung.repeat.every)}, at most ${rung.repeat.max} times` : ''}`}
          aria-pressed={selected === key}
          onFocus={() => props.onSelect(key)}
          onClick={() => props.onSelect(key)}
          onDoubleClick={() => props.onOpen(key)}
          onKeyDown={onKeyDown}
          onPointerDown={(event) => {
            if (base === undefined || event.button !== 0) return;
            event.currentTarget.setPointerCapture(event.pointerId);
          }}
          onPointerMove={(event) => {
            if (event.currentTarget.hasPointerCapture(event.pointerId)) setDragged(placeOf(event));
          }}
          onPointerUp={() => {
            if (dragged !== undefined && tried !== rung.trigger) props.onTrigger(key, tried);
            setDragged(undefined);
          }}
          onPointerCancel={() => setDragged(undefined)}
        >
          <IconGripVertical size={12} aria-hidden="true" />
          <span>{place === undefined ? 'when it happens' : shortDate(place, idle.zone)}</span>
        </button>
      </div>
    </li>
  );
}

/** The instant a rung is counted from, where there is one to count from. */
function baseOf(trigger: Trigger, idle: Storyboard, marks: readonly Mark[]): number | undefined {
  const markAt = (word: string) => marks.find((mark) => mark.word === word)?.at;
  switch (trigger.on) {
    case 'warning':
      return markAt('Amber');
    case 'breached':
      return markAt('Target');
    case 'clockEnd':
      return markAt('End');
    case 'followOn':
      return idle.firings.find(({ rung }) => rung === trigger.after)?.at;
    case 'stagnant':
    case 'unassigned':
    case 'notStarted':
      return idle.startedAt;
    case 'pausedTooLong':
      return undefined;
  }
}

function focusNeighbour(pin: Element, by: -1 | 1): void {
  const pins = [...(pin.closest('ol')?.querySelectorAll<HTMLElement>('[data-rung]') ?? [])];
  pins[pins.indexOf(pin as HTMLElement) + by]?.focus();
}

function percent(place: number): string {
  return `${(place * 100).toFixed(2)}%`;
}

function between(from: number, to: number) {
  return { left: percent(from), width: percent(to - from) };
}

/** `Thu 24 Dec`. */
function shortDate(at: number, zone: string): string {
  return toDateTimeText(at, zone).split(' ').slice(0, 3).join(' ');
}
