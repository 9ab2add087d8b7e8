import { createHash } from 'node:crypto';
import type { DocumentChange } from '../../../schemas/api.ts';
import { type AnyDocument, type Configuration, documentKinds } from '../../../schemas/configuration.ts';
import type { Finding } from '../../../schemas/finding.ts';
import { compileWorkflow, isSame } from '../../engine/index.ts';
import type { Answer } from '../commit/decide-group.ts';
import type { RowChange } from '../commit/tables.ts';
import { intOf } from '../db/database.ts';
import { dateIn } from '../local-date.ts';
import type { Organisation } from '../organisation.ts';
import { Problem } from '../problem.ts';
import { checkDraft, exploreDraft } from './check-draft.ts';
import { refreshRow, runDateRefresh } from './date-refresh.ts';
import { commandOf, DRAFT, DRAFT_STREAM, documentStream } from './draft-store.ts';
import { findHeldByCases } from './held-by-cases.ts';
import { decideProposal, proposalStream } from './proposal-decision.ts';
import { differences, type Resolve, type Review, reviewDraft, zoneOf } from './review.ts';
import { runSavedTests } from './test-draft.ts';

export interface PublishOptions {
  note: string;
  acceptWarnings: boolean;
  /** When it begins; absent at once. */
  startsAt?: number | undefined;
  /** Whose value stands where a newer release changed the same place; absent refuses with the conflicts. */
  resolve?: Resolve | undefined;
  /** Of what was looked at; another draft is refused. */
  digest?: string | undefined;
  agreed?: Agreed | undefined;
}

/** The proposal that is published, and who agreed to it. */
export interface Agreed {
  proposal: string;
  by: string;
}

interface Sender {
  actor: string;
  key?: string;
  requestHash?: string;
}

/** Freezes the draft as the next release (R4). Throws 422 with findings, 409 with conflicts or where a scheduled release comes later. */
export async function publishDraft(
  organisation: Organisation,
  options: PublishOptions,
  sender: Sender,
): Promise<Answer> {
  const review = await reviewDraft(organisation, options.resolve);
  await refuseUnfit(organisation, review, options);
  const answer = await commitRelease(organisation, review, { ...options, origin: 'draft' }, sender);
  return settlePublished(organisation, answer);
}

/** Throws what stands in the way of publishing: 422 with findings, 409 with conflicts or a later scheduled release. */
export async function refuseUnfit(organisation: Organisation, review: Review, options: PublishOptions): Promise<void> {
  if (review.conflicts.length > 0 && options.resolve === undefined) throw conflictProblem(review);
  if (options.digest !== undefined && options.digest !== reviewedDigestOf(review.after))
    throw new Problem(409, 'DRAFT_CHANGED', 'The draft changed since you looked at it: look at it and publish again.');
  const check = review.before ? exploreDraft : checkDraft;
  const held = await findHeldByCases(organisation, review.before, review.after);
  refuseFindings([...check(organisation, review.after), ...held], options.acceptWarnings);
  if (review.before && !options.acceptWarnings) refuseFailures(review.after, organisation);
  await refuseBeforeScheduled(organisation, options.startsAt ?? organisation.clock.now());
}

/** Makes an older release the newest again, as a release of its own (R4). */
export async function rollBack(
  organisation: Organisation,
  number: number,
  note: string,
  sender: Sender,
  agreed?: Agreed,
): Promise<Answer> {
  const review = await reviewDraft(organisation);
  const { configuration } = await organisation.releases.load(number);
  await refuseBeforeScheduled(organisation, organisation.clock.now());
  const changes = review.before ? differences(review.before, configuration, organisation) : [];
  const options = { note, acceptWarnings: true, agreed, origin: `rollback:${number}` };
  const answer = await commitRelease(organisation, { ...review, after: configuration, changes }, options, sender);
  return settlePublished(organisation, answer);
}

/** Publishes a configuration that came as a whole from elsewhere; its digest must be the one promised (R6). */
export async function promote(
  organisation: Organisation,
  configuration: Configuration,
  options: PublishOptions & { digest: string },
  sender: Sender,
): Promise<Answer> {
  const review = await refuseUnfitFromElsewhere(organisation, configuration, options);
  const changes = review.before ? differences(review.before, configuration, organisation) : [];
  const answer = await commitRelease(
    organisation,
    { ...review, after: configuration, changes },
    { ...options, origin: `promoted:${options.digest}` },
    sender,
  );
  return settlePublished(organisation, answer);
}

/** Throws what stands in the way of a configuration from elsewhere: another digest, findings, failing tests, a later scheduled release. */
export async function refuseUnfitFromElsewhere(
  organisation: Organisation,
  configuration: Configuration,
  options: PublishOptions & { digest: string },
): Promise<Review> {
  const digest = digestOf(configuration);
  if (digest !== options.digest) {
    const detail = `The documents have digest ${digest}, promised was ${options.digest}: export them again.`;
    throw new Problem(422, 'DIGEST_DIFFERS', detail, { pointer: '/digest' });
  }
  const review = await reviewDraft(organisation);
  const held = await findHeldByCases(organisation, review.before, configuration);
  refuseFindings([...exploreDraft(organisation, configuration), ...held], options.acceptWarnings);
  refuseFailures(configuration, organisation);
  await refuseBeforeScheduled(organisation, options.startsAt ?? organisation.clock.now());
  return review;
}

/** What everybody reads anew after a publication; dates of open cases follow calendars that were published anew (T14). */
function settlePublished(organisation: Organisation, answer: Answer): Answer {
  organisation.refresh();
  // A restart goes on with it.
  void runDateRefresh(organisation, (answer.response as { number: number }).number).catch(() => undefined);
  return answer;
}

function conflictProblem({ conflicts }: Review): Problem {
  const detail = `${conflicts.length} place${conflicts.length === 1 ? ' was' : 's were'} changed by a newer release too: ${conflicts[0]?.message ?? ''} Publish again with "resolve", or change the draft.`;
  return new Problem(409, 'DRAFT_CONFLICTS', detail, { allowed: { resolve: ['mine', 'theirs'], conflicts } });
}

async function refuseBeforeScheduled({ database, clock }: Organisation, startsAt: number): Promise<void> {
  const [row] = await database.query(
    'SELECT number, starts_at FROM releases WHERE starts_at > ? ORDER BY starts_at DESC LIMIT 1',
    [clock.now()],
  );
  if (!row || intOf(row, 'starts_at') <= startsAt) return;
  const detail = `Release ${intOf(row, 'number')} is to begin later than this one: choose a start after it.`;
  throw new Problem(409, 'RELEASE_SCHEDULED', detail, { allowed: { startsAt: intOf(row, 'starts_at') } });
}

function commitRelease(
  organisation: Organisation,
  { draft, before, after, changes, newest }: Review,
  options: PublishOptions & { origin: string },
  sender: Sender,
): Promise<Answer> {
  const digest = digestOf(after);
  const isDraft = options.origin === 'draft';
  // What a newer release brought goes into the draft too, so that both go on from the same place.
  const rebased = isDraft ? rebasedRows(draft, after) : [];
  const { agreed } = options;
  return organisation.pump.submit({
    ...commandOf(sender, organisation, isDraft ? 'publish' : 'publishOther'),
    streams: [
      DRAFT_STREAM,
      'releases',
      ...rebased.map(({ stream }) => stream),
      ...(agreed ? [proposalStream(agreed.proposal)] : []),
    ],
    decide(view) {
      if (view.revision(DRAFT_STREAM) !== draft.revision || view.revision('releases') !== (newest ?? 0)) {
        throw new Problem(
          409,
          'DRAFT_CHANGED',
          'The draft changed while it was being checked: look at it and publish again.',
        );
      }
      const number = view.revision('releases') + 1;
      const now = organisation.clock.now();
      const decision = agreed && decideProposal(view, { ...agreed, at: now, release: number });
      const startsAt = options.startsAt !== undefined && options.startsAt > now ? options.startsAt : null;
      const calendars = calendarRows(after, before, startsAt ?? now);
      const anew = calendars.flatMap(({ values }) => (values['published_at'] === 0 ? [] : [String(values['key'])]));
      const begun = { state: 'running', startedBy: sender.actor, startedAt: now, finishedAt: null } as const;
      return {
        moves: [
          { stream: DRAFT_STREAM, kind: 'draft', by: rebased.length },
          { stream: 'releases', kind: 'releases', by: 1 },
          ...rebased.map(({ stream }) => ({ stream, kind: 'draftDocument', by: 1 })),
          ...(decision?.moves ?? []),
        ],
        events: [],
        rows: [
          {
            table: 'releases',
            values: {
              number,
              digest,
              note: options.note,
              author: sender.actor,
              published_at: now,
              changes: JSON.stringify(before ? changes : addedDocuments(after)),
              approver: agreed?.by ?? null,
              starts_at: startsAt,
              origin: options.origin,
            },
          },
          ...(isDraft ? [{ table: 'drafts' as const, values: { id: DRAFT, base_release: number } }] : []),
          ...rebased.map(({ stream, values }) => ({
            table: 'draft_documents' as const,
            values: { ...values, revision: view.revision(stream) + 1 },
          })),
          ...documentsIn(after).map((document) => ({
            table: 'release_documents' as const,
            values: { release: number, kind: document.kind, key: document.key, json: JSON.stringify(document) },
          })),
          ...compileAll(after, number, digest),
          ...calendars,
          ...(anew.length > 0 ? [refreshRow({ ...begun, release: number, calendars: anew })] : []),
          ...(decision?.rows ?? []),
        ],
        response: { number, digest },
      };
    },
  });
}

/** Draft documents that differ from what is published with them. */
function rebasedRows(draft: Review['draft'], after: Configuration) {
  const known = new Map(draft.documents.map((one) => [`${one.kind}/${one.key}`, one.document]));
  const changed = documentsIn(after).filter((one) => !isSame(known.get(`${one.kind}/${one.key}`), one));
  const kept = new Set(documentsIn(after).map((one) => `${one.kind}/${one.key}`));
  const gone = draft.documents.filter((one) => !kept.has(`${one.kind}/${one.key}`));
  const row = (kind: string, key: string, title: string, json: string | null) => ({
    stream: documentStream(kind, key),
    values: { draft: DRAFT, kind, key, title, json },
  });
  return [
    ...changed.map((one) => row(one.kind, one.key, one.title, JSON.stringify(one))),
    ...gone.map((one) => row(one.kind, one.key, one.key, null)),
  ];
}

function refuseFindings(findings: readonly Finding[], acceptWarnings: boolean): void {
  const errors = findings.filter((finding) => finding.severity === 'error');
  if (errors.length > 0) {
    throw new Problem(
      422,
      'FINDINGS_BLOCK',
      `${errors.length} finding${errors.length === 1 ? '' : 's'} must be put right first: ${errors[0]?.message}`,
      { findings: [...findings] },
    );
  }
  const warnings = findings.filter((finding) => finding.severity === 'warning');
  if (warnings.length > 0 && !acceptWarnings) {
    throw new Problem(
      422,
      'WARNINGS_NEED_A_TICK',
      `There are ${warnings.length} warnings: accept them, or put them right.`,
      { findings: [...findings] },
    );
  }
}

/** Saved tests that fail need the same tick as warnings. */
function refuseFailures(configuration: Configuration, { clock }: Organisation): void {
  const failed = runSavedTests(configuration, dateIn(zoneOf(configuration), clock.now())).filter((one) => !one.passed);
  if (failed.length === 0) return;
  const findings = failed.map(
    ({ key, title, failures }): Finding => ({
      code: 'TEST_FAILED',
      severity: 'warning',
      document: `test/${key}`,
      pointer: '',
      values: { failures },
      message: `Test ${title} fails: ${failures[0] ?? ''}. Put the configuration or the test right.`,
    }),
  );
  throw new Problem(422, 'TESTS_FAIL', `${failed.length} saved tests fail: accept it, or put them right.`, {
    findings,
  });
}

function compileAll(configuration: Configuration, number: number, digest: string): RowChange[] {
  return Object.keys(configuration.workflow).map((workflow) => {
    const bundle = compileWorkflow({ configuration, number, digest }, workflow);
    return {
      table: 'compiled_bundles',
      values: { release: number, workflow, digest: bundle.digest, json: JSON.stringify(bundle) },
    };
  });
}

/** A calendar's new content begins its own version; the first is in force since ever (T3, T14). */
function calendarRows(configuration: Configuration, before: Configuration | undefined, from: number): RowChange[] {
  return Object.values(configuration.calendar).flatMap((calendar) => {
    const known = before?.calendar[calendar.key];
    if (known && isSame(known, calendar)) return [];
    return [
      {
        table: 'calendars' as const,
        values: { key: calendar.key, published_at: known ? from : 0, json: JSON.stringify(calendar) },
      },
    ];
  });
}

/** Digest of a release's content; calendars have their own timeline and are left out (T14). */
export function digestOf(configuration: Configuration): string {
  const { calendar: _calendars, ...content } = configuration;
  return createHash('sha256').update(canonicalJson(content)).digest('hex');
}

/** Digest of everything that is looked at before publishing, calendars too: nothing unseen is published (R4, T14). */
export function reviewedDigestOf(configuration: Configuration): string {
  return createHash('sha256').update(canonicalJson(configuration)).digest('hex');
}

function documentsIn(configuration: Configuration): AnyDocument[] {
  return documentKinds.flatMap((kind) => Object.values<AnyDocument>(configuration[kind]));
}

function addedDocuments(configuration: Configuration): DocumentChange[] {
  return documentsIn(configuration).map(({ kind, key, title }) => ({
    document: `${kind}/${key}`,
    title,
    change: 'added',
  }));
}

/** JSON with sorted keys. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, child: unknown) =>
    typeof child === 'object' && child !== null && !Array.isArray(child)
      ? Object.fromEntries(Object.entries(child).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : child,
  );
}
