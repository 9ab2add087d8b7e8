import { Button, Stack, Textarea } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { CalendarDocument, Division } from '../../schemas/calendar.ts';
import type { EditCommand } from '../document/engine.ts';
import { importBankHolidays, shippedBankHolidays } from '../document/time-engine.ts';
import { announce } from '../ui/announcer.tsx';
import { dateInWords } from '../words/date-words.ts';
import classes from './calendar-editor.module.css';

/** Bank holidays of the division: those the product knows, and what a newer file of GOV.UK adds to them. */
export function HolidayImport({
  calendar,
  division,
  year,
  run,
}: {
  calendar: CalendarDocument;
  division: Division;
  year: number;
  run: (command: EditCommand) => { ok: boolean };
}) {
  const [text, setText] = useState('');
  const read = useMemo(() => readFeed(text, division, calendar), [text, division, calendar]);
  const known = Object.entries(shippedBankHolidays[division]).filter(([date]) => date.startsWith(String(year)));
  const years = Object.keys(shippedBankHolidays[division]).map((date) => date.slice(0, 4));
  const add = () => {
    if (!('added' in read)) return;
    const commands = read.added.map(
      ({ date, title }): EditCommand => ({
        type: 'setDocumentField',
        kind: 'calendar',
        key: calendar.key,
        path: ['closed', date],
        value: title,
      }),
    );
    if (!run({ type: 'batch', label: `Take over ${commands.length} bank holidays`, commands }).ok) return;
    announce(`Took over ${commands.length} bank holidays`);
    setText('');
  };
  return (
    <Stack gap="sm">
      <p className={classes['note']}>
        Known from {years[0]} to {years.at(-1)}. In {year}:{' '}
        {known.length === 0
          ? 'none known yet'
          : known.map(([date, title]) => `${dateInWords(date)} (${title})`).join(', ')}
        .
      </p>
      <Textarea
        label="Newer dates from GOV.UK"
        description="Paste the file gov.uk/bank-holidays.json. What is known stays: GOV.UK drops its past."
        autosize
        minRows={2}
        maxRows={6}
        value={text}
        error={'problem' in read ? read.problem : undefined}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {'added' in read && text !== '' ? (
        <div>
          <p className={classes['note']}>
            {read.added.length === 0
              ? 'Nothing new for this division: every date is known.'
              : `New for this division: ${read.added.map(({ date, title }) => `${dateInWords(date)} (${title})`).join(', ')}.`}
            {read.problems.length > 0 ? ` Not read: ${read.problems.join(' ')}` : ''}
          </p>
          {read.added.length > 0 ? (
            <Button variant="default" onClick={add}>
              Close on {read.added.length === 1 ? 'this date' : `these ${read.added.length} dates`}
            </Button>
          ) : null}
        </div>
      ) : null}
    </Stack>
  );
}

interface Added {
  date: string;
  title: string;
}

/** What a pasted feed adds for the division that this calendar does not close on yet. */
export function readFeed(
  text: string,
  division: Division,
  calendar: Pick<CalendarDocument, 'closed'>,
): { added: Added[]; problems: readonly string[] } | { problem: string } {
  if (text.trim() === '') return { added: [], problems: [] };
  let feed: unknown;
  try {
    feed = JSON.parse(text);
  } catch {
    return { problem: 'This is no JSON yet: paste the whole file.' };
  }
  const { added, problems } = importBankHolidays(shippedBankHolidays, feed);
  const own = problems.filter((problem) => problem.includes(division));
  if (own.some((problem) => problem.startsWith('The feed has no list'))) return { problem: own.join(' ') };
  return {
    added: added.filter((one) => one.division === division && !Object.hasOwn(calendar.closed, one.date)),
    problems: own,
  };
}
