import { randomUUID } from 'node:crypto';
import type { EnquiryBody, SubmittedEnquiry } from '../../../schemas/api.ts';
import type { Answers } from '../../../schemas/condition.ts';
import { cursorReads, cursorStreams } from '../cases/allocation-cursors.ts';
import { decideEvents, toChange, toPersonalRow } from '../cases/case-change.ts';
import { FIRST_HASH } from '../cases/event-chain.ts';
import { commonEnv, type PreparedCase } from '../cases/prepare.ts';
import type { RowChange } from '../commit/tables.ts';
import { commandOf } from '../definitions/draft-store.ts';
import type { LoadedRelease } from '../definitions/release-store.ts';
import { derivedSecret, hashSecret, newReference } from '../identity/secrets.ts';
import { dateIn } from '../local-date.ts';
import type { CustomerContact } from '../notify/render-message.ts';
import type { Organisation } from '../organisation.ts';
import { Problem } from '../problem.ts';
import { mistakesIn, openForm, refuseMistakes, settle } from './answers.ts';
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
  const person = origin.person ?? `p-${randomUUID()}`;
  const ids = { case: randomUUID(), enquiry: randomUUID(), pack: randomUUID(), customer: person };
  const bundle = release.bundleOf(body.workflow);
  const prepared: PreparedCase = {
    id: ids.case,
    person,
    key: await keys.ensure(person, now),
    bundle,
    subject: null,
    answersRef: `answers:${ids.enquiry}`,
    readAt: null,
    answers: countedAnswers(release, body, now),
    env: await commonEnv(organisation, bundle),
  };
  const answer = await pump.submit({
    ...commandOf(origin, organisation, 'submitEnquiry'),
    streams: [ids.case, ...cursorStreams(bundle)],
    reads: [cursorReads(bundle)],
    decide(view) {
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
      const change = toChange(organisation, prepared, { revision: 0, lastHash: FIRST_HASH, fixed }, decided);
      const asAt = dateIn(zoneOf(release), clock.now());
      const pack = makePack(release, {
        workflow: body.workflow,
        answers: prepared.answers,
        asAt,
        reference,
        name: body.customer.name,
      });
      const advised = pack.sections.flatMap((section) => section.statements);
      return {
        ...change,
        rows: [
          ...customerRows(prepared, body.customer, clock.now()),
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
  return settle(openForm(release, body.workflow, dateIn(zoneOf(release), now)), body.answers).answers;
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
  prepared: Pick<PreparedCase, 'person' | 'key'>,
  customer: CustomerContact,
  now: number,
): RowChange[] {
  const { person } = prepared;
  return [
    toPersonalRow(prepared, `name:${person}`, customer.name, now),
    toPersonalRow(prepared, `contact:${person}`, customer, now),
    {
      table: 'customers',
      values: { id: person, name_ref: `name:${person}`, contact_ref: `contact:${person}`, created_at: now },
    },
  ];
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
