import { textOf } from '../db/database.ts';
import { reportIncident } from '../operations/incidents.ts';
import type { Organisation } from '../organisation.ts';
import { stateOfNotify } from './notify.ts';

/** Notes what became of a message; the same receipt again, or one for a message that is not ours, changes nothing. */
export async function takeReceipt(
  { database, clock }: Organisation,
  receipt: { id: string; reference: string | null; status: string },
): Promise<void> {
  const [row] = await database.query('SELECT id, case_id, state FROM outbox WHERE provider_reference = ?1 OR id = ?2', [
    receipt.id,
    receipt.reference ?? '',
  ]);
  if (!row) return;
  const state = stateOfNotify(receipt.status);
  const now = clock.now();
  const [id, caseId, before] = [textOf(row, 'id'), textOf(row, 'case_id'), textOf(row, 'state')];
  await database.batch([
    {
      sql: `UPDATE outbox SET provider_status = ?2, state = CASE WHEN ?3 IS NULL THEN state ELSE ?3 END,
        delivered_at = CASE WHEN ?3 = 'delivered' THEN COALESCE(delivered_at, ?4) ELSE delivered_at END WHERE id = ?1 AND state IN ('sent', 'delivered', 'failed')`,
      args: [id, receipt.status, state ?? null, now],
    },
  ]);
  if (state === 'failed' && before !== 'failed')
    await reportIncident(
      database,
      {
        id: `message:${id}`,
        kind: 'messageFailed',
        caseId,
        subject: id,
        detail: `the provider says ${receipt.status}`,
      },
      now,
    );
}
