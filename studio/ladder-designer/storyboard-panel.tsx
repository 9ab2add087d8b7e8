import { Button, Group, NumberInput, Select, Stack, TextInput } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useDeferredValue, useMemo, useRef, useState } from 'react';
import type { Configuration } from '../../schemas/configuration.ts';
import type { LadderDocument } from '../../schemas/ladder.ts';
import type { PeriodUnit } from '../../schemas/period.ts';
import { calendarsOf, type Directory, readMoment, type Storyboard, zoneOf } from '../document/time-engine.ts';
import { namesOf } from '../document/use-people.ts';
import { announce } from '../ui/announcer.tsx';
import { Panel } from '../ui/page.tsx';
import { unitChoices } from '../words/period-words.ts';
import classes from './ladder-designer.module.css';
import type { StoryItem } from './story-items.ts';
import { Absences, Happenings } from './story-lines.tsx';
import { StoryResult } from './story-result.tsx';
import { type Happening, type StoryAbsence, toCommands, withAbsences } from './story-script.ts';
import { tryTellItem } from './tell-item.ts';

export interface StoryboardPanelProps {
  ladder: LadderDocument;
  configuration: Configuration;
  items: readonly StoryItem[];
  directory: Directory;
  isSampleDirectory: boolean;
  /** `YYYY-MM-DDTHH:MM`, local. */
  firstStart: string;
  onStart?: (start: string) => void;
  item: StoryItem;
  onItem: (item: StoryItem) => void;
}

const IDLE_DAYS = 60;

/** Choose a start, who is away and what happens, and read every message with its date, reader and words. */
export function StoryboardPanel(props: StoryboardPanelProps) {
  const { ladder, configuration, items, directory, isSampleDirectory, item, onItem } = props;
  const zone = zoneOf(configuration);
  const [start, setStart] = useState(props.firstStart);
  const [days, setDays] = useState(IDLE_DAYS);
  const [owner, setOwner] = useState<string | null>(() => ownerOf(item.team, directory));
  const [happenings, setHappenings] = useState<readonly Happening[]>([]);
  const [absences, setAbsences] = useState<readonly StoryAbsence[]>([]);
  const result = useRef<HTMLDivElement>(null);
  const names = useMemo(() => namesOf(directory), [directory]);
  const people = Object.entries(names).map(([value, label]) => ({ value, label }));
  const startedAt = readMoment(start, zone);
  const asked = useDeferredValue(
    useMemo(
      () => ({ ladder, configuration, item, owner, startedAt, days, happenings, absences, directory }),
      [ladder, configuration, item, owner, startedAt, days, happenings, absences, directory],
    ),
  );
  const told = useMemo(() => {
    if (asked.startedAt === undefined) return undefined;
    return tryTellItem(asked.configuration, asked.ladder, calendarsOf(asked.configuration), {
      item: asked.item,
      owner: asked.owner,
      startedAt: asked.startedAt,
      until: asked.startedAt + asked.days * 86_400,
      directory: withAbsences(asked.directory, asked.absences, zone),
      commands: toCommands(asked.happenings, asked.ladder.subject, zone, asked.owner ?? 'officer'),
    });
  }, [asked, zone]);
  const leaveAlone = () => {
    setHappenings([]);
    setDays(IDLE_DAYS);
    announce(`Nobody touches it for ${IDLE_DAYS} days`);
    requestAnimationFrame(() => result.current?.focus());
  };
  return (
    <Panel title="Storyboard">
      <Stack gap="md">
        <Group gap="sm" align="end" wrap="wrap">
          <Select
            label="As for"
            searchable
            className={classes['wide'] ?? ''}
            data={items.map(({ id, title }) => ({
              value: id,
              label: `${title}${id === 'plain' ? ' (sample)' : ` (${id.trim()})`}`,
            }))}
            value={item.id}
            onChange={(id) => {
              const next = items.find((one) => one.id === id);
              if (!next) return;
              onItem(next);
              setOwner(ownerOf(next.team, directory));
            }}
          />
          <TextInput
            label="Starts"
            type="datetime-local"
            w={200}
            value={start}
            error={startedAt === undefined ? 'Choose a date and a time.' : undefined}
            onChange={(event) => {
              setStart(event.currentTarget.value);
              if (readMoment(event.currentTarget.value, zone) !== undefined) props.onStart?.(event.currentTarget.value);
            }}
          />
          <Select
            label="Belongs to"
            searchable
            className={classes['wide'] ?? ''}
            data={[{ value: '', label: 'Nobody yet (in the queue)' }, ...people]}
            value={owner ?? ''}
            onChange={(user) => setOwner(user || null)}
          />
          <NumberInput
            label="Target"
            w={90}
            min={1}
            allowDecimal={false}
            value={item.sla.target.value}
            onChange={(value) => typeof value === 'number' && value > 0 && onItem(withTarget(item, { value }))}
          />
          <Select
            aria-label="Unit of the target"
            w={140}
            data={unitChoices}
            value={item.sla.target.unit}
            onChange={(unit) => unit && onItem(withTarget(item, { unit: unit as PeriodUnit }))}
          />
          <NumberInput
            label="Days to tell of"
            w={110}
            min={1}
            max={730}
            clampBehavior="strict"
            value={days}
            onChange={(value) => typeof value === 'number' && setDays(value)}
          />
        </Group>
        <Happenings
          subject={ladder.subject}
          start={start}
          people={people}
          happenings={happenings}
          onChange={setHappenings}
        />
        <Absences start={start} people={people} absences={absences} onChange={setAbsences} />
        <div>
          <Button variant="default" leftSection={<IconPlayerPlay size={13} />} onClick={leaveAlone}>
            Who is told if nobody touches it for {IDLE_DAYS} days
          </Button>
        </div>
        {isSampleDirectory ? (
          <p className={classes['note']}>
            There is nobody in the directory yet: one sample person stands in for each team.
          </p>
        ) : null}
        <div ref={result} tabIndex={-1} className={classes['result']}>
          {told === undefined ? (
            <p className={classes['note']}>Choose when it starts.</p>
          ) : 'problem' in told ? (
            <p className={classes['error']}>{told.problem}</p>
          ) : (
            <StoryResult story={told.story as Storyboard} users={directory.users} />
          )}
        </div>
      </Stack>
    </Panel>
  );
}

function withTarget(item: StoryItem, change: { value?: number; unit?: PeriodUnit }): StoryItem {
  return { ...item, sla: { ...item.sla, target: { ...item.sla.target, ...change } } };
}

function ownerOf(team: string, directory: Directory): string | null {
  const members = Object.entries(directory.users).filter(([, user]) => user.active && user.teams.includes(team));
  return members[0]?.[0] ?? Object.keys(directory.users)[0] ?? null;
}
