import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import type { Configuration } from '../../schemas/configuration.ts';
import { toDocumentText } from '../../schemas/document-text.ts';
import { diffConfigurations, runAdviceTest, scriptPlayer } from '../engine/index.ts';
import { readArguments } from './arguments.ts';
import { loadSoundConfiguration } from './configuration-folder.ts';
import { type Io, UsageError } from './io.ts';
import { documentsByName } from './sync-state.ts';

const usage =
  'usage: lintel export DIR --out FILE [--since DIR] [--json]\n' +
  '       lintel export DIR --workflow KEY --format bundle|mspdi|csv|svg|mermaid|flowchart|xstate|typescript|ics [--start DATE] [--out FILE]';

/** `lintel export DIR --out FILE [--since DIR]`: one bundle with all documents, their digest, the outcome of every test, and what changed; the same files always give the same bytes. Exit 1 when a test fails. With `--workflow` and `--format` one workflow for another program. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const { words, options, flags } = readArguments(
    args,
    ['--out', '--since', '--workflow', '--format', '--start'],
    ['--json'],
  );
  const [folder] = words;
  if (folder === undefined) throw new UsageError(usage);
  if (options.has('--workflow') || options.has('--format'))
    return (await import('./export-workflow.ts')).exportWorkflow(folder, options, io);
  const out = options.get('--out');
  if (out === undefined) throw new UsageError(usage);
  const { configuration } = loadSoundConfiguration(folder);
  const since = options.get('--since');
  const tests = testOutcomes(configuration);
  const bundle = {
    format: 1,
    digest: contentDigest(configuration),
    documents: [...documentsByName(configuration).values()],
    tests,
    ...(since === undefined
      ? {}
      : { changes: diffConfigurations(loadSoundConfiguration(since).configuration, configuration) }),
  };
  writeFileSync(out, toDocumentText(bundle));
  const failed = tests.filter(({ passed }) => !passed);
  if (flags.has('--json'))
    io.print(
      JSON.stringify({
        digest: bundle.digest,
        documents: bundle.documents.length,
        tests: tests.length,
        failed: failed.length,
      }),
    );
  else io.print(bundle.digest);
  return failed.length > 0 ? 1 : 0;
}

/** Digest of a configuration's content as a release has it: calendars have their own timeline and are left out (T14). */
export function contentDigest(configuration: Configuration): string {
  const { calendar: _calendars, ...content } = configuration;
  return createHash('sha256')
    .update(JSON.stringify(JSON.parse(toDocumentText(content))))
    .digest('hex');
}

/** Outcome of every saved test; a test without an as-at date is told none, so that the bundle stays the same tomorrow. */
export function testOutcomes(configuration: Configuration): { key: string; passed: boolean }[] {
  const play = scriptPlayer(configuration);
  return Object.values(configuration.test)
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map((test) => {
      const { passed } = runAdviceTest(configuration, test, test.asAt ?? '2026-01-01');
      return { key: test.key, passed: passed && (!test.script || play(test).failures.length === 0) };
    });
}
