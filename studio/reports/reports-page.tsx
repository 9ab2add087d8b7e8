import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { directoryQuery, useNewestDocuments } from '../api/queries.ts';
import { ErrorState, Loading } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { momentInFull } from '../words/date-words.ts';
import { type Asked, type SlaGroup, slaQuery, toSearch } from './queries.ts';
import classes from './reports.module.css';
import { SlaItems } from './sla-items.tsx';
import { SlaView } from './sla-view.tsx';

const everything: Asked = { of: 'task', by: 'workflow', workflow: '', team: '', from: '', to: '' };

const of = [
  { value: 'task', label: 'Tasks' },
  { value: 'case', label: 'Cases' },
  { value: 'clock', label: 'Statutory clocks' },
];
const by = [
  { value: 'workflow', label: 'Workflow' },
  { value: 'task', label: 'Task' },
  { value: 'team', label: 'Team' },
  { value: 'owner', label: 'Owner' },
  { value: 'month', label: 'Month' },
];

/** SLA compliance (W9): targets met, in amber and exceeded, with the cases behind every number. */
export function ReportsPage() {
  const [asked, setAsked] = useState(everything);
  const [opened, setOpened] = useState<SlaGroup>();
  const report = useQuery(slaQuery(asked));
  const configuration = useNewestDocuments();
  const { data: directory } = useQuery(directoryQuery);
  const change = (part: Partial<Asked>) => {
    setAsked({ ...asked, ...part });
    setOpened(undefined);
  };
  const titled = (documents: Readonly<Record<string, { key: string; title: string }>> | undefined, all: string) => [
    { value: '', label: all },
    ...Object.values(documents ?? {}).map(({ key, title }) => ({ value: key, label: title })),
  ];
  const nameOf = ({ key, title }: SlaGroup): string => {
    if (asked.by === 'workflow') return configuration?.workflow[key]?.title ?? key;
    if (asked.by === 'team') return key === '' ? 'No team' : (configuration?.team[key]?.title ?? key);
    if (asked.by === 'owner') return key === '' ? 'Nobody' : (directory?.users[key]?.name ?? key);
    return title ? `${title} (${key})` : key;
  };
  return (
    <Page
      title="SLA compliance"
      lead="A target counts on the day it was settled: when work ended in time, or when its deadline passed. One that still runs counts today."
      wide
      actions={
        <Button
          component="a"
          variant="default"
          href={`/v1/reports/sla.csv?${toSearch(asked)}`}
          leftSection={<IconDownload size={14} />}
        >
          Download as CSV
        </Button>
      }
    >
      <form
        className={classes['filter']}
        aria-label="What the report counts"
        onSubmit={(event) => event.preventDefault()}
      >
        <NativeSelect
          label="Targets of"
          data={of}
          value={asked.of}
          onChange={(event) => change({ of: event.currentTarget.value as Asked['of'] })}
        />
        <NativeSelect
          label="Grouped by"
          data={by}
          value={asked.by}
          onChange={(event) => change({ by: event.currentTarget.value as Asked['by'] })}
        />
        <NativeSelect
          label="Workflow"
          data={titled(configuration?.workflow, 'All workflows')}
          value={asked.workflow}
          onChange={(event) => change({ workflow: event.currentTarget.value })}
        />
        <NativeSelect
          label="Team"
          data={titled(configuration?.team, 'All teams')}
          value={asked.team}
          onChange={(event) => change({ team: event.currentTarget.value })}
        />
        <TextInput
          type="date"
          label="From"
          value={asked.from}
          onChange={(event) => change({ from: event.currentTarget.value })}
        />
        <TextInput
          type="date"
          label="To"
          value={asked.to}
          onChange={(event) => change({ to: event.currentTarget.value })}
        />
      </form>
      {report.error ? (
        <ErrorState
          title="The report cannot be made"
          error={report.error}
          action={<Button onClick={() => void report.refetch()}>Try again</Button>}
        />
      ) : null}
      {report.isPending ? <Loading label="Counting" /> : null}
      {report.data ? (
        <div className={classes['stack']}>
          <SlaView report={report.data} nameOf={nameOf} onOpen={setOpened} />
          <p className={classes['note']}>As of {momentInFull(report.data.now)}. Withdrawn targets are left out.</p>
          {opened ? (
            <SlaItems asked={asked} group={opened.key} name={nameOf(opened)} onClose={() => setOpened(undefined)} />
          ) : null}
        </div>
      ) : null}
    </Page>
  );
}
