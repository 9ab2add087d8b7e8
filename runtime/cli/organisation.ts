import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { TakenError } from '../service/db/lock-file.ts';
import { openOrganisations } from '../service/main.ts';
import { Problem } from '../service/problem.ts';
import { loadSoundConfiguration, shippedConfiguration } from './configuration-folder.ts';
import { type Io, UsageError } from './io.ts';

const usage = `usage: lintel organisation list [--data DIR | --server URL] [--json]
       lintel organisation add KEY --name NAME [--database URL] [--data DIR | --server URL] [--json]
       with --server the key of an administrator of the first organisation is in LINTEL_KEY`;

interface Given {
  verb: 'list' | 'add';
  key: string;
  name: string;
  database: string | undefined;
  data: string;
  server: string | undefined;
  json: boolean;
}

interface Listed {
  key: string;
  name: string;
  open: boolean;
  nextWork: number | null;
}

/** `lintel organisation`: lists the organisations of a service or adds one, in a folder that nobody serves or by asking the service. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const given = readArguments(args);
  const answer = await (given.server === undefined ? inFolder(given) : atServer(given, given.server));
  if (given.json) io.print(JSON.stringify(answer));
  else for (const line of toLines(answer)) io.print(line);
  return 0;
}

type Answer = { organisations: Listed[] } | { key: string; setup: string; customers: string };

async function inFolder({ verb, key, name, database, data }: Given): Promise<Answer> {
  if (verb === 'list' && !existsSync(join(data, 'control.db'))) throw new UsageError(`there is no database in ${data}`);
  const fail = (error: unknown) => {
    throw error;
  };
  const opened = await openOrganisations({
    data,
    previewClock: false,
    studioFolder: null,
    configuration: () => loadSoundConfiguration(shippedConfiguration(process.env.LINTEL_CONFIGURATION)),
    onLost: fail,
    onError: () => {},
  }).catch((cause: unknown) => {
    if (!(cause instanceof TakenError)) throw cause;
    throw new UsageError(`${data} is being served: use --server URL`, { cause });
  });
  try {
    if (verb === 'list') {
      const all = await opened.organisations.list();
      return {
        organisations: all.map(({ id, name: title, nextWake }) => ({
          key: id,
          name: title,
          open: false,
          nextWork: nextWake,
        })),
      };
    }
    const { setupToken } = await opened.organisations.add({ id: key, name, place: database });
    return { key, setup: `/studio/#setup=${setupToken}`, customers: `/o/${key}/start` };
  } catch (cause) {
    if (cause instanceof Problem) throw new UsageError(cause.message, { cause });
    throw cause;
  } finally {
    await opened.close();
  }
}

async function atServer({ verb, key, name, database }: Given, server: string): Promise<Answer> {
  const secret = process.env.LINTEL_KEY;
  if (secret === undefined) throw new UsageError('LINTEL_KEY holds no key: make one for an administrator');
  const body = { key, name, ...(database === undefined ? {} : { database }) };
  const response = await fetch(new URL('/v1/admin/organisations', server), {
    method: verb === 'add' ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    ...(verb === 'add' ? { body: JSON.stringify(body) } : {}),
  }).catch((cause: unknown) => {
    throw new UsageError(`${server} does not answer`, { cause });
  });
  const answer = (await response.json()) as Answer & { detail?: string };
  if (!response.ok) throw new UsageError(`${server} refused: ${answer.detail ?? response.status}`);
  return answer;
}

function toLines(answer: Answer): string[] {
  if ('organisations' in answer)
    return answer.organisations.map(({ key, name, open, nextWork }) => {
      const next = nextWork === null ? 'nothing to do' : `has work at ${new Date(nextWork * 1000).toISOString()}`;
      return `${key}\t${name}\t${open ? 'open' : `closed, ${next}`}`;
    });
  return [
    `added ${answer.key}`,
    `first administrator, once, within a week: ${answer.setup}`,
    `customers: ${answer.customers}`,
  ];
}

function readArguments(args: readonly string[]): Given {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (cause) {
    throw new UsageError(`${(cause as Error).message}\n${usage}`, { cause });
  }
  const { values, positionals } = parsed;
  const [verb, key = '', ...others] = positionals;
  const isSound = verb === 'list' ? key === '' : verb === 'add' && key !== '' && values.name !== undefined;
  if ((verb !== 'list' && verb !== 'add') || !isSound || others.length > 0) throw new UsageError(usage);
  const { name = '', database, server, json = false } = values;
  return { verb, key, name, database, server, json, data: values.data ?? process.env.LINTEL_DATA ?? 'data' };
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      name: { type: 'string' },
      database: { type: 'string' },
      data: { type: 'string' },
      server: { type: 'string' },
      json: { type: 'boolean' },
    },
  });
}
