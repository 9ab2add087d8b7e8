import type { AnyDocument, Configuration } from '../../schemas/configuration.ts';
import { toDocumentText } from '../../schemas/document-text.ts';
import { loadConfiguration } from '../../schemas/load-configuration.ts';
import { readArguments } from './arguments.ts';
import { writeDocument } from './configuration-folder.ts';
import { type Io, UsageError } from './io.ts';
import { bodyOf, connect, type ServerConnection } from './server-connection.ts';
import { documentFiles, readSyncState, removeDocumentFile, writeSyncState } from './sync-state.ts';

interface Pulled {
  configuration: Configuration;
  /** Revision of each document by `kind/key`; 0 in a release, whose documents have none. */
  revisions: Map<string, number>;
}

/** Reads the draft of a server, or one of its releases. */
export async function pullConfiguration(server: ServerConnection, release?: string): Promise<Pulled> {
  const path = release === undefined ? '/v1/drafts/main/configuration' : `/v1/releases/${release}/documents`;
  const { documents } = bodyOf(await server.call('GET', path), `cannot read ${path}`) as {
    documents: Record<string, Record<string, AnyDocument | { document: AnyDocument; revision: number }>>;
  };
  const all = Object.entries(documents).flatMap(([kind, byKey]) =>
    Object.entries(byKey).map(([key, entry]) => ({
      name: `${kind}/${key}`,
      document: 'document' in entry ? entry.document : entry,
      revision: 'revision' in entry ? entry.revision : 0,
    })),
  );
  const { configuration, findings } = loadConfiguration(
    all.map(({ name, document }) => ({ path: `${name}.json`, text: JSON.stringify(document) })),
  );
  const broken = findings.find((finding) => finding.severity === 'error');
  if (broken) throw new UsageError(`the server's ${broken.message}`);
  return { configuration, revisions: new Map(all.map(({ name, revision }) => [name, revision])) };
}

/** `lintel pull DIR --url URL [--discard] [--delete]`: writes the server's draft as files; files changed here are kept unless --discard, files gone there go only with --delete. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const { words, options, flags } = readArguments(args, ['--url'], ['--discard', '--delete', '--json']);
  const [folder] = words;
  if (folder === undefined || words.length > 1)
    throw new UsageError('usage: lintel pull DIR --url URL [--discard] [--delete] [--json]');
  const server = connect(options.get('--url'));
  const { configuration, revisions } = await pullConfiguration(server);
  const state = readSyncState(folder);
  const files = documentFiles(folder);
  const result = { written: [] as string[], kept: [] as string[], removed: [] as string[], onlyHere: [] as string[] };
  const documents: Record<string, { revision: number; text: string }> = {};
  for (const [name, revision] of revisions) {
    const [kind = '', key = ''] = name.split('/');
    const document = (configuration as unknown as Record<string, Record<string, AnyDocument>>)[kind]?.[key];
    if (!document) continue;
    const text = toDocumentText(document);
    const here = files.get(name);
    const before = state?.documents[name];
    const isMine = here !== undefined && here !== text && here !== before?.text;
    if (isMine && !flags.has('--discard')) {
      result.kept.push(name);
      if (before) documents[name] = before;
      continue;
    }
    documents[name] = { revision, text };
    if (here === text) continue;
    writeDocument(folder, `${name}.json`, document);
    result.written.push(name);
  }
  for (const name of files.keys()) {
    if (revisions.has(name)) continue;
    const wasPulled = state?.documents[name]?.text === files.get(name);
    if (wasPulled && flags.has('--delete')) {
      removeDocumentFile(folder, name);
      result.removed.push(name);
    } else result.onlyHere.push(name);
  }
  writeSyncState(folder, { url: server.url, documents });
  if (flags.has('--json')) io.print(JSON.stringify(result));
  else io.print(`${result.written.length} written, ${result.kept.length} kept, ${result.removed.length} removed`);
  if (result.kept.length > 0) io.say(`changed here and kept: ${result.kept.join(', ')}`);
  return result.kept.length > 0 ? 1 : 0;
}
