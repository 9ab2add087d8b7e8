import type { Instant } from '../../../schemas/ids.ts';
import type { LadderDocument, TeamDocument } from '../../../schemas/ladder.ts';
import { membersOf, toLadderDirectory } from '../allocate/staff.ts';
import type { Directory } from '../run/types.ts';
import { resolveRecipients } from './recipients.ts';

/** A selector of a ladder that reaches nobody at an instant, and why. */
export interface DeadSelector {
  /** Null for the fallback of the ladder itself. */
  readonly rung: string | null;
  readonly selector: string;
  readonly why:
    | 'unknownTeam'
    | 'noMember'
    | 'allAway'
    | 'unknownPerson'
    | 'noManager'
    | 'addressNotAllowed'
    | 'noOwner';
}

/** Who a ladder is asked for. */
export interface SelectorView {
  readonly directory: Directory;
  readonly teams: Readonly<Record<string, TeamDocument>>;
  readonly allowedEmailDomains: readonly string[];
  /** User id of whom the work belongs to, or null. */
  readonly owner: string | null;
  readonly at: Instant;
}

/** Every recipient of a ladder that reaches nobody at an instant: a role without a member, a team that is away without cover (E12, E13). */
export function findDeadSelectors(ladder: LadderDocument, view: SelectorView): DeadSelector[] {
  const directory = toLadderDirectory(view.directory, view);
  const people = { owner: view.owner, caseOwner: view.owner, customer: 'customer' };
  const lists: [string | null, readonly string[]][] = [
    ...Object.entries(ladder.rungs).map(([key, rung]): [string, readonly string[]] => [
      key,
      [...rung.to, ...(rung.fallback ?? [])],
    ]),
    [null, ladder.fallback],
  ];
  return lists.flatMap(([rung, selectors]) =>
    selectors.flatMap((selector) => {
      const found = resolveRecipients([selector], people, directory, view.at);
      return found.length > 0 ? [] : [{ rung, selector, why: whyNobody(selector, view) }];
    }),
  );
}

function whyNobody(selector: string, { directory, teams, owner }: SelectorView): DeadSelector['why'] {
  const [kind = '', ...rest] = selector.split(':');
  const named = rest.join(':');
  switch (kind) {
    case 'role':
    case 'group':
    case 'stakeholders':
      if (!Object.hasOwn(teams, named)) return 'unknownTeam';
      return membersOf(directory, named).length > 0 ? 'allAway' : 'noMember';
    case 'email':
      return 'addressNotAllowed';
    case 'manager-of':
      return 'noManager';
    case 'user':
      return Object.hasOwn(directory.users, named) ? 'allAway' : 'unknownPerson';
    default:
      if (owner === null) return 'noOwner';
      return Object.hasOwn(directory.users, owner) ? 'allAway' : 'unknownPerson';
  }
}
