import type { AnyDocument } from '../../schemas/configuration.ts';
import type { Finding } from '../../schemas/finding.ts';
import { parseDocument } from '../../schemas/load-configuration.ts';
import { findFault } from './json-fault.ts';

/** Reads typed text; kind and key never change, so a document cannot become another. */
export function readSource(text: string, before: AnyDocument): { document: AnyDocument } | { findings: Finding[] } {
  const name = `${before.kind}/${before.key}`;
  const finding = (code: string, pointer: string, message: string, values: Finding['values'] = {}) => ({
    findings: [{ code, severity: 'error' as const, document: name, pointer, values, message }],
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const { offset, expected } = findFault(text) ?? { offset: text.length, expected: 'the rest of the text' };
    const lines = text.slice(0, offset).split('\n');
    const place = `Line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`;
    return finding(
      'JSON_INVALID',
      '',
      `${place}: expected ${expected}. The last valid version stays in the draft, and what you typed is kept here.`,
      { offset },
    );
  }
  const read = parseDocument(value, name);
  if ('findings' in read) return read;
  if (read.document.kind !== before.kind || read.document.key !== before.key)
    return finding('KEY_CHANGED', '/key', `Kind and key never change: write ${name} again.`);
  return read;
}
