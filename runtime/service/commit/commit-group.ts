import { type Database, type Statement, textOf } from '../db/database.ts';
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
  const told = (results.at(-1)?.rows ?? []).map((row) => textOf(row, 'id'));
  return new Set(told[0] === EVERY ? units.flatMap(({ commands }) => commands.map(({ id }) => id)) : told);
}

/** The set statements in their order: commands, events and rows, streams last, acknowledgement. The order is what makes a re-send harmless. */
export function groupStatements(units: readonly GroupUnit[]): Statement[] {
  const { ids, bases, heads, events, moves, last } = rowsOfAll(units);
  const guard = [JSON.stringify(ids), JSON.stringify(bases)];
  const overAll = (form: Guarded, rows: readonly unknown[]) => ({ ...form, guard, args: [JSON.stringify(rows)] });
  return [
    { sql: INSERT_COMMANDS, guard, args: [JSON.stringify(heads)], expects: heads.length },
    ...(events.length > 0 ? [{ ...overAll(insertEvents, events), expects: events.length }] : []),
    ...rowsByTable(units).map(([table, rows]) => overAll(rowForm(table), rows)),
    overAll(moveStreams, moves),
    { ...acknowledge, guard: [JSON.stringify(last)], args: [] },
  ];
}

type Value = string | number | null;

/** Rows travel as arrays: names repeated on every row would be most of the text. */
function rowsOfAll(units: readonly GroupUnit[]) {
  const ids: Value[][] = [];
  const bases: Value[][] = [];
  const heads: Value[][] = [];
  const events: Value[][] = [];
  const moves: Value[][] = [];
  const last: Value[][] = [];
  units.forEach(({ commands, streams }, u) => {
    for (const command of commands) {
      const { id, key, actor, type, requestHash, response, recordedAt } = command;
      ids.push([u, id]);
      heads.push([u, id, key, actor, type, requestHash, response, recordedAt]);
      for (const e of command.events) events.push(toEventRow(id, e));
      last.push(...lastEvents(command));
    }
    for (const { id, kind, base, revision } of streams) {
      bases.push([u, id, base]);
      moves.push([u, id, kind, revision]);
    }
  });
  return { ids, bases, heads, events, moves, last };
}

function toEventRow(command: string, e: StoredEvent): Value[] {
  const { stream, seq, actor, effectiveAt, recordedAt, type, payload, prevHash, hash } = e;
  return [command, stream, seq, actor, effectiveAt, recordedAt, type, payload, prevHash, hash];
}

/** The last event of each stream that a command moves: the trigger lets none in without those before it. */
function lastEvents({ id, events }: GroupCommand): Value[][] {
  const end = events.at(-1);
  if (!end) return [[id, null, null]];
  if (events.every(({ stream }) => stream === end.stream)) return [[id, end.stream, end.seq]];
  return [...new Map(events.map(({ stream, seq }) => [stream, seq]))].map(([stream, seq]) => [id, stream, seq]);
}

// Taking a value out of text looks for the whole row's text among those parsed last, for every column again.
const rowsOf = (parameter: string) => `json_each(jsonb(${parameter}))`;
const column = (row: string, index: number) => `${row}.value->>${index}`;
const columnsOf = (row: string, from: number, count: number) =>
  Array.from({ length: count }, (_, index) => column(row, from + index)).join(', ');

/** A statement with its guard, and without it for when every command of the group is known to take effect. */
type Guarded = Required<Pick<Statement, 'sql' | 'unguarded'>>;

/** The rows of a set, each as JSONB of its own: `json_each` hands them on as text, also where the set is JSONB. */
const given = (parameter: string) =>
  `given AS MATERIALIZED (SELECT key, jsonb(value) AS value FROM json_each(${parameter}))`;

const STALE = `
  bases AS MATERIALIZED (SELECT ${column('b', 0)} AS u, ${column('b', 1)} AS id, ${column('b', 2)} AS base FROM ${rowsOf('?2')} b),
  stale AS MATERIALIZED (SELECT DISTINCT b.u FROM bases b LEFT JOIN streams s ON s.id = b.id WHERE COALESCE(s.revision, 0) <> b.base)`;

const INSERT_COMMANDS = `WITH ${STALE},
  heads AS MATERIALIZED (SELECT ${column('h', 0)} AS u, ${column('h', 1)} AS id, ${column('h', 2)} AS key, jsonb(h.value) AS head FROM ${rowsOf('?3')} h),
  taken AS MATERIALIZED (SELECT DISTINCT h.u FROM heads h JOIN commands k ON k.key = h.key)
INSERT INTO commands (id, key, actor, type, request_hash, response, recorded_at)
SELECT id, key, head->>3, head->>4, head->>5, head->>6, head->>7 FROM heads
WHERE ?1 IS NOT NULL AND u NOT IN (SELECT u FROM stale) AND u NOT IN (SELECT u FROM taken)
ON CONFLICT DO NOTHING`;

/** Commands that take effect: they are in, and their streams are still where they were. `n` is their place in the group. */
const LIVE = `${STALE},
  live AS MATERIALIZED (SELECT h.key AS n, k.id AS id, ${column('h', 0)} AS u FROM ${rowsOf('?1')} h JOIN commands k ON k.id = ${column('h', 1)} WHERE ${column('h', 0)} NOT IN (SELECT u FROM stale))`;

/** A statement over the rows of a set, of those whose command takes effect or of all; a set by itself is read in its order. */
function overRows(statement: (where: string, inOrder: string) => string, isOf: string): Guarded {
  return {
    sql: `WITH ${LIVE}, ${given('?3')}\n${statement(`${column('r', 0)} IN (SELECT ${isOf} FROM live)`, 'ORDER BY r.key')}`,
    unguarded: `WITH ${given('?1')}\n${statement('TRUE', '')}`,
  };
}

const insertEvents = overRows(
  (
    where,
    inOrder,
  ) => `INSERT INTO case_events (command, stream, seq, actor, effective_at, recorded_at, type, payload, prev_hash, hash)
SELECT ${columnsOf('r', 0, 10)} FROM given r WHERE ${where} ${inOrder}`,
  'id',
);

const moveStreams = overRows(
  (where) => `INSERT INTO streams (id, kind, revision) SELECT ${columnsOf('r', 1, 3)} FROM given r WHERE ${where}
ON CONFLICT (id) DO UPDATE SET revision = excluded.revision`,
  'u',
);

/** Said in one word where every statement before did all that it was expected to: then all commands took effect. */
const EVERY = 'every one';

const acknowledge: Guarded = {
  sql: `SELECT k.id AS id FROM ${rowsOf('?1')} h CROSS JOIN commands k ON k.id = ${column('h', 0)}
LEFT JOIN case_events e ON e.stream = ${column('h', 1)} AND e.seq = ${column('h', 2)} AND e.command = k.id
GROUP BY k.id HAVING COUNT(${column('h', 1)}) = COUNT(e.seq)`,
  unguarded: `SELECT '${EVERY}' AS id`,
};

/** Rows of each table, each behind the place in the group of the command it belongs to. */
function rowsByTable(units: readonly GroupUnit[]): [TableName, Value[][]][] {
  const byTable = new Map<TableName, Map<string, Value[]>>();
  let n = 0;
  units.forEach((unit, u) => {
    const add = (command: number, { table, values }: RowChange) => {
      const rows = byTable.get(table) ?? new Map();
      byTable.set(table, rows);
      const { columns, key, onConflict }: TableShape = tables[table];
      let name = `${u}`;
      for (const part of key) name += `\n${values[part]}`;
      // The commands of a unit take effect together: of a row that several change, the last form is enough.
      if (onConflict === 'update') rows.delete(name);
      if (rows.has(name)) return;
      const row: Value[] = [command];
      for (const part of columns) row.push(values[part] ?? null);
      rows.set(name, row);
    };
    unit.commands.forEach((command, at) => {
      for (const row of command.rows) add(n + at, row);
    });
    for (const row of unit.rows ?? []) add(n, row);
    n += unit.commands.length;
  });
  return [...byTable].map(([table, rows]) => [table, [...rows.values()]]);
}

const rowForms = new Map<TableName, Guarded>();

function rowForm(table: TableName): Guarded {
  const known = rowForms.get(table);
  if (known) return known;
  const form = overRows((where, inOrder) => rowSql(table, where, inOrder), 'n');
  rowForms.set(table, form);
  return form;
}

function rowSql(table: TableName, where: string, inOrder: string): string {
  const { columns, key, onConflict, changes }: TableShape = tables[table];
  if (changes !== undefined) return changeSql(changes, tables[table], where);
  const others = columns.filter((name) => !key.includes(name));
  const conflict =
    onConflict === 'ignore'
      ? 'DO NOTHING'
      : `(${key.join(', ')}) DO UPDATE SET ${others.map((name) => `${name} = excluded.${name}`).join(', ')}`;
  return `INSERT INTO ${table} (${columns.join(', ')})
SELECT ${columnsOf('r', 1, columns.length)}
FROM given r WHERE ${where} ${inOrder}
ON CONFLICT ${conflict}`;
}

/** Columns of rows that are there already; a row that is not stays away. */
function changeSql(table: string, { columns, key }: TableShape, where: string): string {
  const values = columns.map((part, index) => [part, column('r', index + 1)] as const);
  const sets = values.filter(([part]) => !key.includes(part)).map(([part, value]) => `${part} = ${value}`);
  const match = values.filter(([part]) => key.includes(part)).map(([part, value]) => `${table}.${part} = ${value}`);
  return `UPDATE ${table} SET ${sets.join(', ')} FROM given r
WHERE ${match.join(' AND ')} AND ${where}`;
}
