import type { EnquiryBody, SubmittedEnquiry } from '../../../schemas/api.ts';
import type { Answers } from '../../../schemas/condition.ts';
import { settleAnswers } from '../../engine/index.ts';
import { decideEvents, toChange, toPersonalRow } from '../cases/case-change.ts';
import { FIRST_HASH } from '../cases/event-chain.ts';
import { commonEnv, type PreparedCase, rememberPrepared } from '../cases/prepare.ts';
import { sharedReads, sharedStreams } from '../cases/shared-reads.ts';
import { lastOfficerOf } from '../cases/workloads.ts';
import type { GroupView } from '../commit/group-view.ts';
import { newId } from '../commit/new-id.ts';
import type { RowChange } from '../commit/tables.ts';
import { customerSnapshots, customerStream } from '../customers/customer-snapshots.ts';
import { survivorOf } from '../customers/survivor.ts';
import { tokenRows } from '../customers/tokens.ts';
import { commandOf } from '../definitions/draft-store.ts';
import type { LoadedRelease } from '../definitions/release-store.ts';
import { derivedSecret, hashSecret, newReference } from '../identity/secrets.ts';
import { dateIn } from '../local-date.ts';
import { type CustomerContact, contactOf } from '../notify/render-message.ts';
import type { Organisation } from '../organisation.ts';
import { Problem } from '../problem.ts';
import { mistakesIn, openForm, refuseMistakes } from './answers.ts';
import { nextSteps } from './next-steps.ts';
import { makePack } from './pack-store.ts';

interface Origin {
  actor: string;
  key?: string;
  requestHash?: string;
  channel: 'online' | 'officer' | 'sample';
  /** The customer's key is made under this id. */
  person?: string;
  /** The form was opened under this release; by default the newest. */
  release?: number;
  /** Told, once it is durable, that there is something to send. */
  onQueued?(): void;
}

const OLDEST_SECONDS = 366 * 86_400;

/** One submitted enquiry makes one pack and one case, in one transaction (P13). Throws 404 and 422 with pointers. */
export async function submitEnquiry(
  organisation: Organisation,
  body: EnquiryBody,
  origin: Origin,
): Promise<SubmittedEnquiry> {
  const { clock, releases, keys, pump, secret } = organisation;
  const release = await (origin.release === undefined ? releases.newest() : releases.load(origin.release));
  const now = clock.now();
  refuse(release, body, now, origin);
  const known = body.customerId === undefined ? undefined : await knownCustomer(organisation, body.customerId);
  const contact = known?.contact ?? (body.customer as CustomerContact);
  const before = known?.id ?? origin.person;
  const person = before ?? `p-${newId()}`;
  const ids = { case: newId(), enquiry: newId(), pack: newId(), customer: person };
  const bundle = release.bundleOf(body.workflow);
  const common = await commonEnv(organisation, bundle);
  const prepared: PreparedCase = {
    id: ids.case,
    person,
    key: await (before === undefined ? keys.make(person, now) : keys.ensure(person, now)),
    bundle,
    subject: null,
    answersRef: `answers:${ids.enquiry}`,
    readAt: null,
    answers: countedAnswers(release, body, now),
    weighed: common.weighed,
    env: {
      ...common.env,
      ...(known ? await lastOfficerOf(organisation, known.id) : {}),
    },
  };
  let hasQueued = false;
  const answer = await pump.submit({
    ...commandOf(origin, organisation, 'submitEnquiry'),
    streams: [ids.case, ...sharedStreams(prepared), ...(known ? [customerStream(person)] : [])],
    reads: [
      ...sharedReads(organisation, prepared),
      ...(known ? [{ of: customerSnapshots, ids: [customerStream(person)] }] : []),
    ],
    decide(view) {
      if (known) refuseMerged(view, person);
      const received = body.receivedAt === undefined ? {} : { receivedAt: body.receivedAt };
      const launch = { type: 'launch' as const, answers: prepared.answers, ...received };
      const decided = decideEvents(organisation, prepared, null, launch, { actor: origin.actor, view });
      const reference = newReference(body.workflow.slice(0, 8).toUpperCase());
      const answersRef = `answers:${ids.enquiry}`;
      const fixed = {
        reference,
        workflow: body.workflow,
        release: release.number,
        customer: person,
        enquiry: ids.enquiry,
        sample: origin.channel === 'sample' ? 1 : 0,
        answersRef,
      };
      const change = toChange(organisation, prepared, { revision: 0, lastHash: FIRST_HASH, stored: 0, fixed }, decided);
      hasQueued = decided.events.some(({ type }) => type === 'messageQueued');
      const asAt = dateIn(zoneOf(release), clock.now());
      const pack = makePack(release, {
        workflow: body.workflow,
        answers: prepared.answers,
        asAt,
        reference,
        name: contact.name,
        nextSteps: nextSteps(decided.state, zoneOf(release)),
      });
      const advised = pack.sections.flatMap((section) => section.statements);
      return {
        ...change,
        // A case for a known customer is not made while they are merged into another.
        moves: [...change.moves, ...(known ? [{ stream: customerStream(person), kind: 'customer', by: 0 }] : [])],
        rows: [
          ...(known ? [] : customerRows(organisation, prepared, contact)),
          toPersonalRow(prepared, answersRef, body.answers, clock.now()),
          enquiryRow(ids, fixed, body, origin, clock.now()),
          toPersonalRow(prepared, `pack:${ids.pack}`, pack, clock.now()),
          {
            table: 'packs',
            values: {
              id: ids.pack,
              enquiry: ids.enquiry,
              case_id: ids.case,
              secret_hash: hashSecret(derivedSecret(secret, `pack:${ids.pack}`)),
              release: release.number,
              as_at: pack.asAt,
              statements: JSON.stringify(advised.map(({ key, digest }) => ({ key, digest }))),
              content_ref: `pack:${ids.pack}`,
              created_at: clock.now(),
            },
          },
          ...change.rows,
        ],
        response: { reference, caseId: ids.case, packId: ids.pack },
      };
    },
  });
  const stored = answer.response as Omit<SubmittedEnquiry, 'secret'>;
  if (hasQueued) origin.onQueued?.();
  if (!answer.repeated) {
    const { workflow, answers } = body;
    const launched = {
      person,
      workflow,
      release: release.number,
      subject: null,
      answersRef: prepared.answersRef,
      answers,
    };
    rememberPrepared(organisation, ids.case, launched);
  }
  return { ...stored, secret: packSecret(organisation, stored.packId) };
}

/** The secret of a pack's link: made from the organisation's secret, so that it is stored nowhere. */
export function packSecret({ secret }: Organisation, packId: string): string {
  return derivedSecret(secret, `pack:${packId}`);
}

export function zoneOf({ configuration }: Pick<LoadedRelease, 'configuration'>): string {
  return Object.values(configuration.settings)[0]?.zone ?? 'Europe/London';
}

/** Answers that count: those of questions not shown are dropped, calculated ones are added (A2). */
function countedAnswers(release: LoadedRelease, body: EnquiryBody, now: number): Answers {
  return settleAnswers(openForm(release, body.workflow, dateIn(zoneOf(release), now)), body.answers).answers;
}

function refuse(release: LoadedRelease, body: EnquiryBody, now: number, origin: Origin): void {
  const workflow = release.configuration.workflow[body.workflow];
  if (!workflow)
    throw new Problem(
      422,
      'WORKFLOW_UNKNOWN',
      `There is no workflow "${body.workflow}" in release ${release.number}.`,
      { pointer: '/workflow' },
    );
  if (body.receivedAt !== undefined && (body.receivedAt > now || body.receivedAt < now - OLDEST_SECONDS)) {
    throw new Problem(422, 'RECEIVED_AT_INVALID', 'An enquiry is received in the past year, not in the future.', {
      pointer: '/receivedAt',
    });
  }
  const form = openForm(release, body.workflow, dateIn(zoneOf(release), now));
  const incomplete = body.allowIncomplete === true || origin.channel === 'sample';
  refuseMistakes(form, mistakesIn(form, body.answers, incomplete));
}

/** The rows of a new customer. */
export function customerRows(
  { clock, secret }: Organisation,
  prepared: Pick<PreparedCase, 'person' | 'key'>,
  customer: CustomerContact,
): RowChange[] {
  const { person } = prepared;
  const now = clock.now();
  return [
    toPersonalRow(prepared, `name:${person}`, customer.name, now),
    toPersonalRow(prepared, `contact:${person}`, customer, now),
    {
      table: 'customers',
      values: {
        id: person,
        name_ref: `name:${person}`,
        contact_ref: `contact:${person}`,
        created_at: now,
        merged_into: null,
        revision: 0,
        last_hash: '',
      },
    },
    ...tokenRows(secret, person, customer),
  ];
}

/** A customer who has been here before: the one that stays where they were merged. Throws 422 for one that is not there or erased. */
async function knownCustomer(organisation: Organisation, given: string) {
  const id = (await survivorOf(organisation, given)) ?? given;
  const contact = await contactOf(organisation, id);
  if (contact) return { id, contact };
  throw new Problem(422, 'CUSTOMER_UNKNOWN', 'There is no such customer.', { pointer: '/customerId' });
}

function refuseMerged(view: GroupView, person: string): void {
  const merged = view.find(customerSnapshots, customerStream(person))?.mergedInto ?? null;
  if (merged !== null)
    throw new Problem(409, 'CUSTOMER_MERGED', 'This customer was merged into another meanwhile; repeat.', {
      allowed: { customer: merged },
    });
}

function enquiryRow(
  ids: { case: string; enquiry: string; pack: string; customer: string },
  fixed: { reference: string; workflow: string; release: number; answersRef: string; sample: number },
  body: EnquiryBody,
  origin: Origin,
  now: number,
): RowChange {
  return {
    table: 'enquiries',
    values: {
      id: ids.enquiry,
      reference: fixed.reference,
      workflow: fixed.workflow,
      release: fixed.release,
      customer: ids.customer,
      answers_ref: fixed.answersRef,
      received_at: body.receivedAt ?? now,
      channel: origin.channel,
      case_id: ids.case,
      pack_id: ids.pack,
      created_by: origin.actor,
      sample: fixed.sample,
    },
  };
}
