import { createHash } from 'node:crypto';
import { LocalDate } from '../../schemas/ids.ts';
import { describeStatements, listLinks, type StatementRow, whereUsed } from '../engine/index.ts';
import { readArguments } from './arguments.ts';
import { loadSoundConfiguration } from './configuration-folder.ts';
import { type Io, UsageError } from './io.ts';

const usage = 'usage: lintel statements DIR [--citing PROVISION] [--links] [--as-at DATE] [--json]';

/**
 * `lintel statements`: the statement bank as its keeper sees it (A7): reading age, length, sources, review dates, translations
 * and links of every statement; with `--citing` everything that cites a provision, with `--links` every link.
 */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const { words, options, flags } = readArguments(args, ['--citing', '--as-at'], ['--links', '--json']);
  const [folder] = words;
  if (folder === undefined) throw new UsageError(usage);
  const today = options.get('--as-at') ?? new Date().toISOString().slice(0, 10);
  if (!LocalDate.safeParse(today).success)
    throw new UsageError(`--as-at takes a date written YYYY-MM-DD, not "${today}"`);
  const { configuration } = loadSoundConfiguration(folder);
  const provision = options.get('--citing');
  if (provision !== undefined && !Object.hasOwn(configuration.provision, provision)) {
    const known = Object.keys(configuration.provision).sort().join(', ') || 'none';
    throw new UsageError(`there is no provision "${provision}"; the configuration has ${known}`);
  }
  const digestOf = (text: string) => createHash('sha256').update(text).digest('hex');
  const statements = describeStatements(configuration, today, digestOf);
  const citations = provision === undefined ? undefined : whereUsed(configuration, 'provision', provision);
  const links = flags.has('--links') ? listLinks(configuration) : undefined;
  if (flags.has('--json')) {
    io.print(JSON.stringify({ statements, ...(citations ? { citations } : {}), ...(links ? { links } : {}) }));
    return 0;
  }
  if (citations) for (const one of citations) io.print(`${one.document}\t${one.pointer}\t${one.title}`);
  if (links) for (const one of links) io.print(`${one.url}\t${one.document}${one.allowed ? '' : '\tnot followed'}`);
  if (!citations && !links) for (const row of statements) io.print(inOneLine(row));
  return 0;
}

function inOneLine(row: StatementRow): string {
  const old = Object.entries(row.translations).flatMap(([language, state]) => (state === 'outOfDate' ? language : []));
  return [
    row.statement,
    `reading age ${row.readability.readingAge}`,
    `${row.readability.words} words`,
    row.reviewDue ? `review was due ${row.reviewBy}` : '',
    old.length > 0 ? `translation out of date: ${old.join(', ')}` : '',
    row.title,
  ]
    .filter((part) => part !== '')
    .join('\t');
}
