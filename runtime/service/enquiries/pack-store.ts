import { createHash } from 'node:crypto';
import type { AgencyDocument } from '../../../schemas/advice.ts';
import type { Answers } from '../../../schemas/condition.ts';
import { selectAdvice } from '../../engine/index.ts';
import { openValues } from '../cases/prepare.ts';
import { intOf, type Row, textOf } from '../db/connect.ts';
import type { LoadedRelease } from '../definitions/release-store.ts';
import { hashSecret } from '../identity/secrets.ts';
import { contactOf } from '../notify/render-message.ts';
import type { Organisation } from '../organisation.ts';
import { Problem } from '../problem.ts';

/** A pack as it was made: a snapshot (A4). */
export interface PackSnapshot {
  workflow: string;
  title: string;
  asAt: string;
  release: number;
  answers: Answers;
  statements: { key: string; title: string; section: string; body: string; digest: string; source: string | null }[];
  agencies: Record<string, AgencyDocument>;
}

/** A pack with what its page says around it. */
export interface OpenedPack extends PackSnapshot {
  id: string;
  reference: string;
  caseId: string;
  customer: string | null;
  createdAt: number;
}

/** The statements advised, as they read now (A4). Internal ones are not for the customer's eyes. */
export function makePack(release: LoadedRelease, workflow: string, answers: Answers, asAt: string): PackSnapshot {
  const book = release.adviceOf(workflow);
  const advised = new Set(selectAdvice(book, answers, asAt));
  return {
    workflow,
    title: release.configuration.workflow[workflow]?.title ?? workflow,
    asAt,
    release: release.number,
    answers,
    statements: book.entries
      .filter(({ key, statement }) => advised.has(key) && statement.audience !== 'internal')
      .map(({ key, statement: { title, section, body, source } }) => ({
        key,
        title,
        section,
        body,
        digest: createHash('sha256')
          .update(JSON.stringify([title, body]))
          .digest('hex'),
        source: source ?? null,
      })),
    agencies: release.configuration.agency,
  };
}

/** The pack behind a secret link. Throws 404, the same for a wrong secret and an erased person. */
export async function loadPackBySecret(organisation: Organisation, secret: string): Promise<OpenedPack> {
  const [row] = await organisation.database.query(`${SELECT_PACK} WHERE p.secret_hash = ?`, [hashSecret(secret)]);
  return openPack(organisation, row);
}

/** The pack of a case. Throws 404. */
export async function loadCasePack(organisation: Organisation, caseId: string): Promise<OpenedPack> {
  const [row] = await organisation.database.query(`${SELECT_PACK} WHERE p.case_id = ?`, [caseId]);
  return openPack(organisation, row);
}

const SELECT_PACK = `SELECT p.id, p.case_id, p.content_ref, p.created_at, e.reference, e.customer FROM packs p JOIN enquiries e ON e.id = p.enquiry`;

async function openPack(organisation: Organisation, row: Row | undefined): Promise<OpenedPack> {
  const person = row ? textOf(row, 'customer') : '';
  const key = row ? await organisation.keys.find(person) : undefined;
  const found = row && key ? await openValues(organisation, key, { pack: textOf(row, 'content_ref') }) : {};
  if (!row || found.pack === undefined) throw new Problem(404, 'NOT_FOUND', 'There is no such pack.');
  return {
    ...(found.pack as PackSnapshot),
    id: textOf(row, 'id'),
    reference: textOf(row, 'reference'),
    caseId: textOf(row, 'case_id'),
    customer: (await contactOf(organisation, person))?.name ?? null,
    createdAt: intOf(row, 'created_at'),
  };
}
