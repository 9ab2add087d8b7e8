import { type PausedStretch, pausedStretches, type SlaRecord, slaRecords } from '../../engine/index.ts';
import { STATE_COLUMNS, stateOf } from '../cases/stored-state.ts';
import { intOf, jsonOf, textOf } from '../db/database.ts';
import { zoneOf } from '../definitions/review.ts';
import { dateIn } from '../local-date.ts';
import type { Organisation } from '../organisation.ts';

/** What a report of targets counts and how it is cut (W9). */
export interface SlaQuery {
  /** Targets of cases, of their tasks, or statutory clocks. */
  readonly of: 'case' | 'task' | 'clock';
  readonly by: 'workflow' | 'task' | 'team' | 'owner' | 'month';
  readonly workflow?: string | undefined;
  readonly team?: string | undefined;
  /** First and last date, where the organisation is. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Targets of one group, counted. */
export interface SlaCounts {
  met: number;
  exceeded: number;
  amber: number;
  onTrack: number;
  completedWhilePaused: number;
  /** Elapsed seconds by reason of the pause. */
  paused: Record<string, number>;
}

/** One target with its case. */
export interface SlaItem extends SlaRecord {
  readonly caseId: string;
  readonly reference: string;
  readonly workflow: string;
  readonly team: string | null;
  /** Date it counts on: when it was settled, today while it runs. */
  readonly on: string;
  readonly paused: Readonly<Record<string, number>>;
}

export interface SlaReport {
  readonly zone: string;
  readonly now: number;
  readonly total: SlaCounts;
  /** Key and counts; what has no task, team or owner stands under an empty key. */
  readonly groups: readonly (SlaCounts & { readonly key: string; readonly title: string })[];
  readonly months: readonly (SlaCounts & { readonly key: string })[];
  readonly items: readonly SlaItem[];
}

const BATCH = 200;

/** Counts targets met, in amber and exceeded, with paused time by reason (W9). Private cases are counted. */
export async function slaReport(organisation: Organisation, query: SlaQuery): Promise<SlaReport> {
  const zone = await zoneIn(organisation);
  const now = organisation.clock.now();
  const items: SlaItem[] = [];
  for await (const batch of readBatches(organisation, query, { zone, now })) items.push(...batch);
  const groups = countBy(items, (item) => keyOf(item, query.by));
  const titles = new Map(items.map((item) => [keyOf(item, query.by), query.by === 'task' ? item.title : '']));
  return {
    zone,
    now,
    total: count(items),
    groups: groups.map(([key, counts]) => ({ key, title: titles.get(key) ?? '', ...counts })),
    months: countBy(items, ({ on }) => on.slice(0, 7)).map(([key, counts]) => ({ key, ...counts })),
    items,
  };
}

/** Which group of the report a target is in. */
export function keyOf(item: SlaItem, by: SlaQuery['by']): string {
  switch (by) {
    case 'workflow':
      return item.workflow;
    case 'task':
      return item.key === '' ? item.workflow : `${item.workflow}/${item.key}`;
    case 'team':
      return item.team ?? '';
    case 'owner':
      return item.owner ?? '';
    case 'month':
      return item.on.slice(0, 7);
  }
}

async function zoneIn({ releases }: Organisation): Promise<string> {
  const newest = await releases.newestNumber();
  return newest === null ? 'Europe/London' : zoneOf((await releases.load(newest)).configuration);
}

/** A case lies in no period that ended before it was opened. */
async function* readBatches(
  organisation: Organisation,
  query: SlaQuery,
  { zone, now }: { zone: string; now: number },
): AsyncGenerator<SlaItem[]> {
  const { users } = await organisation.directory();
  const today = dateIn(zone, now);
  for (let after = ''; ; ) {
    const rows = await organisation.database.query(
      `SELECT id, reference, workflow, ${STATE_COLUMNS} FROM cases c WHERE id > ?1 AND (?2 IS NULL OR workflow = ?2) ORDER BY id LIMIT ${BATCH}`,
      [after, query.workflow ?? null],
    );
    if (rows.length === 0) return;
    const found = rows.flatMap((row) =>
      slaRecords(stateOf(row))
        .filter(({ item }) => item.startsWith(`${query.of}:`))
        .map((record): SlaItem => {
          const team = record.group ?? users[record.owner ?? '']?.teams[0] ?? null;
          const on = record.settledAt === null ? today : dateIn(zone, record.settledAt);
          const [caseId, reference, workflow] = [textOf(row, 'id'), textOf(row, 'reference'), textOf(row, 'workflow')];
          return { ...record, caseId, reference, workflow, team, on, paused: {} };
        })
        .filter(({ team, on }) => isAsked(query, team, on)),
    );
    yield await withPauses(organisation, found, now);
    after = textOf(rows.at(-1) ?? {}, 'id');
    // Other requests are answered between batches.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function isAsked({ team: wanted, from, to }: SlaQuery, team: string | null, on: string): boolean {
  return (wanted === undefined || team === wanted) && (!from || on >= from) && (!to || on <= to);
}

/** Reasons of pauses stand in the events only; they are read for the cases that were paused. */
async function withPauses({ database }: Organisation, items: SlaItem[], now: number): Promise<SlaItem[]> {
  const cases = [...new Set(items.flatMap(({ wasPaused, caseId }) => (wasPaused ? [caseId] : [])))];
  if (cases.length === 0) return items;
  const rows = await database.query(
    `SELECT stream, effective_at, payload FROM case_events WHERE stream IN (SELECT value FROM json_each(?)) AND type = 'slaFact' ORDER BY stream, seq`,
    [JSON.stringify(cases)],
  );
  const facts = new Map<string, Parameters<typeof pausedStretches>[0][number][]>();
  for (const row of rows) {
    const { item, clock, kind, detail } = jsonOf<{
      item: SlaRecord['item'];
      clock: string;
      kind: string;
      detail: { reason?: string };
    }>(row, 'payload');
    const stream = textOf(row, 'stream');
    const fact = { item, clock, kind, reason: detail.reason ?? '', at: intOf(row, 'effective_at') };
    facts.set(stream, [...(facts.get(stream) ?? []), fact]);
  }
  const stretches = new Map([...facts].map(([stream, list]) => [stream, pausedStretches(list)]));
  return items.map((one) => ({ ...one, paused: secondsByReason(stretches.get(one.caseId) ?? [], one.item, now) }));
}

function secondsByReason(stretches: readonly PausedStretch[], item: string, now: number): Record<string, number> {
  const seconds: Record<string, number> = {};
  for (const one of stretches)
    if (one.item === item) seconds[one.reason] = (seconds[one.reason] ?? 0) + (one.until ?? now) - one.from;
  return seconds;
}

function countBy(items: readonly SlaItem[], key: (item: SlaItem) => string): [string, SlaCounts][] {
  const groups = new Map<string, SlaItem[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, list]) => [name, count(list)]);
}

function count(items: readonly SlaItem[]): SlaCounts {
  const counts: SlaCounts = { met: 0, exceeded: 0, amber: 0, onTrack: 0, completedWhilePaused: 0, paused: {} };
  for (const { standing, completedWhilePaused, paused } of items) {
    counts[standing]++;
    if (completedWhilePaused) counts.completedWhilePaused++;
    for (const [reason, seconds] of Object.entries(paused))
      counts.paused[reason] = (counts.paused[reason] ?? 0) + seconds;
  }
  return counts;
}

/** Percentage of the settled targets that were met, with one decimal; empty where none is settled. */
export function slaShare({ met, exceeded }: Pick<SlaCounts, 'met' | 'exceeded'>): string {
  return met + exceeded === 0 ? '' : ((met / (met + exceeded)) * 100).toFixed(1);
}
