import {
  type CSSProperties,
  type KeyboardEvent,
  type PointerEvent,
  type RefObject,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import { type CalendarDocument, type OpeningWindow, Weekday } from '../../schemas/calendar.ts';
import classes from './calendar-editor.module.css';
import { blocksOf, MINUTES_OF_DAY, nudge, replaceWindow, spanOf } from './week-edits.ts';

export const dayNames: Readonly<Record<Weekday, string>> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
};

export interface WeekGridProps {
  weekly: CalendarDocument['weekly'];
  /** One gesture, one step. */
  onDay: (day: Weekday, windows: OpeningWindow[]) => void;
}

interface Gesture extends Place {
  part: 'whole' | 'end';
  fromY: number;
  /** Of a day, in pixels. */
  height: number;
  steps: number;
}

/** The week as columns of 24 hours: windows move by drag and by arrow keys, their end by the lower edge and with Shift. */
export function WeekGrid({ weekly, onDay }: WeekGridProps) {
  const hint = useId();
  const frame = useRef<HTMLDivElement>(null);
  const { shown, ...drag } = useWindowDrag(weekly, onDay);
  const onKeyDown = useWindowKeys(frame, weekly, onDay);
  return (
    <div className={classes['weekFrame']}>
      <div className={classes['week']} ref={frame}>
        <Hours />
        {Weekday.options.map((day) => (
          <div key={day} className={classes['column']}>
            <span className={classes['dayName']}>{dayNames[day].slice(0, 3)}</span>
            <div className={classes['day']} data-day>
              {blocksOf(shown, Weekday.options, day).map(({ at, from, until, isTail }) => {
                const window = shown[day]?.[at];
                const style = {
                  top: `${(from / MINUTES_OF_DAY) * 100}%`,
                  height: `${((until - from) / MINUTES_OF_DAY) * 100}%`,
                };
                if (isTail) return <span key={`tail ${at}`} className={classes['tail']} style={style} />;
                return window ? (
                  <WindowBlock
                    key={at}
                    place={{ day, at }}
                    window={window}
                    style={style}
                    hint={hint}
                    drag={drag}
                    onKeyDown={onKeyDown}
                  />
                ) : null;
              })}
            </div>
          </div>
        ))}
      </div>
      <p id={hint} className={classes['note']}>
        Drag a window or its lower edge; or focus it: ↑ ↓ move it, Shift ↑ ↓ its end, Delete removes it.
      </p>
    </div>
  );
}

/** Which window of the week: the day, and which of its windows. */
interface Place {
  day: Weekday;
  at: number;
}

/** One window, to be taken whole or by its lower edge. What the pointer does on the edge the window hears too. */
function WindowBlock({
  place,
  window,
  style,
  hint,
  drag,
  onKeyDown,
}: {
  place: Place;
  window: OpeningWindow;
  style: CSSProperties;
  hint: string;
  drag: Omit<ReturnType<typeof useWindowDrag>, 'shown'>;
  onKeyDown: (event: KeyboardEvent, place: Place) => void;
}) {
  return (
    <button
      type="button"
      className={classes['window']}
      style={style}
      data-window={nameOf(place)}
      aria-describedby={hint}
      onKeyDown={(event) => onKeyDown(event, place)}
      onPointerDown={(event) => drag.begin(event, place, 'whole')}
      onPointerMove={drag.follow}
      onPointerUp={drag.end}
      onPointerCancel={drag.letGo}
    >
      <span className="visually-hidden">{dayNames[place.day]} </span>
      <span>{window.start}</span>
      <span className="visually-hidden"> to </span>
      <span>{window.end}</span>
      {spanOf(window).until > MINUTES_OF_DAY ? <span className="visually-hidden"> on the next day</span> : null}
      <span className={classes['edge']} aria-hidden="true" onPointerDown={(event) => drag.begin(event, place, 'end')} />
    </button>
  );
}

/** A window in the hand moves by quarters of an hour; the week is shown as it would be. */
function useWindowDrag(weekly: WeekGridProps['weekly'], onDay: WeekGridProps['onDay']) {
  const [gesture, setGesture] = useState<Gesture>();
  return {
    shown: shownWeek(weekly, gesture),
    begin: (event: PointerEvent<HTMLElement>, place: Place, part: Gesture['part']) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      event.stopPropagation();
      const height = event.currentTarget.closest('[data-day]')?.getBoundingClientRect().height ?? 0;
      setGesture({ ...place, part, fromY: event.clientY, height, steps: 0 });
    },
    follow: (event: PointerEvent) => {
      if (!gesture?.height) return;
      const minutes = ((event.clientY - gesture.fromY) / gesture.height) * MINUTES_OF_DAY;
      setGesture({ ...gesture, steps: Math.round(minutes / 15) });
    },
    end: () => {
      setGesture(undefined);
      if (!gesture || gesture.steps === 0) return;
      const { day, at, steps, part } = gesture;
      const windows = weekly[day] ?? [];
      const window = windows[at];
      if (window) onDay(day, replaceWindow(windows, at, nudge(window, steps, part)));
    },
    letGo: () => setGesture(undefined),
  };
}

/** Arrows and Delete on a window; the focus goes along when it passes another, and to the one beside it when it is gone. */
function useWindowKeys(
  frame: RefObject<HTMLElement | null>,
  weekly: WeekGridProps['weekly'],
  onDay: WeekGridProps['onDay'],
) {
  const wanted = useRef<string>(undefined);
  useEffect(() => {
    if (wanted.current === undefined) return;
    frame.current?.querySelector<HTMLElement>(`[data-window="${wanted.current}"]`)?.focus();
    wanted.current = undefined;
  });
  return (event: KeyboardEvent, { day, at }: Place) => {
    const windows = weekly[day] ?? [];
    const window = windows[at];
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!window || (step === undefined && event.key !== 'Delete')) return;
    event.preventDefault();
    const moved = step === undefined ? undefined : nudge(window, step, event.shiftKey ? 'end' : 'whole');
    const next = replaceWindow(windows, at, moved);
    wanted.current = nameOf({ day, at: moved ? next.indexOf(moved) : Math.min(at, next.length - 1) });
    onDay(day, next);
  };
}

function nameOf({ day, at }: Place): string {
  return `${day}-${at}`;
}

/** Beside the days; where there is little room, without minutes. */
function Hours() {
  return (
    <div className={classes['hours']} aria-hidden="true">
      {['00', '06', '12', '18', '24'].map((hour, quarter) => (
        <span key={hour} style={{ top: `${quarter * 25}%` }}>
          {hour}
          <span className={classes['minutes']}>:00</span>
        </span>
      ))}
    </div>
  );
}

/** The week with the gesture that is under way. */
function shownWeek(weekly: CalendarDocument['weekly'], gesture: Gesture | undefined): CalendarDocument['weekly'] {
  if (!gesture || gesture.steps === 0) return weekly;
  const windows = (weekly[gesture.day] ?? []).map((window, at) =>
    at === gesture.at ? nudge(window, gesture.steps, gesture.part) : window,
  );
  return { ...weekly, [gesture.day]: windows };
}
