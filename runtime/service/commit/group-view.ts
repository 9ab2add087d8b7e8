import { type Database, intOf, type Row, textOf, textOrNull } from '../db/connect.ts';
import type { CaseSnapshot, Change, Work } from './pump.ts';

/** What a group of commands sees: loaded once, then kept up to date by the decisions before. */
export interface GroupView {
  /** The stored answer of a key, when the command came before. */
  answered(key: string): { requestHash: string; response: string } | undefined;
  /** Revision of a stream when the group was loaded; 0 when it does not exist. */
  base(stream: string): number;
  /** Revision of a stream after the decisions so far. */
  revision(stream: string): number;
  /** A case with the decisions so far; undefined when there is none. */
  caseOf(id: string): CaseSnapshot | undefined;
  apply(change: Change): void;
}

/** One read of everything that the group needs. */
export async function loadGroup(database: Database, works: readonly Work[]): Promise<GroupView> {
  const keys = JSON.stringify(works.map((work) => work.key));
  const streamIds = JSON.stringify([...new Set(works.flatMap((work) => work.streams))]);
  const caseIds = [...new Set(works.flatMap((work) => work.cases))];
  const [answered, streams, cases] = await Promise.all([
    database.query('SELECT key, request_hash, response FROM commands WHERE key IN (SELECT value FROM json_each(?))', [
      keys,
    ]),
    database.query('SELECT id, revision FROM streams WHERE id IN (SELECT value FROM json_each(?))', [streamIds]),
    caseIds.length === 0
      ? []
      : database.query(`SELECT ${CASE_COLUMNS} FROM cases WHERE id IN (SELECT value FROM json_each(?))`, [
          JSON.stringify(caseIds),
        ]),
  ]);
  const responses = new Map(
    answered.map((row) => [
      textOf(row, 'key'),
      { requestHash: textOf(row, 'request_hash'), response: textOf(row, 'response') },
    ]),
  );
  const bases = new Map(streams.map((row) => [textOf(row, 'id'), intOf(row, 'revision')]));
  const revisions = new Map(bases);
  const snapshots = new Map(cases.map((row) => [textOf(row, 'id'), toSnapshot(row)]));
  return {
    answered: (key) => responses.get(key),
    base: (stream) => bases.get(stream) ?? 0,
    revision: (stream) => revisions.get(stream) ?? 0,
    caseOf: (id) => snapshots.get(id),
    apply(change) {
      for (const { stream, by } of change.moves) revisions.set(stream, (revisions.get(stream) ?? 0) + by);
      for (const { id, snapshot } of change.cases ?? []) snapshots.set(id, snapshot);
    },
  };
}

const CASE_COLUMNS =
  'id, reference, workflow, release, customer, enquiry, sample, revision, last_hash, answers_ref, state';

function toSnapshot(row: Row): CaseSnapshot {
  return {
    state: JSON.parse(textOf(row, 'state')),
    revision: intOf(row, 'revision'),
    lastHash: textOf(row, 'last_hash'),
    fixed: {
      reference: textOf(row, 'reference'),
      workflow: textOf(row, 'workflow'),
      release: intOf(row, 'release'),
      customer: textOrNull(row, 'customer'),
      enquiry: textOrNull(row, 'enquiry'),
      sample: intOf(row, 'sample'),
      answersRef: textOrNull(row, 'answers_ref'),
    },
  };
}
