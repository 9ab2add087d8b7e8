import type { Context, MiddlewareHandler } from 'hono';
import { coveringAt, type Directory } from '../../engine/index.ts';
import { textOf } from '../db/database.ts';
import { callerOf, needs } from '../http/guards.ts';
import type { Permission } from '../identity/permissions.ts';
import type { Caller } from '../identity/store.ts';
import type { Organisation } from '../organisation.ts';
import { Problem } from '../problem.ts';
import type { ServiceEnv } from '../service.ts';
import { caseSnapshots } from './case-snapshots.ts';

/** Who looks at cases, as the rule about private ones asks: everything, or as this person of these teams. */
export interface Viewer {
  readonly seesAll: boolean;
  readonly user: string;
  /** The person, and those whose place they take while these are away (L7), as JSON. */
  readonly users: string;
  readonly teams: string;
}

const leaders = new Set(['teamLeader', 'administrator', 'auditor']);

const isLeader = (roles: Caller['roles']) => roles.some((role) => leaders.has(role));

/** The caller as a viewer; leaders and auditors see every case. */
export async function viewerOf(organisation: Organisation, { user, roles }: Caller): Promise<Viewer> {
  const directory = await organisation.directory();
  return {
    seesAll: isLeader(roles),
    user,
    users: JSON.stringify([user, ...coveredBy(directory, user, organisation.clock.now())]),
    teams: JSON.stringify(directory.users[user]?.teams ?? []),
  };
}

/** Those who are away now and have this person in their place (L7). */
export function coveredBy(directory: Directory, user: string, at: number): string[] {
  return coveringAt(directory, at).flatMap(({ absent, cover }) => (cover === user ? [absent] : []));
}

/**
 * The condition under which a viewer sees a case: not private, or the viewer owns it, works on one of its open tasks, or belongs to
 * the team in whose queue it waits for an owner. `c` is the case; the arguments of `visibleArgs` stand at `?first` and after.
 */
export function visibleSql(first: number): string {
  const [all, users, teams] = [`?${first}`, `(SELECT value FROM json_each(?${first + 1}))`, `?${first + 2}`];
  return `(c.private = 0 OR ${all} = 1 OR c.owner IN ${users}
    OR (c.owner IS NULL AND c.owner_group IN (SELECT value FROM json_each(${teams})))
    OR EXISTS (SELECT 1 FROM case_tasks w WHERE w.case_id = c.id AND w.is_open = 1
      AND (w.owner IN ${users} OR w.delegate IN ${users})))`;
}

export function visibleArgs({ seesAll, users, teams }: Viewer): [number, string, string] {
  return [seesAll ? 1 : 0, users, teams];
}

/** Cases of these that the caller may see. */
export async function visibleAmong(
  { database }: Organisation,
  viewer: Viewer,
  ids: readonly string[],
): Promise<Set<string>> {
  const rows = await database.query(
    `SELECT c.id FROM cases c WHERE c.id IN (SELECT value FROM json_each(?1)) AND ${visibleSql(2)}`,
    [JSON.stringify(ids), ...visibleArgs(viewer)],
  );
  return new Set(rows.map((row) => textOf(row, 'id')));
}

/** Whether what this process committed last already says that the caller sees the case: it is open to everybody, or they see all. */
function isKnownVisible({ pump }: Organisation, { roles }: Caller, id: string): boolean {
  const known = pump.known(caseSnapshots, id);
  return known !== undefined && (!known.state.privateToOwner || isLeader(roles));
}

/** What the caller may see of items about cases. */
export async function onlyVisible<T extends { readonly id: string }>(
  c: Context<ServiceEnv>,
  items: readonly T[],
): Promise<T[]> {
  const seen = await seenBy(
    c,
    items.map(({ id }) => id),
  );
  return items.filter(({ id }) => seen.has(id));
}

/** The same items; where the case one came of is not for the caller's eyes, it is not named. */
export async function withoutHiddenCase<T extends { readonly case: string | null }>(
  c: Context<ServiceEnv>,
  items: readonly T[],
): Promise<T[]> {
  const seen = await seenBy(
    c,
    items.flatMap((item) => item.case ?? []),
  );
  return items.map((item) => (item.case === null || seen.has(item.case) ? item : { ...item, case: null }));
}

async function seenBy(c: Context<ServiceEnv>, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const { organisation } = c.get('service');
  const caller = callerOf(c);
  const asked = ids.filter((id) => !isKnownVisible(organisation, caller, id));
  if (asked.length === 0) return new Set(ids);
  const seen = await visibleAmong(organisation, await viewerOf(organisation, caller), asked);
  return asked.length === ids.length ? seen : new Set(ids.filter((id) => seen.has(id) || !asked.includes(id)));
}

/** Throws 404, the same for a case that does not exist and one that is not for the caller's eyes. */
async function requireVisible(c: Context<ServiceEnv>, caseId: string): Promise<void> {
  const seen = await seenBy(c, [caseId]);
  if (!seen.has(caseId)) throw new Problem(404, 'NOT_FOUND', 'There is no such case.');
}

/** Lets through who is permitted and may see the case of the path; 401, 403 and 404 otherwise. */
export function onCase(permission: Permission): MiddlewareHandler<ServiceEnv> {
  const permitted = needs(permission);
  return (c, next) =>
    permitted(c, () => {
      const id = c.req.param('id') ?? '';
      // Mostly it is known, and nothing need be waited for.
      return isKnownVisible(c.get('service').organisation, callerOf(c), id) ? next() : requireVisible(c, id).then(next);
    }) as Promise<void>;
}
