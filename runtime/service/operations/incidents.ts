import { randomUUID } from 'node:crypto';
import type { CaseCommand } from '../../../schemas/case-command.ts';
import { commandCase } from '../cases/command-case.ts';
import { chainEvent, FIRST_HASH } from '../cases/event-chain.ts';
import { isGivenUp, retryOfGivenUp } from '../cases/given-up.ts';
import type { SnapshotKind } from '../commit/snapshots.ts';
import type { RowChange } from '../commit/tables.ts';
import { type Database, intOf, intOrNull, type Row, textOf, textOrNull } from '../db/database.ts';
import type { Organisation } from '../organisation.ts';
import { Problem } from '../problem.ts';

/** Something that did not work by itself and waits for a person. */
export interface Incident {
  id: string;
  kind: string;
  caseId: string | null;
  /** What it is about: a message of the outbox, a subscriber; null when it is the case itself. */
  subject: string | null;
  detail: string;
  /** How often it was met. */
  seen: number;
  state: 'open' | 'paused' | 'closed';
  createdAt: number;
  closedAt: number | null;
  closedBy: string | null;
  resolution: string | null;
  reason: string | null;
}

/** Writes an incident down; the same one again counts on and is open again. */
export async function reportIncident(
  database: Database,
  incident: { id: string; kind: string; caseId?: string | null; subject?: string | null; detail: string },
  now: number,
): Promise<void> {
  const { id, kind, caseId = null, subject = null, detail } = incident;
  await database.batch([
    {
      sql: `INSERT INTO incidents (id, kind, case_id, subject, detail, created_at) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET seen = seen + 1, detail = excluded.detail,
        state = CASE state WHEN 'closed' THEN 'open' ELSE state END, closed_at = NULL`,
      args: [id, kind, caseId, subject, detail.slice(0, 1000), now],
    },
  ]);
}

export async function listIncidents(database: Database, state: string | undefined, limit: number): Promise<Incident[]> {
  const rows = await database.query(
    `SELECT * FROM incidents WHERE (?1 IS NULL AND state <> 'closed') OR state = ?1 ORDER BY created_at DESC, id LIMIT ?2`,
    [state ?? null, limit],
  );
  return rows.map(toIncident);
}

function toIncident(row: Row): Incident {
  return {
    id: textOf(row, 'id'),
    kind: textOf(row, 'kind'),
    caseId: textOrNull(row, 'case_id'),
    subject: textOrNull(row, 'subject'),
    detail: textOf(row, 'detail'),
    seen: intOf(row, 'seen'),
    state: textOf(row, 'state') as Incident['state'],
    createdAt: intOf(row, 'created_at'),
    closedAt: intOrNull(row, 'closed_at'),
    closedBy: textOrNull(row, 'closed_by'),
    resolution: textOrNull(row, 'resolution'),
    reason: textOrNull(row, 'reason'),
  };
}

/** What an operator does about an incident; each is an audited command with a reason. */
export type IncidentAct =
  | { act: 'retry' }
  | { act: 'editAndRetry'; address: string }
  | { act: 'skip' }
  | { act: 'force'; command?: CaseCommand | undefined }
  | { act: 'pause' };

/** What stands in the operators' own stream: one chain for all they did. */
export const OPERATIONS_STREAM = 'operations';
const operationsSnapshots: SnapshotKind<{ lastHash: string }> = {
  kind: 'operations',
  async read(database, ids) {
    const rows = await database.query(
      'SELECT stream, seq, hash FROM case_events WHERE stream IN (SELECT value FROM json_each(?)) ORDER BY seq DESC LIMIT 1',
      [JSON.stringify(ids)],
    );
    return new Map(
      rows.map((row) => [
        textOf(row, 'stream'),
        { revision: intOf(row, 'seq'), snapshot: { lastHash: textOf(row, 'hash') } },
      ]),
    );
  },
  toRows: () => [],
};

/** Writes down what an operator did, in the same transaction as its rows. */
export async function recordOperation(
  { pump, clock }: Organisation,
  operation: {
    type: string;
    actor: string;
    payload: Readonly<Record<string, unknown>>;
    rows?: RowChange[];
    key?: string;
  },
): Promise<void> {
  const id = randomUUID();
  const now = clock.now();
  const { type, actor, payload, rows = [], key = id } = operation;
  await pump.submit({
    id,
    key,
    actor,
    type,
    requestHash: '',
    recordedAt: now,
    streams: [OPERATIONS_STREAM],
    reads: [{ of: operationsSnapshots, ids: [OPERATIONS_STREAM] }],
    isOnce: operation.key === undefined,
    decide(view) {
      const before = view.find(operationsSnapshots, OPERATIONS_STREAM)?.lastHash ?? FIRST_HASH;
      const draft = { type, actor, effectiveAt: now, recordedAt: now, payload };
      const event = chainEvent(OPERATIONS_STREAM, view.revision(OPERATIONS_STREAM) + 1, before, draft);
      return {
        moves: [{ stream: OPERATIONS_STREAM, kind: 'operations', by: 1 }],
        events: [event],
        rows,
        snapshots: [{ of: operationsSnapshots, id: OPERATIONS_STREAM, snapshot: { lastHash: event.hash } }],
        response: null,
      };
    },
  });
}

/** Does what an operator decided about an incident. Throws 404, and 409 where it does not fit. */
export async function actOnIncident(
  organisation: Organisation,
  id: string,
  act: IncidentAct,
  { actor, reason }: { actor: string; reason: string },
): Promise<Incident> {
  const { database, clock } = organisation;
  const [row] = await database.query('SELECT * FROM incidents WHERE id = ?', [id]);
  if (!row) throw new Problem(404, 'NOT_FOUND', 'There is no such incident.');
  const incident = toIncident(row);
  if (incident.state === 'closed') throw new Problem(409, 'INCIDENT_CLOSED', 'This incident is closed already.');
  const command = commandOf(incident, act);
  if (command) {
    if (incident.caseId === null) throw new Problem(409, 'NO_CASE', 'This incident belongs to no case.');
    await commandCase(organisation, incident.caseId, command, { actor });
  }
  const now = clock.now();
  const after: Incident =
    act.act === 'pause'
      ? { ...incident, state: 'paused', reason }
      : { ...incident, state: 'closed', closedAt: now, closedBy: actor, resolution: act.act, reason };
  await recordOperation(organisation, {
    type: 'incidentActed',
    actor,
    payload: {
      incident: id,
      kind: incident.kind,
      act: act.act,
      reason,
      ...(command ? { command: command.type } : {}),
    },
    rows: [toIncidentRow(after), ...messageRows(incident, act, now)],
  });
  return after;
}

/** The command on the case that an act asks for. Throws 409 for a retry that only a person's own command can be. */
function commandOf({ kind, subject }: Incident, act: IncidentAct): CaseCommand | undefined {
  if (act.act === 'force') return act.command;
  if (act.act !== 'retry' || !isGivenUp(kind)) return undefined;
  const again = retryOfGivenUp(kind, subject);
  if (again) return again;
  throw new Problem(409, 'NOT_RETRIED', 'Choose who gets the work: force it with a command that reassigns the task.');
}

function toIncidentRow(incident: Incident): RowChange {
  return {
    table: 'incidents',
    values: {
      id: incident.id,
      kind: incident.kind,
      case_id: incident.caseId,
      subject: incident.subject,
      detail: incident.detail,
      seen: incident.seen,
      state: incident.state,
      created_at: incident.createdAt,
      closed_at: incident.closedAt,
      closed_by: incident.closedBy,
      resolution: incident.resolution,
      reason: incident.reason,
    },
  };
}

/** What the act makes of the message behind the incident. */
function messageRows({ kind, subject }: Incident, act: IncidentAct, now: number): RowChange[] {
  if (kind !== 'messageFailed' || subject === null) return [];
  const values = { id: subject, state: 'pending', not_before: now, attempts: 0, target: null as string | null };
  switch (act.act) {
    case 'retry':
      return [{ table: 'outbox_retries', values: { id: subject, state: 'pending', not_before: now, attempts: 0 } }];
    case 'editAndRetry':
      return [{ table: 'outbox_changes', values: { ...values, target: act.address } }];
    case 'skip':
      return [
        { table: 'outbox_retries', values: { id: subject, state: 'dropped:skipped', not_before: now, attempts: 0 } },
      ];
    case 'force':
      return [{ table: 'outbox_retries', values: { id: subject, state: 'sent', not_before: now, attempts: 0 } }];
    case 'pause':
      return [{ table: 'outbox_retries', values: { id: subject, state: 'paused', not_before: now, attempts: 0 } }];
  }
}
