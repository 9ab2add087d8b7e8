import { Button, Group, Stack } from '@mantine/core';
import { IconCalendarCheck, IconCalendarExclamation, IconExternalLink } from '@tabler/icons-react';
import { useDeferredValue, useMemo } from 'react';
import type { DocumentKind } from '../../schemas/configuration.ts';
import { whereUsed } from '../document/engine.ts';
import { addDays } from '../document/time-engine.ts';
import { DocumentLink } from '../document-editor/document-link.tsx';
import type { EditorProps } from '../document-editor/editor.ts';
import { Field, TextField } from '../document-editor/field.tsx';
import { Badge } from '../ui/badge.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { Panel } from '../ui/page.tsx';
import tables from '../ui/table.module.css';
import { dateInWords, daysBetween, todayOn } from '../words/date-words.ts';
import { nameInWords } from '../words/kind-words.ts';
import { placeInWords } from '../words/place-words.ts';
import classes from './maintenance.module.css';

/** Near enough to look again. */
const SOON_DAYS = 60;

/** A piece of law: how it is cited, when somebody must look at it again, and everything that rests on it. */
export default function ProvisionEditor({ document: provision, configuration, set }: EditorProps<'provision'>) {
  const settled = useDeferredValue(configuration);
  const uses = useMemo(() => whereUsed(settled, 'provision', provision.key), [settled, provision.key]);
  const today = todayOn();
  return (
    <Stack gap="md" p="md">
      <Panel title="The provision">
        <Stack gap="sm">
          <TextField label="Cited as" path={['citation']} />
          <TextField label="Where it can be read" path={['url']} optional />
          {provision.url ? (
            <a className={classes['out']} href={provision.url} target="_blank" rel="noreferrer">
              Read it <IconExternalLink size={13} aria-hidden="true" />
            </a>
          ) : null}
          <Field path={['reviewBy']}>
            <Group gap="sm" align="end" wrap="wrap">
              <TextField label="Look at it again by" path={['reviewBy']} optional type="date" maw={200} />
              <ReviewMark reviewBy={provision.reviewBy} today={today} />
              <Button variant="default" onClick={() => set(['reviewBy'], addDays(today, 365))}>
                Looked at today: again in a year
              </Button>
            </Group>
          </Field>
        </Stack>
      </Panel>
      <Panel title={`What cites it (${uses.length})`} flush>
        {uses.length === 0 ? (
          <p className={classes['none']}>Nothing cites it yet: a source that begins with {provision.key} does.</p>
        ) : (
          <DataTable heads={['Document', 'In its words']}>
            {uses.map((use) => {
              const [kind = '', key = ''] = use.document.split('/');
              return (
                <tr key={`${use.document} ${use.pointer}`}>
                  <td>
                    <DocumentLink
                      document={{ kind: kind as DocumentKind, key, title: use.title }}
                      pointer={use.pointer}
                    />{' '}
                    <span
                      className={tables['sub']}
                    >{`${nameInWords(use.document)}: ${placeInWords(use.pointer)}`}</span>
                  </td>
                  <td data-label="In its words">{use.text ?? use.pointer}</td>
                </tr>
              );
            })}
          </DataTable>
        )}
      </Panel>
    </Stack>
  );
}

/** How far away the review is, with a word and an icon. */
export function ReviewMark({ reviewBy, today }: { reviewBy: string | undefined; today: string }) {
  if (!reviewBy) return <Badge icon={<IconCalendarExclamation size={13} />}>no review is set</Badge>;
  const days = daysBetween(today, reviewBy);
  if (days < 0)
    return (
      <Badge tone="bad" icon={<IconCalendarExclamation size={13} />}>
        overdue since {dateInWords(reviewBy)}
      </Badge>
    );
  return (
    <Badge tone={days <= SOON_DAYS ? 'amber' : 'good'} icon={<IconCalendarCheck size={13} />}>
      {days === 0 ? 'due today' : `in ${days} day${days === 1 ? '' : 's'}`}
    </Badge>
  );
}
