import { ActionIcon, Button, Group, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import type { CalendarDocument, OpeningWindow } from '../../schemas/calendar.ts';
import { LocalDate } from '../../schemas/ids.ts';
import { Field } from '../document-editor/field.tsx';
import { announce } from '../ui/announcer.tsx';
import { dateInWords } from '../words/date-words.ts';
import classes from './calendar-editor.module.css';
import { Windows } from './week-fields.tsx';

type Set = (path: readonly string[], value?: unknown) => unknown;

/** Dates on which nobody works, whatever the week says. */
export function ClosedDates({ calendar, set }: { calendar: CalendarDocument; set: Set }) {
  const [reason, setReason] = useState('');
  return (
    <DateList
      name="closed"
      title="Closed dates"
      dates={calendar.closed}
      taken="is closed already"
      takeOut={(day) => `Open ${day} again`}
      asked="Date to close"
      add="Close this date"
      set={set}
      onAdd={(on) => {
        set(['closed', on], reason.trim() || 'Closed');
        announce(`${dateInWords(on)} is closed`);
        setReason('');
      }}
      beside={
        <TextInput
          aria-label="Why it is closed"
          placeholder="Why, for example Staff day"
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      }
    >
      {(on, why) => (
        <TextInput
          aria-label={`Why ${dateInWords(on)} is closed`}
          value={why}
          onChange={(event) => set(['closed', on], event.currentTarget.value)}
        />
      )}
    </DateList>
  );
}

const firstHours: readonly OpeningWindow[] = [{ start: '09:00', end: '12:00' }];

/** Dates with hours of their own instead of those of the week, on holidays too. */
export function ExtraOpenings({ calendar, set }: { calendar: CalendarDocument; set: Set }) {
  return (
    <DateList
      name="openings"
      title="Dates with their own hours"
      dates={calendar.openings}
      taken="has its own hours already"
      takeOut={(day) => `Take out the hours of ${day}`}
      asked="Date with its own hours"
      add="Give it its own hours"
      set={set}
      onAdd={(on) => set(['openings', on], firstHours)}
    >
      {(on, windows) => (
        <Windows name={dateInWords(on)} windows={windows} onChange={(next) => set(['openings', on], next)} />
      )}
    </DateList>
  );
}

interface DateListProps<T> {
  /** The field of the calendar that holds them. */
  name: 'closed' | 'openings';
  title: string;
  dates: Readonly<Record<string, T>>;
  /** Why a date cannot be added a second time. */
  taken: string;
  takeOut: (day: string) => string;
  asked: string;
  add: string;
  set: Set;
  onAdd: (on: string) => void;
  /** Further fields of a new date. */
  beside?: ReactNode;
  /** What a date holds. */
  children: (on: string, held: T) => ReactNode;
}

/** Dates that differ from the week: each with what it holds, to be taken out, and one to be added. */
function DateList<T>({ name, title, dates, set, onAdd, beside, children, ...words }: DateListProps<T>) {
  const [date, setDate] = useState('');
  const problem = dateProblem(date, dates, words.taken);
  return (
    <Field path={[name]}>
      <ul className={classes['dates']} aria-label={title}>
        {sorted(dates).map(([on, held]) => (
          <li key={on} data-place={`/${name}/${on}`}>
            <b>{dateInWords(on)}</b>
            {children(on, held)}
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={words.takeOut(dateInWords(on))}
              onClick={() => set([name, on])}
            >
              <IconTrash size={14} />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <Group gap="xs" align="start" wrap="wrap">
        <TextInput
          aria-label={words.asked}
          type="date"
          value={date}
          error={date === '' ? undefined : problem}
          onChange={(event) => setDate(event.currentTarget.value)}
        />
        {beside}
        <Button
          variant="default"
          leftSection={<IconPlus size={13} />}
          disabled={date === '' || problem !== undefined}
          onClick={() => {
            onAdd(date);
            setDate('');
          }}
        >
          {words.add}
        </Button>
      </Group>
    </Field>
  );
}

function dateProblem(date: string, taken: object, words: string): string | undefined {
  if (!LocalDate.safeParse(date).success) return 'Choose a date.';
  return Object.hasOwn(taken, date) ? `${dateInWords(date)} ${words}.` : undefined;
}

function sorted<T>(entries: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1));
}
