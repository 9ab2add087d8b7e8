import type { CompiledCalendar, Directory, DirectoryUser } from '../engine/index.ts';
import type { ServiceClock } from './clock.ts';
import { type Pump, startPump } from './commit/pump.ts';
import { type Database, intOf, intOrNull, jsonOf, textOf, textOrNull } from './db/database.ts';
import { loadCalendars } from './definitions/calendar-store.ts';
import { createReleaseStore, type ReleaseStore } from './definitions/release-store.ts';
import { createPersonKeys, type PersonKeys } from './identity/person-keys.ts';

/** One organisation, opened: its database, its pump, and what decisions look at again and again. */
export interface Organisation {
  readonly id: string;
  /** Secret links and request hashes are derived from it. */
  readonly secret: string;
  readonly database: Database;
  readonly pump: Pump;
  readonly clock: ServiceClock;
  readonly addresses: Addresses;
  readonly keys: PersonKeys;
  readonly releases: ReleaseStore;
  /** Round robin cursors as last decided (L4). */
  readonly cursors: Map<string, string>;
  directory(): Promise<Directory>;
  calendars(): Promise<Readonly<Record<string, CompiledCalendar>>>;
  /** Forgets what was read of the directory, the calendars and the list of releases, after they changed. */
  refresh(): void;
}

/** Where people reach the organisation's pages. */
export interface Addresses {
  /** `https://name` that links in messages begin with (`LINTEL_PUBLIC_ADDRESS`); null leaves them without. */
  readonly origin: string | null;
  /** Before the path of a customer's page: empty for the first organisation, `/o/KEY` for any other. */
  readonly customerBase: string;
}

/** The whole address of a studio page, for a message. */
export function studioLink({ addresses }: Pick<Organisation, 'addresses'>, path: string): string {
  return `${addresses.origin ?? ''}/studio${path}`;
}

/** The whole address of a customer's page, for a message. */
export function customerLink({ addresses }: Pick<Organisation, 'addresses'>, path: string): string {
  return `${addresses.origin ?? ''}${addresses.customerBase}${path}`;
}

export async function openOrganisation(
  options: { id: string; secret: string; clock: ServiceClock; addresses?: Addresses; largestGroup?: number },
  database: Database,
  control: Database,
): Promise<Organisation> {
  const directory = remember(database, () => loadDirectory(database));
  const calendars = remember(database, () => loadCalendars(database));
  const releases = createReleaseStore(database, options.clock);
  const cursors = await database.query('SELECT team, last_user FROM allocation_cursors');
  const { largestGroup, ...own } = options;
  return {
    addresses: { origin: null, customerBase: '' },
    ...own,
    database,
    pump: startPump(database, largestGroup),
    keys: createPersonKeys(control, options.id),
    releases,
    cursors: new Map(cursors.map((row) => [textOf(row, 'team'), textOf(row, 'last_user')])),
    directory: directory.read,
    calendars: calendars.read,
    refresh() {
      directory.forget();
      calendars.forget();
      releases.forget();
    },
  };
}

/** How long a node goes on with what it read while other nodes may change it. */
const SHARED_MS = 2000;

/** What is read once and kept until it is forgotten; of a database that others write too, for two seconds. */
function remember<T>({ isShared }: Database, load: () => Promise<T>): { read(): Promise<T>; forget(): void } {
  let known: { at: number; value: Promise<T> } | undefined;
  return {
    read() {
      const now = Date.now();
      if (known && !(isShared && now - known.at > SHARED_MS)) return known.value;
      const value = load();
      known = { at: now, value };
      // A read that failed is not kept.
      value.catch(() => {
        if (known?.value === value) known = undefined;
      });
      return value;
    },
    forget() {
      known = undefined;
    },
  };
}

async function loadDirectory(database: Database): Promise<Directory> {
  const rows = await database.query('SELECT * FROM directory_users ORDER BY id');
  return {
    users: Object.fromEntries(
      rows.map((row): [string, DirectoryUser] => {
        const [email, manager] = [textOrNull(row, 'email'), textOrNull(row, 'manager')];
        const [capacity, calendar] = [intOrNull(row, 'capacity'), textOrNull(row, 'calendar')];
        return [
          textOf(row, 'id'),
          {
            name: textOf(row, 'name'),
            teams: jsonOf(row, 'teams'),
            skills: jsonOf(row, 'skills'),
            absences: jsonOf(row, 'absences'),
            active: intOf(row, 'active') === 1,
            ...(email === null ? {} : { email }),
            ...(manager === null ? {} : { manager }),
            ...(capacity === null ? {} : { capacity }),
            ...(calendar === null ? {} : { calendar }),
          },
        ];
      }),
    ),
  };
}
