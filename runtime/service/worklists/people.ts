import type { Person } from '../../../schemas/api.ts';
import { commandOf } from '../definitions/draft-store.ts';
import type { Organisation } from '../organisation.ts';
import { Problem } from '../problem.ts';

/** Puts down who somebody is: name, teams, manager, skills, and whether they work here still; somebody new is taken into the directory. Throws 422. */
export async function setPerson(
  organisation: Organisation,
  user: string,
  person: Person,
  sender: Parameters<typeof commandOf>[0],
): Promise<void> {
  const { users } = await organisation.directory();
  const isKnown = Object.hasOwn(users, user);
  const { name, email, teams, manager, skills, active } = person;
  if (manager === user) throw new Problem(422, 'MANAGES_THEMSELVES', 'Somebody cannot be their own manager.');
  if (manager !== null && !Object.hasOwn(users, manager))
    throw new Problem(422, 'UNKNOWN_USER', `There is no person "${manager}" to be the manager.`);
  const twin = Object.keys(users).find((id) => id !== user && id.toLowerCase() === user.toLowerCase());
  if (!isKnown && twin) throw new Problem(422, 'USER_TWICE', `There is already a person "${twin}".`);
  const values = {
    id: user,
    name,
    email,
    teams: JSON.stringify(teams),
    manager,
    skills: JSON.stringify(skills),
    active: active ? 1 : 0,
  };
  await organisation.pump.submit({
    ...commandOf(sender, organisation, 'setPerson'),
    streams: ['directory'],
    decide: () => ({
      moves: [{ stream: 'directory', kind: 'directory', by: 1 }],
      events: [],
      rows: [
        isKnown
          ? { table: 'directory_people', values }
          : { table: 'directory_users', values: { ...values, absences: '[]', sample: 0 } },
      ],
      response: null,
    }),
  });
  organisation.refresh();
}
