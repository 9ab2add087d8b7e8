import {
  type AnyDocument,
  type Configuration,
  type DocumentKind,
  documentKinds,
  documentSchemas,
} from './configuration.ts';
import { emptyConfiguration } from './empty-configuration.ts';
import type { Finding } from './finding.ts';
import { migrateDocument } from './migrate/migrate.ts';
import { LayoutDocument } from './settings.ts';
import { shapeFindings, toPointer, unsafeJson } from './shape.ts';

/** One configuration file: path relative to the configuration's folder (`workflow/HP.json`) and its text. */
export interface ConfigurationFile {
  path: string;
  text: string;
}

export interface LoadedConfiguration {
  configuration: Configuration;
  layouts: Record<string, LayoutDocument>;
  findings: Finding[];
}

/**
 * The one door from stored JSON to a configuration: parse, migrate, check the shape. Documents that fail are left out and
 * named by findings (R1), so one bad file hides no other.
 */
export function loadConfiguration(files: readonly ConfigurationFile[]): LoadedConfiguration {
  const configuration = emptyConfiguration();
  const layouts: Record<string, LayoutDocument> = {};
  const findings: Finding[] = [];
  const taken = new Map<string, string>();
  for (const file of files) {
    const read = readJson(file);
    if ('finding' in read) {
      findings.push(read.finding);
      continue;
    }
    const kindOfFile = file.path.split('/')[0] ?? '';
    if (kindOfFile === 'layouts' || (read.value as { kind?: unknown } | null)?.kind === 'layout') {
      const parsed = LayoutDocument.safeParse(read.value);
      if (parsed.success) layouts[parsed.data.key] = parsed.data;
      else findings.push(...shapeFindings(file.path, read.value, parsed.error));
      continue;
    }
    const parsed = parseDocument(read.value, file.path);
    if ('findings' in parsed) {
      findings.push(...parsed.findings);
      continue;
    }
    const { document } = parsed;
    const folded = `${document.kind}/${document.key}`.toLowerCase();
    const other = taken.get(folded);
    if (other) {
      findings.push(
        finding(
          'KEY_TWICE',
          file.path,
          '/key',
          { key: document.key, other },
          `${file.path} and ${other} have the same key "${document.key}" (keys differ by more than case): change the key of one.`,
        ),
      );
      continue;
    }
    taken.set(folded, file.path);
    const expected = `${document.kind}/${document.key}.json`;
    if (file.path !== expected)
      findings.push({
        ...finding(
          'FILE_MISPLACED',
          file.path,
          '',
          { expected },
          `${file.path} holds ${document.kind} "${document.key}": rename it to ${expected}.`,
        ),
        severity: 'warning',
      });
    configuration[document.kind][document.key] = document;
  }
  return { configuration: configuration as Configuration, layouts, findings };
}

/** Parses one document of any kind; `name` is its path or `kind/key`, used in findings. */
export function parseDocument(value: unknown, name: string): { document: AnyDocument } | { findings: Finding[] } {
  const unsafe = unsafeJson(value);
  if (unsafe) {
    const pointer = toPointer(unsafe.path);
    const message =
      unsafe.code === 'NESTED_TOO_DEEP'
        ? `${name} is nested too deeply below ${pointer}: split it up.`
        : `${name} uses the name "${unsafe.came}" at ${pointer}, which is not allowed: choose another key.`;
    return { findings: [finding(unsafe.code, name, pointer, { came: unsafe.came }, message)] };
  }
  const kind = (value as { kind?: unknown } | null)?.kind;
  if (
    typeof value !== 'object' ||
    value === null ||
    typeof kind !== 'string' ||
    !Object.hasOwn(documentSchemas, kind)
  ) {
    const message = `${name} at /kind: expected one of ${documentKinds.join(', ')}, got ${JSON.stringify(kind ?? null)}.`;
    return { findings: [finding('KIND_UNKNOWN', name, '/kind', { came: kind ?? null }, message)] };
  }
  const migrated = migrateDocument(value as Record<string, unknown>);
  const parsed = documentSchemas[kind as DocumentKind].safeParse(migrated);
  if (!parsed.success) return { findings: shapeFindings(name, migrated, parsed.error) };
  return { document: parsed.data };
}

function readJson(file: ConfigurationFile): { value: unknown } | { finding: Finding } {
  try {
    return { value: JSON.parse(file.text) };
  } catch (error) {
    const detail = (error as Error).message;
    return {
      finding: finding(
        'JSON_INVALID',
        file.path,
        '',
        { detail },
        `${file.path} is not JSON: ${detail}. Correct the text.`,
      ),
    };
  }
}

function finding(
  code: string,
  document: string,
  pointer: string,
  values: Record<string, unknown>,
  message: string,
): Finding {
  return { code, severity: 'error', document, pointer, values, message };
}
