import type { Configuration } from '../../schemas/configuration.ts';
import type { DirectoryAnswer } from '../api/types.ts';

/** Name of a person or group by what rows hold; both absent means nobody. */
export function ownerName(
  row: { owner: string | null; group: string | null },
  directory: DirectoryAnswer | undefined,
  configuration?: Configuration,
): string {
  if (row.owner) return directory?.users[row.owner]?.name ?? row.owner;
  if (row.group) return configuration?.team[row.group]?.title ?? row.group;
  return 'Nobody yet';
}

/** Who a task can be handed to: people, then queues. */
export function handOverChoices(
  directory: DirectoryAnswer | undefined,
  configuration: Configuration | undefined,
): { value: string; label: string }[] {
  const people = Object.entries(directory?.users ?? {}).map(([id, user]) => ({ value: id, label: user.name }));
  const queues = Object.values(configuration?.team ?? {})
    .filter((team) => team.type !== 'stakeholders')
    .map((team) => ({ value: `${team.type}:${team.key}`, label: `${team.title} (queue)` }));
  return [...people.sort((a, b) => a.label.localeCompare(b.label)), ...queues];
}
