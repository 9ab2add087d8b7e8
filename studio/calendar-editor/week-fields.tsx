import { ActionIcon, Button, Group, TextInput } from '@mantine/core';
import { IconCopy, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { type CalendarDocument, type OpeningWindow, Weekday } from '../../schemas/calendar.ts';
import classes from './calendar-editor.module.css';
import { freeWindow, MINUTES_OF_DAY, replaceWindow, spanOf } from './week-edits.ts';
import { dayNames } from './week-grid.tsx';

/** The windows of each weekday as times; as exact as anybody needs. */
export function WeekFields({
  weekly,
  onDay,
  onWorkdays,
}: {
  weekly: CalendarDocument['weekly'];
  onDay: (day: Weekday, windows: OpeningWindow[]) => void;
  /** Gives Monday's windows to Tuesday to Friday. */
  onWorkdays: () => void;
}) {
  return (
    <ul className={classes['days']}>
      {Weekday.options.map((day) => (
        <li key={day}>
          <span className={classes['dayLabel']}>{dayNames[day]}</span>
          <div className={classes['windows']}>
            <Windows name={dayNames[day]} windows={weekly[day] ?? []} onChange={(windows) => onDay(day, windows)} />
            {day === 'mon' ? (
              <Button variant="subtle" size="compact-xs" leftSection={<IconCopy size={13} />} onClick={onWorkdays}>
                The same until Friday
              </Button>
            ) : null}
          </div>
        </li>
      ))}
    </ul>
  );
}

/** Opening windows of one day, each with a start and an end. */
export function Windows({
  name,
  windows,
  onChange,
}: {
  name: string;
  windows: readonly OpeningWindow[];
  onChange: (windows: OpeningWindow[]) => void;
}) {
  return (
    <>
      {windows.length === 0 ? <span className={classes['shut']}>Closed</span> : null}
      {windows.map((window, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a window has no key; its place is what it is
        <Group key={at} gap={4}>
          <TimeField
            label={`${name} opens${at > 0 ? `, ${at + 1}` : ''}`}
            time={window.start}
            onTime={(start) => onChange(replaceWindow(windows, at, { ...window, start }))}
          />
          <span>to</span>
          <TimeField
            label={`${name} closes${at > 0 ? `, ${at + 1}` : ''}`}
            time={window.end}
            onTime={(end) => onChange(replaceWindow(windows, at, { ...window, end }))}
          />
          {spanOf(window).until > MINUTES_OF_DAY ? <span className={classes['shut']}>next day</span> : null}
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Remove ${window.start} to ${window.end} of ${name}`}
            onClick={() => onChange(replaceWindow(windows, at, undefined))}
          >
            <IconTrash size={14} />
          </ActionIcon>
        </Group>
      ))}
      <ActionIcon
        variant="subtle"
        aria-label={`Add opening hours to ${name}`}
        onClick={() => onChange([...windows, freeWindow(windows)])}
      >
        <IconPlus size={15} />
      </ActionIcon>
    </>
  );
}

/** A wall time; a half-written one stays in the field until it is whole. */
function TimeField({ label, time, onTime }: { label: string; time: string; onTime: (time: string) => void }) {
  const [draft, setDraft] = useState<{ text: string; over: string }>();
  const kept = draft?.over === time ? draft : undefined;
  const isTime = (text: string) => /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(text);
  return (
    <TextInput
      aria-label={label}
      className={classes['time'] ?? ''}
      inputMode="numeric"
      placeholder="HH:MM"
      value={kept?.text ?? time}
      error={kept !== undefined}
      onChange={(event) => {
        const text = event.currentTarget.value;
        if (isTime(text)) {
          setDraft(undefined);
          onTime(text);
        } else setDraft({ text, over: time });
      }}
      onBlur={() => setDraft(undefined)}
    />
  );
}
