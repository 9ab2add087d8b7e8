import { textOf } from '../db/database.ts';
import type { Organisation } from '../organisation.ts';
import { interestStream } from './resource-snapshots.ts';

/** An offer or a place that a customer holds. */
export interface HeldOffer {
  offer: string;
  interest: string;
  resource: string;
  state: 'open' | 'secured' | 'allocated';
}

/**
 * Offers that stand for a customer: open, or with a place behind them. Two customers are not merged while either has one.
 * `stream` is what a command must depend on (a move by 0) so that no offer is made between this look and its commit.
 */
export async function openOffersOf(
  { database }: Organisation,
  customer: string,
): Promise<{ offers: HeldOffer[]; stream: string }> {
  const rows = await database.query(
    "SELECT id, interest, resource, state FROM offers WHERE customer = ? AND state IN ('open', 'secured', 'allocated') ORDER BY made_at, id",
    [customer],
  );
  const offers = rows.map((row) => ({
    offer: textOf(row, 'id'),
    interest: textOf(row, 'interest'),
    resource: textOf(row, 'resource'),
    state: textOf(row, 'state') as HeldOffer['state'],
  }));
  return { offers, stream: interestStream(customer) };
}
