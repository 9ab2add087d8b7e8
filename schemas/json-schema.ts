import { z } from 'zod';
import { type DocumentKind, documentSchemas } from './configuration.ts';

/** JSON Schema (draft 7) of a document kind, for editors: completion, hover and markers. */
export function toDocumentJsonSchema(kind: DocumentKind): Record<string, unknown> {
  return z.toJSONSchema(documentSchemas[kind], { target: 'draft-7', io: 'input', unrepresentable: 'any' }) as Record<
    string,
    unknown
  >;
}
