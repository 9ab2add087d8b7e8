import { existsSync, mkdirSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import type { LoadedConfiguration } from '../../schemas/load-configuration.ts';
import { createApp } from './app.ts';
import { sweepAttachments } from './attachments/attachment-store.ts';
import { createClock } from './clock.ts';
import type { ServiceConfig } from './config.ts';
import { openDatabase } from './db/connect.ts';
import { type Database, textOf } from './db/database.ts';
import { TakenError, takeLock } from './db/lock-file.ts';
import { migrateDatabase, migrateServer, readMigrations } from './db/migrate.ts';
import { resumeMoves } from './definitions/moves.ts';
import { type DeliveryConfig, deliveryConfigFrom } from './delivery/channels.ts';
import { newSecret } from './identity/secrets.ts';
import { createIdentityStore, type IdentityStore } from './identity/store.ts';
import { createDelivery } from './notify/deliver.ts';
import { DEMO_IDENTITY, makeDemo } from './operations/demo.ts';
import { importConfiguration } from './operations/import-configuration.ts';
import { createOperations, type OperationsConfig, operationsConfigFrom } from './operations/operations.ts';
import { type Organisation, openOrganisation } from './organisation.ts';
import type { Service } from './service.ts';
import { createTicker } from './timers/ticker.ts';

const ORGANISATION = 'main';
const SETUP_LIFE_SECONDS = 7 * 86_400;
const SIGN_IN_LIFE_SECONDS = 24 * 3600;
const STOP_LIMIT_MS = 10_000;

/** The two databases of a data folder and what is built on them. */
export interface OpenedService {
  service: Service;
  /** Closes pump and databases and gives the lock back. */
  close(): Promise<void>;
}

export interface OpenOptions {
  data: string;
  previewClock: boolean;
  studioFolder: string | null;
  /** By default from the environment. */
  operations?: OperationsConfig;
  delivery?: DeliveryConfig;
  databases?: DatabasePlaces;
  /** Called once when the writing connection cannot be trusted any more; the process must then end. */
  onLost(error: Error): void;
  onError(error: unknown): void;
}

/** Where the databases are: null is a file in the data folder, else the address of a server that several nodes share. */
export interface DatabasePlaces {
  /** `LINTEL_CONTROL_DATABASE`, `LINTEL_ORGANISATION_DATABASE`: `http(s):` or `ws(s):`. */
  control: string | null;
  organisation: string | null;
  /** `LINTEL_DATABASE_TOKEN`. */
  token?: string;
}

function databasesFrom(environment: Readonly<Record<string, string | undefined>>): DatabasePlaces {
  const token = environment.LINTEL_DATABASE_TOKEN;
  return {
    control: environment.LINTEL_CONTROL_DATABASE ?? null,
    organisation: environment.LINTEL_ORGANISATION_DATABASE ?? null,
    ...(token === undefined ? {} : { token }),
  };
}

/** Opens (and creates) the databases of a folder under its lock. Throws when another process holds it or a newer program wrote it. */
export async function openService(options: OpenOptions): Promise<OpenedService> {
  const { data, previewClock, studioFolder, onLost, onError } = options;
  const release = takeFolder(data);
  try {
    const places = options.databases ?? databasesFrom(process.env);
    const open = async (kind: 'control' | 'organisation', file: string) => {
      const url = places[kind];
      if (url === null) await migrateDatabase(file, readMigrations(kind));
      else await migrateServer(url, readMigrations(kind), places.token);
      return openDatabase(url ?? `file:${file}`, onLost, places.token);
    };
    const control = await open('control', join(data, 'control.db'));
    const database = await open('organisation', join(data, 'organisations', `${ORGANISATION}.db`));
    const clock = createClock();
    if (previewClock) clock.follow(await storedOffset(control));
    const organisation = await openOrganisation(
      { id: ORGANISATION, secret: await organisationSecret(control, clock.now()), clock },
      database,
      control,
    );
    const letterBox = join(data, 'letter-box');
    const config = options.operations ?? operationsConfigFrom(process.env);
    const operations = createOperations({ organisation, control, folder: data, config }, onError);
    const service: Service = {
      control,
      clock,
      identities: createIdentityStore(control),
      organisation,
      ticker: createTicker(organisation, onError),
      delivery: createDelivery(organisation, letterBox, options.delivery ?? deliveryConfigFrom(process.env), onError),
      operations,
      studioFolder,
      previewClock,
      letterBox,
      attachments: join(data, 'attachments'),
      ready: false,
    };
    await operations.start();
    return {
      service,
      async close() {
        await operations.stop();
        await closeAll(organisation, control, release);
      },
    };
  } catch (error) {
    release();
    throw error;
  }
}

/** Makes the folder and takes its lock; throws in words when it cannot be written. */
function takeFolder(data: string): () => void {
  try {
    mkdirSync(join(data, 'organisations'), { recursive: true });
    return takeLock(join(data, 'lintel.lock'));
  } catch (cause) {
    if (cause instanceof TakenError) throw cause;
    throw new TakenError(`the data folder ${data} cannot be written: ${(cause as Error).message}`, { cause });
  }
}

async function closeAll(organisation: Organisation, control: Database, release: () => void): Promise<void> {
  await organisation.pump.close();
  await organisation.database.close();
  await control.close();
  release();
}

async function storedOffset(control: Database): Promise<number> {
  const [row] = await control.query("SELECT value FROM facts WHERE key = 'clockOffset'");
  return row ? Number(textOf(row, 'value')) : 0;
}

async function organisationSecret(control: Database, now: number): Promise<string> {
  await control.batch([
    {
      sql: 'INSERT INTO organisations (id, name, file, secret, created_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
      args: [ORGANISATION, ORGANISATION, `organisations/${ORGANISATION}.db`, newSecret(), BigInt(now)],
    },
  ]);
  const [row] = await control.query('SELECT secret FROM organisations WHERE id = ?', [ORGANISATION]);
  if (!row) throw new Error(`organisation ${ORGANISATION} was not stored`);
  return textOf(row, 'secret');
}

export interface RunningService {
  /** The one address to open: signed in, or the set-up link, or the studio's sign-in. */
  url: string;
  /** Orderly: ready 503, ticker and delivery stop, running requests finish, databases close. */
  stop(): Promise<void>;
}

/** Everything `lintel serve` does: open, fill at the first start, catch up, listen. */
export async function startService(
  config: ServiceConfig,
  shipped: { configuration(): LoadedConfiguration; studioFolder: string },
  hooks: { onLost(error: Error): void; say(text: string): void },
): Promise<RunningService> {
  const studioFolder = existsSync(join(shipped.studioFolder, 'index.html')) ? shipped.studioFolder : null;
  const onError = (error: unknown) =>
    hooks.say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  const { service, close } = await openService({ ...config, studioFolder, onLost: hooks.onLost, onError });
  try {
    await fillAtFirstStart(service, config, shipped.configuration, hooks.say);
    // Once before the API answers ready (D3): what became due while nobody ran is recorded now.
    await service.ticker.runOnce();
    await service.delivery.runOnce();
    void sweepAttachments(service.organisation, service.attachments).catch(onError);
    const server = await listen(service, config);
    service.ready = true;
    void resumeMoves(service.organisation).catch(onError);
    service.ticker.start();
    service.delivery.start();
    const { port } = server.address() as { port: number };
    const url = await openingAddress(service.identities, config.demo, `http://${config.host}:${port}`);
    return { url, stop: () => stop(service, server, close) };
  } catch (error) {
    await close();
    throw error;
  }
}

async function fillAtFirstStart(
  service: Service,
  config: ServiceConfig,
  configuration: () => LoadedConfiguration,
  say: (text: string) => void,
): Promise<void> {
  const { organisation } = service;
  if ((await organisation.releases.newestNumber()) === null) {
    say('first start: importing and publishing the configuration');
    await importConfiguration(organisation, configuration());
  }
  if (config.demo) await makeDemo(service, say);
}

async function openingAddress(identities: IdentityStore, demo: boolean, origin: string): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  if (demo)
    return `${origin}/studio/#signin=${await identities.issueToken('signIn', DEMO_IDENTITY, SIGN_IN_LIFE_SECONDS, now)}`;
  if (await identities.hasPassword(ORGANISATION)) return `${origin}/studio/`;
  return `${origin}/studio/#setup=${await identities.issueToken('setup', null, SETUP_LIFE_SECONDS, now)}`;
}

function listen(service: Service, config: ServiceConfig): Promise<Server> {
  const app = createApp(service);
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, port: config.port, hostname: config.host }, () =>
      resolve(server as Server),
    );
    server.on('error', (cause: NodeJS.ErrnoException) => {
      const isTaken = cause.code === 'EADDRINUSE';
      reject(isTaken ? new TakenError(`port ${config.port} is taken: choose another with --port`, { cause }) : cause);
    });
  });
}

async function stop(service: Service, server: Server, close: () => Promise<void>): Promise<void> {
  service.ready = false;
  await service.ticker.stop();
  await service.delivery.stop();
  // An open stream would hold the server; its client comes back by Last-Event-ID.
  service.operations.live.close();
  server.closeIdleConnections();
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const limit = new Promise<void>((resolve) => setTimeout(resolve, STOP_LIMIT_MS / 2).unref());
  await Promise.race([closed, limit]);
  server.closeAllConnections();
  await close();
}
