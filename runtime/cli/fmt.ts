import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { toDocumentText } from '../../schemas/document-text.ts';
import { readArguments } from './arguments.ts';
import { writeDocument } from './configuration-folder.ts';
import { type Io, parseJson, UsageError } from './io.ts';

/** `lintel fmt DIR [--check] [--json]`: writes every document with sorted keys, byte-stable (R6); with --check it only tells, exit 1 when a file differs. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const { words, flags } = readArguments(args, [], ['--check', '--json']);
  const [folder] = words;
  if (folder === undefined || words.length > 1) throw new UsageError('usage: lintel fmt DIR [--check] [--json]');
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw new UsageError(`there is no folder ${folder}`);
  const changed: string[] = [];
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!path.endsWith('.json') || path.startsWith('.lintel')) continue;
    const text = readFileSync(join(folder, path), 'utf8');
    const document = parseJson(text, relative('.', join(folder, path)));
    if (toDocumentText(document) === text) continue;
    changed.push(path);
    if (!flags.has('--check')) writeDocument(folder, path, document);
  }
  if (flags.has('--json')) io.print(JSON.stringify({ changed }));
  else for (const path of changed) io.print(path);
  return flags.has('--check') && changed.length > 0 ? 1 : 0;
}
