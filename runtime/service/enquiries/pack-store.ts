import { createHash } from 'node:crypto';
import type { Answers } from '../../../schemas/condition.ts';
import type { Configuration } from '../../../schemas/configuration.ts';
import { inOrder } from '../../../schemas/document.ts';
import { buildPack, type InformationPack } from '../../engine/index.ts';
import { openValues } from '../cases/prepare.ts';
import { intOf, type Row, textOf } from '../db/database.ts';
import type { LoadedRelease } from '../definitions/release-store.ts';
import { hashSecret } from '../identity/secrets.ts';
import { contactOf } from '../notify/render-message.ts';
import type { Organisation } from '../organisation.ts';
import { Problem } from '../problem.ts';

/** A pack with what its page says around it; the pack itself is a snapshot (A4). */
export interface OpenedPack {
  id: string;
  reference: string;
  caseId: string;
  customer: string | null;
  createdAt: number;
  pack: InformationPack;
}

/** The pack for these answers, as its statements read now (A4). Internal ones are not for the customer's eyes. */
export function makePack(
  release: LoadedRelease,
  enquiry: {
    workflow: string;
    answers: Answers;
    asAt: string;
    reference: string;
    name: string;
    nextSteps: InformationPack['nextSteps'];
  },
): InformationPack {
  const { workflow, answers, asAt, reference, name, nextSteps } = enquiry;
  const request = {
    configuration: release.configuration,
    workflow,
    answers,
    asAt,
    release: release.digest,
    values: { caseRef: reference, reference, name, asAt },
    introduction: [`This pack is made for ${name} from the answers given. The reference is ${reference}.`],
    nextSteps,
    contacts: contactsFor(release.configuration, workflow),
  };
  return buildPack(request, (text) => createHash('sha256').update(text).digest('hex'));
}

/** How to reach the organisation about this workflow, in its own order. */
function contactsFor({ settings }: Configuration, workflow: string): InformationPack['contacts'] {
  const contacts = inOrder(Object.values(settings)[0]?.contacts ?? {});
  return contacts
    .filter(({ workflows }) => workflows === undefined || workflows.includes(workflow))
    .map(({ name, phone, email, url }) => ({
      name,
      ...(phone === undefined ? {} : { phone }),
      ...(email === undefined ? {} : { email }),
      ...(url === undefined ? {} : { url }),
    }));
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
    pack: found.pack as InformationPack,
    id: textOf(row, 'id'),
    reference: textOf(row, 'reference'),
    caseId: textOf(row, 'case_id'),
    customer: (await contactOf(organisation, person))?.name ?? null,
    createdAt: intOf(row, 'created_at'),
  };
}
