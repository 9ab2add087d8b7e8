import { randomUUID } from 'node:crypto';
import type { ResourceCommand } from '../../../schemas/resource-command.ts';
import { decideResource, keyActionsOf, type MissingGround } from '../../engine/index.ts';
import { caseSnapshots } from '../cases/case-snapshots.ts';
import type { Sender } from '../cases/command-case.ts';
import type { Answer } from '../commit/decide-group.ts';
import type { GroupView } from '../commit/group-view.ts';
import type { Change, Work } from '../commit/pump.ts';
import type { RowChange } from '../commit/tables.ts';
import { commandOf } from '../definitions/draft-store.ts';
import type { Organisation } from '../organisation.ts';
import { Problem } from '../problem.ts';
import { offerMessages } from './offer-messages.ts';
import { type PreparedResource, prepareResource, resourcePerson } from './prepare-resource.ts';
import { changeInterests, changeResource, joinChanges, toAnswer } from './resource-change.ts';
import { interestSnapshots, interestStream, resourceSnapshots } from './resource-snapshots.ts';

export interface ResourceSender extends Sender {
  /** Refuses with 412 when the resource has moved on. */
  revision?: number;
}

/** Rows that a command brings along in its own transaction; made once it is taken. */
export type ExtraRows = (prepared: PreparedResource) => RowChange[];

const MOST_PREPARATIONS = 5;

/** What was loaded is not enough any more. */
class GroundMoved extends Error {
  readonly missing: MissingGround;
  constructor(missing: MissingGround) {
    super('what a command on a resource touches has changed: load it again');
    this.missing = missing;
  }
}

/** Sends one command to a resource, or to a customer's interests when `id` is null. Throws 404, 409 with the reason, 412, 422. */
export async function commandResource(
  organisation: Organisation,
  id: string | null,
  command: ResourceCommand,
  sender: ResourceSender,
  extraRows: ExtraRows = () => [],
): Promise<Answer> {
  let resource = id;
  let missing: MissingGround = {};
  for (let attempt = 1; ; attempt++) {
    const prepared = await prepareResource(organisation, resource, command, missing);
    try {
      return await organisation.pump.submit(toWork(organisation, prepared, command, sender, extraRows));
    } catch (error) {
      if (!(error instanceof GroundMoved)) throw error;
      if (attempt === MOST_PREPARATIONS)
        throw new Problem(409, 'CONFLICT', 'Others kept changing the same resource; load it again and repeat.');
      resource = error.missing.resource ?? resource;
      missing = { customers: [...(missing.customers ?? []), ...(error.missing.customers ?? [])] };
    }
  }
}

function toWork(
  organisation: Organisation,
  prepared: PreparedResource,
  command: ResourceCommand,
  sender: ResourceSender,
  extraRows: ExtraRows,
): Work {
  const { id, planCase, customers } = prepared;
  const books = [...customers.keys()].map(interestStream);
  const owned = id === null ? [] : [id];
  const plans = planCase === null ? [] : [planCase];
  return {
    ...commandOf(sender, organisation, command.type),
    streams: [...owned, ...plans, ...books],
    reads: [
      { of: resourceSnapshots, ids: owned },
      { of: caseSnapshots, ids: plans },
      { of: interestSnapshots, ids: books },
    ],
    decide: (view) => decideOnResource(organisation, prepared, command, sender, view, extraRows),
  };
}

function decideOnResource(
  organisation: Organisation,
  prepared: PreparedResource,
  command: ResourceCommand,
  sender: ResourceSender,
  view: GroupView,
  extraRows: ExtraRows,
): Change {
  const { id, planCase, customers, env } = prepared;
  if (id !== null && sender.revision !== undefined && sender.revision !== view.revision(id))
    throw new Problem(412, 'STALE', `The resource is at revision ${view.revision(id)} by now: load it again.`);
  const plan = planCase === null ? undefined : view.find(caseSnapshots, planCase)?.state;
  const decision = decideResource(
    {
      resource: id === null ? null : { id, state: view.find(resourceSnapshots, id)?.state ?? null },
      books: Object.fromEntries(
        [...customers.keys()].map((customer) => [
          customer,
          view.find(interestSnapshots, interestStream(customer))?.book ?? null,
        ]),
      ),
    },
    command,
    { ...env, now: organisation.clock.now(), actor: sender.actor, ids: randomUUID, plan: keyActionsOf(plan) },
  );
  if (decision.ok === 'load') throw new GroundMoved(decision.missing);
  if (!decision.ok) {
    const { code, reason, allowed } = decision.rejection;
    throw new Problem(409, code, reason, { allowed });
  }
  const sealer = sealerOf(prepared);
  const change = joinChanges(
    ...(id === null ? [] : [changeResource(view, id, decision.resource, sealer)]),
    ...[...customers.keys()].map((customer) =>
      changeInterests(view, customer, decision.interests[customer] ?? [], sealer),
    ),
  );
  // Depended on, not moved: readiness must hold at the very commit.
  const plans = planCase === null ? [] : [{ stream: planCase, kind: 'case', by: 0 }];
  const before = id === null ? null : (view.find(resourceSnapshots, id)?.state ?? null);
  const told = id === null ? [] : offerMessages(id, before, decision.resource, env.serviceType);
  const rows = [...change.rows, ...told, ...extraRows(prepared)];
  return { ...change, moves: [...change.moves, ...plans], rows, response: toAnswer(view, id, change) };
}

function sealerOf({ id, customers, key }: PreparedResource) {
  return (of: string | null) => ({
    person: of ?? resourcePerson(id ?? ''),
    key: (of === null ? undefined : customers.get(of)) ?? key,
  });
}
