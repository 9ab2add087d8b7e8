import { Modal, MultiSelect, Select, Stack, Switch, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { Configuration } from '../../schemas/configuration.ts';
import { newIdempotencyKey, request } from '../api/client.ts';
import { directoryQuery } from '../api/queries.ts';
import { type Directory, zoneOf } from '../document/time-engine.ts';
import { announce } from '../ui/announcer.tsx';
import { DialogEnd } from '../ui/dialog-end.tsx';
import { LineList } from '../ui/line-list.tsx';
import { todayOn } from '../words/date-words.ts';
import { type AbsenceDraft, type PersonDraft, type PersonProblems, readDraft } from './person-form.ts';
import classes from './team-editor.module.css';

export interface PersonDialogProps {
  configuration: Configuration;
  directory: Directory;
  draft: PersonDraft;
  /** Taken into the directory for the first time: the id is chosen here. */
  isNew: boolean;
  onClose: () => void;
}

/** Who somebody is and how they work: saved at once, for everybody, not with the next release. */
export function PersonDialog({ configuration, directory, draft: first, isNew, onClose }: PersonDialogProps) {
  const [draft, setDraft] = useState(first);
  const [shown, setShown] = useState<PersonProblems>();
  const [failure, setFailure] = useState<string>();
  const [isSaving, setSaving] = useState(false);
  // The same wish, however often it has to be sent.
  const keys = useRef({ person: newIdempotencyKey(), terms: newIdempotencyKey() });
  const queryClient = useQueryClient();
  const zone = zoneOf(configuration);
  const change = (part: Partial<PersonDraft>) => {
    keys.current = { person: newIdempotencyKey(), terms: newIdempotencyKey() };
    setDraft((before) => ({ ...before, ...part }));
  };
  const save = async () => {
    const read = readDraft(draft, zone, isNew ? Object.keys(directory.users) : []);
    setShown('problems' in read ? read.problems : undefined);
    if ('problems' in read) return;
    setSaving(true);
    setFailure(undefined);
    const path = `/v1/directory/${encodeURIComponent(draft.id)}`;
    const put = (at: string, body: unknown, key: string) =>
      request(at, { method: 'PUT', body, headers: { 'Idempotency-Key': key } });
    try {
      await put(path, read.person, keys.current.person);
      await put(`${path}/working-terms`, read.terms, keys.current.terms);
      await queryClient.invalidateQueries(directoryQuery);
      announce(`Saved ${read.person.name}`);
      onClose();
    } catch (error) {
      setFailure((error as Error).message);
    } finally {
      setSaving(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={isNew ? 'Somebody new' : draft.name} size="lg">
      <Stack gap="sm">
        <PersonFields {...{ configuration, directory, draft, isNew, problems: shown, change }} />
        <Absences
          absences={draft.absences}
          people={peopleOf(directory, draft.id)}
          problems={shown?.absences ?? {}}
          onChange={(absences) => change({ absences })}
        />
        <DialogEnd
          failure={failure ? `Not saved: ${failure}` : undefined}
          refuse="Leave as it was"
          onClose={onClose}
          isBusy={isSaving}
          onDo={() => void save()}
        >
          Save
        </DialogEnd>
      </Stack>
    </Modal>
  );
}

function peopleOf({ users }: Directory, except: string) {
  return Object.entries(users).flatMap(([value, { name }]) => (value === except ? [] : [{ value, label: name }]));
}

function PersonFields({
  configuration,
  directory,
  draft,
  isNew,
  problems,
  change,
}: Omit<PersonDialogProps, 'onClose'> & {
  problems: PersonProblems | undefined;
  change: (part: Partial<PersonDraft>) => void;
}) {
  const text = (name: 'id' | 'name' | 'email' | 'skills' | 'capacity', label: string, description?: string) => (
    <TextInput
      label={label}
      {...(description ? { description } : {})}
      value={draft[name]}
      error={problems?.[name]}
      onChange={(event) => change({ [name]: event.currentTarget.value })}
    />
  );
  return (
    <div className={classes['fields']}>
      {isNew ? text('id', 'Id', 'A short name they keep: letters, digits, - and _.') : null}
      {text('name', 'Name')}
      {text('email', 'E-mail')}
      <MultiSelect
        label="Teams"
        searchable
        data={Object.values(configuration.team).map(({ key, title }) => ({ value: key, label: title }))}
        value={[...draft.teams]}
        onChange={(teams) => change({ teams })}
      />
      <Select
        label="Manager"
        searchable
        error={problems?.manager}
        data={[{ value: '', label: 'Nobody' }, ...peopleOf(directory, draft.id)]}
        value={draft.manager}
        onChange={(manager) => change({ manager: manager ?? '' })}
      />
      {text('skills', 'Skills', 'Keys with commas between, as tasks and rules ask for them.')}
      {text('capacity', 'Carries at most', 'Weight of open work; empty for no limit.')}
      <Select
        label="Told what is not urgent in"
        data={[
          { value: '', label: "The organisation's hours" },
          ...Object.values(configuration.calendar).map(({ key, title }) => ({ value: key, label: title })),
        ]}
        value={draft.calendar}
        onChange={(calendar) => change({ calendar: calendar ?? '' })}
      />
      <Switch
        label="Works here: is given work"
        checked={draft.active}
        onChange={(event) => change({ active: event.currentTarget.checked })}
      />
    </div>
  );
}

function Absences({
  absences,
  people,
  problems,
  onChange,
}: {
  absences: readonly AbsenceDraft[];
  people: { value: string; label: string }[];
  problems: Readonly<Record<number, string>>;
  onChange: (absences: readonly AbsenceDraft[]) => void;
}) {
  return (
    <LineList<AbsenceDraft>
      legend="Away"
      none="No absence is put down."
      lines={absences}
      add="Add an absence"
      onAdd={(id) => ({ id, from: todayOn(), to: todayOn(), cover: '', existingWork: 'share' })}
      onLines={onChange}
    >
      {(one, at, change) => (
        <>
          <TextInput
            aria-label={`First day away, ${at + 1}`}
            type="date"
            value={one.from}
            error={problems[one.id]}
            onChange={(event) => change({ from: event.currentTarget.value })}
          />
          <TextInput
            aria-label={`Last day away, ${at + 1}`}
            type="date"
            value={one.to}
            onChange={(event) => change({ to: event.currentTarget.value })}
          />
          <Select
            aria-label={`Cover, ${at + 1}`}
            searchable
            data={[{ value: '', label: 'nobody covers' }, ...people]}
            value={one.cover}
            onChange={(cover) => change({ cover: cover ?? '' })}
          />
          {one.cover === '' ? null : (
            <Select
              aria-label={`Open work, ${at + 1}`}
              data={[
                { value: 'share', label: 'the cover sees their work' },
                { value: 'reassign', label: 'the cover gets their work' },
              ]}
              value={one.existingWork}
              onChange={(work) => change({ existingWork: work as 'share' | 'reassign' })}
            />
          )}
        </>
      )}
    </LineList>
  );
}
