import type { ServiceClock } from './clock.ts';
import type { Database } from './db/database.ts';
import type { Caller, IdentityStore } from './identity/store.ts';
import type { Delivery } from './notify/deliver.ts';
import type { Operations } from './operations/operations.ts';
import type { Organisation } from './organisation.ts';
import type { Organisations } from './organisations/organisations.ts';
import type { Ticker } from './timers/ticker.ts';

/** Everything a request to one organisation may use. */
export interface Service {
  readonly control: Database;
  readonly clock: ServiceClock;
  readonly identities: IdentityStore;
  readonly organisation: Organisation;
  readonly ticker: Ticker;
  readonly delivery: Delivery;
  /** What keeps the service trustworthy: feed, metrics, auditor, backups, checkpoints. */
  readonly operations: Operations;
  /** Whether the clock may be moved by request (D2). */
  readonly previewClock: boolean;
  readonly letterBox: string;
  /** Folder of the documents attached to cases, beside the database. */
  readonly attachments: string;
}

/** What the request's context carries. */
export interface ServiceEnv {
  Variables: {
    /** All organisations of this process: for what is asked before anybody is known. */
    organisations: Organisations;
    /** The organisation of the caller's session or key, or of a customer page's path; absent before that is known. */
    service: Service;
    requestId: string;
    caller: Caller | undefined;
    /** The body of a change as it came, and what it says; absent for uploads and for what changes nothing. */
    sent: { text: string; value: unknown } | undefined;
  };
}
