import { Group, Select, Stack, Switch } from '@mantine/core';
import { useMemo, useState } from 'react';
import { Division, type OpeningWindow, type Weekday } from '../../schemas/calendar.ts';
import { calendarsOf, zoneOf } from '../document/time-engine.ts';
import type { EditorProps } from '../document-editor/editor.ts';
import { Field, TextField } from '../document-editor/field.tsx';
import { announce } from '../ui/announcer.tsx';
import { Panel } from '../ui/page.tsx';
import { todayOn } from '../words/date-words.ts';
import classes from './calendar-editor.module.css';
import { DueCalculator } from './due-calculator.tsx';
import { HolidayImport } from './holiday-import.tsx';
import { MovedCases } from './moved-cases.tsx';
import { ClosedDates, ExtraOpenings } from './special-dates.tsx';
import { openMinutes } from './week-edits.ts';
import { WeekFields } from './week-fields.tsx';
import { dayNames, WeekGrid } from './week-grid.tsx';
import { YearView } from './year-view.tsx';

const divisions: Readonly<Record<Division, string>> = {
  'england-and-wales': 'England and Wales',
  scotland: 'Scotland',
  'northern-ireland': 'Northern Ireland',
};

/** Working time: the week, special dates, bank holidays, the year, and what all of it means for a date. */
export default function CalendarEditor({ document: calendar, configuration, run, set }: EditorProps<'calendar'>) {
  const [year, setYear] = useState(() => Number(todayOn().slice(0, 4)));
  const compiled = useMemo(() => calendarsOf(configuration)[calendar.key], [configuration, calendar.key]);
  const setDay = (day: Weekday, windows: OpeningWindow[]) => {
    if (!set(['weekly', day], windows.length > 0 ? windows : undefined).ok) return;
    const words = windows.map(({ start, end }) => `${start} to ${end}`).join(' and ');
    announce(`${dayNames[day]} ${words === '' ? 'is closed' : words}`);
  };
  const sameUntilFriday = () => {
    const monday = calendar.weekly.mon ?? [];
    const { sat, sun } = calendar.weekly;
    const workdays = monday.length > 0 ? { mon: monday, tue: monday, wed: monday, thu: monday, fri: monday } : {};
    set(['weekly'], { ...workdays, ...(sat ? { sat } : {}), ...(sun ? { sun } : {}) });
    announce('Monday to Friday have the same hours');
  };
  return (
    <Stack gap="md" p="md">
      <Panel title={calendar.alwaysOpen ? 'The week' : `The week: ${hours(openMinutes(calendar.weekly))}`}>
        <Stack gap="md">
          <Switch
            label="Every hour of every day"
            checked={calendar.alwaysOpen ?? false}
            onChange={(event) => set(['alwaysOpen'], event.currentTarget.checked || undefined)}
          />
          {calendar.alwaysOpen ? null : (
            <Field path={['weekly']}>
              <div className={classes['weekBoth']}>
                <WeekGrid weekly={calendar.weekly} onDay={setDay} />
                <WeekFields weekly={calendar.weekly} onDay={setDay} onWorkdays={sameUntilFriday} />
              </div>
            </Field>
          )}
          <Group gap="md" align="start" wrap="wrap">
            <TextField label="Time zone" description="An IANA name such as Europe/London." path={['zone']} maw={240} />
            <Field path={['division']}>
              <Select
                label="Bank holidays of"
                w={240}
                data={[
                  { value: '', label: 'None' },
                  ...Division.options.map((value) => ({ value, label: divisions[value] })),
                ]}
                value={calendar.division ?? ''}
                onChange={(division) => set(['division'], division || undefined)}
              />
            </Field>
          </Group>
        </Stack>
      </Panel>
      {compiled ? (
        <Panel title="The year">
          <YearView calendar={compiled} year={year} onYear={setYear} />
        </Panel>
      ) : null}
      <Panel title="Closed dates">
        <Stack gap="md">
          <ClosedDates calendar={calendar} set={set} />
          {calendar.division ? (
            <HolidayImport calendar={calendar} division={calendar.division} year={year} run={run} />
          ) : null}
        </Stack>
      </Panel>
      <Panel title="Dates with their own hours">
        <ExtraOpenings calendar={calendar} set={set} />
      </Panel>
      <Panel title="When would this be due?">
        <DueCalculator configuration={configuration} calendar={calendar.key} />
      </Panel>
      <Panel title="Open cases whose dates move">
        <p className={classes['note']}>
          A calendar is published on its own: dates of open cases follow it from then on.
        </p>
        <MovedCases zone={zoneOf(configuration)} />
      </Panel>
    </Stack>
  );
}

function hours(minutes: number): string {
  const whole = Math.floor(minutes / 60);
  return `${whole} hours${minutes % 60 > 0 ? ` ${minutes % 60} minutes` : ''}`;
}
