import {
  IconAlertTriangle,
  IconBell,
  IconMessage2,
  IconNote,
  IconPointFilled,
  IconStairsUp,
  IconUser,
} from '@tabler/icons-react';
import type { DirectoryAnswer, TimelineEntry } from '../api/types.ts';
import { EmptyState, Loading } from '../ui/notice.tsx';
import { momentInFull, momentInWords, toMilliseconds } from '../words/date-words.ts';
import { withNames } from '../words/people-words.ts';
import classes from './case-view.module.css';

const icons: Readonly<Record<string, typeof IconNote>> = {
  life: IconPointFilled,
  sla: IconAlertTriangle,
  escalation: IconStairsUp,
  message: IconBell,
  owner: IconUser,
  note: IconNote,
};

/** What happened, newest first, in sentences. */
export function Timeline({
  timeline,
  directory,
}: {
  timeline?: { entries: TimelineEntry[]; personal: Record<string, unknown> } | undefined;
  directory?: DirectoryAnswer | undefined;
}) {
  if (!timeline) return <Loading label="Loading the history" />;
  if (timeline.entries.length === 0) return <EmptyState title="Nothing has happened yet" />;
  return (
    <ol className={classes['timeline']} reversed>
      {[...timeline.entries].reverse().map((entry, at) => {
        const Icon = icons[entry.kind] ?? IconMessage2;
        const personal = Object.values(entry.refs ?? {})
          .map((ref) => timeline.personal[ref])
          .filter((value) => value !== undefined);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: one event may make several sentences; the history only grows
          <li key={`${entry.seq} ${at}`} data-kind={entry.kind}>
            <time dateTime={new Date(toMilliseconds(entry.at)).toISOString()} title={momentInFull(entry.at)}>
              {momentInWords(entry.at)}
            </time>
            <Icon size={15} aria-hidden="true" />
            <span>
              {withNames(entry.text, directory?.users)}
              {personal.map((value) => (
                <q key={String(value)} className={classes['sub']}>
                  {String(value)}
                </q>
              ))}
              <span className={classes['sub']}>{directory?.users[entry.actor]?.name ?? entry.actor}</span>
            </span>
          </li>
        );
      })}
    </ol>
  );
}
