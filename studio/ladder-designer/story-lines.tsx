import { Select, TextInput } from '@mantine/core';
import type { LadderDocument } from '../../schemas/ladder.ts';
import { LineList } from '../ui/line-list.tsx';
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
  const next = (id: number): Happening => {
    const last = happenings.at(-1);
    const what = last?.what === 'pause' ? 'resume' : (happeningsFor(subject)[subject === 'task' ? 2 : 0] ?? 'note');
    return { id, at: last?.at ?? start, what };
  };
  return (
    <LineList
      legend="What happens meanwhile"
      none="Nothing: nobody touches it."
      lines={happenings}
      add="Add what happens"
      onAdd={next}
      onLines={onChange}
    >
      {(one, at, change) => (
        <>
          <TextInput
            aria-label={`When ${at + 1} happens`}
            type="datetime-local"
            value={one.at}
            w={200}
            onChange={(event) => change({ at: event.currentTarget.value })}
          />
          <Select
            aria-label={`What ${at + 1} is`}
            w={190}
            data={happeningsFor(subject).map((value) => ({ value, label: `it ${happeningWords[value]}` }))}
            value={one.what}
            onChange={(what) => what && change({ what: what as Happening['what'] })}
          />
          {one.what === 'reassign' ? (
            <Select
              aria-label={`To whom ${at + 1} goes`}
              placeholder="Whom"
              searchable
              className={classes['wide'] ?? ''}
              data={[...people]}
              value={one.to ?? null}
              onChange={(to) => to && change({ to })}
            />
          ) : null}
        </>
      )}
    </LineList>
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
  return (
    <LineList<StoryAbsence>
      legend="Who is away"
      none="As the directory says."
      lines={absences}
      add="Add somebody who is away"
      canAdd={people.length > 0}
      onAdd={(id) => ({ id, user: people[0]?.value ?? '', from: day, to: day })}
      onLines={onChange}
    >
      {(one, at, change) => (
        <>
          <Select
            aria-label={`Who is away, ${at + 1}`}
            searchable
            className={classes['wide'] ?? ''}
            data={[...people]}
            value={one.user}
            onChange={(user) => user && change({ user })}
          />
          <TextInput
            aria-label={`First day away, ${at + 1}`}
            type="date"
            w={150}
            value={one.from}
            onChange={(event) => change({ from: event.currentTarget.value })}
          />
          <TextInput
            aria-label={`Last day away, ${at + 1}`}
            type="date"
            w={150}
            value={one.to}
            error={one.to < one.from ? 'Before the first.' : undefined}
            onChange={(event) => change({ to: event.currentTarget.value })}
          />
          <Select
            aria-label={`Cover, ${at + 1}`}
            searchable
            className={classes['wide'] ?? ''}
            data={[{ value: '', label: 'nobody covers' }, ...people.filter(({ value }) => value !== one.user)]}
            value={one.cover ?? ''}
            onChange={(cover) => change({ cover: cover ?? '' })}
          />
        </>
      )}
    </LineList>
  );
}
