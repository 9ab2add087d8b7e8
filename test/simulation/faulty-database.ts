import Sqlite from 'libsql';
import {
  type Database,
  type Row,
  type Statement,
  toBound,
  toStatement,
  type WriteResult,
} from '../../runtime/service/db/database.ts';
import { runBatch } from '../../runtime/service/db/sqlite-batch.js';
import type { Scheduler } from './scheduler.ts';

/** The one database server that all nodes share, without the network. */
export interface SimulatedServer {
  batch(statements: readonly (Statement | string)[]): WriteResult[];
  query(sql: string, args?: readonly unknown[]): Row[];
  close(): void;
}

export function openSimulatedServer(file: string): SimulatedServer {
  const database = new Sqlite(file);
  database.exec('PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;');
  const known = new Map<string, Sqlite.Statement>();
  const prepare = (sql: string) => {
    const statement = known.get(sql) ?? database.prepare(sql);
    known.set(sql, statement);
    return statement;
  };
  return {
    query: (sql, args = []) => prepare(sql).all(args.map(toBound)) as Row[],
    batch: (statements) => runBatch(database, prepare, statements.map(toStatement)) as WriteResult[],
    close: () => void database.close(),
  };
}

/** What may happen to a call, and how often. */
export interface Faults {
  errorBefore: number;
  errorAfter: number;
  busy: number;
  staleRead: number;
  crash: number;
}

export const noFaults: Faults = { errorBefore: 0, errorAfter: 0, busy: 0, staleRead: 0, crash: 0 };

/** A node of the simulation as its database connection sees it. */
export interface SimulatedNode {
  name: string;
  isDead: boolean;
  crash(): void;
}

/** One node's connection: every call waits for its turn, may fail before or after it took effect, or take the node with it. */
export function connectFaulty(
  server: SimulatedServer,
  node: SimulatedNode,
  scheduler: Scheduler,
  random: () => number,
  faults: () => Faults,
): Database {
  // A node beside its file sees what a statement did before it runs the next; one that sends a batch to a server does not.
  const seesOutcomes = random() < 0.5;
  const given = (statement: Statement | string): Statement | string =>
    typeof statement === 'string' || seesOutcomes
      ? statement
      : { sql: statement.sql, args: [...(statement.guard ?? []), ...statement.args] };
  const never = new Promise<never>(() => {});
  const before = new Map<string, Row[]>();
  const pick = (): keyof Faults | null => {
    let left = random();
    for (const [name, share] of Object.entries(faults()) as [keyof Faults, number][]) {
      left -= share;
      if (left < 0) return name;
    }
    return null;
  };
  const call = async <T>(what: string, work: () => T): Promise<T> => {
    if (node.isDead) return never;
    await scheduler.turn(node.name);
    if (node.isDead) return never;
    const fault = pick();
    if (fault !== null && fault !== 'staleRead') scheduler.note(`${node.name} ${what} ${fault}`);
    if (fault === 'busy') throw Object.assign(new Error('SQLITE_BUSY: database is locked'), { code: 'SQLITE_BUSY' });
    if (fault === 'errorBefore') throw new Error('the connection was lost');
    // A crash comes before or after the effect.
    if (fault === 'crash' && random() < 0.5) {
      node.crash();
      return never;
    }
    const result = work();
    if (fault === 'crash') {
      node.crash();
      return never;
    }
    await scheduler.turn(node.name);
    if (node.isDead) return never;
    if (fault === 'errorAfter') throw new Error('no answer came in time');
    return result;
  };
  return {
    isShared: true,
    writes: () => 0,
    pause: () => scheduler.turn(node.name),
    batch: (statements) => call(`batch of ${statements.length}`, () => server.batch(statements.map(given))),
    query: (sql, args = []) =>
      call('query', () => {
        const name = `${sql} ${JSON.stringify(args, (_key, value) => (typeof value === 'bigint' ? String(value) : value))}`;
        const old = before.get(name);
        const rows = server.query(sql, args);
        before.set(name, rows);
        // As a replica that lags would answer.
        return old && random() < faults().staleRead ? old : rows;
      }),
    copyTo: () => Promise.reject(new Error('not in the simulation')),
    close: async () => {},
  };
}
