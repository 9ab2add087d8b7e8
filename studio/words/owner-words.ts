import type { OwnerRules, OwnerStrategy } from '../../schemas/allocation.ts';
import type { Configuration } from '../../schemas/configuration.ts';
import { inOrder } from '../../schemas/document.ts';

/** Who owns the work by default: the last rule, which has no condition. */
export function ownerInWords(rules: OwnerRules | undefined, configuration: Pick<Configuration, 'team'>): string {
  const last = inOrder(rules ?? {}).at(-1);
  if (!last) return 'Nobody yet';
  const others = Object.keys(rules ?? {}).length - 1;
  return `${strategyInWords(last.to, configuration)}${others > 0 ? ` (+${others})` : ''}`;
}

export function strategyInWords(to: OwnerStrategy, configuration: Pick<Configuration, 'team'>): string {
  const team = (key: string) => configuration.team[key]?.title ?? key;
  switch (to.by) {
    case 'user':
      return to.user;
    case 'group':
      return team(to.group);
    case 'role':
      return team(to.role);
    case 'roundRobin':
      return `${team(to.team)}, in turn`;
    case 'leastLoaded':
      return `${team(to.team)}, least loaded`;
    case 'skill':
      return `${team(to.team)} with ${to.skills.join(', ')}`;
    case 'sameAs':
      return `Owner of ${to.node}`;
    case 'caseOwner':
      return 'Case owner';
    case 'locality':
      return `${team(to.team)} by area`;
    case 'lastOfficer':
      return `Last officer, ${team(to.team)}`;
    case 'manual':
      return `${team(to.team)}, chosen by hand`;
  }
}
