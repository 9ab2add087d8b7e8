import { inOrder } from '../../schemas/document.ts';

interface Placed {
  readonly key: string;
  readonly order: number;
}

/** The orders to write so that an entry goes a place further up or down; none at the end of the list. */
export function ordersAfterStep(
  entries: Readonly<Record<string, { order: number }>>,
  key: string,
  by: -1 | 1,
): Readonly<Record<string, number>> {
  const list = inOrder(entries);
  const to = list.findIndex((entry) => entry.key === key) + by;
  if (!Object.hasOwn(entries, key) || to < 0 || to >= list.length) return {};
  return ordersAfterMove(
    list.filter((entry) => entry.key !== key),
    key,
    to,
  );
}

/**
 * The orders to write so that an entry stands at a place, counted without itself: its own alone, or all, numbered anew, where
 * its neighbours leave no number between them.
 */
export function ordersAfterMove(others: readonly Placed[], key: string, to: number): Readonly<Record<string, number>> {
  const [before, after] = [others[to - 1]?.order, others[to]?.order];
  const order = orderBetween(before, after);
  if ((before ?? Number.NEGATIVE_INFINITY) < order && order < (after ?? Number.POSITIVE_INFINITY))
    return { [key]: order };
  const keys = others.map((other) => other.key);
  keys.splice(to, 0, key);
  return Object.fromEntries(keys.map((of, at) => [of, at + 1]));
}

/** A place between two orders, in whole numbers where there is room. */
export function orderBetween(before: number | undefined, after: number | undefined): number {
  if (before === undefined) return after === undefined ? 1 : Math.ceil(after) - 1;
  if (after === undefined) return Math.floor(before) + 1;
  const whole = Math.floor(before) + 1;
  return whole < after ? whole : (before + after) / 2;
}
