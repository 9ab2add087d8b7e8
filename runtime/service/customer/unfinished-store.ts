import { randomUUID } from 'node:crypto';
import type { Answers } from '../../../schemas/condition.ts';
import type { RowChange } from '../commit/tables.ts';
import { intOf, textOf, textOrNull } from '../db/database.ts';
import { commandOf } from '../definitions/draft-store.ts';
import { hashSecret, newSecret, seal, unseal } from '../identity/secrets.ts';
import type { CustomerContact } from '../notify/render-message.ts';
import type { Organisation } from '../organisation.ts';
import { Problem } from '../problem.ts';

/** What a customer has filled in so far. */
export interface UnfinishedContent {
  answers: Answers;
  contact: CustomerContact | null;
}

/** A form begun and not sent; its secret link leads back to it. */
export interface UnfinishedEnquiry extends UnfinishedContent {
  id: string;
  tokenHash: string;
  workflow: string;
  release: number;
  person: string;
  revision: number;
  startedAt: number;
  /** The pack it became, once sent. */
  submittedAs: string | null;
}

const unfinishedStream = (id: string) => `unfinished:${id}`;

/** Begins a form; answers the secret of its link. */
export async function beginEnquiry(organisation: Organisation, workflow: string): Promise<string> {
  const { clock, keys, releases } = organisation;
  const [id, token, person] = [randomUUID(), newSecret(), `p-${randomUUID()}`];
  await keys.ensure(person, clock.now());
  const { number } = await releases.newest();
  await save(organisation, {
    id,
    tokenHash: hashSecret(token),
    workflow,
    release: number,
    person,
    revision: 0,
    startedAt: clock.now(),
    submittedAs: null,
    answers: {},
    contact: null,
  });
  return token;
}

/** The form behind a secret link; throws 404. */
export async function loadUnfinished(organisation: Organisation, token: string): Promise<UnfinishedEnquiry> {
  return loadByHash(organisation, hashSecret(token));
}

async function loadByHash(organisation: Organisation, tokenHash: string): Promise<UnfinishedEnquiry> {
  const [row] = await organisation.database.query('SELECT * FROM unfinished_enquiries WHERE token_hash = ?', [
    tokenHash,
  ]);
  const key = row ? await organisation.keys.find(textOf(row, 'person')) : undefined;
  if (!row || !key) throw new Problem(404, 'NOT_FOUND', 'There is no such enquiry.');
  const id = textOf(row, 'id');
  return {
    ...(unseal(key, unfinishedStream(id), textOf(row, 'sealed')) as UnfinishedContent),
    id,
    tokenHash: textOf(row, 'token_hash'),
    workflow: textOf(row, 'workflow'),
    release: intOf(row, 'release'),
    person: textOf(row, 'person'),
    revision: intOf(row, 'revision'),
    startedAt: intOf(row, 'started_at'),
    submittedAs: textOrNull(row, 'submitted_as'),
  };
}

type Alterable = Pick<UnfinishedEnquiry, 'answers' | 'contact' | 'submittedAs'>;

/** Changes what was filled in; what another window of the same form stored meanwhile stays beside it. Throws 409 after five tries. */
export async function change(
  organisation: Organisation,
  enquiry: UnfinishedEnquiry,
  alter: (now: UnfinishedEnquiry) => Partial<Alterable>,
): Promise<UnfinishedEnquiry> {
  let now = enquiry;
  for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
    const next = { ...now, ...alter(now) };
    try {
      await save(organisation, next);
      return { ...next, revision: next.revision + 1 };
    } catch (error) {
      if (!(error instanceof ChangedElsewhere)) throw error;
      now = await loadByHash(organisation, enquiry.tokenHash);
    }
  }
  throw new Problem(409, 'CONFLICT', 'This form is being changed in another window: go back and try again.');
}

const MOST_TRIES = 5;

/** Another window stored something since the form was loaded. */
class ChangedElsewhere extends Error {}

async function save(organisation: Organisation, enquiry: UnfinishedEnquiry): Promise<void> {
  const row = await toUnfinishedRow(organisation, enquiry);
  const stream = unfinishedStream(enquiry.id);
  await organisation.pump.submit({
    ...commandOf({ actor: 'customer' }, organisation, 'saveEnquiry'),
    streams: [stream],
    decide(view) {
      if (view.revision(stream) !== enquiry.revision) throw new ChangedElsewhere(`form ${enquiry.id} was changed`);
      return { moves: [{ stream, kind: 'unfinished', by: 1 }], events: [], rows: [row], response: null };
    },
  });
}

async function toUnfinishedRow({ keys, clock }: Organisation, enquiry: UnfinishedEnquiry): Promise<RowChange> {
  const key = await keys.ensure(enquiry.person, clock.now());
  const content: UnfinishedContent = { answers: enquiry.answers, contact: enquiry.contact };
  return {
    table: 'unfinished_enquiries',
    values: {
      id: enquiry.id,
      token_hash: enquiry.tokenHash,
      workflow: enquiry.workflow,
      release: enquiry.release,
      person: enquiry.person,
      revision: enquiry.revision + 1,
      sealed: seal(key, unfinishedStream(enquiry.id), content),
      started_at: enquiry.startedAt,
      changed_at: clock.now(),
      submitted_as: enquiry.submittedAs,
    },
  };
}
