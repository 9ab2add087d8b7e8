import { Button, Checkbox, Group, NumberInput, SegmentedControl, Select, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { Configuration } from '../../schemas/configuration.ts';
import type { Amber, Sla, SlaSet, Target } from '../../schemas/period.ts';
import { toPointer } from '../../schemas/shape.ts';
import { DueButton } from '../calendar-editor/due-button.tsx';
import { useEditor } from '../document-editor/editor.ts';
import { Field } from '../document-editor/field.tsx';
import { keyOfTitle } from '../document-editor/new-key.ts';
import { Under } from '../ui/under.tsx';
import { namedClocks, periodInWords } from '../words/period-words.ts';
import { PeriodField } from '../workflow-designer/period-field.tsx';
import classes from './maintenance.module.css';

/** The clocks of a task: one, or several by name (C14), each with its target, its warning and what pauses it. */
export function SlaFields({
  sla,
  path,
  calendar,
  configuration,
}: {
  sla: SlaSet;
  path: readonly string[];
  /** The calendar of the workflow it is used in. */
  calendar: string;
  configuration: Configuration;
}) {
  const { set } = useEditor();
  const [name, setName] = useState('');
  const named = namedClocks(sla);
  const isPlain = named.length === 1 && named[0]?.name === undefined;
  const add = () => {
    const key = keyOfTitle(
      name,
      named.map((clock) => clock.name ?? 'completion'),
    );
    const before = Object.fromEntries(named.map((clock) => [clock.name ?? 'completion', clock.sla]));
    if (set(path, { ...before, [key]: { target: { value: 1, unit: 'workingDays' } } }).ok) setName('');
  };
  const remove = (gone: string) => {
    const rest = named.filter((clock) => clock.name !== gone);
    const [only] = rest;
    // A clock that is alone needs no name: it is the completion.
    if (only && rest.length === 1 && only.name === 'completion') return set(path, only.sla);
    return set(path, Object.fromEntries(rest.map((clock) => [clock.name, clock.sla])));
  };
  return (
    <div className={classes['clocks']}>
      {named.map((clock) => (
        <Clock
          key={clock.name ?? ''}
          title={isPlain ? 'Until it is complete' : (clock.name ?? '')}
          sla={clock.sla}
          path={clock.name === undefined ? path : [...path, clock.name]}
          calendar={calendar}
          configuration={configuration}
          onRemove={clock.name !== undefined && named.length > 1 ? () => remove(clock.name ?? '') : undefined}
        />
      ))}
      <Group gap="xs" align="end">
        <TextInput
          label="Another clock of the same task"
          description="For example first contact, beside completion."
          placeholder="first contact"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Enter' && name.trim() !== '' && add()}
        />
        <Button variant="default" leftSection={<IconPlus size={14} />} disabled={name.trim() === ''} onClick={add}>
          Add clock
        </Button>
      </Group>
    </div>
  );
}

interface ClockProps {
  title: string;
  sla: Sla;
  path: readonly string[];
  calendar: string;
  configuration: Configuration;
  onRemove: (() => void) | undefined;
}

function Clock({ title, sla, path, calendar, configuration, onRemove }: ClockProps) {
  const { set } = useEditor();
  const target = (part: Partial<Target>) => set([...path, 'target'], without({ ...sla.target, ...part }));
  const put = (field: keyof Sla, value: unknown) => set([...path, field], value);
  return (
    <fieldset className={classes['clock']}>
      <legend>{title}</legend>
      <p className={classes['says']}>{clockInWords(sla, configuration)}</p>
      <Field path={[...path, 'target']}>
        <div className={classes['pair']}>
          <PeriodField
            label="Target"
            place={toPointer([...path, 'target', 'value'])}
            period={sla.target}
            onChange={(period) => target(period)}
          />
          <Select
            label="Counted in the calendar"
            clearable
            placeholder={`That of the workflow${configuration.calendar[calendar] ? `: ${configuration.calendar[calendar].title}` : ''}`}
            data={Object.values(configuration.calendar).map(({ key, title: name }) => ({ value: key, label: name }))}
            value={sla.target.calendar ?? null}
            onChange={(key) => target({ calendar: key ?? undefined })}
          />
          {countsTime(sla.target) ? null : (
            <>
              <Select
                label="Day one is"
                data={[
                  { value: 'next', label: 'The day after it starts' },
                  { value: 'same', label: 'The day it starts' },
                ]}
                value={sla.target.dayOne ?? 'next'}
                onChange={(dayOne) => target({ dayOne: dayOne === 'same' ? 'same' : undefined })}
              />
              <DueAtField value={sla.target.dueAt} onChange={(dueAt) => target({ dueAt })} />
            </>
          )}
          {sla.target.unit === 'weeks' || sla.target.unit === 'months' ? (
            <Select
              label="On a closed day"
              data={[
                { value: 'none', label: 'It is due that day all the same' },
                { value: 'nextWorkingDay', label: 'It is due the next working day' },
              ]}
              value={sla.target.roll ?? 'none'}
              onChange={(roll) => target({ roll: roll === 'nextWorkingDay' ? 'nextWorkingDay' : undefined })}
            />
          ) : null}
        </div>
      </Field>
      <AmberFields path={path} amber={sla.amber} />
      <div className={classes['ticks']}>
        <Checkbox
          label="A hold of the task pauses it"
          checked={sla.pausable ?? true}
          onChange={(event) => put('pausable', event.currentTarget.checked ? undefined : false)}
        />
        <Checkbox
          label="A hold of the case pauses it too"
          checked={sla.inheritCasePause ?? true}
          onChange={(event) => put('inheritCasePause', event.currentTarget.checked ? undefined : false)}
        />
        <Checkbox
          label="If it is late already when it begins, only put that down: nobody is told"
          checked={sla.onAttachOverdue === 'recordOnly'}
          onChange={(event) => put('onAttachOverdue', event.currentTarget.checked ? 'recordOnly' : undefined)}
        />
      </div>
      <ExtensionFields path={path} extension={sla.extension} />
      <Group gap="sm">
        <DueButton key={JSON.stringify(sla)} configuration={configuration} calendar={calendar} sla={sla} />
        {onRemove ? (
          <Button variant="subtle" color="gray" leftSection={<IconTrash size={14} />} onClick={onRemove}>
            Remove clock {title}
          </Button>
        ) : null}
      </Group>
    </fieldset>
  );
}

const moments = [
  { value: 'closeOfBusiness', label: 'Close of business' },
  { value: 'endOfDay', label: 'Midnight at its end' },
  { value: 'time', label: 'A time of day' },
];

function DueAtField({ value, onChange }: { value: Target['dueAt']; onChange: (value: Target['dueAt']) => void }) {
  const isTime = value !== undefined && value !== 'closeOfBusiness' && value !== 'endOfDay';
  return (
    <Group gap={6} align="end" wrap="nowrap" grow>
      <Select
        label="Due on that day at"
        data={moments}
        value={isTime ? 'time' : (value ?? 'closeOfBusiness')}
        onChange={(next) => onChange(next === 'time' ? '12:00' : next === 'endOfDay' ? 'endOfDay' : undefined)}
      />
      {isTime ? (
        <TextInput
          type="time"
          aria-label="Time of day it is due"
          value={value}
          onChange={(event) => event.currentTarget.value !== '' && onChange(event.currentTarget.value)}
        />
      ) : null}
    </Group>
  );
}

function AmberFields({ path, amber }: { path: readonly string[]; amber: Amber | undefined }) {
  const { set } = useEditor();
  const at = [...path, 'amber'];
  const kind = amber === undefined ? 'none' : 'before' in amber ? 'before' : 'percent';
  const choose = (next: string) =>
    set(
      at,
      next === 'before'
        ? { before: { value: 1, unit: 'workingDays' } }
        : next === 'percent'
          ? { percent: 75 }
          : undefined,
    );
  return (
    <Field path={at}>
      <span className={classes['label']}>Amber warning</span>
      <Group gap="sm" align="end" wrap="wrap">
        <SegmentedControl
          aria-label="Amber warning"
          size="xs"
          data={[
            { value: 'none', label: 'None' },
            { value: 'before', label: 'A time before' },
            { value: 'percent', label: 'After a share' },
          ]}
          value={kind}
          onChange={choose}
        />
        {amber && 'before' in amber ? (
          <PeriodField
            label="Before it is due"
            place={toPointer([...at, 'before', 'value'])}
            period={amber.before}
            onChange={(before) => set(at, { before })}
          />
        ) : null}
        {amber && 'percent' in amber ? (
          <NumberInput
            label="After % of the target"
            w={150}
            min={1}
            max={99}
            value={amber.percent}
            onChange={(percent) => typeof percent === 'number' && set(at, { percent })}
          />
        ) : null}
      </Group>
    </Field>
  );
}

function ExtensionFields({ path, extension }: { path: readonly string[]; extension: Sla['extension'] }) {
  const { set } = useEditor();
  const at = [...path, 'extension'];
  return (
    <Field path={at}>
      <Checkbox
        label="It may be extended"
        checked={extension !== undefined}
        onChange={(event) =>
          set(at, event.currentTarget.checked ? { reasonRequired: true, beforeDeadlineOnly: true } : undefined)
        }
      />
      {extension ? (
        <Under>
          <Checkbox
            label="With a reason"
            checked={extension.reasonRequired}
            onChange={(event) => set([...at, 'reasonRequired'], event.currentTarget.checked)}
          />
          <Checkbox
            label="Only before it is due"
            checked={extension.beforeDeadlineOnly}
            onChange={(event) => set([...at, 'beforeDeadlineOnly'], event.currentTarget.checked)}
          />
          <Checkbox
            label="Up to a limit"
            checked={extension.atMost !== undefined}
            onChange={(event) =>
              set([...at, 'atMost'], event.currentTarget.checked ? { value: 5, unit: 'workingDays' } : undefined)
            }
          />
          {extension.atMost ? (
            <PeriodField
              label="At most"
              place={toPointer([...at, 'atMost', 'value'])}
              period={extension.atMost}
              onChange={(atMost) => set([...at, 'atMost'], atMost)}
            />
          ) : null}
        </Under>
      ) : null}
    </Field>
  );
}

function countsTime({ unit }: Target): boolean {
  return unit === 'minutes' || unit === 'hours';
}

/** Optional fields that are not set are left out: absent, not undefined. */
function without(target: { [K in keyof Target]?: Target[K] | undefined }): object {
  return Object.fromEntries(Object.entries(target).filter(([, value]) => value !== undefined));
}

/** `5 working days, the day after it starts being day one, due at close of business; amber 1 working day before.` */
export function clockInWords({ target, amber }: Sla, configuration: Configuration): string {
  const counted = target.calendar
    ? `, counted in ${configuration.calendar[target.calendar]?.title ?? target.calendar}`
    : '';
  const dayOne = countsTime(target)
    ? ''
    : target.dayOne === 'same'
      ? ', the day it starts being day one'
      : ', beginning the day after it starts';
  const moment = countsTime(target)
    ? ''
    : target.dueAt === 'endOfDay'
      ? ', due at midnight'
      : target.dueAt === undefined || target.dueAt === 'closeOfBusiness'
        ? ', due at close of business'
        : `, due at ${target.dueAt}`;
  const warning =
    amber === undefined
      ? 'no amber warning'
      : 'before' in amber
        ? `amber ${periodInWords(amber.before)} before`
        : `amber after ${amber.percent} % of it`;
  return `${periodInWords(target)}${dayOne}${moment}${counted}; ${warning}.`;
}
