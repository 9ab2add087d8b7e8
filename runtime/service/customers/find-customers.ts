import type { CustomerPage, CustomerSummary } from '../../../schemas/case-api.ts';
import { listCases, toCaseSummary } from '../cases/read-case.ts';
import { type Viewer, visibleArgs, visibleSql } from '../cases/visible.ts';
import { intOf, type Row, textOf, textOrNull } from '../db/database.ts';
import { unseal } from '../identity/secrets.ts';
import type { CustomerContact } from '../notify/render-message.ts';
import type { Organisation } from '../organisation.ts';
import { Problem } from '../problem.ts';
import { familyOf } from './survivor.ts';
import { isSought, type Sought, soughtIn, tokensFor } from './tokens.ts';

const MOST_FOUND = 50;
/** First letters are shared by many: so many candidates are opened before the search asks for more letters. */
const MOST_CANDIDATES = 2_000;

interface OpenedCustomer {
  id: string;
  contact: CustomerContact;
  createdAt: number;
}

/** Customers whose name, e-mail address or number begins like this, and cases by reference or of those customers. */
export async function search(organisation: Organisation, query: string, viewer: Viewer) {
  const customers = await findCustomers(organisation, query);
  const summaries = await summarise(organisation, customers, viewer);
  const families = await Promise.all(customers.map(({ id }) => familyOf(organisation, id)));
  const theirs =
    customers.length === 0
      ? []
      : (await listCases(organisation, { customers: families.flat(), limit: MOST_FOUND }, viewer)).cases;
  const named = await casesByReference(organisation, query, viewer);
  const known = new Set(named.map(({ id }) => id));
  return { customers: summaries, cases: [...named, ...theirs.filter(({ id }) => !known.has(id))].slice(0, MOST_FOUND) };
}

async function casesByReference({ database }: Organisation, query: string, viewer: Viewer) {
  const text = query.trim().toUpperCase();
  if (!/^[A-Z0-9][A-Z0-9_-]{1,30}$/.test(text)) return [];
  const rows = await database.query(
    `SELECT c.* FROM cases c WHERE c.reference >= ?1 AND c.reference < ?2 AND ${visibleSql(3)} ORDER BY c.reference LIMIT ${MOST_FOUND}`,
    [text, `${text}\u{10ffff}`, ...visibleArgs(viewer)],
  );
  return rows.map(toCaseSummary);
}

/** Customers, duplicates that were merged left out. */
export async function findCustomers(organisation: Organisation, query: string): Promise<OpenedCustomer[]> {
  const sought = soughtIn(query);
  if (sought.length === 0) return [];
  const found = await candidates(organisation, sought);
  return found.filter(({ contact }) => sought.every((one) => isSought(contact, one))).slice(0, MOST_FOUND);
}

async function candidates(organisation: Organisation, sought: readonly Sought[]): Promise<OpenedCustomer[]> {
  const having = sought.map(
    (_, at) =>
      `EXISTS (SELECT 1 FROM customer_tokens t WHERE t.customer = c.id AND t.token IN (SELECT value FROM json_each(?${at + 1})))`,
  );
  const rows = await organisation.database.query(
    `SELECT c.id, c.created_at, c.contact_ref, v.sealed FROM customers c JOIN personal_values v ON v.ref = c.contact_ref
     WHERE c.merged_into IS NULL AND c.id IN (SELECT customer FROM customer_tokens WHERE token IN (SELECT value FROM json_each(?1)))
     AND ${having.join(' AND ')} ORDER BY c.created_at DESC, c.id LIMIT ${MOST_CANDIDATES}`,
    sought.map((one) => JSON.stringify(tokensFor(organisation.secret, one))),
  );
  return openCustomers(organisation, rows);
}

async function openCustomers(organisation: Organisation, rows: readonly Row[]): Promise<OpenedCustomer[]> {
  const keys = await organisation.keys.findAll(rows.map((row) => textOf(row, 'id')));
  return rows.flatMap((row) => {
    const id = textOf(row, 'id');
    const key = keys.get(id);
    if (!key) return [];
    const contact = unseal(key, textOf(row, 'contact_ref'), textOf(row, 'sealed')) as CustomerContact;
    return [{ id, contact, createdAt: intOf(row, 'created_at') }];
  });
}

async function summarise(
  organisation: Organisation,
  customers: readonly OpenedCustomer[],
  viewer: Viewer,
): Promise<CustomerSummary[]> {
  return Promise.all(
    customers.map(async ({ id, contact, createdAt }) => {
      const [row] = await organisation.database.query(
        `SELECT COUNT(*) AS n FROM cases c WHERE c.customer IN (SELECT value FROM json_each(?1)) AND ${visibleSql(2)}`,
        [JSON.stringify(await familyOf(organisation, id)), ...visibleArgs(viewer)],
      );
      const { name, email, phone } = contact;
      const more = { ...(email ? { email } : {}), ...(phone ? { phone } : {}) };
      return { id, name, ...more, createdAt, cases: row ? intOf(row, 'n') : 0 };
    }),
  );
}

/** A customer with their cases, and others who may be the same person. Throws 404, also for an erased one. */
export async function loadCustomer(organisation: Organisation, id: string, viewer: Viewer): Promise<CustomerPage> {
  const rows = await organisation.database.query(
    `SELECT c.id, c.created_at, c.contact_ref, c.merged_into, c.revision, v.sealed FROM customers c
     JOIN personal_values v ON v.ref = c.contact_ref WHERE c.id = ?`,
    [id],
  );
  const [row] = rows;
  const [opened] = await openCustomers(organisation, rows);
  if (!row || !opened) throw new Problem(404, 'NOT_FOUND', 'There is no such customer.');
  const family = await familyOf(organisation, id);
  const [summary] = await summarise(organisation, [opened], viewer);
  const others = await duplicatesOf(organisation, opened);
  const { cases } = await listCases(organisation, { customers: family, limit: 200 }, viewer);
  return {
    ...(summary as CustomerSummary),
    revision: intOf(row, 'revision'),
    mergedInto: textOrNull(row, 'merged_into'),
    merged: family.filter((one) => one !== id),
    duplicates: await summarise(organisation, others, viewer),
    theirCases: cases,
  };
}

/** Customers with the same e-mail address, number or whole name. */
async function duplicatesOf(organisation: Organisation, { id, contact }: OpenedCustomer): Promise<OpenedCustomer[]> {
  const queries = [contact.name, contact.email, contact.phone].filter((one) => one !== undefined && one !== '');
  const found = (await Promise.all(queries.map((one) => findCustomers(organisation, one as string)))).flat();
  const others = new Map(found.filter((one) => one.id !== id).map((one) => [one.id, one]));
  return [...others.values()].slice(0, MOST_FOUND);
}
