import type { Instant } from '../../../schemas/ids.ts';

/** The organisation's people as they are at an instant; asked when a rung fires (E10). */
export interface Directory {
  managerOf(user: string): string | undefined;
  members(kind: 'role' | 'group' | 'stakeholders', key: string): readonly string[];
  isAbsent(user: string, at: Instant): boolean;
  coverFor(user: string, at: Instant): string | undefined;
  /** The person's e-mail address, so that a selector of the same address adds no second message (E11). */
  addressOf?(user: string): string | undefined;
  /** Whether the organisation allows messages to this outside address. */
  allowsAddress?(address: string): boolean;
}

/** The people of the item. An owner may be a queue, written `group:KEY` or `role:KEY`. */
export interface ItemPeople {
  readonly owner: string | null;
  readonly caseOwner?: string | null | undefined;
  readonly customer?: string | null | undefined;
}

/** One person or address a message goes to. */
export interface Recipient {
  readonly id: string;
  readonly kind: 'user' | 'address' | 'customer';
  /** The absent person this one covers (E12). */
  readonly insteadOf?: string;
}

const longestCoverChain = 5;

/** People of a list of selectors in selector order, absent ones replaced by their cover, each once (E10 to E12). */
export function resolveRecipients(
  selectors: readonly string[],
  people: ItemPeople,
  directory: Directory,
  at: Instant,
): Recipient[] {
  const found: Recipient[] = [];
  const seen = new Set<string>();
  for (const selector of selectors) {
    for (const candidate of candidatesOf(selector, people, directory)) {
      const recipient = candidate.kind === 'user' ? presentPerson(candidate.id, directory, at) : candidate;
      if (!recipient) continue;
      const identities = identitiesOf(recipient, directory);
      if (identities.some((identity) => seen.has(identity))) continue;
      for (const identity of identities) seen.add(identity);
      found.push(recipient);
    }
  }
  return found;
}

/** Recipients of a rung: its own, else its fallback, else the ladder's; empty when nobody can be found (E13). */
export function resolveWithFallback(
  lists: readonly (readonly string[])[],
  people: ItemPeople,
  directory: Directory,
  at: Instant,
): { readonly recipients: readonly Recipient[]; readonly usedFallback: boolean } {
  for (const [position, selectors] of lists.entries()) {
    const recipients = resolveRecipients(selectors, people, directory, at);
    if (recipients.length > 0) return { recipients, usedFallback: position > 0 };
  }
  return { recipients: [], usedFallback: true };
}

function candidatesOf(selector: string, people: ItemPeople, directory: Directory): Recipient[] {
  const cut = selector.indexOf(':');
  const kind = cut < 0 ? selector : selector.slice(0, cut);
  const rest = cut < 0 ? '' : selector.slice(cut + 1);
  switch (kind) {
    case 'owner':
      return ownerOf(people.owner, directory);
    case 'caseOwner':
      return ownerOf(people.caseOwner ?? null, directory);
    case 'customer':
      return people.customer ? [{ id: people.customer, kind: 'customer' }] : [];
    case 'manager-of':
      return candidatesOf(rest, people, directory)
        .filter((candidate) => candidate.kind === 'user')
        .flatMap((candidate) => toUsers([directory.managerOf(candidate.id)]));
    case 'role':
    case 'group':
    case 'stakeholders':
      return directory.members(kind, rest).map(toPersonOrAddress);
    case 'email':
      return directory.allowsAddress?.(rest) === false ? [] : [{ id: rest, kind: 'address' }];
    case 'user':
      return toUsers([rest]);
    default:
      return toUsers([selector]);
  }
}

function ownerOf(owner: string | null, directory: Directory): Recipient[] {
  if (owner === null) return [];
  const queue = /^(group|role):(.+)$/.exec(owner);
  if (!queue) return toUsers([owner]);
  return directory.members(queue[1] === 'role' ? 'role' : 'group', queue[2] ?? '').map(toPersonOrAddress);
}

function toUsers(ids: readonly (string | undefined)[]): Recipient[] {
  return ids.flatMap((id) => (id === undefined || id === '' ? [] : [{ id, kind: 'user' as const }]));
}

/** Stakeholder groups list outside addresses beside people. */
function toPersonOrAddress(member: string): Recipient {
  return member.includes('@') ? { id: member, kind: 'address' } : { id: member, kind: 'user' };
}

/** The person, or the first present one down the chain of covers; undefined when nobody is there (E12). */
export function presentPerson(
  id: string,
  directory: Pick<Directory, 'isAbsent' | 'coverFor'>,
  at: Instant,
): Recipient | undefined {
  if (!directory.isAbsent(id, at)) return { id, kind: 'user' };
  const passed = new Set([id]);
  let cover = directory.coverFor(id, at);
  while (cover !== undefined && !passed.has(cover) && passed.size <= longestCoverChain) {
    if (!directory.isAbsent(cover, at)) return { id: cover, kind: 'user', insteadOf: id };
    passed.add(cover);
    cover = directory.coverFor(cover, at);
  }
  return undefined;
}

function identitiesOf(recipient: Recipient, directory: Directory): string[] {
  if (recipient.kind === 'customer') return [`customer ${recipient.id}`];
  if (recipient.kind === 'address') return [`address ${recipient.id.toLowerCase()}`];
  const address = directory.addressOf?.(recipient.id);
  return address === undefined
    ? [`user ${recipient.id}`]
    : [`user ${recipient.id}`, `address ${address.toLowerCase()}`];
}
