import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { request } from '../api/client.ts';
import { useOpenDraft } from '../document/draft-context.tsx';
import { toDateTimeText } from '../document/time-engine.ts';
import { DataTable } from '../ui/data-table.tsx';
import classes from './calendar-editor.module.css';

interface Effect {
  openCases: number;
  cases: { id: string; reference: string; workflow: string; dates: MovedDate[] }[];
}

interface MovedDate {
  of: string;
  which: 'due' | 'amber';
  from: number | null;
  to: number | null;
}

/** Open cases whose dates would move if the calendars of the draft were published now (T14). */
export function MovedCases({ zone }: { zone: string }) {
  const { autosave } = useOpenDraft();
  const [asked, setAsked] = useState<
    { is: 'no' | 'asking' } | { is: 'told'; effect: Effect } | { is: 'failed'; why: string }
  >({ is: 'no' });
  const ask = async () => {
    setAsked({ is: 'asking' });
    try {
      await autosave.flush();
      const { body } = await request<Effect>('/v1/drafts/main/calendar-effect', { method: 'POST' });
      setAsked({ is: 'told', effect: body });
    } catch (error) {
      setAsked({ is: 'failed', why: (error as Error).message });
    }
  };
  return (
    <div>
      <Button variant="default" loading={asked.is === 'asking'} onClick={() => void ask()}>
        Which open cases would move?
      </Button>
      <div role="status">
        {asked.is === 'failed' ? <p className={classes['problem']}>Not known: {asked.why}</p> : null}
        {asked.is === 'told' ? <MovedTable effect={asked.effect} zone={zone} /> : null}
      </div>
    </div>
  );
}

export function MovedTable({ effect: { openCases, cases }, zone }: { effect: Effect; zone: string }) {
  const say = (at: number | null) => (at === null ? 'no date' : toDateTimeText(at, zone));
  if (cases.length === 0)
    return (
      <p className={classes['note']}>
        No date of the {openCases} open case{openCases === 1 ? '' : 's'} would move if the calendars were published now.
      </p>
    );
  return (
    <>
      <p className={classes['note']}>
        Dates of {cases.length} of {openCases} open cases would move if the calendars were published now.
      </p>
      <DataTable heads={['Case', 'What', 'Now', 'Then']}>
        {cases.flatMap(({ id, reference, dates }) =>
          dates.map((date) => (
            <tr key={`${id} ${date.of} ${date.which}`}>
              <td>
                <Link to="/cases/$id" params={{ id }}>
                  {reference}
                </Link>
              </td>
              <td data-label="What">
                {date.of.replace(/^(task|clock):/, '')}, {date.which === 'due' ? 'due' : 'amber'}
              </td>
              <td data-label="Now">{say(date.from)}</td>
              <td data-label="Then">{say(date.to)}</td>
            </tr>
          )),
        )}
      </DataTable>
    </>
  );
}
