import { intOrNull } from '../db/database.ts';
import type { Organisation } from '../organisation.ts';
import { nextWake } from '../timers/ticker.ts';

/**
 * When an organisation that nobody asks has something to do by itself: what the ticker wakes for, a message or a subscriber's event
 * to send. Now, where something is in work; null for never. It may be closed until then.
 */
export async function nextWork(organisation: Organisation): Promise<number | null> {
  const { database, clock } = organisation;
  const now = clock.now();
  const [row] = await database.query(`SELECT
    (SELECT MIN(not_before) FROM outbox WHERE state IN ('pending', 'sending')) AS message,
    (SELECT MIN(not_before) FROM webhook_deliveries WHERE state IN ('pending', 'sending')) AS webhook,
    (SELECT 0 FROM moves WHERE state = 'running' LIMIT 1) AS move,
    (SELECT 0 FROM case_events WHERE position > (SELECT position FROM webhook_calls_read) AND type = 'webhookRequested' LIMIT 1) AS calls,
    (SELECT 0 FROM webhook_endpoints WHERE state = 'active' AND position < (SELECT MAX(position) FROM case_events) LIMIT 1) AS feed`);
  const times = [
    await nextWake(organisation),
    ...(row ? ['message', 'webhook', 'move', 'calls', 'feed'].map((column) => intOrNull(row, column)) : []),
  ].flatMap((at) => (at === null ? [] : [Math.max(at, now)]));
  return times.length > 0 ? Math.min(...times) : null;
}
