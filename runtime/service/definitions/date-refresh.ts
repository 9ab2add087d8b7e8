import { randomUUID } from 'node:crypto';
import { type CaseState, isOpenCase, reckonDates } from '../../engine/index.ts';
import { cursorsIn } from '../cases/allocation-cursors.ts';
import { toChange } from '../cases/case-change.ts';
import { type CaseSnapshot, caseSnapshots } from '../cases/case-snapshots.ts';
import { loadsIn } from '../cases/load-guard.ts';
import { forgetPrepared, type PreparedCase, prepareCases } from '../cases/prepare.ts';
import { sharedReads, sharedStreams } from '../cases/shared-reads.ts';
import type { GroupView } from '../commit/group-view.ts';
import type { Change, Work } from '../commit/pump.ts';
import type { RowChange } from '../commit/tables.ts';
import { intOf, intOrNull, jsonOf, type Row, textOf } from '../db/database.ts';
import type { Organisation } from '../organisation.ts';
import { Problem } from '../problem.ts';
import { commandOf } from './draft-store.ts';
import { openCases } from './open-cases.ts';

/** Dates of open cases on their way to calendars that a release published anew (T14). */
export interface DateRefresh {
  release: number;
  calendars: readonly string[];
  state: 'running' | 'done';
  startedBy: string;
  startedAt: number;
  finishedAt: number | null;
}

/** Decisions already under way may have read the calendars of before: a pass that begins later than this sees what they did. */
const SETTLED_MS = 250;
/** Another node reads its calendars anew every two seconds. */
const SETTLED_SHARED_MS = 3000;

/** What others keep changing is not asked for again and again in one breath. */
const AGAIN_MS = 50;

/** The job's row: in the release's own transaction, so that a kill in between forgets nothing. */
export function refreshRow(refresh: DateRefresh): RowChange {
  const { release, calendars, state, startedBy, startedAt, finishedAt } = refresh;
  return {
    table: 'date_refreshes',
    values: {
      release,
      calendars: JSON.stringify(calendars),
      state,
      started_by: startedBy,
      started_at: startedAt,
      finished_at: finishedAt,
    },
  };
}

/** Goes through all open cases until a pass finds no date to move. Safe to call again after a kill, or on two nodes: a second reckoning moves nothing. */
export async function runDateRefresh(organisation: Organisation, release: number): Promise<void> {
  const refresh = await loadDateRefresh(organisation, release);
  if (!refresh || refresh.state === 'done') return;
  const settled = Date.now() + (organisation.database.isShared ? SETTLED_SHARED_MS : SETTLED_MS);
  for (let isLast = false; !isLast; ) {
    isLast = Date.now() >= settled;
    const moved = await passOver(organisation, refresh);
    if (isLast && moved === 0) break;
    isLast = false;
    await new Promise((resolve) => setTimeout(resolve, Math.max(AGAIN_MS, settled - Date.now())));
  }
  const done = { ...refresh, state: 'done' as const, finishedAt: organisation.clock.now() };
  await organisation.pump.submit({
    ...commandOf({ actor: refresh.startedBy, key: `dates-done:${release}` }, organisation, 'finishDateRefresh'),
    streams: [`dates:${release}`],
    decide: () => ({
      moves: [{ stream: `dates:${release}`, kind: 'dates', by: 1 }],
      events: [],
      rows: [refreshRow(done)],
      response: null,
    }),
  });
}

/** Jobs that a stop or a kill cut off go on. */
export async function resumeDateRefreshes(organisation: Organisation): Promise<void> {
  const rows = await organisation.database.query(
    "SELECT release FROM date_refreshes WHERE state = 'running' ORDER BY release",
  );
  for (const row of rows) await runDateRefresh(organisation, intOf(row, 'release'));
}

/** One job; undefined for a release that published no calendar anew. */
export async function loadDateRefresh({ database }: Organisation, release: number): Promise<DateRefresh | undefined> {
  const [row] = await database.query('SELECT * FROM date_refreshes WHERE release = ?', [release]);
  return row && toRefresh(row);
}

function toRefresh(row: Row): DateRefresh {
  return {
    release: intOf(row, 'release'),
    calendars: jsonOf<string[]>(row, 'calendars'),
    state: textOf(row, 'state') === 'done' ? 'done' : 'running',
    startedBy: textOf(row, 'started_by'),
    startedAt: intOf(row, 'started_at'),
    finishedAt: intOrNull(row, 'finished_at'),
  };
}

/** Looks at every open case on paper, and commits for those whose dates move; answers how many did. */
async function passOver(organisation: Organisation, refresh: DateRefresh): Promise<number> {
  let moved = 0;
  for await (const batch of openCases(organisation, undefined)) {
    const prepared = await prepareCases(
      organisation,
      batch.map(({ id }) => id),
    );
    const stale = batch.flatMap(({ id, state }) => {
      const one = prepared.get(id);
      return one && reckon(organisation, one, state, refresh).events.length > 0 ? [one] : [];
    });
    const results = await Promise.allSettled(
      stale.map((one) => organisation.pump.submit(reckonWork(organisation, one, refresh))),
    );
    for (const { id } of stale) forgetPrepared(organisation, id);
    const failed = results.find((result) => result.status === 'rejected' && !isTransient(result.reason));
    if (failed?.status === 'rejected') throw failed.reason;
    // What others kept changing is looked at again in the next pass.
    moved += stale.length;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return moved;
}

function isTransient(reason: unknown): boolean {
  return reason instanceof Problem && (reason.status === 409 || reason.status === 503);
}

function reckonWork(organisation: Organisation, prepared: PreparedCase, refresh: DateRefresh): Work {
  return {
    ...commandOf({ actor: refresh.startedBy }, organisation, 'reckonDates'),
    isOnce: true,
    streams: [prepared.id, ...sharedStreams(prepared)],
    reads: [{ of: caseSnapshots, ids: [prepared.id] }, ...sharedReads(organisation, prepared)],
    decide(view): Change {
      const snapshot = view.find(caseSnapshots, prepared.id);
      if (!snapshot) throw new Problem(404, 'NOT_FOUND', 'There is no such case.');
      if (isStale(prepared, snapshot)) throw new Problem(409, 'CONFLICT', 'The case moved on; it is looked at again.');
      const decided = reckon(organisation, prepared, snapshot.state, refresh, view);
      return toChange(organisation, prepared, snapshot, { ...decided, before: snapshot.state, view });
    },
  };
}

function isStale({ bundle, answersRef }: PreparedCase, { fixed }: CaseSnapshot): boolean {
  return bundle.release !== fixed.release || answersRef !== fixed.answersRef;
}

function reckon(
  organisation: Organisation,
  prepared: PreparedCase,
  state: CaseState,
  { startedBy, calendars }: DateRefresh,
  view?: GroupView,
) {
  if (!isOpenCase(state)) return { events: [], state };
  const seen = view
    ? { ...loadsIn(organisation, view, prepared), cursors: cursorsIn(view, prepared.bundle) }
    : { loads: {}, cursors: {} };
  return reckonDates(prepared.bundle, state, calendars, {
    ...prepared.env,
    ...seen,
    now: organisation.clock.now(),
    actor: startedBy,
    ids: randomUUID,
    answers: prepared.answers,
    isLive: true,
  });
}
