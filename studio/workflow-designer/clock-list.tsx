import { Button, Checkbox, Group, MultiSelect, Select, Stack, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { Condition } from '../../schemas/condition.ts';
import type { Configuration } from '../../schemas/configuration.ts';
import { inOrder } from '../../schemas/document.ts';
import type { DayOne } from '../../schemas/period.ts';
import type { StatutoryClock, WorkflowDocument } from '../../schemas/workflow.ts';
import type { EditCommand } from '../document/engine.ts';
import { periodInWords } from '../words/period-words.ts';
import { nodeTitle } from './drawing.ts';
import { OptionalWhenField } from './node-fields.tsx';
import { PeriodField } from './period-field.tsx';
import classes from './workflow-summary.module.css';

interface ClockProps {
  workflow: WorkflowDocument;
  configuration: Configuration;
  onRun: (command: EditCommand) => void;
}

/** The periods that the law sets for this workflow, each to be opened and changed. */
export function ClockList({ workflow, configuration, onRun }: ClockProps) {
  const clocks = inOrder(workflow.clocks);
  const [added, setAdded] = useState<string>();
  const put = (key: string, value?: StatutoryClock) =>
    onRun({
      type: 'setDocumentField',
      kind: 'workflow',
      key: workflow.key,
      path: ['clocks', key],
      ...(value ? { value } : {}),
    });
  /** The new one opens with its name marked. */
  const add = () => {
    const key = freeClock(workflow);
    put(key, { ...newClock, order: Math.max(0, ...clocks.map(({ order }) => order)) + 1 });
    setAdded(key);
  };
  return (
    <>
      <h2>Statutory clocks</h2>
      {clocks.length > 0 ? (
        <ul className={classes['clocks']}>
          {clocks.map(({ key, ...clock }) => (
            <li key={key} data-place={`/clocks/${key}`}>
              <details open={key === added}>
                <summary>
                  <strong>{clock.title ?? key}</strong>: {periodInWords(clock.period)}. {clock.onEnd}{' '}
                  <span>{clock.source}</span>
                </summary>
                <ClockFields
                  workflow={workflow}
                  configuration={configuration}
                  clockKey={key}
                  isNew={key === added}
                  clock={clock}
                  onChange={(value) => put(key, value)}
                  onRemove={() => put(key)}
                />
              </details>
            </li>
          ))}
        </ul>
      ) : null}
      <Button variant="default" size="xs" leftSection={<IconPlus size={14} />} onClick={add}>
        Add a clock
      </Button>
    </>
  );
}

const newClock: Omit<StatutoryClock, 'order'> = {
  title: 'New clock',
  anchor: { caseLaunch: true },
  period: { value: 56, unit: 'calendarDays', dayOne: 'same', dueAt: 'endOfDay' },
  onEnd: '',
  source: '',
};

function freeClock({ key, clocks }: WorkflowDocument): string {
  for (let number = 1; ; number++) if (!Object.hasOwn(clocks, `${key}-C${number}`)) return `${key}-C${number}`;
}

/** What starts a clock, how long it runs, what must happen within it, and what its end means. */
function ClockFields({
  workflow,
  configuration,
  clockKey,
  isNew,
  clock,
  onChange,
  onRemove,
}: Omit<ClockProps, 'onRun'> & {
  clockKey: string;
  isNew: boolean;
  clock: StatutoryClock;
  onChange: (clock: StatutoryClock) => void;
  onRemove: () => void;
}) {
  const place = (field: string) => `/clocks/${clockKey}/${field}`;
  const nodes = inOrder(workflow.nodes).map(({ key }) => ({
    value: key,
    label: `${key} ${nodeTitle(workflow, configuration, key)}`,
  }));
  const ladders = Object.values(configuration.ladder)
    .filter((ladder) => ladder.subject === 'clock')
    .map(({ key, title }) => ({ value: key, label: title }));
  const { ladder, mustContain, ...rest } = clock;
  return (
    <Stack gap="xs" className={classes['clock'] ?? ''}>
      <TextInput
        label="Name of the clock"
        data-place={place('title')}
        autoFocus={isNew}
        onFocus={(event) => isNew && event.currentTarget.select()}
        value={clock.title ?? ''}
        onChange={(event) => onChange({ ...clock, title: event.currentTarget.value })}
      />
      <PeriodField
        label="Runs for"
        place={place('period')}
        period={clock.period}
        onChange={(period) => period.value > 0 && onChange({ ...clock, period: { ...clock.period, ...period } })}
      />
      <Select
        label="Day one"
        data-place={place('period/dayOne')}
        data={dayOnes}
        value={clock.period.dayOne ?? 'next'}
        onChange={(dayOne) => dayOne && onChange({ ...clock, period: { ...clock.period, dayOne: dayOne as DayOne } })}
      />
      <MultiSelect
        label="Starts when one of these is complete"
        description={'caseLaunch' in clock.anchor ? 'None: it starts with the case.' : undefined}
        data-place={place('anchor')}
        data={nodes}
        value={'completionOf' in clock.anchor ? clock.anchor.completionOf : []}
        searchable
        onChange={(completionOf) =>
          onChange({ ...clock, anchor: completionOf.length > 0 ? { completionOf } : { caseLaunch: true } })
        }
      />
      <OptionalWhenField
        label="Starts only if"
        workflow={workflow}
        pointer={place('when')}
        condition={clock.when}
        absent="Whatever was answered"
        onChange={(when) => onChange(withWhen(clock, when))}
      />
      <Checkbox
        label="A clock for each completion"
        checked={clock.each ?? false}
        onChange={(event) => onChange(withEach(clock, event.currentTarget.checked))}
      />
      <MultiSelect
        label="Must be complete within it"
        data-place={place('mustContain')}
        data={nodes}
        value={mustContain ?? []}
        searchable
        onChange={(contain) =>
          onChange({ ...rest, ...(ladder ? { ladder } : {}), ...(contain.length > 0 ? { mustContain: contain } : {}) })
        }
      />
      <TextInput
        label="What its end means"
        data-place={place('onEnd')}
        value={clock.onEnd}
        onChange={(event) => onChange({ ...clock, onEnd: event.currentTarget.value })}
      />
      <TextInput
        label="Provision it comes from"
        data-place={place('source')}
        value={clock.source}
        onChange={(event) => onChange({ ...clock, source: event.currentTarget.value })}
      />
      <Select
        label="Ladder of the clock"
        data-place={place('ladder')}
        clearable
        placeholder="None"
        data={ladders}
        value={ladder ?? null}
        onChange={(next) =>
          onChange({ ...rest, ...(mustContain ? { mustContain } : {}), ...(next ? { ladder: next } : {}) })
        }
      />
      <Group justify="end">
        <Button variant="default" size="xs" leftSection={<IconTrash size={14} />} onClick={onRemove}>
          Remove this clock
        </Button>
      </Group>
    </Stack>
  );
}

const dayOnes = [
  { value: 'same', label: 'The day it starts' },
  { value: 'next', label: 'The day after' },
];

function withWhen({ when: _, ...clock }: StatutoryClock, when: Condition | undefined): StatutoryClock {
  return when ? { ...clock, when } : clock;
}

function withEach({ each: _, ...clock }: StatutoryClock, isEach: boolean): StatutoryClock {
  return isEach ? { ...clock, each: true } : clock;
}
