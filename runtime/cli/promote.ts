import { createHash } from 'node:crypto';
import type { AnyDocument } from '../../schemas/configuration.ts';
import { readArguments } from './arguments.ts';
import { type Io, parseJson, UsageError } from './io.ts';
import { bodyOf, connect } from './server-connection.ts';

interface Bundle {
  digest: string;
  documents: AnyDocument[];
  tests: { key: string; passed: boolean }[];
}

/** `lintel promote FILE --url URL --digest DIGEST [--note TEXT] [--accept-warnings]`: publishes an exported bundle elsewhere by its digest; only what passed its tests (R6). */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const { words, options, flags } = readArguments(
    args,
    ['--url', '--digest', '--note'],
    ['--accept-warnings', '--json'],
  );
  const [file] = words;
  const digest = options.get('--digest');
  if (file === undefined || digest === undefined)
    throw new UsageError(
      'usage: lintel promote FILE --url URL --digest DIGEST [--note TEXT] [--accept-warnings] [--json]',
    );
  const text = io.read(file);
  const bundle = parseJson(text, file) as Bundle;
  if (!Array.isArray(bundle.documents) || !Array.isArray(bundle.tests))
    throw new UsageError(`${file} is no exported bundle: make it with lintel export`);
  if (bundle.digest !== digest) throw new UsageError(`${file} has digest ${bundle.digest}, you asked for ${digest}`);
  const failed = bundle.tests.filter(({ passed }) => !passed).map(({ key }) => key);
  if (failed.length > 0) {
    io.say(`these tests failed, nothing was promoted: ${failed.join(', ')}`);
    return 1;
  }
  const body = {
    digest,
    documents: bundle.documents,
    note: options.get('--note') ?? `promoted ${digest.slice(0, 12)}`,
    acceptWarnings: flags.has('--accept-warnings'),
  };
  const server = connect(options.get('--url'));
  const { releases } = bodyOf(await server.call('GET', '/v1/releases'), 'the releases cannot be read') as {
    releases: { number: number; origin: string }[];
  };
  const reply = await server.call('POST', '/v1/releases/promote', body, {
    'idempotency-key': `promote:${createHash('sha256').update(text).digest('hex')}:${baseOf(releases, digest)}`,
  });
  if (reply.status === 409 || reply.status === 422) {
    io.say(`not promoted: ${reply.body.detail}`);
    return 1;
  }
  if (reply.status === 202) {
    io.say('put forward: a second person approves it by promoting the same bundle');
    io.print(flags.has('--json') ? JSON.stringify(reply.body) : `proposal ${reply.body.proposal}`);
    return 0;
  }
  const published = bodyOf(reply, 'not promoted') as { number: number; digest: string };
  io.print(flags.has('--json') ? JSON.stringify(published) : `release ${published.number} ${published.digest}`);
  return 0;
}

/** The release this goes on: promoting again is a repeat only while nothing else was published. */
function baseOf([newest]: readonly { number: number; origin: string }[], digest: string): number {
  if (!newest) return 0;
  return newest.origin === `promoted:${digest}` ? newest.number - 1 : newest.number;
}
