import { type KeyboardEvent, type PointerEvent, useId, useRef, useState } from 'react';
import { type CalendarDocument, type OpeningWindow, Weekday } from '../../schemas/calendar.ts';
import classes from './calendar-editor.module.css';
import { blocksOf, MINUTES_OF_DAY, nudge, replaceWindow, spanOf, timeOf } from './week-edits.ts';

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

interface Gesture {
  day: Weekday;
  at: number;
  part: 'whole' | 'end';
  fromY: number;
  steps: number;
}

/** The week as columns of 24 hours: windows move by drag and by arrow keys, their end by the lower edge and with Shift. */
export function WeekGrid({ weekly, onDay }: WeekGridProps) {
  const [gesture, setGesture] = useState<Gesture>();
  const grid = useRef<HTMLDivElement>(null);
  const hint = useId();
  const move = (day: Weekday, at: number, window: OpeningWindow | undefined) =>
    onDay(day, replaceWindow(weekly[day] ?? [], at, window));
  const begin = (event: PointerEvent<HTMLElement>, day: Weekday, at: number, part: Gesture['part']) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    event.stopPropagation();
    setGesture({ day, at, part, fromY: event.clientY, steps: 0 });
  };
  const follow = (event: PointerEvent) => {
    const height = grid.current?.getBoundingClientRect().height;
    if (!gesture || !height) return;
    const minutes = ((event.clientY - gesture.fromY) / height) * MINUTES_OF_DAY;
    setGesture({ ...gesture, steps: Math.round(minutes / 15) });
  };
  const end = () => {
    const window = gesture && weekly[gesture.day]?.[gesture.at];
    if (gesture && window && gesture.steps !== 0)
      move(gesture.day, gesture.at, nudge(window, gesture.steps, gesture.part));
    setGesture(undefined);
  };
  const onKeyDown = (event: KeyboardEvent, day: Weekday, at: number, window: OpeningWindow) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step !== undefined) move(day, at, nudge(window, step, event.shiftKey ? 'end' : 'whole'));
    else if (event.key === 'Delete') move(day, at, undefined);
    else return;
    event.preventDefault();
  };
  return (
    <div>
      <div className={classes['week']}>
        <div className={classes['hours']} aria-hidden="true">
          {[0, 6, 12, 18, 24].map((hour) => (
            <span key={hour} style={{ top: `${(hour / 24) * 100}%` }}>
              {timeOf(hour * 60)}
            </span>
          ))}
        </div>
        {Weekday.options.map((day, number) => (
          <div key={day} className={classes['column']}>
            <span className={classes['dayName']}>{dayNames[day].slice(0, 3)}</span>
            <div className={classes['day']} ref={number === 0 ? grid : undefined}>
              {blocksOf(shownWeek(weekly, gesture), Weekday.options, day).map((block) => {
                const style = {
                  top: `${(block.from / MINUTES_OF_DAY) * 100}%`,
                  height: `${((block.until - block.from) / MINUTES_OF_DAY) * 100}%`,
                };
                if (block.isTail) return <span key={`tail ${block.at}`} className={classes['tail']} style={style} />;
                const window = shownWeek(weekly, gesture)[day]?.[block.at];
                if (!window) return null;
                const stored = weekly[day]?.[block.at] ?? window;
                return (
                  <button
                    key={block.at}
                    type="button"
                    className={classes['window']}
                    style={style}
                    data-window={`${day}-${block.at}`}
                    aria-describedby={hint}
                    onKeyDown={(event) => onKeyDown(event, day, block.at, stored)}
                    onPointerDown={(event) => begin(event, day, block.at, 'whole')}
                    onPointerMove={follow}
                    onPointerUp={end}
                    onPointerCancel={() => setGesture(undefined)}
                  >
                    <span className="visually-hidden">{dayNames[day]} </span>
                    <span>{window.start}</span>
                    <span className="visually-hidden"> to </span>
                    <span>{window.end}</span>
                    {spanOf(window).until > MINUTES_OF_DAY ? (
                      <span className="visually-hidden"> on the next day</span>
                    ) : null}
                    <span
                      className={classes['edge']}
                      aria-hidden="true"
                      onPointerDown={(event) => begin(event, day, block.at, 'end')}
                      onPointerMove={follow}
                      onPointerUp={(event) => {
                        event.stopPropagation();
                        end();
                      }}
                    />
                  </button>
                );
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

/** The week with the gesture that is under way. */
function shownWeek(weekly: CalendarDocument['weekly'], gesture: Gesture | undefined): CalendarDocument['weekly'] {
  if (!gesture || gesture.steps === 0) return weekly;
  const windows = (weekly[gesture.day] ?? []).map((window, at) =>
    at === gesture.at ? nudge(window, gesture.steps, gesture.part) : window,
  );
  return { ...weekly, [gesture.day]: windows };
}
