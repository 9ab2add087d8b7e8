import { isDeepStrictEqual } from 'node:util';
import { type CaseState, replay, wakeAt } from '../../runtime/engine/index.ts';
import { STATE_COLUMNS, stateOf } from '../../runtime/service/cases/stored-state.ts';
import type { CaseEvent } from '../../schemas/case-event.ts';
import type { SimulatedServer } from './faulty-database.ts';
import type { Acknowledged } from './world.ts';

/** What of the runtime's promises does not hold; sentences, none when all is well (runtime.md, Proof). */
export async function findViolations(
  server: SimulatedServer,
  acknowledged: readonly Acknowledged[],
  chain: readonly string[],
): Promise<string[]> {
  const found = [...unacknowledged(server, acknowledged)];
  for (const row of server.query(`SELECT id, revision, wake_at, ${STATE_COLUMNS} FROM cases c`)) {
    const events = server
      .query(
        'SELECT seq, type, actor, effective_at, recorded_at, payload FROM case_events WHERE stream = ? ORDER BY seq',
        [row.id],
      )
      .map(toEvent);
    const name = `case ${String(row.id).slice(0, 8)}`;
    found.push(
      ...gaps(name, events),
      ...replayFaults(name, events, row),
      ...factsTwice(name, events),
      ...orderFaults(name, events, chain),
    );
  }
  return [...found, ...outboxFaults(server)];
}

function toEvent(row: Readonly<Record<string, unknown>>): CaseEvent {
  const { seq, type, actor, effective_at, recorded_at, payload } = row;
  return {
    seq,
    type,
    actor,
    effectiveAt: effective_at,
    recordedAt: recorded_at,
    payload: JSON.parse(String(payload)),
  } as CaseEvent;
}

/** Every acknowledged command is stored once, with the answer that was given, however often it was asked. */
function* unacknowledged(server: SimulatedServer, acknowledged: readonly Acknowledged[]): Generator<string> {
  const answers = new Map<string, unknown>();
  for (const { key, response } of acknowledged) {
    if (answers.has(key) && !isDeepStrictEqual(answers.get(key), response)) yield `${key} was answered in two ways`;
    answers.set(key, response);
    const rows = server.query('SELECT id, response FROM commands WHERE key = ?', [key]);
    const [row] = rows;
    if (rows.length !== 1 || !row) {
      yield `${key} was acknowledged, and is stored ${rows.length} times`;
      continue;
    }
    const stored = JSON.parse(String(row.response)) as { revision?: number; events?: { seq: number }[] };
    for (const { seq } of stored.events ?? []) {
      const [event] = server.query('SELECT COUNT(*) AS n FROM case_events WHERE command = ? AND seq = ?', [
        row.id,
        seq,
      ]);
      if (Number(event?.n) !== 1) yield `event ${seq} of ${key} is stored ${String(event?.n)} times`;
    }
  }
}

function gaps(name: string, events: readonly CaseEvent[]): string[] {
  return events.flatMap(({ seq }, index) =>
    seq === index + 1 ? [] : [`${name} has event ${seq} in place ${index + 1}`],
  );
}

/** Replay is the row; the revision is the number of events; the case wakes when its state says so. */
function replayFaults(name: string, events: readonly CaseEvent[], row: Readonly<Record<string, unknown>>): string[] {
  const state = JSON.parse(JSON.stringify(replay(events))) as CaseState;
  const faults = isDeepStrictEqual(state, JSON.parse(JSON.stringify(stateOf(row))))
    ? []
    : [`${name} lived again is not its row`];
  if (Number(row.revision) !== events.length)
    faults.push(`${name} is at revision ${String(row.revision)} with ${events.length} events`);
  if ((row.wake_at === null ? null : Number(row.wake_at)) !== wakeAt(state))
    faults.push(`${name} does not wake when its state says so`);
  return faults;
}

/** A breach once a cycle, a firing once a key, a start and a completion once a task. */
function factsTwice(name: string, events: readonly CaseEvent[]): string[] {
  const seen = new Map<string, number>();
  for (const event of events) {
    const fact = factOf(event);
    if (fact !== null) seen.set(fact, (seen.get(fact) ?? 0) + 1);
  }
  return [...seen].flatMap(([fact, times]) => (times === 1 ? [] : [`${name} has ${fact} ${times} times`]));
}

function factOf(event: CaseEvent): string | null {
  switch (event.type) {
    case 'taskReady':
    case 'taskCompleted':
      return `${event.type} ${event.payload.task}`;
    case 'slaAmber':
    case 'slaBreached':
      return `${event.type} ${event.payload.item} ${event.payload.clock} ${JSON.stringify(event.payload.detail)}`;
    case 'rungFired':
      return `rungFired ${event.payload.firing}`;
    case 'caseLaunched':
    case 'caseClosed':
      return event.type;
    default:
      return null;
  }
}

/** Nothing starts before its predecessor is done, plus the lag. */
function orderFaults(name: string, events: readonly CaseEvent[], chain: readonly string[]): string[] {
  const at = (type: 'taskReady' | 'taskCompleted', task: string) =>
    events.find((event) => event.type === type && event.payload.task === task)?.effectiveAt;
  return chain.flatMap((task, index) => {
    const before = chain[index - 1];
    const ready = at('taskReady', task);
    if (before === undefined || ready === undefined) return [];
    const done = at('taskCompleted', before);
    const lag = task === 't06' ? 1 : 0;
    return done !== undefined && ready >= done + lag
      ? []
      : [`${name}: ${task} was ready at ${ready}, ${before} done at ${done}`];
  });
}

/** One row for each message that was queued, none without, and each that is delivered in its inbox once. */
function outboxFaults(server: SimulatedServer): string[] {
  const [count] = server.query(`SELECT
    (SELECT COUNT(*) FROM case_events WHERE type = 'messageQueued') AS queued,
    (SELECT COUNT(*) FROM outbox WHERE id IN (SELECT payload->>'messageId' FROM case_events WHERE type = 'messageQueued')) AS rows,
    (SELECT COUNT(*) FROM outbox WHERE id NOT IN (SELECT payload->>'messageId' FROM case_events WHERE type = 'messageQueued') AND variables->>'rung' <> 'digest') AS strangers,
    (SELECT COUNT(*) FROM outbox WHERE state = 'delivered' AND id NOT IN (SELECT id FROM messages)) AS lost,
    (SELECT COUNT(*) FROM outbox WHERE state IN ('pending', 'sending') AND not_before <= 0) AS stuck`);
  const faults: string[] = [];
  if (count?.queued !== count?.rows)
    faults.push(`${count?.queued} messages were queued, ${count?.rows} are in the outbox`);
  if (Number(count?.strangers) > 0) faults.push(`${count?.strangers} messages are in the outbox that nobody queued`);
  if (Number(count?.lost) > 0) faults.push(`${count?.lost} messages count as delivered and are in no inbox`);
  return faults;
}
