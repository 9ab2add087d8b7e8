import type { AnyDocument } from '../../schemas/configuration.ts';
import type { EditCommand } from '../document/engine.ts';

/** The command that sets a field; parts on the way that are not there yet are made with it. Lists are written whole. */
export function toSetCommand(document: AnyDocument, path: readonly string[], value: unknown): EditCommand {
  const { kind, key } = document;
  let holder: unknown = document;
  for (const [at, part] of path.slice(0, -1).entries()) {
    const child = (holder as Record<string, unknown>)[part];
    if (typeof child !== 'object' || child === null) {
      const nested = path.slice(at + 1).reduceRight<unknown>((inner, name) => ({ [name]: inner }), value);
      return { type: 'setDocumentField', kind, key, path: path.slice(0, at + 1), value: nested };
    }
    holder = child;
  }
  return { type: 'setDocumentField', kind, key, path: [...path], ...(value === undefined ? {} : { value }) };
}
