import { Checkbox, Group } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArrowDown,
  IconBell,
  IconClock,
  IconDeviceMobileMessage,
  IconMail,
  IconMailOff,
  IconPlugConnected,
  IconStack2,
  IconUserOff,
} from '@tabler/icons-react';
import { useState } from 'react';
import type { Channel } from '../../schemas/ladder.ts';
import { type Storyboard, type StoryMessage, toDateTimeText } from '../document/time-engine.ts';
import { Badge } from '../ui/badge.tsx';
import { withNames } from '../words/people-words.ts';
import { channelWords } from '../words/selector-words.ts';
import classes from './ladder-designer.module.css';

const channelIcons: Readonly<Record<Channel, typeof IconMail>> = {
  email: IconMail,
  sms: IconDeviceMobileMessage,
  letter: IconMail,
  inApp: IconBell,
  webhook: IconPlugConnected,
};

type Line =
  | { kind: 'message'; at: number; message: StoryMessage; others: StoryMessage[] }
  | { kind: 'fact'; at: number; text: string; tone: 'plain' | 'amber' | 'bad' };

/** The story: what happens and who hears it, by date. */
export function StoryResult({
  story,
  users,
  newestFirst = false,
}: {
  story: Storyboard;
  /** Whose names stand for their ids. */
  users: Readonly<Record<string, { name: string }>>;
  newestFirst?: boolean;
}) {
  const [facts, setFacts] = useState(true);
  const at = (instant: number) => toDateTimeText(instant, story.zone);
  const told = linesOf(story, facts);
  const lines = newestFirst ? told.reverse() : told;
  const sent = story.messages.filter(({ leavesAt }) => leavesAt !== null);
  const people = new Set(sent.map(({ to }) => to)).size;
  const nobody = story.firings.filter(({ recipients }) => recipients.length === 0);
  return (
    <div>
      <Group justify="space-between" gap="xs" wrap="wrap">
        <p role="status" className={classes['summary']}>
          {sent.length === 0
            ? 'Nobody is told anything.'
            : `${sent.length} message${sent.length === 1 ? '' : 's'} to ${people} ${people === 1 ? 'person' : 'people'}, the last on ${at(Math.max(...sent.map(({ leavesAt }) => leavesAt ?? 0)))}.`}
        </p>
        <Checkbox
          label="Show what happens between"
          checked={facts}
          onChange={(event) => setFacts(event.currentTarget.checked)}
        />
      </Group>
      {story.clocks
        .filter(({ text }) => text !== '' && !text.startsWith('3650 '))
        .map((clock) => (
          <p key={clock.item} className={classes['note']}>
            Due: {clock.text}.
          </p>
        ))}
      {[...story.refused].map((refused) => (
        <p key={`${refused.at} ${refused.command}`} className={classes['warning']}>
          <IconAlertTriangle size={14} aria-hidden="true" /> {at(refused.at)}: not possible then. {refused.reason}
        </p>
      ))}
      {story.storms.map((storm) => (
        <p key={storm.at} className={classes['warning']}>
          <IconStack2 size={14} aria-hidden="true" /> Storm on {at(storm.at)}: {storm.messages} messages to{' '}
          {storm.people} {storm.people === 1 ? 'person' : 'people'} within five minutes
          {storm.digests > 0
            ? `, ${storm.digests === 1 ? 'part of them in one digest' : `in ${storm.digests} digests`}`
            : ''}
          .
        </p>
      ))}
      {nobody.map((firing) => (
        <p key={`${firing.rung} ${firing.at}`} className={classes['warning']}>
          <IconUserOff size={14} aria-hidden="true" /> {at(firing.at)}: rung {firing.rung} reaches nobody; what follows
          it fires at once.
        </p>
      ))}
      <ol className={classes['story']} aria-label="Storyboard">
        {lines.map((line, number) => {
          const day = at(line.at).split(',')[0] ?? '';
          const isNewDay = number === 0 || at(lines[number - 1]?.at ?? 0).split(',')[0] !== day;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the story is told anew as a whole
            <li key={number}>
              <span className={classes['day']} data-new={isNewDay || undefined}>
                {isNewDay ? day : <span className="visually-hidden">{day}</span>}
              </span>
              <span className={classes['time']}>{at(line.at).split(', ')[1]}</span>
              {line.kind === 'fact' ? (
                <span className={classes['fact']} data-tone={line.tone}>
                  <IconClock size={13} aria-hidden="true" /> {withNames(line.text, users)}
                </span>
              ) : (
                <Message message={line.message} others={line.others} zone={story.zone} />
              )}
            </li>
          );
        })}
      </ol>
    </div>
  );
}

/** What one person hears of one firing, by each channel. */
function Message({ message, others, zone }: { message: StoryMessage; others: readonly StoryMessage[]; zone: string }) {
  const Icon = message.leavesAt === null ? IconMailOff : channelIcons[message.channel];
  const waited = message.leavesAt !== null && message.leavesAt > message.createdAt;
  return (
    <details
      className={classes['message']}
      data-told={message.rung ?? undefined}
      data-dropped={message.leavesAt === null || undefined}
    >
      <summary>
        <Icon size={14} aria-hidden="true" />
        <b>{message.toName}</b>
        <span className={classes['by']}>
          {[message, ...others].map(({ channel }) => channelWords[channel].toLowerCase()).join(', ')}
          {message.rung ? ` · ${message.rung}${message.occurrence > 1 ? `, time ${message.occurrence}` : ''}` : ''}
        </span>
        {message.coverFor ? <Badge tone="note">covers for {message.coverFor}</Badge> : null}
        {message.urgent ? <Badge tone="amber">urgent</Badge> : null}
        {waited ? (
          <Badge icon={<IconArrowDown size={12} />}>waited since {toDateTimeText(message.createdAt, zone)}</Badge>
        ) : null}
        {message.digest === null ? null : <Badge tone="note">in a digest</Badge>}
        {message.leavesAt === null ? (
          <Badge tone="amber">not sent: {droppedWords[message.dropped ?? ''] ?? message.dropped}</Badge>
        ) : null}
        {message.failed ? <Badge tone="bad">plain words: {message.failed}</Badge> : null}
        <span className={classes['line']}>{message.subject ?? message.text}</span>
      </summary>
      {[message, ...others].map((one) => (
        <div key={one.id} className={classes['letter']}>
          {others.length > 0 ? <p className={classes['by']}>{channelWords[one.channel]}</p> : null}
          {one.subject ? <p className={classes['subject']}>{one.subject}</p> : null}
          <pre>{one.text}</pre>
        </div>
      ))}
    </details>
  );
}

const droppedWords: Readonly<Record<string, string>> = {
  closed: 'it was over by then',
  recipientChanged: 'it concerned somebody else by then',
  cancelled: 'it was cancelled',
  reassigned: 'it was given to somebody else',
};

function linesOf(story: Storyboard, facts: boolean): Line[] {
  const told: (Line & { kind: 'message' })[] = [];
  for (const message of story.messages) {
    const at = message.leavesAt ?? message.createdAt;
    const twin = told.find((line) => line.at === at && isSameNews(line.message, message));
    if (twin) twin.others.push(message);
    else told.push({ kind: 'message', at, message, others: [] });
  }
  // That a rung fired is told by its messages.
  const entries = story.entries.filter(({ text }) => !text.startsWith('Escalation "'));
  const happened = entries.map(({ at, text, kind }): Line => ({ kind: 'fact', at, text, tone: toneOf(kind, text) }));
  return [...(facts ? happened : []), ...told].sort(
    (a, b) => a.at - b.at || (a.kind === b.kind ? 0 : a.kind === 'fact' ? -1 : 1),
  );
}

function isSameNews(one: StoryMessage, other: StoryMessage): boolean {
  return (
    one.to === other.to &&
    one.item === other.item &&
    one.rung === other.rung &&
    one.occurrence === other.occurrence &&
    one.dropped === other.dropped &&
    one.digest === other.digest
  );
}

function toneOf(kind: string, text: string): 'plain' | 'amber' | 'bad' {
  if (kind !== 'sla') return 'plain';
  return text.includes('amber') ? 'amber' : text.includes('exceeded') ? 'bad' : 'plain';
}
