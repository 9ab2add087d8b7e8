import type { Use } from '../document/engine.ts';

/** Places by the document they stand in, in the order they come. */
export function usesByDocument(uses: readonly Use[]): Map<string, Use[]> {
  const found = new Map<string, Use[]>();
  for (const use of uses) found.set(use.document, [...(found.get(use.document) ?? []), use]);
  return found;
}
