import type { LoadedConfiguration } from '../../../schemas/load-configuration.ts';
import { deliveryConfigFrom, environmentOf } from '../delivery/channels.ts';
import { createMetrics, type Metrics } from '../http/metrics.ts';
import type { IdentityStore } from '../identity/store.ts';
import { importConfiguration } from '../operations/import-configuration.ts';
import { Problem } from '../problem.ts';
import type { Service } from '../service.ts';
import { nextWork } from './next-work.ts';
import { type OpenedOrganisation, openOrganisationService, type Shared } from './open-service.ts';
import {
  FIRST_ORGANISATION,
  insertOrganisation,
  listOrganisations,
  loadOrganisation,
  type OrganisationRow,
  setNextWake,
} from './organisation-rows.ts';

const LOOK_EVERY_MS = 15_000;
/** One that could not be opened is not tried again by every request. */
const TRY_AGAIN_MS = 10_000;
const SETUP_LIFE_SECONDS = 7 * 86_400;

/** The organisations that this process serves: each opened when it is asked for or has something to do, closed when it is idle. */
export interface Organisations {
  readonly identities: IdentityStore;
  /** Folder of the built studio, or null when it is not there. */
  readonly studioFolder: string | null;
  /** Requests of nobody known. */
  readonly metrics: Metrics;
  /** False while starting and stopping. */
  ready: boolean;
  /** Does something while the organisation stays open. Throws 404, and 503 when its database cannot be opened. */
  use<T>(id: string, work: (service: Service) => Promise<T>): Promise<T>;
  list(): Promise<(OrganisationRow & { isOpen: boolean })[]>;
  /** Adds one with the shipped configuration; answers the one-time token of its first administrator. Throws 409, 422. */
  add(wanted: { id: string; name: string; place?: string | undefined }): Promise<{ setupToken: string }>;
  /** Whose receipts a bearer token of the provider is for; undefined for nobody's. */
  findByReceipts(isToken: (token: string | null) => boolean): Promise<string | undefined>;
  /** What every open organisation's auditor finds. */
  problems(): { code: string; count: number }[];
  /** Lets tickers run, opens what has something to do and closes what is idle, from now on. */
  start(): Promise<void>;
  /** One look of the kind. */
  look(): Promise<void>;
  /** Ends live streams, so that their clients come back elsewhere. */
  endStreams(): void;
  close(): Promise<void>;
}

export interface OrganisationsOptions extends Shared {
  studioFolder: string | null;
  /** Seconds without a request after which an organisation is closed (`LINTEL_IDLE_SECONDS`). */
  idleSeconds: number;
  /** Published in an organisation that has nothing yet. */
  configuration?: (() => LoadedConfiguration) | undefined;
  /** The writing connection of the only organisation cannot be trusted any more: the process must end. */
  onLost(error: Error): void;
  onError(error: unknown): void;
}

interface Open {
  opened: OpenedOrganisation;
  uses: number;
  usedAt: number;
}

export function createOrganisations(options: OrganisationsOptions): Organisations {
  const { control, identities, studioFolder, onError } = options;
  const opening = new Map<string, Promise<Open>>();
  const open = new Map<string, Open>();
  const closing = new Map<string, Promise<void>>();
  const broken = new Map<string, { until: number; error: unknown }>();
  const metrics = createMetrics();
  let [isRunning, isOver] = [false, false];
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();

  async function begin(id: string): Promise<Open> {
    const row = await loadOrganisation(control, id);
    await setNextWake(control, id, 0);
    const opened = await openOrganisationService(options, row, {
      onError: (error) => onError(named(id, error)),
      onLost: (error) => void leave(id, error).catch(onError),
    });
    try {
      await fill(opened.service, row, options.configuration);
      if (isRunning) await opened.start();
      const one = { opened, uses: 0, usedAt: Date.now() };
      open.set(id, one);
      broken.delete(id);
      return one;
    } catch (error) {
      await opened.close();
      throw error;
    }
  }

  async function find(id: string): Promise<Open> {
    // Whoever comes while it is being closed waits, and opens it anew.
    await closing.get(id);
    const found = open.get(id) ?? opening.get(id);
    if (found) return found;
    if (isOver) throw new Problem(503, 'STOPPING', 'The service is stopping; try again in a moment.');
    const failed = broken.get(id);
    if (failed && failed.until > Date.now()) throw unavailable(id, failed.error);
    const one = begin(id)
      .catch((error: unknown) => {
        if (error instanceof Problem) throw error;
        broken.set(id, { until: Date.now() + TRY_AGAIN_MS, error });
        onError(named(id, error));
        throw unavailable(id, error);
      })
      .finally(() => opening.delete(id));
    opening.set(id, one);
    return one;
  }

  function use<T>(id: string, work: (service: Service) => Promise<T>): Promise<T> {
    const one = open.get(id);
    // It may have been closed between being found and being used.
    return one ? during(one, work) : find(id).then(() => use(id, work));
  }

  async function during<T>(one: Open, work: (service: Service) => Promise<T>): Promise<T> {
    one.uses++;
    try {
      return await work(one.opened.service);
    } finally {
      one.uses--;
      one.usedAt = Date.now();
    }
  }

  function end(id: string, one: Open): Promise<void> {
    open.delete(id);
    const ending = (async () => {
      const wake = await one.opened.close();
      // Where that is not noted, it counts as open, and is opened at the next look.
      await setNextWake(control, id, wake).catch((error: unknown) => onError(named(id, error)));
    })().finally(() => closing.delete(id));
    closing.set(id, ending);
    return ending;
  }

  /** BUSY on the writing connection: nothing it says counts any more. Alone, the process ends; among others, the connection does. */
  async function leave(id: string, error: Error): Promise<void> {
    const all = await listOrganisations(control);
    if (all.length === 1) return options.onLost(error);
    broken.set(id, { until: Date.now() + TRY_AGAIN_MS, error });
    const one = open.get(id);
    open.delete(id);
    onError(named(id, error));
    await one?.opened.close();
  }

  async function wakeDue(): Promise<void> {
    const now = Math.floor(Date.now() / 1000);
    for (const { id, nextWake } of await listOrganisations(control))
      if (nextWake !== null && nextWake <= now && !open.has(id)) await find(id).catch(() => {});
  }

  async function closeIdle(): Promise<void> {
    for (const [id, one] of [...open]) {
      if (id === FIRST_ORGANISATION || !isIdle(one, options.idleSeconds)) continue;
      const { organisation, operations } = one.opened.service;
      const wake = await nextWork(organisation);
      if (wake !== null && wake <= organisation.clock.now() + options.idleSeconds) continue;
      await operations.settle().catch((error: unknown) => onError(named(id, error)));
      if (isIdle(one, options.idleSeconds)) await end(id, one);
    }
  }

  const self: Organisations = {
    identities,
    studioFolder,
    metrics,
    ready: false,
    use,
    list: async () => (await listOrganisations(control)).map((row) => ({ ...row, isOpen: open.has(row.id) })),
    async add({ id, name, place }) {
      const now = Math.floor(Date.now() / 1000);
      await insertOrganisation(control, { id, name, place }, now);
      await find(id);
      return { setupToken: await identities.issueToken('setup', null, SETUP_LIFE_SECONDS, now, id) };
    },
    async findByReceipts(isToken) {
      for (const { id } of await listOrganisations(control)) {
        const config = options.delivery ?? deliveryConfigFrom(environmentOf(options.environment, id));
        if (isToken(open.get(id)?.opened.service.delivery.callbackToken ?? config.notifyCallbackToken)) return id;
      }
      return undefined;
    },
    problems: () => [
      ...[...open.values()].flatMap(({ opened }) => [...opened.service.operations.problems()]),
      ...(broken.size > 0 ? [{ code: 'ORGANISATION_UNAVAILABLE', count: broken.size }] : []),
    ],
    async start() {
      isRunning = true;
      for (const { opened } of open.values()) await opened.start();
      timer = setInterval(() => void self.look().catch(onError), LOOK_EVERY_MS);
      timer.unref();
      void self.look().catch(onError);
    },
    look() {
      looking = looking.catch(() => {}).then(wakeDue);
      looking = looking.then(closeIdle);
      return looking;
    },
    endStreams() {
      for (const { opened } of open.values()) opened.service.operations.live.close();
    },
    async close() {
      clearInterval(timer);
      [isRunning, isOver] = [false, true];
      await looking.catch(() => {});
      await Promise.allSettled([...opening.values(), ...closing.values()]);
      const ended = await Promise.allSettled([...open].map(([id, one]) => end(id, one)));
      metrics.stop();
      for (const one of ended) if (one.status === 'rejected') onError(one.reason);
    },
  };
  return self;
}

/** Nobody has asked it for a while. Other nodes may be writing a server's database: its next work is not ours to tell. */
function isIdle({ opened, uses, usedAt }: Open, seconds: number): boolean {
  const { organisation, operations } = opened.service;
  const isAsked = uses > 0 || operations.live.count() > 0 || Date.now() - usedAt < seconds * 1000;
  return !isAsked && !organisation.database.isShared;
}

/** The shipped configuration under the organisation's own name, where nothing is published yet. */
async function fill(
  { organisation }: Service,
  { id, name }: OrganisationRow,
  configuration: OrganisationsOptions['configuration'],
): Promise<void> {
  if (!configuration || (await organisation.releases.newestNumber()) !== null) return;
  const loaded = configuration();
  if (id !== FIRST_ORGANISATION)
    for (const settings of Object.values(loaded.configuration.settings)) settings.organisation = name;
  await importConfiguration(organisation, loaded);
}

function unavailable(id: string, cause: unknown): Problem {
  return new Problem(503, 'ORGANISATION_UNAVAILABLE', `The database of ${id} cannot be opened; the others go on.`, {
    headers: { 'retry-after': '10' },
    cause,
  });
}

function named(id: string, cause: unknown): Error {
  const detail = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
  return new Error(`organisation ${id}: ${detail}`, { cause });
}
