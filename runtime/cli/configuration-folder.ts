import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { toDocumentText } from '../../schemas/document-text.ts';
import { type LoadedConfiguration, loadConfiguration } from '../../schemas/load-configuration.ts';
import { UsageError } from './io.ts';

/** The product's own folder: configurations and the built studio lie below it. */
export const productFolder = fileURLToPath(new URL('../../', import.meta.url));

/** Folder of the configuration that a new organisation begins with (`LINTEL_CONFIGURATION`). */
export function shippedConfiguration(chosen: string | null | undefined): string {
  return chosen ?? `${productFolder}configurations/housing-england`;
}

/** Reads a configuration's folder (one folder a kind, one file a document, R6); throws UsageError when there is none. */
export function readConfigurationFolder(folder: string): LoadedConfiguration {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) throw new UsageError(`there is no folder ${folder}`);
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.json') && path.includes(sep) && !path.startsWith('.'))
    .map((path) => join(folder, path));
  if (paths.length === 0)
    throw new UsageError(
      `${folder} holds no configuration: expected folders such as workflow/ with one JSON file a document`,
    );
  return loadConfiguration(
    paths
      .sort()
      .map((path) => ({ path: relative(folder, path).split(sep).join('/'), text: readFileSync(path, 'utf8') })),
  );
}

/** The configuration of a folder with the sentence of its first error as a UsageError, for commands that cannot go on without it. */
export function loadSoundConfiguration(folder: string): LoadedConfiguration {
  const loaded = readConfigurationFolder(folder);
  const first = loaded.findings.find((finding) => finding.severity === 'error');
  if (first) throw new UsageError(first.message);
  return loaded;
}

/** Writes a document's file, whole or not at all. */
export function writeDocument(folder: string, path: string, document: unknown): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, toDocumentText(document));
  renameSync(`${file}.new`, file);
}
