import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { toDocumentText } from '../../schemas/document-text.ts';
import { parseDocument } from '../../schemas/load-configuration.ts';
import { AdviceCases, ContentPack, importContentPack } from '../engine/index.ts';
import { writeDocument } from './configuration-folder.ts';
import { type Io, parseJson, UsageError } from './io.ts';

/** Readers of foreign configurations, by the name after `--from`; each writes documents of a new or existing configuration. */
const sources: Record<string, (folder: string, source: string, io: Io) => Promise<number>> = {
  'content-pack': async (folder, source, io) => importPack(folder, source, io),
  bundle: async (folder, source, io) => (await import('./import-file.ts')).importFile(folder, source, 'bundle', io),
  mspdi: async (folder, source, io) => (await import('./import-file.ts')).importFile(folder, source, 'mspdi', io),
  csv: async (folder, source, io) => (await import('./import-file.ts')).importFile(folder, source, 'csv', io),
  bank: async (folder, source, io) => (await import('./import-bank.ts')).importBank([folder, source], io),
};

/** `lintel import DIR --from NAME SOURCE`. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const words = args.filter((arg) => arg !== '--json');
  const at = words.indexOf('--from');
  const name = at < 0 ? undefined : words[at + 1];
  const [folder, source] = words.filter((_, index) => index !== at && index !== at + 1);
  const read = name !== undefined && Object.hasOwn(sources, name) ? sources[name] : undefined;
  if (!read || folder === undefined || source === undefined) {
    throw new UsageError(`usage: lintel import DIR --from ${Object.keys(sources).join('|')} SOURCE`);
  }
  return read(folder, source, io);
}

function importPack(folder: string, source: string, io: Io): number {
  const pack = ContentPack.safeParse(parseJson(io.read(source), source));
  if (!pack.success)
    throw new UsageError(
      `${source} is no content pack: ${pack.error.issues[0]?.path.join('/')}: ${pack.error.issues[0]?.message}`,
    );
  const beside = join(dirname(source), 'expected-advice.json');
  const cases = existsSync(beside) ? AdviceCases.parse(parseJson(io.read(beside), beside)) : [];
  const documents = importContentPack(pack.data, cases);
  for (const document of documents) {
    const parsed = parseDocument(JSON.parse(toDocumentText(document)), `${document.kind}/${document.key}`);
    if ('findings' in parsed)
      throw new Error(`the importer wrote a document its own schema refuses: ${parsed.findings[0]?.message}`);
    writeDocument(folder, `${document.kind}/${document.key}.json`, document);
  }
  io.print(JSON.stringify({ written: countByKind(documents.map((document) => document.kind)) }));
  return 0;
}

function countByKind(kinds: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const kind of kinds) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
