import { dateInWords } from '../../words/date-words.ts';
import type { ChartLine } from './chart-rows.ts';
import { dateOf, fineTicks, monthTicks, type Scale, widthOf, xOf } from './scale.ts';
import classes from './timeline.module.css';
import type { SeenWindow } from './use-window.ts';

const AROUND = 400;
const LABEL = 132;

/** Months above, days or weeks below, and flags over the lines. */
export function Axis({
  scale,
  seen,
  lines,
  whole,
}: {
  scale: Scale;
  seen: SeenWindow;
  lines: readonly ChartLine[];
  whole: boolean;
}) {
  const from = whole
    ? scale.first
    : Math.max(scale.first, scale.first + Math.floor((seen.left - AROUND) / scale.pixels));
  const to = whole ? scale.last : Math.min(scale.last, from + Math.ceil((seen.width + 2 * AROUND) / scale.pixels));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a row of the grid
    // biome-ignore lint/a11y/useFocusableInteractive: its cells do nothing
    <div className={classes['axis']} role="row" aria-rowindex={1} data-axis>
      {/* biome-ignore lint/a11y/useSemanticElements: a header of the grid */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: it does nothing */}
      <div className={classes['corner']} role="columnheader" data-corner>
        Task
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a header of the grid */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: it does nothing */}
      <div className={classes['ticks']} role="columnheader" style={{ width: widthOf(scale) }}>
        <span className="visually-hidden">
          Dates, {dateInWords(dateOf(scale.first))} to {dateInWords(dateOf(scale.last))}
        </span>
        <div aria-hidden="true">
          {monthTicks(scale).map(({ day, days, label }) => (
            <span key={day} className={classes['month']} style={{ left: xOf(scale, day), width: days * scale.pixels }}>
              <span>{label}</span>
            </span>
          ))}
          {fineTicks(scale, from, to).map(({ day, days, label }) => (
            <span key={day} className={classes['fine']} style={{ left: xOf(scale, day), width: days * scale.pixels }}>
              {label}
            </span>
          ))}
          {flagsOf(lines, scale).map(({ line, level, left }) => (
            <span key={line.id} className={classes['flag']} data-kind={line.kind} data-level={level} style={{ left }}>
              {line.label}
            </span>
          ))}
        </div>
      </div>
    </div>
  );
}

/** Labels of the lines, in two levels; one that fits in neither is left to its own row. */
function flagsOf(lines: readonly ChartLine[], scale: Scale): { line: ChartLine; level: number; left: number }[] {
  const ends = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  return lines
    .filter(({ day, kind }) => day >= scale.first && day <= scale.last && kind !== 'amber')
    .sort((a, b) => a.day - b.day)
    .flatMap((line) => {
      const left = xOf(scale, line.day + 1);
      const level = ends.findIndex((end) => left >= end);
      if (level < 0) return [];
      ends[level] = left + LABEL;
      return [{ line, level, left }];
    });
}
