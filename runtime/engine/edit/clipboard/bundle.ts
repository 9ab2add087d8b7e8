import { z } from 'zod';
import { Condition } from '../../../../schemas/condition.ts';
import type { AnyDocument, DocumentKind } from '../../../../schemas/configuration.ts';
import { documentKinds } from '../../../../schemas/configuration.ts';
import { Key } from '../../../../schemas/ids.ts';
import { parseDocument } from '../../../../schemas/load-configuration.ts';
import { unsafeJson } from '../../../../schemas/shape.ts';
import { Link, WorkflowNode } from '../../../../schemas/workflow.ts';

/** What marks tasks of Lintel on a clipboard, and the format of what follows. */
export const CLIPBOARD_MARK = 'lintel-tasks';
export const CLIPBOARD_FORMAT = 1;

const Parts = z.strictObject({
  lintel: z.literal(CLIPBOARD_MARK),
  format: z.literal(CLIPBOARD_FORMAT),
  from: z.strictObject({ workflow: z.string(), title: z.string() }),
  nodes: z.record(Key, WorkflowNode),
  links: z.record(Key, Link),
  positions: z.record(Key, z.strictObject({ x: z.number(), y: z.number() })),
  lanes: z.record(Key, z.strictObject({ order: z.number(), title: z.string().max(200) })),
  outcomes: z.record(Key, z.strictObject({ order: z.number(), label: z.string().max(200) })),
  namedConditions: z.record(Key, z.strictObject({ title: z.string().max(200), when: Condition })),
  documents: z.record(z.string(), z.unknown()),
});

/** Nodes on their way to another workflow, tab, browser or organisation: readable JSON with all they need. */
export interface ClipboardBundle extends Omit<z.infer<typeof Parts>, 'documents'> {
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
  const parsed = Parts.safeParse(value);
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

/** Whether a name of something named is that of a document kind. */
export function isDocumentKind(kind: string): kind is DocumentKind {
  return (documentKinds as readonly string[]).includes(kind);
}
