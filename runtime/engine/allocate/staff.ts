import type { Instant } from '../../../schemas/ids.ts';
import type { CompiledWorkflow } from '../compile/compiled-workflow.ts';
import { type Directory as LadderDirectory, presentPerson } from '../ladder/recipients.ts';
import type { Absence, Directory } from '../run/types.ts';

/** Whether somebody may be given work: known, active, and not absent then or, where it is said, at any time before `until` (L3). */
export function isAvailable(directory: Directory, user: string, at: Instant, until: Instant = at): boolean {
  const person = Object.hasOwn(directory.users, user) ? directory.users[user] : undefined;
  const isAway = ({ from, to }: Absence) => at < to && (from <= at || from < until);
  return person?.active === true && !person.absences?.some(isAway);
}

/** Whether work of this weight would take somebody beyond their capacity (L3). */
export function isFull(directory: Directory, user: string, load: number, weight: number): boolean {
  const capacity = directory.users[user]?.capacity;
  return capacity !== undefined && (load >= capacity || load + weight > capacity);
}

/** Somebody who is away, and who is there in their place (L7, E12). */
export interface Covering {
  readonly absent: string;
  readonly cover: string;
  readonly existingWork: 'share' | 'reassign';
}

/** Everybody who is away at an instant and has somebody present in their place, down the chain of covers (L7). */
export function coveringAt(directory: Directory, at: Instant): Covering[] {
  const asked = {
    isAbsent: (user: string, then: Instant) => !isAvailable(directory, user, then),
    coverFor: (user: string, then: Instant) => absenceAt(directory, user, then)?.cover,
  };
  return Object.keys(directory.users).flatMap((absent) => {
    const absence = absenceAt(directory, absent, at);
    const cover = absence && presentPerson(absent, asked, at)?.id;
    return cover === undefined ? [] : [{ absent, cover, existingWork: absence?.existingWork ?? 'share' }];
  });
}

/** Members of a team in the order of their ids (L4). */
export function membersOf(directory: Directory, team: string): string[] {
  return Object.entries(directory.users)
    .filter(([, person]) => person.teams.includes(team))
    .map(([id]) => id)
    .sort();
}

/** The directory as ladders ask it, with the outside addresses of stakeholder groups (E10 to E12). */
export function toLadderDirectory(
  directory: Directory,
  bundle: {
    readonly teams: Readonly<Record<string, { readonly externalAddresses?: readonly string[] | undefined }>>;
  } & Pick<CompiledWorkflow, 'allowedEmailDomains'>,
): LadderDirectory {
  const allows = (address: string): boolean => {
    const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
    return bundle.allowedEmailDomains.some((allowed) => allowed.toLowerCase() === domain);
  };
  return {
    managerOf: (user) => directory.users[user]?.manager,
    members: (_kind, key) => [
      ...membersOf(directory, key),
      ...(bundle.teams[key]?.externalAddresses ?? []).filter(allows),
    ],
    isAbsent: (user, at) => !isAvailable(directory, user, at),
    coverFor: (user, at) => absenceAt(directory, user, at)?.cover,
    addressOf: (user) => directory.users[user]?.email,
    allowsAddress: allows,
  };
}

function absenceAt(directory: Directory, user: string, at: Instant) {
  return directory.users[user]?.absences?.find(({ from, to }) => from <= at && at < to);
}
