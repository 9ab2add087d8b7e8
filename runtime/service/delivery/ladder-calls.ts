import { intOf, type Row, textOf } from '../db/database.ts';
import type { Organisation } from '../organisation.ts';
import { DeliveryFailure } from './channel.ts';
import { listEndpoints, type WebhookEndpoint } from './webhook-store.ts';

/** Stands before the address in the place of a subscriber: the one who is set up for it when the call is sent. */
const BY_ADDRESS = 'url:';
const PAGE = 500;

/**
 * Puts what rungs of ladders ask for (`webhookRequested`, E14) into the queue of deliveries. Rows and cursor move in one
 * transaction, and the id comes from the event: a crash neither loses nor doubles a call.
 */
export async function queueLadderCalls({ database, clock }: Organisation): Promise<void> {
  for (;;) {
    const [read] = await database.query('SELECT position FROM webhook_calls_read');
    const from = read ? intOf(read, 'position') : 0;
    const rows = await database.query(
      `SELECT e.position, e.effective_at, e.stream, e.payload, c.reference, c.workflow FROM case_events e LEFT JOIN cases c ON c.id = e.stream
       WHERE e.position > ? AND e.type = 'webhookRequested' ORDER BY e.position LIMIT ${PAGE}`,
      [from],
    );
    const last = rows.at(-1);
    if (!last) return;
    await database.batch([
      {
        sql: `INSERT INTO webhook_deliveries (id, endpoint, position, type, body, state, not_before, created_at)
          SELECT 'call.' || (value->>'position'), value->>'endpoint', value->>'position', 'ladder.webhook', value->>'body', 'pending', ?2, ?2
          FROM json_each(?1) WHERE (SELECT position FROM webhook_calls_read) = ?3 ON CONFLICT DO NOTHING`,
        args: [JSON.stringify(rows.map(toCall)), clock.now(), from],
      },
      { sql: 'UPDATE webhook_calls_read SET position = ? WHERE position = ?', args: [intOf(last, 'position'), from] },
    ]);
    if (rows.length < PAGE) return;
  }
}

/** What the endpoint is told: references, never a personal value. */
function toCall(row: Row): { position: number; endpoint: string; body: string } {
  const { item, firing, url } = JSON.parse(textOf(row, 'payload')) as { item: string; firing: string; url: string };
  const position = intOf(row, 'position');
  const body = {
    type: 'ladder.webhook',
    timestamp: new Date(intOf(row, 'effective_at') * 1000).toISOString(),
    data: { stream: textOf(row, 'stream'), position, reference: row.reference, workflow: row.workflow, item, firing },
  };
  return { position, endpoint: `${BY_ADDRESS}${url}`, body: JSON.stringify(body) };
}

/** Whom a delivery goes to: a subscriber by id, undefined when it is gone; or the active one set up for an address, a failure when there is none. */
export async function receiverOf(
  organisation: Organisation,
  endpoint: string,
): Promise<Pick<WebhookEndpoint, 'id' | 'url'> | undefined> {
  const all = await listEndpoints(organisation);
  if (!endpoint.startsWith(BY_ADDRESS)) return all.find(({ id }) => id === endpoint);
  const wanted = endpoint.slice(BY_ADDRESS.length);
  const found = all.find(({ url, state }) => state === 'active' && new URL(url).href === new URL(wanted).href);
  if (!found)
    throw new DeliveryFailure(
      `no active subscriber is set up for ${wanted}: add it, give it its secret, then send this again`,
    );
  return found;
}
