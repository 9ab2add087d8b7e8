import type { WorkingTerms } from '../../../schemas/api.ts';
import { commandOf } from '../definitions/draft-store.ts';
import type { Organisation } from '../organisation.ts';
import { Problem } from '../problem.ts';

/** Puts down somebody's absences with their cover, capacity and hours (L3, L7, N11). Throws 404 and 422. */
export async function setWorkingTerms(
  organisation: Organisation,
  user: string,
  terms: WorkingTerms,
  sender: Parameters<typeof commandOf>[0],
): Promise<void> {
  const { users } = await organisation.directory();
  if (!Object.hasOwn(users, user)) throw new Problem(404, 'NOT_FOUND', 'There is no such person in the directory.');
  const { absences, capacity, calendar } = terms;
  if (calendar !== null && !Object.hasOwn(await organisation.calendars(), calendar))
    throw new Problem(422, 'UNKNOWN_CALENDAR', `There is no calendar "${calendar}".`);
  for (const { from, to, cover } of absences) {
    if (to <= from) throw new Problem(422, 'ABSENCE_ENDS_EARLY', 'An absence must end after it begins.');
    if (cover === user) throw new Problem(422, 'COVERS_THEMSELVES', 'Somebody who is away cannot be their own cover.');
    if (cover !== undefined && !Object.hasOwn(users, cover))
      throw new Problem(422, 'UNKNOWN_USER', `There is no person "${cover}" to be the cover.`);
  }
  await organisation.pump.submit({
    ...commandOf(sender, organisation, 'setWorkingTerms'),
    streams: ['directory'],
    decide: () => ({
      moves: [{ stream: 'directory', kind: 'directory', by: 1 }],
      events: [],
      rows: [{ table: 'working_terms', values: { id: user, capacity, calendar, absences: JSON.stringify(absences) } }],
      response: null,
    }),
  });
  organisation.refresh();
}
