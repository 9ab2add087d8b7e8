import type { AnyDocument } from './configuration.ts';
import { type DocumentKind, documentKinds } from './kinds.ts';

/** A configuration without documents. */
export function emptyConfiguration(): { [K in DocumentKind]: Record<string, AnyDocument> } {
  return Object.fromEntries(documentKinds.map((kind) => [kind, {}])) as {
    [K in DocumentKind]: Record<string, AnyDocument>;
  };
}
