import type { ServiceClock } from './clock.ts';
import type { Database } from './db/database.ts';
import type { Caller, IdentityStore } from './identity/store.ts';
import type { Delivery } from './notify/deliver.ts';
import type { Operations } from './operations/operations.ts';
import type { Organisation } from './organisation.ts';
import type { Ticker } from './timers/ticker.ts';

/** Everything a request may use. */
export interface Service {
  readonly control: Database;
  readonly clock: ServiceClock;
  readonly identities: IdentityStore;
  readonly organisation: Organisation;
  readonly ticker: Ticker;
  readonly delivery: Delivery;
  /** What keeps the service trustworthy: feed, metrics, auditor, backups, checkpoints. */
  readonly operations: Operations;
  /** Folder of the built studio, or null when it is not there. */
  readonly studioFolder: string | null;
  /** Whether the clock may be moved by request (D2). */
  readonly previewClock: boolean;
  readonly letterBox: string;
  /** Folder of the documents attached to cases, beside the database. */
  readonly attachments: string;
  /** False while starting and stopping. */
  ready: boolean;
}

/** What the request's context carries. */
export interface ServiceEnv {
  Variables: { service: Service; requestId: string; caller: Caller | undefined };
}
