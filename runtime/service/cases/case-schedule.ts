import { caseSchedule } from '../../engine/index.ts';
import type { Organisation } from '../organisation.ts';
import { Problem } from '../problem.ts';
import { caseSnapshots } from './case-snapshots.ts';
import { prepareCase } from './prepare.ts';

/** A case scheduled from what has happened until now, with titles (S7). Throws 404. */
export async function loadCaseSchedule(organisation: Organisation, id: string, mode: 'override' | 'retained') {
  const { bundle, env } = await prepareCase(organisation, id);
  const found = (await caseSnapshots.read(organisation.database, [id])).get(id);
  if (!found) throw new Problem(404, 'NOT_FOUND', 'There is no such case.');
  const { state } = found.snapshot;
  const ground = { now: organisation.clock.now(), calendars: env.calendars };
  const { items, critical, outOfSequence, ...rest } = caseSchedule(bundle, state, ground, { mode });
  const titled = Object.entries(items).map(([key, item]) => {
    const title = state.tasks[key]?.title ?? state.steps[key]?.title ?? key;
    return [key, { ...item, title }] as const;
  });
  return {
    ...rest,
    items: Object.fromEntries(titled),
    critical: [...critical],
    outOfSequence: outOfSequence.map(([from, to]): [string, string] => [from, to]),
  };
}
