import type { StripDay } from '../document/time-engine.ts';
import { dateInWords } from '../words/date-words.ts';
import classes from './calendar-editor.module.css';

const kinds: Readonly<Record<StripDay['kind'], string>> = {
  open: 'open',
  closed: 'closed',
  holiday: 'closed on this date',
  extra: 'opened on this date',
};

/** `25 Dec 2026: closed on this date, Christmas Day`. */
export function dayTitle({ date, kind, reason, clocks }: StripDay): string {
  const words = [kinds[kind], ...(reason ? [reason] : []), ...(clocks ? [`clocks go ${clocks}`] : [])];
  return `${dateInWords(date)}: ${words.join(', ')}`;
}

/** What the colours and marks of days mean. */
export function DayLegend() {
  return (
    <ul className={classes['legend']} aria-label="What the marks mean">
      <li>
        <span className={classes['cell']} data-kind="open" /> open
      </li>
      <li>
        <span className={classes['cell']} data-kind="closed" /> closed
      </li>
      <li>
        <span className={classes['cell']} data-kind="holiday" /> holiday
      </li>
      <li>
        <span className={classes['cell']} data-kind="extra" /> extra opening
      </li>
      <li>
        <span className={classes['cell']} data-kind="closed" data-clocks="forward" /> clocks change
      </li>
    </ul>
  );
}
