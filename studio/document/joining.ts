import type { AnyDocument } from '../../schemas/configuration.ts';
import { isSame } from './engine.ts';
import type { Body, KeptChange } from './journal.ts';
import { mergeDocuments } from './merging.ts';
import { mergeLayouts } from './merging-layouts.ts';

/** What two pages of one person left of one document, as one change; undefined where both changed the same place. */
export function joinKept(one: KeptChange, other: KeptChange): KeptChange | undefined {
  if (isLater(other, one)) return other;
  if (isLater(one, other)) return one;
  if (one.revision !== other.revision || !isSame(one.base, other.base)) return undefined;
  const body = joinBodies(one.base, one.body, other.body);
  if (body === undefined) return undefined;
  // The server may have got either from its page.
  const unanswered = [...(one.unanswered ?? []), one.body, ...(other.unanswered ?? []), other.body];
  return { ...one, body, unanswered, changes: one.changes + other.changes };
}

/** Whether a change goes on from where the other one had come to. */
function isLater(change: KeptChange, before: KeptChange): boolean {
  return (
    isSame(change.body, before.body) ||
    [change.base, ...(change.unanswered ?? [])].some((body) => isSame(body, before.body))
  );
}

function joinBodies(base: Body | null, one: Body | null, other: Body | null): Body | null | undefined {
  if (one?.kind === 'layout' && other?.kind === 'layout')
    return mergeLayouts(base?.kind === 'layout' ? base : undefined, one, other);
  const [from, mine, theirs] = [base, one, other].map((body) => (body ?? undefined) as AnyDocument | undefined);
  const { document, clashes, fault } = mergeDocuments(from, mine, theirs, {});
  return clashes.length === 0 && fault === undefined ? (document ?? null) : undefined;
}
