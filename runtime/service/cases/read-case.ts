import type { CaseEvent } from '../../../schemas/case-event.ts';
import { inOrder } from '../../../schemas/document.ts';
import {
  allowedCommands,
  type CaseState,
  type CompiledCalendar,
  explainClocks,
  toClockViews,
  toTaskRows,
} from '../../engine/index.ts';
import { survivorOf } from '../customers/survivor.ts';
import { intOf, intOrNull, jsonOf, type Row, textOf, textOrNull } from '../db/database.ts';
import { fromCursor, toCursor } from '../http/openapi.ts';
import { contactOf } from '../notify/render-message.ts';
import type { Organisation } from '../organisation.ts';
import { Problem } from '../problem.ts';
import { openValues, type PreparedCase, personOf, prepareAsOf } from './prepare.ts';
import { relatedOf, visibleLinks } from './related.ts';
import { STATE_COLUMNS, stateOf } from './stored-state.ts';
import { type Viewer, visibleArgs, visibleSql } from './visible.ts';
import { readWorkloads, toLoads } from './workloads.ts';

const columns =
  'id, reference, workflow, release, customer, sample, status, stage, outcome, sla_state, owner, owner_group, opened_at, amber_at, due_at, breached_at, paused, closed_at, wake_at, revision';

/** A case as lists show it. */
export function toCaseSummary(row: Row) {
  return {
    id: textOf(row, 'id'),
    reference: textOf(row, 'reference'),
    workflow: textOf(row, 'workflow'),
    release: intOf(row, 'release'),
    isSample: intOf(row, 'sample') === 1,
    status: textOf(row, 'status'),
    stage: textOrNull(row, 'stage'),
    outcome: textOrNull(row, 'outcome'),
    slaState: textOrNull(row, 'sla_state'),
    owner: textOrNull(row, 'owner'),
    group: textOrNull(row, 'owner_group'),
    receivedAt: intOf(row, 'opened_at'),
    amberAt: intOrNull(row, 'amber_at'),
    dueAt: intOrNull(row, 'due_at'),
    breachedAt: intOrNull(row, 'breached_at'),
    paused: intOf(row, 'paused') === 1,
    closedAt: intOrNull(row, 'closed_at'),
    wakeAt: intOrNull(row, 'wake_at'),
    revision: intOf(row, 'revision'),
  };
}

export interface CaseFilter {
  state?: string | undefined;
  workflow?: string | undefined;
  /** Only cases of these customers. */
  customers?: readonly string[] | undefined;
  cursor?: string | undefined;
  limit: number;
}

/** Cases, newest first, by keyset. */
export async function listCases(
  { database }: Organisation,
  { state, workflow, customers, cursor, limit }: CaseFilter,
  viewer: Viewer,
) {
  const [openedAt, id] = cursor === undefined ? [null, null] : fromCursor(cursor, 2);
  const rows = await database.query(
    `SELECT ${columns} FROM cases c WHERE (?1 IS NULL OR status = ?1) AND (?2 IS NULL OR workflow = ?2)
     AND (?3 IS NULL OR opened_at < ?3 OR (opened_at = ?3 AND id > ?4)) AND ${visibleSql(6)}
     ${customers === undefined ? '' : 'AND c.customer IN (SELECT value FROM json_each(?9))'}
     ORDER BY opened_at DESC, id LIMIT ?5`,
    [
      state ?? null,
      workflow ?? null,
      openedAt ?? null,
      id ?? null,
      limit + 1,
      ...visibleArgs(viewer),
      ...(customers === undefined ? [] : [JSON.stringify(customers)]),
    ],
  );
  const cases = rows.slice(0, limit).map(toCaseSummary);
  const last = cases.at(-1);
  return { cases, next: rows.length > limit && last ? toCursor([last.receivedAt, last.id]) : null };
}

async function rowOf({ database }: Organisation, id: string): Promise<Row> {
  const [row] = await database.query(
    `SELECT ${columns}, enquiry, answers_ref, ${STATE_COLUMNS} FROM cases c WHERE id = ?`,
    [id],
  );
  if (!row) throw new Problem(404, 'NOT_FOUND', 'There is no such case.');
  return row;
}

/** The case's page: rows, clocks, what is allowed now. Throws 404. */
export async function loadCasePage(organisation: Organisation, id: string, viewer: Viewer) {
  const row = await rowOf(organisation, id);
  const state = stateOf(row);
  const prepared = await prepareAsOf(organisation, id, textOrNull(row, 'answers_ref'));
  const allowed = allowedCommands(prepared.bundle, state, {
    ...prepared.env,
    ...toLoads(await readWorkloads(organisation, prepared.weighed)),
    now: organisation.clock.now(),
    actor: viewer.user,
    ids: () => '',
    answers: prepared.answers,
    cursors: {},
  });
  const customer = await survivorOf(organisation, textOrNull(row, 'customer'));
  const workflow = prepared.bundle.workflow;
  const stored = await storedValues(organisation, prepared, state);
  const links = await visibleLinks(organisation, state.links, viewer);
  return {
    case: { ...toCaseSummary(row), title: workflow.title, enquiry: textOrNull(row, 'enquiry') },
    customer: customer === null ? null : ((await contactOf(organisation, customer)) ?? null),
    answers: prepared.answers,
    tasks: toTaskRows(state),
    clocks: toClockViews(state),
    explanations: explainClocks(state.time, calendarsIn(prepared), organisation.clock.now()),
    allowed,
    links,
    related: await relatedOf(organisation, id, links),
    privateToOwner: state.privateToOwner ?? false,
    customerId: customer,
    ...stored,
    agencies: agenciesOf(prepared),
    now: organisation.clock.now(),
  };
}

function calendarsIn({ env }: PreparedCase) {
  return (key: string): CompiledCalendar => {
    const calendar = env.calendars[key];
    if (!calendar) throw new Error(`calendar "${key}" of a running clock is gone; publish it again`);
    return calendar;
  };
}

/** Information fields filled in so far and budget amounts, opened. */
async function storedValues(organisation: Organisation, { person, bundle }: PreparedCase, state: CaseState) {
  const key = await organisation.keys.find(person);
  const refs = [
    ...Object.values(state.tasks).flatMap((task) => Object.values(task.fields ?? {})),
    ...Object.values(state.money ?? {}),
  ];
  const all = Object.fromEntries(refs.map((ref) => [ref, ref]));
  const values = key && refs.length > 0 ? await openValues(organisation, key, all) : {};
  const opened = (own: Readonly<Record<string, string>>) =>
    Object.fromEntries(
      Object.entries(own).flatMap(([name, ref]) => (Object.hasOwn(values, ref) ? [[name, values[ref]]] : [])),
    );
  const filled = Object.values(state.tasks).map((task) => [task.id, opened(task.fields ?? {})] as const);
  const amounts = opened(state.money ?? {});
  return {
    fields: Object.fromEntries(filled.filter(([, own]) => Object.keys(own).length > 0)),
    money: inOrder(bundle.workflow.money ?? {}).map(({ key: name, label }) => ({
      key: name,
      label,
      amount: (amounts[name] as number | undefined) ?? null,
    })),
  };
}

/** Agencies the workflow signposts people to. */
function agenciesOf({ loaded, bundle }: PreparedCase) {
  return (bundle.workflow.agencies ?? []).flatMap((key) => {
    const agency = loaded?.configuration.agency[key];
    if (!agency) return [];
    const { title, phone, url } = agency;
    return [{ key, title, ...(phone === undefined ? {} : { phone }), ...(url === undefined ? {} : { url }) }];
  });
}

/** Events of a case after `after`, with the personal values that its references name. */
export async function loadEvents(organisation: Organisation, id: string, after = 0) {
  const row = await rowOf(organisation, id);
  const events = await readEvents(organisation, id, after);
  const key = await organisation.keys.find(personOf(id, textOrNull(row, 'customer')));
  const refs = [...new Set(events.flatMap((event) => refsIn(event.payload)))];
  const personal = key ? await openValues(organisation, key, Object.fromEntries(refs.map((ref) => [ref, ref]))) : {};
  return { events, personal };
}

/** Stored events in order, with their place in the chain. */
export async function readEvents({ database }: Organisation, id: string, after = 0) {
  const rows = await database.query('SELECT * FROM case_events WHERE stream = ? AND seq > ? ORDER BY seq', [id, after]);
  return rows.map((row) => ({
    position: intOf(row, 'position'),
    seq: intOf(row, 'seq'),
    type: textOf(row, 'type'),
    actor: textOf(row, 'actor'),
    effectiveAt: intOf(row, 'effective_at'),
    recordedAt: intOf(row, 'recorded_at'),
    payload: jsonOf<Record<string, unknown>>(row, 'payload'),
    hash: textOf(row, 'hash'),
  }));
}

/** An event as the engine reads it. */
export function asCaseEvent(event: Awaited<ReturnType<typeof readEvents>>[number]): CaseEvent {
  const { seq, type, actor, effectiveAt, recordedAt, payload } = event;
  return { seq, type, actor, effectiveAt, recordedAt, payload } as unknown as CaseEvent;
}

/** Every text of a payload might be a reference; what is none is simply not found. */
function refsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(refsIn);
}
