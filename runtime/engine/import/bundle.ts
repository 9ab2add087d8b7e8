import type { AnyDocument } from '../../../schemas/configuration.ts';
import type { Finding } from '../../../schemas/finding.ts';
import { parseDocument } from '../../../schemas/load-configuration.ts';

/** Documents of a file, and what is wrong with those that could not be read. */
export interface ReadBundle {
  readonly documents: readonly AnyDocument[];
  readonly findings: readonly Finding[];
}

/** Reads a bundle, a list of documents or one document; a bad document hides no other, a document twice is named. `name` is the file's. */
export function readBundle(text: string, name: string): ReadBundle {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return refused(
      name,
      'JSON_INVALID',
      `${name} is not JSON: ${(error as Error).message}. Export it again, or correct the text.`,
    );
  }
  const listed = listOf(value);
  if (!listed || listed.length === 0)
    return refused(
      name,
      'BUNDLE_EMPTY',
      `${name} holds no documents: expected {"format": 1, "documents": [...]}, a list of documents, or one document with a kind.`,
    );
  const documents = new Map<string, AnyDocument>();
  const findings: Finding[] = [];
  for (const [at, one] of listed.entries()) {
    const parsed = parseDocument(one, nameOf(one, `${name}, document ${at + 1}`));
    if ('findings' in parsed) {
      findings.push(...parsed.findings);
      continue;
    }
    const key = `${parsed.document.kind}/${parsed.document.key}`;
    if (documents.has(key))
      findings.push(finding(key, 'KEY_TWICE', `${name} holds ${key} twice: take one of them out.`));
    documents.set(key, parsed.document);
  }
  return { documents: [...documents.values()], findings };
}

function listOf(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  if (typeof value !== 'object' || value === null) return undefined;
  if ('documents' in value && Array.isArray(value.documents)) return value.documents;
  return 'kind' in value ? [value] : undefined;
}

function nameOf(value: unknown, otherwise: string): string {
  const { kind, key } = (value ?? {}) as { kind?: unknown; key?: unknown };
  return typeof kind === 'string' && typeof key === 'string' ? `${kind}/${key}` : otherwise;
}

function refused(document: string, code: string, message: string): ReadBundle {
  return { documents: [], findings: [finding(document, code, message)] };
}

function finding(document: string, code: string, message: string): Finding {
  return { code, severity: 'error', document, pointer: '', values: {}, message };
}
