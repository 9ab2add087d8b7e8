import { randomUUID } from 'node:crypto';
import type { ResourceBody, ResourceCommand } from '../../../schemas/resource-command.ts';
import { decideResource, keyActionsOf } from '../../engine/index.ts';
import { toChange } from '../cases/case-change.ts';
import type { Sender } from '../cases/command-case.ts';
import { type LaunchOf, launchCase, prepareLaunch } from '../cases/launch-case.ts';
import { sharedReads, sharedStreams } from '../cases/shared-reads.ts';
import { commandOf } from '../definitions/draft-store.ts';
import { newReference } from '../identity/secrets.ts';
import type { Organisation } from '../organisation.ts';
import { Problem } from '../problem.ts';
import { resourcePerson, typeEnv } from './prepare-resource.ts';
import { changeResource, joinChanges } from './resource-change.ts';

/** What making a resource answers. */
export interface CreatedResource {
  resourceId: string;
  reference: string;
  /** The case that is its action plan. */
  planCase: string;
}

/** Makes a resource and launches its action plan, both or neither (P11). Throws 409 and 422. */
export async function createResource(
  organisation: Organisation,
  body: ResourceBody,
  sender: Sender & { sample?: boolean },
): Promise<CreatedResource> {
  const { clock, keys, pump, releases } = organisation;
  const release = await releases.newest();
  const env = await typeEnv(organisation, release, body.serviceType);
  const workflow = env.serviceType.actionPlan;
  const sample = sender.sample ?? false;
  const launch: LaunchOf = {
    bundle: release.bundleOf(workflow),
    release: release.number,
    customer: null,
    answers: {},
    answersRef: null,
    sample,
  };
  const id = randomUUID();
  const prepared = { ...(await prepareLaunch(organisation, launch)), subject: null };
  const key = await keys.ensure(resourcePerson(id), clock.now());
  const answer = await pump.submit({
    ...commandOf(sender, organisation, 'createResource'),
    streams: [id, prepared.id, ...sharedStreams(prepared)],
    reads: sharedReads(organisation, prepared),
    decide(view) {
      const { decided, fixed } = launchCase(organisation, prepared, launch, { actor: sender.actor, view });
      const change = toChange(organisation, prepared, fixed, decided);
      const newPlan = { case: prepared.id, workflow };
      const command: ResourceCommand = { ...body, type: 'createResource' };
      const decision = decideResource({ resource: { id, state: null }, books: {} }, command, {
        ...env,
        now: clock.now(),
        actor: sender.actor,
        ids: randomUUID,
        plan: keyActionsOf(decided.state),
        newPlan,
        answers: {},
      });
      if (decision.ok !== true) throw refused(decision);
      const reference = newReference(body.serviceType.slice(0, 8).toUpperCase());
      const sealer = () => ({ person: resourcePerson(id), key });
      const made = changeResource(view, id, decision.resource, sealer, { reference, sample: sample ? 1 : 0 });
      const response: CreatedResource = { resourceId: id, reference, planCase: prepared.id };
      return { ...joinChanges({ snapshots: [], ...change }, made), response };
    },
  });
  return answer.response as CreatedResource;
}

function refused(decision: Exclude<ReturnType<typeof decideResource>, { ok: true }>): Error {
  if (decision.ok === 'load') return new Error('a new resource touches no customers, and yet asked for some');
  return new Problem(422, decision.rejection.code, decision.rejection.reason);
}
