import type { Answers } from '../../../schemas/condition.ts';
import type { CompiledWorkflow } from '../../engine/index.ts';
import type { GroupView } from '../commit/group-view.ts';
import { newId } from '../commit/new-id.ts';
import { newReference } from '../identity/secrets.ts';
import type { Organisation } from '../organisation.ts';
import { decideEvents } from './case-change.ts';
import { FIRST_HASH } from './event-chain.ts';
import { commonEnv, type PreparedCase, personOf } from './prepare.ts';

/** A case that another command launches in its own transaction: the plan of a resource, a case raised by another. */
export interface LaunchOf {
  bundle: CompiledWorkflow;
  release: number;
  /** Customer with their key, or null when the subject is no person. */
  customer: { id: string; key: Buffer } | null;
  answers: Answers;
  answersRef: string | null;
  sample: boolean;
}

/** What the launch needs, loaded before its command is queued. */
export async function prepareLaunch(organisation: Organisation, launch: LaunchOf): Promise<PreparedCase> {
  const { clock, keys } = organisation;
  const id = newId();
  const person = personOf(id, launch.customer?.id ?? null);
  return {
    id,
    person,
    key: launch.customer?.key ?? (await keys.ensure(person, clock.now())),
    bundle: launch.bundle,
    subject: null,
    answersRef: launch.answersRef,
    readAt: null,
    answers: launch.answers,
    ...(await commonEnv(organisation, launch.bundle)),
  };
}

/** What launches a prepared case, and what its row begins with. Throws 409 when the engine refuses. */
export function launchCase(
  organisation: Organisation,
  prepared: PreparedCase,
  launch: LaunchOf,
  by: { actor: string; view: GroupView },
) {
  const decided = decideEvents(organisation, prepared, null, { type: 'launch', answers: prepared.answers }, by);
  const reference = newReference(prepared.bundle.key.slice(0, 8).toUpperCase());
  const fixed = {
    reference,
    workflow: prepared.bundle.key,
    release: launch.release,
    customer: launch.customer?.id ?? null,
    enquiry: null,
    sample: launch.sample ? 1 : 0,
    answersRef: launch.answersRef,
  };
  return { decided, fixed: { revision: 0, lastHash: FIRST_HASH, stored: 0, fixed } };
}
