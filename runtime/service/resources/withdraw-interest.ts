import type { Sender } from '../cases/command-case.ts';
import type { Answer } from '../commit/decide-group.ts';
import { textOf, textOrNull } from '../db/database.ts';
import type { Organisation } from '../organisation.ts';
import { Problem } from '../problem.ts';
import { commandResource } from './command-resource.ts';

/** Withdraws an interest with what hangs on it: its open offer, its secured place. Throws 404 and 409. */
export async function withdrawInterest(
  organisation: Organisation,
  id: string,
  reason: string | undefined,
  sender: Sender,
): Promise<Answer> {
  const [row] = await organisation.database.query(
    'SELECT customer, resource, offer_resource FROM interests WHERE id = ?',
    [id],
  );
  if (!row) throw new Problem(404, 'NOT_FOUND', 'There is no such interest.');
  const customer = textOf(row, 'customer');
  const resource = textOrNull(row, 'offer_resource') ?? textOrNull(row, 'resource');
  const why = reason === undefined ? {} : { reason };
  return commandResource(organisation, resource, { type: 'withdrawInterest', interest: id, customer, ...why }, sender);
}
