import type { AnyDocument, Configuration } from '../../../schemas/configuration.ts';
import type { Finding } from '../../../schemas/finding.ts';
import type { Directory } from '../run/types.ts';
import { referencesOf } from './rules/references.ts';

/** Places named in a sentence; the others are counted. */
const MOST_NAMED = 5;

/**
 * Roles and groups that owner rules, allocation and ladders turn to although nobody holds them (R2, E10, L2). Says nothing while
 * nobody is in any team: then the directory has not been filled yet.
 */
export function findEmptyTeams(configuration: Configuration, directory: Directory): Finding[] {
  const held = new Set(Object.values(directory.users).flatMap(({ active, teams }) => (active ? teams : [])));
  if (held.size === 0) return [];
  const asking = askingByTeam(configuration);
  return Object.values(configuration.team).flatMap((team): Finding[] => {
    const places = asking.get(team.key) ?? [];
    const isReached = held.has(team.key) || (team.externalAddresses ?? []).length > 0;
    if (isReached || places.length === 0) return [];
    const named = places.slice(0, MOST_NAMED).join(', ');
    const more = places.length > MOST_NAMED ? ` and ${places.length - MOST_NAMED} more` : '';
    const message = `Nobody is a member of ${team.title} (${team.key}), to whom ${named}${more} turn: such work waits for nobody, and warnings go to the fallback. Add a member, or name others.`;
    return [
      {
        code: 'TEAM_EMPTY',
        severity: 'info',
        document: `team/${team.key}`,
        pointer: '',
        values: { team: team.key, places },
        message,
      },
    ];
  });
}

/** Tasks, workflows, ladders and service types that turn to a team, by team; tasks that no workflow draws ask nobody. */
function askingByTeam({ workflow, task, ladder, ...others }: Configuration): Map<string, string[]> {
  const drawn = new Set(
    Object.values(workflow).flatMap(({ nodes }) =>
      Object.values(nodes).flatMap((node) => (node.type === 'task' ? [node.task] : [])),
    ),
  );
  const documents: AnyDocument[] = [
    ...Object.values(workflow),
    ...Object.values(task).filter(({ key }) => drawn.has(key)),
    ...Object.values(ladder),
    ...Object.values(others['service-type']),
  ];
  const asking = new Map<string, string[]>();
  for (const document of documents) {
    const teams = referencesOf(document).flatMap(({ kind, key }) => (kind === 'team' ? [key] : []));
    for (const team of new Set(teams)) asking.set(team, [...(asking.get(team) ?? []), document.key]);
  }
  return asking;
}
