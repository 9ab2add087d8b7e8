import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { AnyDocument, Configuration, DocumentKind } from '../../schemas/configuration.ts';
import { documentKinds } from '../../schemas/configuration.ts';
import { toDocumentText } from '../../schemas/document-text.ts';

/** What a folder was pulled from: the revision of each document there, and its text as it came. */
export interface SyncState {
  url: string;
  documents: Record<string, { revision: number; text: string }>;
}

const FILE = '.lintel/pulled.json';

/** What was pulled last; nothing for a folder that was never pulled. */
export function readSyncState(folder: string): SyncState | undefined {
  const file = join(folder, FILE);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as SyncState) : undefined;
}

export function writeSyncState(folder: string, state: SyncState): void {
  const file = join(folder, FILE);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, toDocumentText(state));
}

/** Documents of a configuration by `kind/key`. */
export function documentsByName(configuration: Configuration): Map<string, AnyDocument> {
  return new Map(
    documentKinds.flatMap((kind) =>
      Object.values<AnyDocument>(configuration[kind]).map((document) => [`${kind}/${document.key}`, document] as const),
    ),
  );
}

/** Takes the file of a document away. */
export function removeDocumentFile(folder: string, name: string): void {
  rmSync(join(folder, `${name}.json`), { force: true });
}

/** Files of documents in a folder, by `kind/key`. */
export function documentFiles(folder: string): Map<string, string> {
  const files = documentKinds.flatMap((kind: DocumentKind) => {
    const inside = join(folder, kind);
    if (!existsSync(inside)) return [];
    return readdirSync(inside)
      .filter((file) => file.endsWith('.json'))
      .map((file) => [`${kind}/${file.slice(0, -5)}`, readFileSync(join(inside, file), 'utf8')] as const);
  });
  return new Map(files);
}
