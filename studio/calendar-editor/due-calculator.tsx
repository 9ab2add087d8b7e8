import { Group, NumberInput, SegmentedControl, Select, Stack, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { Configuration } from '../../schemas/configuration.ts';
import { type PeriodUnit, type Sla, Target } from '../../schemas/period.ts';
import {
  calculateDue,
  calendarsOf,
  readMoment,
  type TriedPause,
  toDateTimeText,
  zoneOf,
} from '../document/time-engine.ts';
import { LineList } from '../ui/line-list.tsx';
import { dateInWords, todayOn } from '../words/date-words.ts';
import { unitChoices } from '../words/period-words.ts';
import classes from './calendar-editor.module.css';
import { DayLegend, dayTitle } from './day-marks.tsx';

export interface DueCalculatorProps {
  configuration: Configuration;
  calendar: string;
  /** The target and its rules to begin with. */
  sla?: Sla;
  /** `YYYY-MM-DDTHH:MM`, local. */
  firstStart?: string;
}

interface Pause {
  id: number;
  from: string;
  until: string;
}

const plain: Sla = { target: { value: 5, unit: 'workingDays' } };

/** "When would this be due?": a target from a start, with pauses; the answer, why, and the days on the way. */
export function DueCalculator({ configuration, calendar: first, sla = plain, firstStart }: DueCalculatorProps) {
  const zone = zoneOf(configuration);
  const [calendar, setCalendar] = useState(sla.target.calendar ?? first);
  const [target, setTarget] = useState<Target>(sla.target);
  const [start, setStart] = useState(firstStart ?? `${todayOn()}T10:00`);
  const [pauses, setPauses] = useState<readonly Pause[]>([]);
  const answer = useMemo(
    () => answerOf({ configuration, calendar, sla: { ...sla, target }, start, pauses, zone }),
    [configuration, calendar, sla, target, start, pauses, zone],
  );
  const change = (part: Partial<Target>) => setTarget((before) => ({ ...before, ...part }));
  const countsDays = target.unit === 'workingDays' || target.unit === 'calendarDays';
  const countsTime = target.unit === 'minutes' || target.unit === 'hours';
  return (
    <Stack gap="md">
      <Group gap="sm" align="end" wrap="wrap">
        <NumberInput
          label="Target"
          w={90}
          min={0}
          allowDecimal={false}
          value={target.value}
          onChange={(value) => typeof value === 'number' && change({ value })}
        />
        <Select
          aria-label="Unit of the target"
          w={150}
          data={unitChoices}
          value={target.unit}
          onChange={(unit) => unit && change({ unit: unit as PeriodUnit })}
        />
        <TextInput
          label="From"
          type="datetime-local"
          w={200}
          value={start}
          onChange={(event) => setStart(event.currentTarget.value)}
        />
        <Select
          label="In calendar"
          w={210}
          data={Object.values(configuration.calendar).map(({ key, title }) => ({ value: key, label: title }))}
          value={calendar}
          onChange={(key) => key && setCalendar(key)}
        />
      </Group>
      {countsTime ? null : (
        <Group gap="lg" wrap="wrap">
          {countsDays ? (
            <Choice
              label="Day one"
              value={target.dayOne ?? 'next'}
              onChange={(dayOne) => change({ dayOne: dayOne as 'next' | 'same' })}
              data={[
                { value: 'next', label: 'The day after' },
                { value: 'same', label: 'The day itself' },
              ]}
            />
          ) : (
            <Choice
              label="On a closed day"
              value={target.roll ?? 'none'}
              onChange={(roll) => change({ roll: roll as 'none' | 'nextWorkingDay' })}
              data={[
                { value: 'none', label: 'It stays' },
                { value: 'nextWorkingDay', label: 'Next working day' },
              ]}
            />
          )}
          <Choice
            label="Due at"
            value={target.dueAt === 'endOfDay' ? 'endOfDay' : 'closeOfBusiness'}
            onChange={(dueAt) => change({ dueAt: dueAt as 'endOfDay' | 'closeOfBusiness' })}
            data={[
              { value: 'closeOfBusiness', label: 'Close of business' },
              { value: 'endOfDay', label: 'End of the day' },
            ]}
          />
        </Group>
      )}
      <Pauses pauses={pauses} start={start} onChange={setPauses} />
      {'problem' in answer ? (
        <p className={classes['problem']}>{answer.problem}</p>
      ) : (
        <div>
          <p className={classes['answer']} role="status">
            {answer.dueAt === null
              ? pauses.some(({ until }) => until === '')
                ? 'No date while the pause is on.'
                : 'Never: the calendar does not open long enough.'
              : `Due ${toDateTimeText(answer.dueAt, zone)}`}
          </p>
          {answer.amberAt === null ? null : (
            <p className={classes['note']}>Amber from {toDateTimeText(answer.amberAt, zone)}.</p>
          )}
          <p className={classes['note']}>{answer.text}.</p>
          <ol className={classes['strip']} aria-label="Day by day">
            {answer.days.map((day) => (
              <li
                key={day.date}
                className={classes['cell']}
                data-kind={day.kind}
                data-clocks={day.clocks}
                data-end={day.date === answer.dueOn ? 'due' : day.date === answer.days[0]?.date ? 'start' : undefined}
                title={dayTitle(day)}
              >
                <span aria-hidden="true">{Number(day.date.slice(8))}</span>
                <span className="visually-hidden">
                  {dayTitle(day)}
                  {day.date === answer.dueOn ? ', due' : ''}
                </span>
              </li>
            ))}
          </ol>
          <p className={classes['note']}>
            {answer.days[0]
              ? `${dateInWords(answer.days[0].date)} to ${dateInWords(answer.days.at(-1)?.date ?? '')}.`
              : ''}
          </p>
          <DayLegend />
        </div>
      )}
    </Stack>
  );
}

function Choice({
  label,
  value,
  data,
  onChange,
}: {
  label: string;
  value: string;
  data: { value: string; label: string }[];
  onChange: (value: string) => void;
}) {
  return (
    <div>
      <p className={classes['label']}>{label}</p>
      <SegmentedControl size="xs" aria-label={label} value={value} data={data} onChange={onChange} />
    </div>
  );
}

function Pauses({
  pauses,
  start,
  onChange,
}: {
  pauses: readonly Pause[];
  start: string;
  onChange: (pauses: readonly Pause[]) => void;
}) {
  return (
    <LineList<Pause>
      legend="Pauses"
      none="No pause: the clock runs all the time."
      lines={pauses}
      add="Add a pause"
      onAdd={(id) => ({ id, from: pauses.at(-1)?.until || start, until: '' })}
      onLines={onChange}
    >
      {(pause, at, change) => (
        <>
          <span>Paused from</span>
          <TextInput
            aria-label={`Pause ${at + 1} from`}
            type="datetime-local"
            w={195}
            value={pause.from}
            onChange={(event) => change({ from: event.currentTarget.value })}
          />
          <span>to</span>
          <TextInput
            aria-label={`Pause ${at + 1} until`}
            type="datetime-local"
            w={195}
            value={pause.until}
            onChange={(event) => change({ until: event.currentTarget.value })}
          />
        </>
      )}
    </LineList>
  );
}

interface Asked {
  configuration: Configuration;
  calendar: string;
  sla: Sla;
  start: string;
  pauses: readonly Pause[];
  zone: string;
}

function answerOf({ configuration, calendar, sla, start, pauses, zone }: Asked) {
  const calendars = calendarsOf(configuration);
  const target = Target.safeParse({ ...sla.target, calendar });
  if (!Object.hasOwn(calendars, calendar))
    return { problem: 'Choose a calendar: this one was deleted, or its time zone is unknown.' };
  if (!target.success) return { problem: 'Write the target as a whole number.' };
  const startedAt = readMoment(start, zone);
  if (startedAt === undefined) return { problem: 'Choose when it starts.' };
  const tried = pauses.flatMap(({ from, until }): TriedPause[] => {
    const [begins, ends] = [readMoment(from, zone), readMoment(until, zone)];
    return begins === undefined ? [] : [{ from: begins, ...(ends === undefined ? {} : { until: ends }) }];
  });
  return calculateDue({ ...sla, target: target.data }, calendar, startedAt, tried, (key) => {
    const found = calendars[key];
    if (!found) throw new RangeError(`there is no calendar "${key}"`);
    return found;
  });
}
