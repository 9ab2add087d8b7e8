import { Button, Select, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { LadderDocument } from '../../schemas/ladder.ts';
import classes from './ladder-designer.module.css';
import { type Happening, happeningsFor, happeningWords, type StoryAbsence } from './story-script.ts';

interface Choice {
  value: string;
  label: string;
}

/** What happens to the work meanwhile, a line each. */
export function Happenings({
  subject,
  start,
  people,
  happenings,
  onChange,
}: {
  subject: LadderDocument['subject'];
  start: string;
  people: readonly Choice[];
  happenings: readonly Happening[];
  onChange: (happenings: readonly Happening[]) => void;
}) {
  const change = (id: number, next: Partial<Happening>) =>
    onChange(happenings.map((one) => (one.id === id ? { ...one, ...next } : one)));
  const add = () => {
    const last = happenings.at(-1);
    const what = last?.what === 'pause' ? 'resume' : (happeningsFor(subject)[subject === 'task' ? 2 : 0] ?? 'note');
    onChange([...happenings, { id: nextId(happenings), at: last?.at ?? start, what }]);
  };
  return (
    <fieldset className={classes['recipients']}>
      <legend>What happens meanwhile</legend>
      {happenings.length === 0 ? <p className={classes['note']}>Nothing: nobody touches it.</p> : null}
      <ul className={classes['lines']}>
        {happenings.map((one, at) => (
          <li key={one.id}>
            <TextInput
              aria-label={`When ${at + 1} happens`}
              type="datetime-local"
              value={one.at}
              w={200}
              onChange={(event) => change(one.id, { at: event.currentTarget.value })}
            />
            <Select
              aria-label={`What ${at + 1} is`}
              w={190}
              data={happeningsFor(subject).map((value) => ({ value, label: `it ${happeningWords[value]}` }))}
              value={one.what}
              onChange={(what) => what && change(one.id, { what: what as Happening['what'] })}
            />
            {one.what === 'reassign' ? (
              <Select
                aria-label={`To whom ${at + 1} goes`}
                placeholder="Whom"
                searchable
                className={classes['wide'] ?? ''}
                data={[...people]}
                value={one.to ?? null}
                onChange={(to) => to && change(one.id, { to })}
              />
            ) : null}
            <Button
              variant="subtle"
              color="gray"
              leftSection={<IconTrash size={13} />}
              onClick={() => onChange(happenings.filter(({ id }) => id !== one.id))}
            >
              Leave out
            </Button>
          </li>
        ))}
      </ul>
      <Button variant="default" leftSection={<IconPlus size={13} />} onClick={add}>
        Add what happens
      </Button>
    </fieldset>
  );
}

/** Who is away meanwhile, beside the absences of the directory. */
export function Absences({
  start,
  people,
  absences,
  onChange,
}: {
  start: string;
  people: readonly Choice[];
  absences: readonly StoryAbsence[];
  onChange: (absences: readonly StoryAbsence[]) => void;
}) {
  const day = start.slice(0, 10);
  const change = (id: number, next: Partial<StoryAbsence>) =>
    onChange(absences.map((one) => (one.id === id ? { ...one, ...next } : one)));
  const add = () => onChange([...absences, { id: nextId(absences), user: people[0]?.value ?? '', from: day, to: day }]);
  return (
    <fieldset className={classes['recipients']}>
      <legend>Who is away</legend>
      {absences.length === 0 ? <p className={classes['note']}>As the directory says.</p> : null}
      <ul className={classes['lines']}>
        {absences.map((one, at) => (
          <li key={one.id}>
            <Select
              aria-label={`Who is away, ${at + 1}`}
              searchable
              className={classes['wide'] ?? ''}
              data={[...people]}
              value={one.user}
              onChange={(user) => user && change(one.id, { user })}
            />
            <TextInput
              aria-label={`First day away, ${at + 1}`}
              type="date"
              w={150}
              value={one.from}
              onChange={(event) => change(one.id, { from: event.currentTarget.value })}
            />
            <TextInput
              aria-label={`Last day away, ${at + 1}`}
              type="date"
              w={150}
              value={one.to}
              error={one.to < one.from ? 'Before the first.' : undefined}
              onChange={(event) => change(one.id, { to: event.currentTarget.value })}
            />
            <Select
              aria-label={`Cover, ${at + 1}`}
              searchable
              className={classes['wide'] ?? ''}
              data={[{ value: '', label: 'nobody covers' }, ...people.filter(({ value }) => value !== one.user)]}
              value={one.cover ?? ''}
              onChange={(cover) => change(one.id, { cover: cover ?? '' })}
            />
            <Button
              variant="subtle"
              color="gray"
              leftSection={<IconTrash size={13} />}
              onClick={() => onChange(absences.filter(({ id }) => id !== one.id))}
            >
              Leave out
            </Button>
          </li>
        ))}
      </ul>
      <Button variant="default" leftSection={<IconPlus size={13} />} onClick={add} disabled={people.length === 0}>
        Add somebody who is away
      </Button>
    </fieldset>
  );
}

function nextId(entries: readonly { id: number }[]): number {
  return Math.max(0, ...entries.map(({ id }) => id)) + 1;
}
