import { ActionIcon } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useMemo } from 'react';
import { type CompiledCalendar, dayStrip, type StripDay } from '../document/time-engine.ts';
import { dateInWords } from '../words/date-words.ts';
import classes from './calendar-editor.module.css';
import { DayLegend, dayTitle } from './day-marks.tsx';

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** A year of the calendar: open, closed, holidays, extra openings and the days on which the clocks change. */
export function YearView({
  calendar,
  year,
  onYear,
}: {
  calendar: CompiledCalendar;
  year: number;
  onYear: (year: number) => void;
}) {
  const days = useMemo(() => dayStrip(calendar, `${year}-01-01`, `${year}-12-31`), [calendar, year]);
  const special = days.filter(({ kind, clocks }) => kind === 'holiday' || kind === 'extra' || clocks);
  const open = days.filter(({ kind }) => kind === 'open' || kind === 'extra').length;
  return (
    <div>
      <div className={classes['yearHead']}>
        <ActionIcon variant="default" aria-label="The year before" onClick={() => onYear(year - 1)}>
          <IconChevronLeft size={15} />
        </ActionIcon>
        <b role="status">
          {year}: {open} working days
        </b>
        <ActionIcon variant="default" aria-label="The year after" onClick={() => onYear(year + 1)}>
          <IconChevronRight size={15} />
        </ActionIcon>
        <DayLegend />
      </div>
      <div className={classes['year']} role="img" aria-label={`${year}, the special days are listed below`}>
        {months.map((name, month) => (
          <div key={name}>
            <span className={classes['month']}>{name}</span>
            <div className={classes['cells']}>
              {monthDays(days, month).map((day, at) =>
                day ? (
                  <span
                    key={day.date}
                    className={classes['cell']}
                    data-kind={day.kind}
                    data-clocks={day.clocks}
                    title={dayTitle(day)}
                  >
                    {Number(day.date.slice(8))}
                  </span>
                ) : (
                  // biome-ignore lint/suspicious/noArrayIndexKey: empty cells before the first
                  <span key={`empty ${at}`} />
                ),
              )}
            </div>
          </div>
        ))}
      </div>
      <details className={classes['listed']}>
        <summary>
          {special.length} special day{special.length === 1 ? '' : 's'} in {year}
        </summary>
        <ul>
          {special.map((day) => (
            <li key={day.date}>
              <b>{dateInWords(day.date)}</b> {dayTitle(day).split(': ').slice(1).join(': ')}
            </li>
          ))}
        </ul>
      </details>
    </div>
  );
}

/** The days of a month from Monday on, with empty places before the first. */
function monthDays(days: readonly StripDay[], month: number): (StripDay | undefined)[] {
  const found = days.filter(({ date }) => Number(date.slice(5, 7)) === month + 1);
  const first = found[0] ? (new Date(`${found[0].date}T00:00:00Z`).getUTCDay() + 6) % 7 : 0;
  return [...Array.from({ length: first }, () => undefined), ...found];
}
