import { createHash, randomUUID } from 'node:crypto';
import { type Database, intOf, intOrNull, jsonOf, type Row, textOf, textOrNull } from '../db/database.ts';
import { seal, unseal } from '../identity/secrets.ts';
import type { Organisation } from '../organisation.ts';
import { Problem } from '../problem.ts';
import { newWebhookSecret } from './webhook-signature.ts';

/** A subscriber: an address that is told of events. */
export interface WebhookEndpoint {
  id: string;
  url: string;
  /** Event types it hears of, without `case.`; none means all. */
  types: string[];
  state: 'active' | 'disabled';
  note: string;
  /** The last event it was told of. */
  position: number;
  createdAt: number;
}

/** Secrets in force; the older one until its time is over. */
interface StoredSecret {
  secret: string;
  until: number | null;
}

export interface WebhookDelivery {
  id: string;
  endpoint: string;
  type: string;
  state: string;
  attempts: number;
  notBefore: number;
  status: number | null;
  failure: string | null;
  createdAt: number;
  deliveredAt: number | null;
}

const ROTATION_SECONDS = 24 * 3600;

const keyOf = ({ secret }: Organisation) => createHash('sha256').update(`webhooks:${secret}`).digest();

export async function listEndpoints({ database }: Pick<Organisation, 'database'>): Promise<WebhookEndpoint[]> {
  return (await database.query('SELECT * FROM webhook_endpoints ORDER BY created_at, id')).map(toEndpoint);
}

/** Makes a subscriber that hears of everything from now on; answers it with its secret, which is shown only now. */
export async function addEndpoint(
  organisation: Organisation,
  { url, types, note }: { url: string; types: readonly string[]; note: string },
  actor: string,
): Promise<{ endpoint: WebhookEndpoint; secret: string }> {
  const { database, clock } = organisation;
  const id = `wh_${randomUUID()}`;
  const secret = newWebhookSecret();
  const sealed = seal(keyOf(organisation), id, [{ secret, until: null }] satisfies StoredSecret[]);
  await database.batch([
    {
      sql: `INSERT INTO webhook_endpoints (id, url, types, secrets, state, position, note, created_by, created_at)
        SELECT ?, ?, ?, ?, 'active', COALESCE((SELECT MAX(position) FROM case_events), 0), ?, ?, ?`,
      args: [id, url, JSON.stringify(types), sealed, note, actor, clock.now()],
    },
  ]);
  return { endpoint: await loadEndpoint(organisation, id), secret };
}

async function loadEndpoint({ database }: Organisation, id: string): Promise<WebhookEndpoint> {
  const [row] = await database.query('SELECT * FROM webhook_endpoints WHERE id = ?', [id]);
  if (!row) throw new Problem(404, 'NOT_FOUND', 'There is no such subscriber.');
  return toEndpoint(row);
}

/** A second secret beside the first, which stays good for a day: receivers can change over without a gap. */
export async function rotateSecret(organisation: Organisation, id: string): Promise<string> {
  await loadEndpoint(organisation, id);
  const now = organisation.clock.now();
  const secret = newWebhookSecret();
  const [newest] = await storedSecrets(organisation, id);
  const kept = newest ? [{ secret: newest.secret, until: now + ROTATION_SECONDS }] : [];
  await organisation.database.batch([
    {
      sql: 'UPDATE webhook_endpoints SET secrets = ? WHERE id = ?',
      args: [seal(keyOf(organisation), id, [{ secret, until: null }, ...kept]), id],
    },
  ]);
  return secret;
}

export async function setEndpointState(
  organisation: Organisation,
  id: string,
  state: WebhookEndpoint['state'],
): Promise<WebhookEndpoint> {
  await loadEndpoint(organisation, id);
  await organisation.database.batch([
    { sql: 'UPDATE webhook_endpoints SET state = ? WHERE id = ?', args: [state, id] },
  ]);
  return loadEndpoint(organisation, id);
}

export async function removeEndpoint(organisation: Organisation, id: string): Promise<void> {
  await loadEndpoint(organisation, id);
  await organisation.database.batch([
    { sql: 'DELETE FROM webhook_deliveries WHERE endpoint = ?', args: [id] },
    { sql: 'DELETE FROM webhook_endpoints WHERE id = ?', args: [id] },
  ]);
}

/** Secrets that a delivery is signed with now. */
export async function secretsOf(organisation: Organisation, id: string): Promise<string[]> {
  const now = organisation.clock.now();
  return (await storedSecrets(organisation, id))
    .filter(({ until }) => until === null || until > now)
    .map(({ secret }) => secret);
}

async function storedSecrets(organisation: Organisation, id: string): Promise<StoredSecret[]> {
  const [row] = await organisation.database.query('SELECT secrets FROM webhook_endpoints WHERE id = ?', [id]);
  return row ? (unseal(keyOf(organisation), id, textOf(row, 'secrets')) as StoredSecret[]) : [];
}

export async function listDeliveries(
  database: Database,
  state: string | undefined,
  limit: number,
): Promise<WebhookDelivery[]> {
  const rows = await database.query(
    'SELECT * FROM webhook_deliveries WHERE ?1 IS NULL OR state = ?1 ORDER BY created_at DESC, id LIMIT ?2',
    [state ?? null, limit],
  );
  return rows.map((row) => ({
    id: textOf(row, 'id'),
    endpoint: textOf(row, 'endpoint'),
    type: textOf(row, 'type'),
    state: textOf(row, 'state'),
    attempts: intOf(row, 'attempts'),
    notBefore: intOf(row, 'not_before'),
    status: intOrNull(row, 'status'),
    failure: textOrNull(row, 'failure'),
    createdAt: intOf(row, 'created_at'),
    deliveredAt: intOrNull(row, 'delivered_at'),
  }));
}

/** Sends a dead letter again from its first attempt on. Throws 404. */
export async function replayDelivery({ database, clock }: Organisation, id: string): Promise<void> {
  const [done] = await database.batch([
    {
      sql: "UPDATE webhook_deliveries SET state = 'pending', attempts = 0, not_before = ?, claimed_until = NULL WHERE id = ? AND state IN ('failed', 'delivered')",
      args: [clock.now(), id],
    },
  ]);
  if (!done?.rowsAffected) throw new Problem(404, 'NOT_FOUND', 'There is no such delivery that was settled.');
}

function toEndpoint(row: Row): WebhookEndpoint {
  return {
    id: textOf(row, 'id'),
    url: textOf(row, 'url'),
    types: jsonOf<string[]>(row, 'types'),
    state: textOf(row, 'state') as WebhookEndpoint['state'],
    note: textOf(row, 'note'),
    position: intOf(row, 'position'),
    createdAt: intOf(row, 'created_at'),
  };
}
