import type { AllocationRule, OwnerRules, OwnerStrategy } from '../../../schemas/allocation.ts';
import type { AllocationExplanation } from '../../../schemas/case-event.ts';
import type { AnswerValue, Condition } from '../../../schemas/condition.ts';
import { inOrder } from '../../../schemas/document.ts';
import type { Instant } from '../../../schemas/ids.ts';
import type { Directory } from '../run/types.ts';
import { prefersLeastLoaded } from './loads.ts';
import { isAvailable, isFull, membersOf } from './staff.ts';

/** What allocation looks at; everything used is written into the explanation (L9). */
export interface AllocationView {
  readonly at: Instant;
  readonly directory: Directory;
  readonly loads: Readonly<Record<string, number>>;
  /** When somebody was last given work; absent counts as longest ago (L5). */
  readonly lastAllocated: Readonly<Record<string, Instant>>;
  readonly cursors: Readonly<Record<string, string>>;
  readonly holds: (condition: Condition) => boolean;
  readonly caseOwner: { readonly owner: string | null; readonly group: string | null };
  readonly ownersOf: (node: string) => readonly string[];
  readonly groupOf: (node: string) => string | null;
  readonly answerOf: (question: string) => AnswerValue | undefined;
  readonly lastOfficer: string | undefined;
  /** Skills the task itself asks for (L3). */
  readonly skills: readonly string[];
  /** What the work adds to a load; a case adds nothing (L3). */
  readonly weight: number;
  /** Who has the work already: it is in their load. */
  readonly heldBy: string | null;
  /** When the work turns amber, or is due where it has no amber, as if it began now while it waits; null without a clock (L3). */
  readonly amberAt: () => Instant | null;
}

export interface Allocation {
  readonly owner: string | null;
  readonly group: string | null;
  readonly explanation: AllocationExplanation;
  readonly cursor?: { readonly key: string; readonly user: string };
}

/** Finds an owner by the first rule that holds (L1); nobody eligible leaves the work in the team's queue (L6). */
export function allocate(rules: OwnerRules, ruleSet: string, view: AllocationView): Allocation {
  return allocateUnseen(rules) ?? allocateSeeing(rules, ruleSet, view);
}

const unseen = new WeakMap<OwnerRules, Allocation | null>();

/** The allocation that rules lead to whatever there is to look at: their first puts the work into a queue, always. */
export function allocateUnseen(rules: OwnerRules): Allocation | null {
  const known = unseen.get(rules);
  if (known !== undefined) return known;
  const [first] = rulesInOrder(rules);
  const found = first && first.when === undefined && leadsToQueue(first.to) ? toQueue(first.key, first.to) : null;
  unseen.set(rules, found);
  return found;
}

type ToQueue = Extract<OwnerStrategy, { by: 'group' | 'role' | 'manual' }>;

function leadsToQueue(to: OwnerStrategy): to is ToQueue {
  return to.by === 'group' || to.by === 'role' || to.by === 'manual';
}

/** The team's queue that a rule puts all work into. */
function toQueue(rule: string, to: ToQueue): Allocation {
  const team = to.by === 'group' ? to.group : to.by === 'role' ? to.role : to.team;
  return unowned({ rule, by: to.by, team, candidates: [], excluded: [], chosen: null }, team);
}

function allocateSeeing(rules: OwnerRules, ruleSet: string, view: AllocationView): Allocation {
  const rule = rulesInOrder(rules).find(({ when }) => when === undefined || view.holds(when));
  if (!rule) return unowned({ rule: null, by: 'none', candidates: [], excluded: [], chosen: null, none: true }, null);
  return byStrategy(rule, `${ruleSet}/${rule.key}`, view);
}

const ordered = new WeakMap<OwnerRules, readonly Rule[]>();
type Rule = AllocationRule & { key: string };

/** Rules in their order: documents stand still, so that each set is put in order once. */
function rulesInOrder(rules: OwnerRules): readonly Rule[] {
  const known = ordered.get(rules) ?? inOrder(rules);
  ordered.set(rules, known);
  return known;
}

function byStrategy(rule: Rule, cursorKey: string, view: AllocationView): Allocation {
  const { to } = rule;
  const base = { rule: rule.key, by: to.by };
  switch (to.by) {
    case 'user':
      return fromPool(base, rule, [to.user], null, view, first);
    case 'group':
    case 'role':
    case 'manual':
      return toQueue(rule.key, to);
    case 'roundRobin':
      return inTurn(base, rule, to.team, cursorKey, view);
    case 'leastLoaded':
      return fromPool(base, rule, membersOf(view.directory, to.team), to.team, view, leastLoaded(view));
    case 'skill':
      return fromPool(base, rule, membersOf(view.directory, to.team), to.team, view, leastLoaded(view), to.skills);
    case 'locality':
      return fromPool(
        base,
        rule,
        membersOf(view.directory, to.team),
        to.team,
        view,
        leastLoaded(view),
        localityOf(to, view),
      );
    case 'lastOfficer':
      return byLastOfficer(base, rule, to.team, view);
    case 'caseOwner':
      return fromPool(base, rule, [view.caseOwner.owner], view.caseOwner.group, view, first);
    case 'sameAs':
      return fromPool(base, rule, view.ownersOf(to.node), view.groupOf(to.node), view, first);
  }
}

type Base = Pick<AllocationExplanation, 'rule' | 'by'>;
type Choose = (eligible: readonly string[]) => string | undefined;
const first: Choose = (eligible) => eligible[0];

/** Fewest weights first, then who was given work longest ago, then by id (L5). */
function leastLoaded({ loads, lastAllocated }: AllocationView): Choose {
  const load = (user: string) => loads[user] ?? 0;
  const last = (user: string) => lastAllocated[user] ?? Number.MIN_SAFE_INTEGER;
  return (eligible) => [...eligible].sort((a, b) => load(a) - load(b) || last(a) - last(b) || (a < b ? -1 : 1))[0];
}

function inTurn(base: Base, rule: AllocationRule, team: string, cursorKey: string, view: AllocationView): Allocation {
  const cursor = view.cursors[cursorKey];
  const next: Choose = (eligible) => eligible.find((user) => cursor !== undefined && user > cursor) ?? eligible[0];
  const found = fromPool(base, rule, membersOf(view.directory, team), team, view, next);
  const explanation = cursor === undefined ? found.explanation : { ...found.explanation, cursor };
  // The cursor moves only to somebody who was chosen, so those skipped keep their place (L4).
  return { ...found, explanation, ...(found.owner === null ? {} : { cursor: { key: cursorKey, user: found.owner } }) };
}

function byLastOfficer(base: Base, rule: AllocationRule, team: string, view: AllocationView): Allocation {
  const members = membersOf(view.directory, team);
  const last = members.filter((user) => user === view.lastOfficer);
  const known = fromPool(base, rule, last, team, view, first);
  return known.owner === null ? fromPool(base, rule, members, team, view, leastLoaded(view)) : known;
}

/** A ward or patch is kept as a skill of the officers who serve it. */
function localityOf(to: Extract<OwnerStrategy, { by: 'locality' }>, view: AllocationView): string[] {
  const place = view.answerOf(to.question);
  return typeof place === 'string' ? [place] : [];
}

function fromPool(
  base: Base,
  rule: AllocationRule,
  pool: readonly (string | null)[],
  group: string | null,
  view: AllocationView,
  choose: Choose,
  skills: readonly string[] = [],
): Allocation {
  const candidates = pool.filter((user) => user !== null);
  const barred = (rule.excludeOwnersOf ?? []).flatMap((node) => view.ownersOf(node));
  const excluded = candidates.flatMap((user) => {
    const why = exclusionOf(user, rule, barred, [...view.skills, ...skills], view);
    return why === undefined ? [] : [{ user, why }];
  });
  const chosen = choose(candidates.filter((user) => !excluded.some((one) => one.user === user))) ?? null;
  // Those that were looked at: the commit guards them, so that a decision on an old load is made again.
  const weighed = candidates.filter(
    (user) => prefersLeastLoaded(rule.to) || view.directory.users[user]?.capacity !== undefined,
  );
  const loads = Object.fromEntries(weighed.map((user) => [user, view.loads[user] ?? 0]));
  const explanation = { ...base, ...(group === null ? {} : { team: group }), candidates, excluded, loads, chosen };
  return { owner: chosen, group, explanation: chosen === null ? { ...explanation, none: true } : explanation };
}

/** Why somebody is not eligible, in words; undefined where they are (L3). */
function exclusionOf(
  user: string,
  { presence }: AllocationRule,
  barred: readonly string[],
  skills: readonly string[],
  view: AllocationView,
) {
  const person = view.directory.users[user];
  if (!person) return 'not in the directory';
  if (!person.active) return 'not active';
  if (!isAvailable(view.directory, user, view.at)) return 'absent';
  const amberAt = presence === 'untilAmber' ? view.amberAt() : null;
  if (amberAt !== null && !isAvailable(view.directory, user, view.at, amberAt)) return 'absent before it turns amber';
  const load = view.loads[user] ?? 0;
  if (user !== view.heldBy && isFull(view.directory, user, load, view.weight))
    return `at capacity: ${load} of ${person.capacity}`;
  if (barred.includes(user)) return 'kept apart from work they did before on this case';
  const missing = skills.filter((skill) => !(person.skills ?? []).includes(skill));
  return missing.length > 0 ? `lacks ${missing.join(', ')}` : undefined;
}

function unowned(explanation: AllocationExplanation, group: string | null): Allocation {
  return { owner: null, group, explanation };
}
