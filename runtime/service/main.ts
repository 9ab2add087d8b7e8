import { existsSync, mkdirSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import type { LoadedConfiguration } from '../../schemas/load-configuration.ts';
import { createApp } from './app.ts';
import { configFrom, type Environment, type ServiceConfig } from './config.ts';
import { openDatabase } from './db/connect.ts';
import { TakenError, takeLock } from './db/lock-file.ts';
import { readMigrations } from './db/migrate.ts';
import type { DeliveryConfig } from './delivery/channels.ts';
import { createIdentityStore, type IdentityStore } from './identity/store.ts';
import { DEMO_IDENTITY, makeDemo } from './operations/demo.ts';
import type { OperationsConfig } from './operations/operations.ts';
import { ensureFirstOrganisation, FIRST_ORGANISATION } from './organisations/organisation-rows.ts';
import { createOrganisations, type Organisations } from './organisations/organisations.ts';
import { Problem } from './problem.ts';
import type { Service } from './service.ts';

const SETUP_LIFE_SECONDS = 7 * 86_400;
const SIGN_IN_LIFE_SECONDS = 24 * 3600;
/** Longer than the minute after which proxies and clients give an idle connection up: who closes first must be they, or a request meets a closed door. */
const KEEP_ALIVE_MS = 75_000;
const STOP_LIMIT_MS = 10_000;
const SWEEP_MS = 50;

/** A data folder as opened: its organisations, and the first one's service. */
export interface OpenedService {
  organisations: Organisations;
  service: Service;
  /** Closes pumps and databases and gives the lock back. */
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
  idleSeconds?: number;
  /** Published where an organisation has nothing yet. */
  configuration?: () => LoadedConfiguration;
  /** Called when a writing connection or the lock of the folder cannot be trusted any more; the process must then end. */
  onLost(error: Error): void;
  onError(error: unknown): void;
}

/** Where the databases are: null is a file in the data folder, else the address of a server that several nodes share. */
export interface DatabasePlaces {
  /** `LINTEL_CONTROL_DATABASE`, `LINTEL_ORGANISATION_DATABASE` (of the first organisation): `http(s):` or `ws(s):`. */
  control: string | null;
  organisation: string | null;
  /** `LINTEL_DATABASE_TOKEN`. */
  token?: string;
}

function databasesFrom(environment: Environment): DatabasePlaces {
  const token = environment.LINTEL_DATABASE_TOKEN;
  return {
    control: environment.LINTEL_CONTROL_DATABASE ?? null,
    organisation: environment.LINTEL_ORGANISATION_DATABASE ?? null,
    ...(token === undefined ? {} : { token }),
  };
}

/** Opens (and creates) the control database of a folder under its lock. Throws when another process holds it or a newer program wrote it. */
export async function openOrganisations(
  options: OpenOptions,
): Promise<{ organisations: Organisations; close(): Promise<void> }> {
  const { data, onLost, onError } = options;
  const release = takeFolder(data, onLost);
  try {
    const places = options.databases ?? databasesFrom(process.env);
    const control = await openDatabase(places.control ?? `file:${join(data, 'control.db')}`, {
      onLost,
      token: places.token,
      migrations: readMigrations('control'),
    });
    await ensureFirstOrganisation(control, Math.floor(Date.now() / 1000));
    const organisations = createOrganisations({
      ...options,
      control,
      identities: createIdentityStore(control),
      environment: process.env,
      databases: places,
      idleSeconds: options.idleSeconds ?? configFrom(process.env).idleSeconds,
      onError,
    });
    return {
      organisations,
      async close() {
        try {
          await organisations.close();
          await control.close();
        } finally {
          release();
        }
      },
    };
  } catch (error) {
    release();
    throw error;
  }
}

/** Opens a folder and its first organisation, which nothing wakes yet. Throws as `openOrganisations` does. */
export async function openService(options: OpenOptions): Promise<OpenedService> {
  const { organisations, close } = await openOrganisations(options);
  try {
    return { organisations, service: await organisations.use(FIRST_ORGANISATION, async (service) => service), close };
  } catch (error) {
    await close();
    throw plainly(error);
  }
}

/** Why an organisation could not be opened, without the words that are for its visitors. */
function plainly(error: unknown): unknown {
  return error instanceof Problem && error.details.cause instanceof Error ? error.details.cause : error;
}

/** Makes the folder and takes its lock; throws in words when it cannot be written. */
function takeFolder(data: string, onLost: (error: Error) => void): () => void {
  try {
    mkdirSync(join(data, 'organisations'), { recursive: true });
    return takeLock(join(data, 'lintel.lock'), onLost);
  } catch (cause) {
    if (cause instanceof TakenError) throw cause;
    throw new TakenError(`the data folder ${data} cannot be written: ${(cause as Error).message}`, { cause });
  }
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
  const opened = await openOrganisations({
    ...config,
    studioFolder,
    configuration: shipped.configuration,
    onLost: hooks.onLost,
    onError,
  });
  const { organisations, close } = opened;
  let server: Server | undefined;
  try {
    await openFirst(organisations, config, hooks.say);
    const listening = await listen(organisations, config);
    server = listening;
    organisations.ready = true;
    await organisations.start();
    const { port } = listening.address() as { port: number };
    const url = await openingAddress(organisations.identities, config.demo, `http://${config.host}:${port}`);
    return { url, stop: () => stop(organisations, listening, close) };
  } catch (error) {
    // It would keep the process, and answer for a service that is closed.
    server?.close();
    server?.closeAllConnections();
    await close();
    throw error;
  }
}

/** Fills the first organisation at the first start, and does what became due while nobody ran before the API answers ready (D3). */
async function openFirst(
  organisations: Organisations,
  config: ServiceConfig,
  say: (text: string) => void,
): Promise<void> {
  if (!config.demo && !process.env.LINTEL_PUBLIC_ADDRESS)
    say('LINTEL_PUBLIC_ADDRESS is not set: links in messages will not say where this service is');
  try {
    await organisations.use(FIRST_ORGANISATION, async (service) => {
      if (config.demo) await makeDemo(service, say);
      await service.ticker.runOnce();
      await service.delivery.runOnce();
    });
  } catch (error) {
    const others = (await organisations.list()).length - 1;
    if (others === 0 || !(error instanceof Problem)) throw plainly(error);
    say(`the first organisation cannot be opened; ${others} others are served: ${error.message}`);
  }
}

async function openingAddress(identities: IdentityStore, demo: boolean, origin: string): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  if (demo)
    return `${origin}/studio/#signin=${await identities.issueToken('signIn', DEMO_IDENTITY, SIGN_IN_LIFE_SECONDS, now)}`;
  if (await identities.hasPassword(FIRST_ORGANISATION)) return `${origin}/studio/`;
  return `${origin}/studio/#setup=${await identities.issueToken('setup', null, SETUP_LIFE_SECONDS, now)}`;
}

function listen(organisations: Organisations, config: ServiceConfig): Promise<Server> {
  const app = createApp(organisations);
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, port: config.port, hostname: config.host }, () =>
      resolve(server),
    ) as Server;
    server.keepAliveTimeout = KEEP_ALIVE_MS;
    server.on('error', (cause: NodeJS.ErrnoException) => {
      const isTaken = cause.code === 'EADDRINUSE';
      reject(isTaken ? new TakenError(`port ${config.port} is taken: choose another with --port`, { cause }) : cause);
    });
  });
}

async function stop(organisations: Organisations, server: Server, close: () => Promise<void>): Promise<void> {
  organisations.ready = false;
  // An open stream would hold the server; its client comes back by Last-Event-ID.
  organisations.endStreams();
  // Each answer is now the last of its connection: one that is kept open would hold the server for the whole limit.
  server.prependListener('request', (_request: IncomingMessage, response: ServerResponse) => {
    response.shouldKeepAlive = false;
  });
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const limit = new Promise<void>((resolve) => setTimeout(resolve, STOP_LIMIT_MS / 2).unref());
  // What was asked before is answered on a connection that stays; it is closed as soon as it is idle.
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
  await Promise.race([closed, limit]);
  clearInterval(sweep);
  server.closeAllConnections();
  await close();
}
