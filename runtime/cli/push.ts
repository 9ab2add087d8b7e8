import type { AnyDocument } from '../../schemas/configuration.ts';
import { toDocumentText } from '../../schemas/document-text.ts';
import { readArguments } from './arguments.ts';
import { loadSoundConfiguration } from './configuration-folder.ts';
import { type Io, UsageError } from './io.ts';
import { pullConfiguration } from './pull.ts';
import { connect, type Reply } from './server-connection.ts';
import { documentsByName, readSyncState, type SyncState, writeSyncState } from './sync-state.ts';

interface Outcome {
  pushed: string[];
  deleted: string[];
  /** Changed on the server since they were pulled: not touched. */
  conflicts: string[];
  /** Gone here, still there: they go only with --delete. */
  leftThere: string[];
  refused: { document: string; reason: string }[];
}

/** `lintel push DIR --url URL [--delete]`: puts what changed here into the server's draft; never over somebody else's change. Exit 1 where something was not taken. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const { words, options, flags } = readArguments(args, ['--url'], ['--delete', '--json']);
  const [folder] = words;
  if (folder === undefined || words.length > 1)
    throw new UsageError('usage: lintel push DIR --url URL [--delete] [--json]');
  const server = connect(options.get('--url'));
  const here = documentsByName(loadSoundConfiguration(folder).configuration);
  const there = await pullConfiguration(server);
  const theirs = documentsByName(there.configuration);
  const state: SyncState = readSyncState(folder) ?? { url: server.url, documents: {} };
  const outcome: Outcome = { pushed: [], deleted: [], conflicts: [], leftThere: [], refused: [] };
  const settle = (name: string, reply: Reply, document: AnyDocument | undefined, done: string[]): void => {
    if (reply.status === 412) outcome.conflicts.push(name);
    else if (reply.status >= 300)
      outcome.refused.push({ document: name, reason: reply.body?.detail ?? `${reply.status}` });
    else {
      done.push(name);
      if (document) state.documents[name] = { revision: reply.body.revision, text: toDocumentText(document) };
      else delete state.documents[name];
    }
  };
  for (const [name, document] of here) {
    const text = toDocumentText(document);
    const other = theirs.get(name);
    const revision = there.revisions.get(name);
    if (other && toDocumentText(other) === text) {
      state.documents[name] = { revision: revision ?? 0, text };
      continue;
    }
    const known = state.documents[name];
    // Somebody else changed, added or removed it since it was pulled.
    if (known ? known.revision !== revision : revision !== undefined) {
      if (known?.text !== text) outcome.conflicts.push(name);
      continue;
    }
    const guard: Record<string, string> = known ? { 'if-match': `"${known.revision}"` } : { 'if-none-match': '*' };
    settle(
      name,
      await server.call('PUT', `/v1/drafts/main/documents/${name}`, document, guard),
      document,
      outcome.pushed,
    );
  }
  for (const name of theirs.keys()) {
    const known = state.documents[name];
    if (here.has(name) || !known) continue;
    if (!flags.has('--delete')) outcome.leftThere.push(name);
    else if (known.revision !== there.revisions.get(name)) outcome.conflicts.push(name);
    else {
      const guard = { 'if-match': `"${known.revision}"` };
      settle(
        name,
        await server.call('DELETE', `/v1/drafts/main/documents/${name}`, undefined, guard),
        undefined,
        outcome.deleted,
      );
    }
  }
  writeSyncState(folder, state);
  if (flags.has('--json')) io.print(JSON.stringify(outcome));
  else
    io.print(
      `${outcome.pushed.length} pushed, ${outcome.deleted.length} deleted, ${outcome.conflicts.length} conflicts`,
    );
  if (outcome.conflicts.length > 0)
    io.say(
      `changed by somebody else since you pulled, not touched: ${outcome.conflicts.join(', ')}; pull, then push again`,
    );
  if (outcome.leftThere.length > 0) io.say(`gone here, kept there (use --delete): ${outcome.leftThere.join(', ')}`);
  for (const { document, reason } of outcome.refused) io.say(`${document}: ${reason}`);
  return outcome.conflicts.length + outcome.refused.length > 0 ? 1 : 0;
}
