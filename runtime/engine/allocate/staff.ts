import type { Instant } from '../../../schemas/ids.ts';
import type { CompiledWorkflow } from '../compile/compiled-workflow.ts';
import type { Directory as LadderDirectory } from '../ladder/recipients.ts';
import type { Directory } from '../run/types.ts';

/** Whether somebody may be given work now: known, active, not absent (L3). */
export function isAvailable(directory: Directory, user: string, at: Instant): boolean {
  const person = Object.hasOwn(directory.users, user) ? directory.users[user] : undefined;
  return person?.active === true && !absenceAt(directory, user, at);
}

/** Members of a team in the order of their ids (L4). */
export function membersOf(directory: Directory, team: string): string[] {
  return Object.entries(directory.users)
    .filter(([, person]) => person.teams.includes(team))
    .map(([id]) => id)
    .sort();
}

/** The directory as ladders ask it, with the outside addresses of stakeholder groups (E10 to E12). */
export function toLadderDirectory(directory: Directory, bundle: CompiledWorkflow): LadderDirectory {
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
