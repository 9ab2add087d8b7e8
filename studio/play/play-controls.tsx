import { ActionIcon, Button, Group, Popover, TextInput, Tooltip } from '@mantine/core';
import {
  IconCalendarEvent,
  IconClockPlay,
  IconPlayerSkipBack,
  IconPlayerSkipForward,
  IconPlayerTrackNext,
  IconPlayerTrackPrev,
  IconRefresh,
} from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { readMoment, toIsoText } from '../document/time-engine.ts';
import { distanceInWords, momentInFull, momentInWords } from '../words/date-words.ts';
import classes from './play.module.css';
import type { Play } from './use-play.ts';

/** The virtual clock and the ways through time: back, forward, to the next timer, to a date, to the end. */
export function PlayControls({ play, zone, actor }: { play: Play; zone: string; actor: string }) {
  const { session, nextTimer } = play;
  if (!session) return null;
  return (
    <div className={classes['controls']} role="toolbar" aria-label="Virtual time">
      <p className={classes['clock']}>
        <IconClockPlay size={16} aria-hidden="true" />
        <span className="visually-hidden">Virtual time: </span>
        <span className="numeric">{momentInFull(session.now)}</span>
      </p>
      <Group gap={4} wrap="nowrap">
        <Step label="Back to the launch" icon={IconPlayerSkipBack} onClick={play.toStart} disabled={!play.canGoBack} />
        <Step label="One step back" icon={IconPlayerTrackPrev} onClick={play.back} disabled={!play.canGoBack} />
        <Step
          label={play.ahead > 0 ? `One step forward, ${play.ahead} ahead` : 'One step forward'}
          icon={IconPlayerTrackNext}
          onClick={play.forward}
          disabled={play.ahead === 0}
        />
        <Step
          label="Forward to the last step"
          icon={IconPlayerSkipForward}
          onClick={play.toEnd}
          disabled={play.ahead === 0}
        />
      </Group>
      <Button variant="default" disabled={nextTimer === null} onClick={play.toTimer}>
        {nextTimer === null
          ? 'No timer is set'
          : `Next timer: ${momentInWords(nextTimer)}, ${distanceInWords(nextTimer, session.now * 1000)}`}
      </Button>
      <JumpTo play={play} zone={zone} now={session.now} />
      <Tooltip label="Every task is completed when it is due, to the end of the case">
        <Button variant="default" onClick={() => play.runOn(actor)}>
          Run on, each task when due
        </Button>
      </Tooltip>
      <Button variant="subtle" leftSection={<IconRefresh size={14} />} onClick={play.end}>
        Start anew
      </Button>
    </div>
  );
}

function Step({
  label,
  icon: Icon,
  onClick,
  disabled,
}: {
  label: string;
  icon: typeof IconRefresh;
  onClick: () => void;
  disabled: boolean;
}) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="default" size="md" aria-label={label} onClick={onClick} disabled={disabled}>
        <Icon size={15} />
      </ActionIcon>
    </Tooltip>
  );
}

function JumpTo({ play, zone, now }: { play: Play; zone: string; now: number }) {
  const [opened, setOpened] = useState(false);
  const [text, setText] = useState('');
  const at = readMoment(text, zone);
  const isPast = at !== undefined && at < now;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (at === undefined || isPast) return;
    play.waitUntil(at);
    setOpened(false);
  };
  return (
    <Popover opened={opened} onChange={setOpened} trapFocus withinPortal={false} position="bottom-start">
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<IconCalendarEvent size={14} />}
          onClick={() => {
            setText(toIsoText(now + 86_400, zone).slice(0, 16));
            setOpened((was) => !was);
          }}
        >
          Jump to
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form onSubmit={submit}>
          <Group gap="xs" align="end">
            <TextInput
              type="datetime-local"
              label="Let time pass until"
              value={text}
              error={isPast ? 'That has passed: step back instead.' : undefined}
              onChange={(event) => setText(event.currentTarget.value)}
            />
            <Button type="submit" disabled={at === undefined || isPast}>
              Go
            </Button>
          </Group>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
