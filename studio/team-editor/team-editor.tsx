import { Button, Group, Select, Stack, Switch } from '@mantine/core';
import { IconPlus, IconUserOff, IconUserPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { TeamDocument } from '../../schemas/ladder.ts';
import { directoryQuery, meQuery } from '../api/queries.ts';
import { type Directory, zoneOf } from '../document/time-engine.ts';
import type { EditorProps } from '../document-editor/editor.ts';
import { Field } from '../document-editor/field.tsx';
import { Panel } from '../ui/page.tsx';
import { toMilliseconds } from '../words/date-words.ts';
import { ListField } from './list-field.tsx';
import { MemberTable } from './member-table.tsx';
import { PersonDialog } from './person-dialog.tsx';
import { emptyDraft, type PersonDraft, toDraft } from './person-form.ts';
import classes from './team-editor.module.css';

const types: Readonly<Record<TeamDocument['type'], string>> = {
  role: 'Role: people who hold it',
  group: 'Group: a team with a queue',
  stakeholders: 'Stakeholders: people and outside addresses',
};

/** A team: what it is, and the people in it with how they work. */
export default function TeamEditor({ document: team, configuration, set }: EditorProps<'team'>) {
  return (
    <Stack gap="md" p="md">
      <Panel title="The team">
        <Stack gap="md">
          <Field path={['type']}>
            <Select
              label="What it is"
              maw={360}
              data={Object.entries(types).map(([value, label]) => ({ value, label }))}
              value={team.type}
              onChange={(type) => type && set(['type'], type)}
            />
          </Field>
          <Switch
            label="Work for it is dealt in turn"
            checked={team.roundRobin ?? false}
            onChange={(event) => set(['roundRobin'], event.currentTarget.checked || undefined)}
          />
          <Field path={['skills']}>
            <ListField
              label="Skills it has"
              placeholder="for example welsh"
              values={team.skills ?? []}
              onChange={(skills) => set(['skills'], skills.length > 0 ? skills : undefined)}
            />
          </Field>
          {team.type === 'stakeholders' || team.externalAddresses ? (
            <Field path={['externalAddresses']}>
              <ListField
                label="Outside addresses"
                description="Only domains that the settings allow are written to."
                placeholder="board@example.org"
                values={team.externalAddresses ?? []}
                onChange={(addresses) => set(['externalAddresses'], addresses.length > 0 ? addresses : undefined)}
              />
            </Field>
          ) : null}
        </Stack>
      </Panel>
      <Members team={team} configuration={configuration} />
    </Stack>
  );
}

function Members({ team, configuration }: { team: TeamDocument; configuration: EditorProps['configuration'] }) {
  const { data, error } = useQuery(directoryQuery);
  const { data: me } = useQuery(meQuery);
  const [open, setOpen] = useState<{ draft: PersonDraft; isNew: boolean }>();
  const zone = zoneOf(configuration);
  const directory: Directory = { users: (data?.users as Directory['users'] | undefined) ?? {} };
  const members = Object.values(directory.users).filter((user) => user.teams.includes(team.key));
  const others = Object.entries(directory.users).filter(([, user]) => !user.teams.includes(team.key));
  const now = me?.now === undefined ? 0 : Math.floor(toMilliseconds(me.now) / 1000);
  const edit = (id: string, join = false) => {
    const user = directory.users[id];
    if (!user) return;
    const draft = toDraft(id, user, zone);
    setOpen({ draft: join ? { ...draft, teams: [...draft.teams, team.key] } : draft, isNew: false });
  };
  return (
    <Panel title={`Members (${members.length})`}>
      <Stack gap="sm">
        <p className={classes['note']}>People are saved at once, for everybody: they are no part of a release.</p>
        {error ? <p className={classes['failure']}>The directory cannot be read: {error.message}</p> : null}
        {members.length > 0 ? (
          <MemberTable directory={directory} team={team.key} now={now} zone={zone} onEdit={edit} />
        ) : (
          <p className={classes['nobody']}>
            <IconUserOff size={15} aria-hidden="true" /> Nobody is in this team: work for it stays in its queue, and
            messages to it reach nobody.
          </p>
        )}
        <Group gap="sm" wrap="wrap">
          <Select
            aria-label="Add somebody who is in the directory"
            placeholder="Add somebody who is in the directory"
            leftSection={<IconPlus size={13} />}
            searchable
            w={300}
            data={others.map(([value, { name }]) => ({ value, label: name }))}
            value={null}
            onChange={(id) => id && edit(id, true)}
          />
          <Button
            variant="default"
            leftSection={<IconUserPlus size={14} />}
            onClick={() => setOpen({ draft: emptyDraft(team.key), isNew: true })}
          >
            Somebody new
          </Button>
        </Group>
        {open ? (
          <PersonDialog
            key={open.draft.id}
            configuration={configuration}
            directory={directory}
            draft={open.draft}
            isNew={open.isNew}
            onClose={() => setOpen(undefined)}
          />
        ) : null}
      </Stack>
    </Panel>
  );
}
