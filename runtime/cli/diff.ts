import { compileCalendars, diffConfigurations, shippedBankHolidays } from '../engine/index.ts';
import { readArguments } from './arguments.ts';
import { loadSoundConfiguration } from './configuration-folder.ts';
import { type Io, UsageError } from './io.ts';
import { pullConfiguration } from './pull.ts';
import { connect } from './server-connection.ts';

/** `lintel diff DIR OTHER` or `lintel diff DIR --url URL [--release N]`: what differs, in sentences; exit 1 when something does. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const { words, options, flags } = readArguments(args, ['--url', '--release', '--start'], ['--json']);
  const [before, after] = words;
  const url = options.get('--url');
  if (before === undefined || (after === undefined) === (url === undefined))
    throw new UsageError(
      'usage: lintel diff DIR OTHER | lintel diff DIR --url URL [--release N] [--start DATE] [--json]',
    );
  const here = loadSoundConfiguration(before).configuration;
  const other =
    after === undefined
      ? (await pullConfiguration(connect(url), options.get('--release'))).configuration
      : loadSoundConfiguration(after).configuration;
  // From what is there to what is here: the folder named first is the older one only between two folders.
  const [from, to] = after === undefined ? [other, here] : [here, other];
  const changes = diffConfigurations(from, to, {
    start: options.get('--start') ?? new Date().toISOString().slice(0, 10),
    calendars: {
      before: compileCalendars(from, shippedBankHolidays),
      after: compileCalendars(to, shippedBankHolidays),
    },
  });
  if (flags.has('--json')) io.print(JSON.stringify({ changes }));
  else
    for (const { document, sentences } of changes)
      for (const sentence of sentences) io.print(`${document}: ${sentence}`);
  io.say(changes.length === 0 ? 'no difference' : `${changes.length} documents differ`);
  return changes.length > 0 ? 1 : 0;
}
