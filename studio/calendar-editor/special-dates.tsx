import { ActionIcon, Button, Group, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
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
  const [date, setDate] = useState('');
  const [reason, setReason] = useState('');
  const problem = dateProblem(date, calendar.closed, 'is closed already');
  const add = () => {
    if (problem || date === '') return;
    set(['closed', date], reason.trim() || 'Closed');
    announce(`${dateInWords(date)} is closed`);
    setDate('');
    setReason('');
  };
  return (
    <Field path={['closed']}>
      <ul className={classes['dates']} aria-label="Closed dates">
        {sorted(calendar.closed).map(([on, why]) => (
          <li key={on} data-place={`/closed/${on}`}>
            <b>{dateInWords(on)}</b>
            <TextInput
              aria-label={`Why ${dateInWords(on)} is closed`}
              value={why}
              onChange={(event) => set(['closed', on], event.currentTarget.value)}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Open ${dateInWords(on)} again`}
              onClick={() => set(['closed', on])}
            >
              <IconTrash size={14} />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <Group gap="xs" align="start" wrap="wrap">
        <TextInput
          aria-label="Date to close"
          type="date"
          value={date}
          error={date === '' ? undefined : problem}
          onChange={(event) => setDate(event.currentTarget.value)}
        />
        <TextInput
          aria-label="Why it is closed"
          placeholder="Why, for example Staff day"
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Button
          variant="default"
          leftSection={<IconPlus size={13} />}
          disabled={date === '' || problem !== undefined}
          onClick={add}
        >
          Close this date
        </Button>
      </Group>
    </Field>
  );
}

/** Dates with hours of their own instead of those of the week, on holidays too. */
export function ExtraOpenings({ calendar, set }: { calendar: CalendarDocument; set: Set }) {
  const [date, setDate] = useState('');
  const problem = dateProblem(date, calendar.openings, 'has its own hours already');
  const first: OpeningWindow[] = [{ start: '09:00', end: '12:00' }];
  return (
    <Field path={['openings']}>
      <ul className={classes['dates']} aria-label="Dates with their own hours">
        {sorted(calendar.openings).map(([on, windows]) => (
          <li key={on} data-place={`/openings/${on}`}>
            <b>{dateInWords(on)}</b>
            <Windows name={dateInWords(on)} windows={windows} onChange={(next) => set(['openings', on], next)} />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Take out the hours of ${dateInWords(on)}`}
              onClick={() => set(['openings', on])}
            >
              <IconTrash size={14} />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <Group gap="xs" align="start" wrap="wrap">
        <TextInput
          aria-label="Date with its own hours"
          type="date"
          value={date}
          error={date === '' ? undefined : problem}
          onChange={(event) => setDate(event.currentTarget.value)}
        />
        <Button
          variant="default"
          leftSection={<IconPlus size={13} />}
          disabled={date === '' || problem !== undefined}
          onClick={() => {
            set(['openings', date], first);
            setDate('');
          }}
        >
          Give it its own hours
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
