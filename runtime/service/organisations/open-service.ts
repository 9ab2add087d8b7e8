import { join } from 'node:path';
import { sweepAttachments } from '../attachments/attachment-store.ts';
import { createClock } from '../clock.ts';
import { openDatabase } from '../db/connect.ts';
import type { Database } from '../db/database.ts';
import { readMigrations } from '../db/migrate.ts';
import { resumeDateRefreshes } from '../definitions/date-refresh.ts';
import { resumeMoves } from '../definitions/moves.ts';
import { type DeliveryConfig, deliveryConfigFrom, environmentOf } from '../delivery/channels.ts';
import type { IdentityStore } from '../identity/store.ts';
import { createDelivery } from '../notify/deliver.ts';
import { createOperations, type OperationsConfig, operationsConfigFrom } from '../operations/operations.ts';
import { storedOffset } from '../operations/preview-clock.ts';
import { openOrganisation } from '../organisation.ts';
import type { Service } from '../service.ts';
import { createTicker } from '../timers/ticker.ts';
import { folderOf } from './folder.ts';
import { nextWork } from './next-work.ts';
import { FIRST_ORGANISATION, type OrganisationRow } from './organisation-rows.ts';

/** What every organisation of a process shares. */
export interface Shared {
  data: string;
  control: Database;
  identities: IdentityStore;
  previewClock: boolean;
  operations?: OperationsConfig | undefined;
  delivery?: DeliveryConfig | undefined;
  environment: Readonly<Record<string, string | undefined>>;
  /** Place of the first organisation's database, where it is not a file, and the token of servers. */
  databases: { organisation: string | null; token?: string };
}

/** An organisation's service and how it ends. */
export interface OpenedOrganisation {
  service: Service;
  /** What became due while nobody looked (D3), then ticker, courier and what was interrupted. */
  start(): Promise<void>;
  /** Answers when it has something to do by itself: at once (0) where that is not known, never (null). */
  close(): Promise<number | null>;
}

/** Opens (and migrates) one organisation's database and builds its service on it; nothing runs by itself yet. */
export async function openOrganisationService(
  shared: Shared,
  row: OrganisationRow,
  hooks: { onLost(error: Error): void; onError(error: unknown): void },
): Promise<OpenedOrganisation> {
  const { data, control, identities, previewClock, environment } = shared;
  const isFirst = row.id === FIRST_ORGANISATION;
  const own = environmentOf(environment, row.id);
  const database = await openPlace(shared, row, hooks.onLost);
  try {
    const clock = createClock();
    if (previewClock) clock.follow(await storedOffset(control, row.id));
    const addresses = { origin: originFrom(own), customerBase: isFirst ? '' : `/o/${row.id}` };
    const organisation = await openOrganisation(
      { id: row.id, secret: row.secret, clock, addresses },
      database,
      control,
    );
    const folder = folderOf(data, row.id);
    const letterBox = join(folder, 'letter-box');
    const attachments = join(folder, 'attachments');
    const delivery = createDelivery(organisation, letterBox, shared.delivery ?? deliveryConfigFrom(own), hooks.onError);
    const config = ownBackups(shared.operations ?? operationsConfigFrom(own), row.id);
    const operations = createOperations({ organisation, control, folder, config }, hooks.onError);
    const ticker = createTicker(organisation, hooks.onError);
    await operations.start();
    return {
      service: {
        control,
        clock,
        identities,
        organisation,
        ticker,
        delivery,
        operations,
        previewClock,
        letterBox,
        attachments,
      },
      async start() {
        await ticker.runOnce();
        await delivery.runOnce();
        ticker.start();
        delivery.start();
        void sweepAttachments(organisation, attachments).catch(hooks.onError);
        void resumeMoves(organisation).catch(hooks.onError);
        void resumeDateRefreshes(organisation).catch(hooks.onError);
      },
      async close() {
        try {
          await ticker.stop();
          await delivery.stop();
          await operations.stop();
          await organisation.pump.close();
          // Asked when nothing works any more: what the last turn brought would be forgotten.
          return await nextWork(organisation).catch(() => 0);
        } finally {
          await database.close();
        }
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function openPlace(
  { data, databases }: Shared,
  { id, place }: OrganisationRow,
  onLost: (error: Error) => void,
): Promise<Database> {
  const url = id === FIRST_ORGANISATION ? databases.organisation : place.includes('://') ? place : null;
  return openDatabase(url ?? `file:${join(data, place)}`, {
    onLost,
    token: databases.token,
    migrations: readMigrations('organisation'),
  });
}

/** Each organisation's backups in a folder of their own. */
function ownBackups(config: OperationsConfig, id: string): OperationsConfig {
  if (config.backupFolder === null || id === FIRST_ORGANISATION) return config;
  return { ...config, backupFolder: join(config.backupFolder, id) };
}

/** Where links in messages begin; throws in words when it is no address. */
function originFrom({ LINTEL_PUBLIC_ADDRESS: address }: Readonly<Record<string, string | undefined>>): string | null {
  if (address === undefined || address === '') return null;
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search !== '' || url.username !== '')
    throw new Error(`LINTEL_PUBLIC_ADDRESS is "${address}"; expected an address such as https://housing.example.org`);
  return url.origin;
}
