import { ClipboardNodes } from '../../../../schemas/clipboard.ts';
import type { AnyDocument } from '../../../../schemas/configuration.ts';
import { CLIPBOARD_FORMAT } from '../../../../schemas/kinds.ts';
import { parseDocument } from '../../../../schemas/load-configuration.ts';
import { unsafeJson } from '../../../../schemas/shape.ts';

/** Nodes on their way to another workflow, tab, browser or organisation: readable JSON with all they need. */
export interface ClipboardBundle extends Omit<ClipboardNodes, 'documents'> {
  /** Documents the nodes name, by `kind/key`. */
  documents: Record<string, AnyDocument>;
}

/** Reads a bundle; answers the reason where it is none or cannot be trusted. */
export function readBundle(value: unknown): { bundle: ClipboardBundle } | { reason: string } {
  const unsafe = unsafeJson(value);
  if (unsafe) return { reason: 'The tasks on the clipboard are not as Lintel wrote them: copy them again.' };
  const { format } = value as { format?: unknown };
  if (typeof format === 'number' && format > CLIPBOARD_FORMAT)
    return { reason: 'The tasks on the clipboard come from a newer Lintel: bring this one up to date first.' };
  const parsed = ClipboardNodes.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const place = issue ? issue.path.join('/') : '';
    return {
      reason: `The tasks on the clipboard were changed and cannot be read at ${place || 'the top'}: copy them again.`,
    };
  }
  const documents: Record<string, AnyDocument> = {};
  for (const [name, document] of Object.entries(parsed.data.documents)) {
    const read = parseDocument(document, name);
    if ('findings' in read)
      return { reason: `The clipboard holds ${name}, which is not valid: ${read.findings[0]?.message}` };
    documents[`${read.document.kind}/${read.document.key}`] = read.document;
  }
  return { bundle: { ...parsed.data, documents } };
}
