import { randomUUID } from 'node:crypto';
import type { Configuration } from '../../../schemas/configuration.ts';
import type { DocumentDiff } from '../../engine/index.ts';
import type { Answer } from '../commit/decide-group.ts';
import { intOf, intOrNull, type Row, textOf, textOrNull } from '../db/database.ts';
import type { Organisation } from '../organisation.ts';
import { Problem } from '../problem.ts';
import { commandOf } from './draft-store.ts';
import { decideProposal, proposalStream } from './proposal-decision.ts';
import {
  type PublishOptions,
  promote,
  publishDraft,
  refuseUnfit,
  refuseUnfitFromElsewhere,
  reviewedDigestOf,
  rollBack,
} from './publish.ts';
import { differences, type Resolve, type Review, reviewDraft } from './review.ts';

interface Sender {
  actor: string;
  key?: string;
  requestHash?: string;
}

/** Publishes the draft, or puts it forward where the organisation asks for two people (R4). */
export async function publishOrPropose(
  organisation: Organisation,
  options: PublishOptions,
  sender: Sender,
): Promise<Answer & { isProposal: boolean }> {
  const review = await reviewDraft(organisation, options.resolve);
  const { after } = review;
  if (!needsTwoPeople(review)) return { ...(await publishDraft(organisation, options, sender)), isProposal: false };
  // What would be refused to the second person is refused now, to whoever can put it right.
  await refuseUnfit(organisation, review, options);
  return propose(organisation, { ...options, digest: reviewedDigestOf(after) }, sender);
}

/** Makes an older release the newest again, or puts that forward where the newest or the older one asks for two people (R4). */
export async function restoreOrPropose(
  organisation: Organisation,
  restores: number,
  note: string,
  sender: Sender,
): Promise<Answer & { isProposal: boolean }> {
  const { newest, before } = await reviewDraft(organisation);
  const { configuration: after, digest } = await organisation.releases.load(restores);
  if (!needsTwoPeople({ newest, before, after }))
    return { ...(await rollBack(organisation, restores, note, sender)), isProposal: false };
  return propose(organisation, { note, acceptWarnings: true, digest, restores }, sender);
}

/** Marks what was put forward from elsewhere: its documents are not here until the second person sends them too. */
const FROM_ELSEWHERE = 'promoted:';

/**
 * Publishes a configuration from elsewhere, or puts it forward where the organisation asks for two people (R4, R6): the second
 * person approves by promoting the very same digest.
 */
export async function promoteOrPropose(
  organisation: Organisation,
  configuration: Configuration,
  options: PublishOptions & { digest: string },
  sender: Sender,
): Promise<Answer & { isProposal: boolean }> {
  const review = await reviewDraft(organisation);
  if (!needsTwoPeople({ ...review, after: configuration }))
    return { ...(await promote(organisation, configuration, options, sender)), isProposal: false };
  const digest = FROM_ELSEWHERE + reviewedDigestOf(configuration);
  const row = await findOpenProposal(organisation, digest);
  if (!row || textOf(row, 'author') === sender.actor) {
    const { before } = await refuseUnfitFromElsewhere(organisation, configuration, options);
    if (row) return { response: { proposal: textOf(row, 'id') }, repeated: true, isProposal: true };
    const changes = before ? differences(before, configuration, organisation) : [];
    const wish = { note: options.note, acceptWarnings: options.acceptWarnings, digest, changes };
    // Known by its digest while it is open; once turned down it may be put forward again.
    return propose(organisation, wish, { actor: sender.actor });
  }
  const agreed = { proposal: textOf(row, 'id'), by: sender.actor };
  const wish = { ...options, note: textOf(row, 'note'), agreed };
  const answer = await promote(organisation, configuration, wish, { ...sender, actor: textOf(row, 'author') });
  return { ...answer, isProposal: false };
}

interface Wish extends Pick<PublishOptions, 'note' | 'acceptWarnings' | 'startsAt'> {
  digest: string;
  /** The release to be the newest again; absent for the draft. */
  restores?: number;
  /** What comes from elsewhere changes; the draft and a restore are looked at where they are. */
  changes?: readonly DocumentDiff[];
}

async function propose(organisation: Organisation, wish: Wish, sender: Sender) {
  const id = randomUUID();
  const answer = await organisation.pump.submit({
    ...commandOf(sender, organisation, 'propose'),
    streams: [proposalStream(id), 'releases'],
    decide: (view) => ({
      moves: [{ stream: proposalStream(id), kind: 'proposal', by: 1 }],
      events: [],
      rows: [
        {
          table: 'proposals',
          values: {
            id,
            state: 'open',
            author: sender.actor,
            note: wish.note,
            accept_warnings: wish.acceptWarnings ? 1 : 0,
            starts_at: wish.startsAt ?? null,
            digest: wish.digest,
            created_at: organisation.clock.now(),
            decided_by: null,
            decided_at: null,
            release: null,
            restores: wish.restores ?? null,
            changes: wish.changes ? JSON.stringify(wish.changes) : null,
            newest: view.revision('releases'),
          },
        },
      ],
      response: { proposal: id },
    }),
  });
  return { ...answer, isProposal: true };
}

/** Whether publishing is put forward for a second person: never before the first release; nobody ends the rule alone. */
export function needsTwoPeople({ newest, before, after }: Pick<Review, 'newest' | 'before' | 'after'>): boolean {
  const asks = (of: Review['before']) => Object.values(of?.settings ?? {})[0]?.twoPersonPublish === true;
  return newest !== null && (asks(before) || asks(after));
}

/** Publishes what somebody else put forward; the draft must be the one that was looked at. */
export async function approveProposal(organisation: Organisation, id: string, sender: Sender): Promise<Answer> {
  const row = await openProposal(organisation, id);
  if (textOf(row, 'author') === sender.actor)
    throw new Problem(
      409,
      'SECOND_PERSON_NEEDED',
      'Whoever put the draft forward cannot approve it: ask somebody else.',
    );
  if (textOf(row, 'digest').startsWith(FROM_ELSEWHERE))
    throw new Problem(
      409,
      'PROMOTE_TO_APPROVE',
      'This came from elsewhere and is not in the draft: promote the same bundle by the same digest to approve it.',
    );
  return row['restores'] === null
    ? publishProposed(organisation, row, sender)
    : restoreProposed(organisation, row, sender);
}

async function publishProposed(organisation: Organisation, row: Row, sender: Sender): Promise<Answer> {
  const resolved = await resolvedAs(organisation, textOf(row, 'digest'));
  if (!resolved)
    throw new Problem(
      409,
      'DRAFT_CHANGED',
      'The draft changed since it was put forward: look at it and put it forward again.',
    );
  const startsAt = row['starts_at'] === null ? undefined : intOf(row, 'starts_at');
  const options = {
    note: textOf(row, 'note'),
    acceptWarnings: intOf(row, 'accept_warnings') === 1,
    agreed: { proposal: textOf(row, 'id'), by: sender.actor },
    startsAt,
    // Whoever put it forward did not see what was released since.
    resolve: (await isReleasedSince(organisation, row)) ? undefined : resolved,
  };
  return publishDraft(organisation, options, { ...sender, actor: textOf(row, 'author') });
}

async function restoreProposed(organisation: Organisation, row: Row, sender: Sender): Promise<Answer> {
  const restores = intOf(row, 'restores');
  if (await isReleasedSince(organisation, row))
    throw new Problem(
      409,
      'RELEASED_SINCE',
      `Something was published since release ${restores} was put forward: restoring it would undo that too. Turn it down, look at what differs now, and restore again.`,
    );
  return rollBack(
    organisation,
    restores,
    textOf(row, 'note'),
    { ...sender, actor: textOf(row, 'author') },
    { proposal: textOf(row, 'id'), by: sender.actor },
  );
}

/** Whose values stand in what was put forward; undefined where the draft is not that any more. */
async function resolvedAs(organisation: Organisation, digest: string): Promise<Resolve | undefined> {
  for (const resolve of ['mine', 'theirs'] as const)
    if (reviewedDigestOf((await reviewDraft(organisation, resolve)).after) === digest) return resolve;
  return undefined;
}

async function isReleasedSince({ database }: Organisation, row: Row): Promise<boolean> {
  const newest = intOrNull(row, 'newest');
  const [later, than] = newest === null ? ['published_at', intOf(row, 'created_at')] : ['number', newest];
  return (await database.query(`SELECT 1 FROM releases WHERE ${later} > ? LIMIT 1`, [than])).length > 0;
}

export async function withdrawProposal(organisation: Organisation, id: string, sender: Sender): Promise<void> {
  await openProposal(organisation, id);
  await organisation.pump.submit({
    ...commandOf({ actor: sender.actor }, organisation, 'decideProposal'),
    streams: [proposalStream(id)],
    decide: (view) => ({
      ...decideProposal(view, { proposal: id, by: sender.actor, at: organisation.clock.now(), release: null }),
      events: [],
      response: null,
    }),
  });
}

async function findOpenProposal({ database }: Organisation, digest: string): Promise<Row | undefined> {
  const sql = "SELECT * FROM proposals WHERE digest = ? AND state = 'open' ORDER BY created_at DESC LIMIT 1";
  return (await database.query(sql, [digest]))[0];
}

async function openProposal({ database }: Organisation, id: string): Promise<Row> {
  const [row] = await database.query('SELECT * FROM proposals WHERE id = ?', [id]);
  if (!row) throw new Problem(404, 'NOT_FOUND', 'There is no such proposal.');
  if (textOf(row, 'state') !== 'open')
    throw new Problem(409, 'PROPOSAL_DECIDED', `The proposal was ${textOf(row, 'state')} already.`);
  return row;
}

export async function listProposals({ database }: Organisation) {
  const rows = await database.query('SELECT * FROM proposals ORDER BY created_at DESC, id LIMIT 200');
  return rows.map((row) => ({
    id: textOf(row, 'id'),
    state: textOf(row, 'state'),
    author: textOf(row, 'author'),
    note: textOf(row, 'note'),
    createdAt: intOf(row, 'created_at'),
    startsAt: row['starts_at'] === null ? null : intOf(row, 'starts_at'),
    decidedBy: textOrNull(row, 'decided_by'),
    release: row['release'] === null ? null : intOf(row, 'release'),
    restores: row['restores'] === null ? null : intOf(row, 'restores'),
    digest: textOf(row, 'digest'),
    acceptWarnings: intOf(row, 'accept_warnings') === 1,
    isFromElsewhere: textOf(row, 'digest').startsWith(FROM_ELSEWHERE),
  }));
}

/** What a configuration from elsewhere changed when it was put forward; nothing is kept of drafts and restores, which are here. */
export async function loadProposedChanges({ database }: Organisation, id: string): Promise<readonly DocumentDiff[]> {
  const [row] = await database.query('SELECT changes FROM proposals WHERE id = ?', [id]);
  if (!row) throw new Problem(404, 'NOT_FOUND', 'There is no such proposal.');
  const changes = textOrNull(row, 'changes');
  return changes === null ? [] : (JSON.parse(changes) as DocumentDiff[]);
}
