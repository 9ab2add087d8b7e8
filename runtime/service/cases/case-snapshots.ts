import type { CaseState } from '../../engine/index.ts';
import type { SnapshotKind } from '../commit/snapshots.ts';
import { intOf, intOrNull, type Row, textOf, textOrNull } from '../db/database.ts';
import { toCaseChange, toTaskChanges } from './case-rows.ts';
import { STATE_COLUMNS, stateOf } from './stored-state.ts';

/** A case as its row holds it. */
export interface CaseSnapshot {
  state: CaseState;
  revision: number;
  lastHash: string;
  /** The revision at which the state was stored last, or one before it; 0 until then. */
  stored: number;
  /** The row's columns that no event carries. */
  fixed: {
    reference: string;
    workflow: string;
    release: number;
    customer: string | null;
    enquiry: string | null;
    sample: number;
    answersRef: string | null;
  };
}

const columns = `c.id, c.reference, c.workflow, c.release, c.customer, c.enquiry, c.sample, c.revision, c.last_hash, c.answers_ref,
  c.state_revision, ${STATE_COLUMNS}`;

/** Cases for the pump: one row a case, and rows of the tasks that changed. */
export const caseSnapshots: SnapshotKind<CaseSnapshot> = {
  kind: 'case',
  async read(database, ids) {
    const rows = await database.query(`SELECT ${columns} FROM cases c WHERE c.id IN (SELECT value FROM json_each(?))`, [
      JSON.stringify(ids),
    ]);
    return new Map(
      rows.map((row) => [textOf(row, 'id'), { revision: intOf(row, 'revision'), snapshot: toSnapshot(row) }]),
    );
  },
  toRows: (id, before, after) => [
    toCaseChange(id, before, after),
    ...toTaskChanges(id, before?.state ?? null, after.state),
  ],
};

function toSnapshot(row: Row): CaseSnapshot {
  return {
    state: stateOf(row),
    stored: intOrNull(row, 'state_revision') ?? intOf(row, 'revision'),
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
