import type { Database, InStatement } from '../db/connect.ts';
import { textOf } from '../db/connect.ts';
import { type RowChange, type TableName, type TableShape, tables } from './tables.ts';

/** An event ready to be stored; `payload` is JSON text. */
export interface StoredEvent {
  stream: string;
  seq: number;
  actor: string;
  effectiveAt: number;
  recordedAt: number;
  type: string;
  payload: string;
  prevHash: string;
  hash: string;
}

/** One command with everything it changes. Plain values only, so that it can travel to a worker. */
export interface GroupCommand {
  id: string;
  key: string;
  actor: string;
  type: string;
  requestHash: string;
  /** JSON text of the answer, for repeats. */
  response: string;
  recordedAt: number;
  events: StoredEvent[];
  rows: RowChange[];
}

/** Commands that share a stream stand or fall together: their sequence numbers follow one another. */
export interface GroupUnit {
  commands: GroupCommand[];
  streams: { id: string; kind: string; base: number; revision: number }[];
  /** Rows of the unit as a whole: what its streams look like in the end. */
  rows?: readonly RowChange[];
}

/**
 * Commits a group in one write transaction (runtime.md, guarded group commit) and answers the ids of the commands that took effect.
 * A stale or repeated unit drops its own rows only; sending the same group again changes nothing and answers the same.
 */
export async function commitGroup(database: Database, units: readonly GroupUnit[]): Promise<Set<string>> {
  const results = await database.batch(groupStatements(units));
  return new Set((results.at(-1)?.rows ?? []).map((row) => textOf(row as never, 'id')));
}

/** The set statements in their order: commands, events and rows, streams last, acknowledgement. The order is what makes a re-send harmless. */
export function groupStatements(units: readonly GroupUnit[]): InStatement[] {
  const commands = units.flatMap((unit, u) => unit.commands.map((command) => ({ ...command, u })));
  const heads = JSON.stringify(
    commands.map(({ u, id, key, actor, type, requestHash, response, recordedAt, events }) => ({
      u,
      id,
      key,
      actor,
      type,
      requestHash,
      response,
      recordedAt,
      n: events.length,
    })),
  );
  const bases = JSON.stringify(units.flatMap((unit, u) => unit.streams.map((stream) => ({ u, ...stream }))));
  const events = commands.flatMap(({ id, events: own }) => own.map((event) => ({ c: id, ...event })));
  return [
    { sql: INSERT_COMMANDS, args: [heads, bases] },
    ...(events.length > 0 ? [{ sql: INSERT_EVENTS, args: [heads, bases, JSON.stringify(events)] }] : []),
    ...rowStatements(units, heads, bases),
    { sql: MOVE_STREAMS, args: [heads, bases] },
    { sql: ACKNOWLEDGE, args: [heads] },
  ];
}

const STALE = `
  bases AS MATERIALIZED (SELECT value->>'u' AS u, value->>'id' AS id, value->>'kind' AS kind, value->>'base' AS base, value->>'revision' AS revision FROM json_each(?2)),
  stale AS MATERIALIZED (SELECT DISTINCT b.u FROM bases b LEFT JOIN streams s ON s.id = b.id WHERE COALESCE(s.revision, 0) <> b.base)`;

const INSERT_COMMANDS = `WITH ${STALE},
  heads AS MATERIALIZED (SELECT value->>'u' AS u, value->>'id' AS id, value->>'key' AS key, value->>'actor' AS actor, value->>'type' AS type,
    value->>'requestHash' AS request_hash, value->>'response' AS response, value->>'recordedAt' AS recorded_at FROM json_each(?1)),
  taken AS MATERIALIZED (SELECT DISTINCT h.u FROM heads h JOIN commands k ON k.key = h.key)
INSERT INTO commands (id, key, actor, type, request_hash, response, recorded_at)
SELECT id, key, actor, type, request_hash, response, recorded_at FROM heads
WHERE u NOT IN (SELECT u FROM stale) AND u NOT IN (SELECT u FROM taken)
ON CONFLICT DO NOTHING`;

const LIVE = `${STALE},
  live AS MATERIALIZED (SELECT k.id AS id, h.value->>'u' AS u FROM json_each(?1) h JOIN commands k ON k.id = h.value->>'id' WHERE h.value->>'u' NOT IN (SELECT u FROM stale))`;

const INSERT_EVENTS = `WITH ${LIVE}
INSERT INTO case_events (stream, seq, command, actor, effective_at, recorded_at, type, payload, prev_hash, hash)
SELECT e.value->>'stream', e.value->>'seq', e.value->>'c', e.value->>'actor', e.value->>'effectiveAt', e.value->>'recordedAt', e.value->>'type', e.value->>'payload', e.value->>'prevHash', e.value->>'hash'
FROM json_each(?3) e WHERE e.value->>'c' IN (SELECT id FROM live) ORDER BY e.key`;

const MOVE_STREAMS = `WITH ${LIVE}
INSERT INTO streams (id, kind, revision) SELECT id, kind, revision FROM bases WHERE u IN (SELECT u FROM live)
ON CONFLICT (id) DO UPDATE SET revision = excluded.revision`;

const ACKNOWLEDGE = `SELECT k.id AS id FROM json_each(?1) h JOIN commands k ON k.id = h.value->>'id'
WHERE (SELECT COUNT(*) FROM case_events e WHERE e.command = k.id) = h.value->>'n'`;

function rowStatements(units: readonly GroupUnit[], heads: string, bases: string): InStatement[] {
  const byTable = new Map<TableName, Map<string, { c: string; v: RowChange['values'] }>>();
  units.forEach((unit, u) => {
    const add = (c: string, { table, values }: RowChange) => {
      const rows = byTable.get(table) ?? new Map();
      byTable.set(table, rows);
      const key = `${u}\n${tables[table].key.map((column) => values[column]).join('\n')}`;
      // The commands of a unit take effect together: of a row that several change, the last form is enough.
      if (tables[table].onConflict === 'update') rows.delete(key);
      if (!rows.has(key)) rows.set(key, { c, v: values });
    };
    for (const command of unit.commands) for (const row of command.rows) add(command.id, row);
    for (const row of unit.rows ?? []) add(unit.commands[0]?.id ?? '', row);
  });
  return [...byTable].map(([table, rows]) => ({
    sql: rowSql(table),
    args: [heads, bases, JSON.stringify([...rows.values()])],
  }));
}

const rowSqlOf = new Map<TableName, string>();

function rowSql(table: TableName): string {
  const known = rowSqlOf.get(table);
  if (known) return known;
  const { columns, key, onConflict }: TableShape = tables[table];
  const others = columns.filter((column) => !key.includes(column));
  const conflict =
    onConflict === 'ignore'
      ? 'DO NOTHING'
      : `(${key.join(', ')}) DO UPDATE SET ${others.map((column) => `${column} = excluded.${column}`).join(', ')}`;
  const sql = `WITH ${LIVE}
INSERT INTO ${table} (${columns.join(', ')})
SELECT ${columns.map((column) => `r.value->>'$.v.${column}'`).join(', ')}
FROM json_each(?3) r WHERE r.value->>'c' IN (SELECT id FROM live) ORDER BY r.key
ON CONFLICT ${conflict}`;
  rowSqlOf.set(table, sql);
  return sql;
}
