import type { CaseCommand } from '../../../schemas/case-command.ts';
import type { CaseEvent } from '../../../schemas/case-event.ts';
import type { Answers, AnswerValue } from '../../../schemas/condition.ts';
import type { Instant } from '../../../schemas/ids.ts';
import type { AdviceBook } from '../advise/advice-book.ts';
import { selectAdvice } from '../advise/select.ts';
import { givenBy } from '../allocate/allocations-in.ts';
import { loadsOfTasks } from '../allocate/loads.ts';
import type { CompiledCalendar } from '../calendar/compiled.ts';
import { toIsoText } from '../calendar/iso.ts';
import type { CompiledWorkflow } from '../compile/compiled-workflow.ts';
import { decide } from '../run/decide.ts';
import { evolve } from '../run/evolve.ts';
import { wakeAt } from '../run/rows.ts';
import type { CaseEventDraft, CaseState, DecideEnv, Directory, Rejection } from '../run/types.ts';

/** What stays the same while a case is played. */
export interface PlayGround {
  readonly bundle: CompiledWorkflow;
  readonly calendars: Readonly<Record<string, CompiledCalendar>>;
  readonly directory: Directory;
  /** What the workflow advises, so that corrected answers say which statements they gain and lose. */
  readonly advice?: { readonly book: AdviceBook; readonly zone: string };
}

/** What other cases left behind: whose turn it is, who carries how much, who was given work when (L4, L5). */
export interface PlayWorld {
  readonly cursors: Readonly<Record<string, string>>;
  readonly loads: Readonly<Record<string, number>>;
  readonly lastAllocated: Readonly<Record<string, Instant>>;
}

export const emptyWorld: PlayWorld = { cursors: {}, loads: {}, lastAllocated: {} };

/** A played case as it stands; never changed, so that any moment can be gone back to. */
export interface Played {
  readonly state: CaseState | null;
  readonly answers: Answers;
  /** Values kept apart from the events, by reference. */
  readonly personal: Readonly<Record<string, AnswerValue>>;
  readonly taskFields: Readonly<Record<string, Readonly<Record<string, AnswerValue>>>>;
  readonly world: PlayWorld;
  /** Identifiers given out so far. */
  readonly ids: number;
}

/** A command with who gives it and when. */
export interface PlayedCommand {
  readonly at: Instant;
  readonly actor: string;
  readonly command: CaseCommand;
}

export type PlayAnswer =
  | { readonly ok: true; readonly played: Played; readonly events: readonly CaseEvent[] }
  | { readonly ok: false; readonly rejection: Rejection };

/** The most events a played case may have; a script that asks for more is a mistake. */
const MOST_EVENTS = 200_000;
/** Who sends the empty command. */
const TICKER = 'system';

/** A case that has not been launched. */
export function notLaunched(answers: Answers = {}, world: PlayWorld = emptyWorld): Played {
  return { state: null, answers, personal: {}, taskFields: {}, world, ids: 0 };
}

/** Gives one command to a case exactly as the service does: `decide`, then `evolve` by each event (D1, P8). */
export function playCommand(ground: PlayGround, played: Played, { at, actor, command }: PlayedCommand): PlayAnswer {
  let { ids } = played;
  const advised =
    command.type === 'correctAnswers' ? advisedByCorrection(ground, played.answers, command, at) : undefined;
  const env = { ...envOf(ground, played, at, actor), ids: () => `id-${++ids}`, ...(advised ? { advised } : {}) };
  const decision = decide(ground.bundle, played.state, command, env);
  if (!decision.ok) return { ok: false, rejection: decision.rejection };
  const events: CaseEvent[] = [];
  let after: Played = { ...played, answers: answersAfter(played.answers, command), ids };
  for (const { personal, ...draft } of decision.events) {
    const event = { ...draft, seq: (after.state?.revision ?? 0) + 1 } as CaseEvent;
    events.push(event);
    after = { ...noteEvent(after, event, personal), state: evolve(after.state, event) };
    if (event.seq > MOST_EVENTS) throw new Error(`the script led to more than ${MOST_EVENTS} events`);
  }
  return { ok: true, played: after, events };
}

/** What a decision on a played case looks at. */
export function envOf(
  { bundle, calendars, directory }: PlayGround,
  played: Played,
  at: Instant,
  actor: string,
): DecideEnv {
  const { state, world } = played;
  const own = state ? loadsOfTasks(bundle, state) : {};
  const users = new Set([...Object.keys(world.loads), ...Object.keys(own)]);
  const loads = Object.fromEntries([...users].map((user) => [user, (world.loads[user] ?? 0) + (own[user] ?? 0)]));
  return {
    now: at,
    actor,
    ids: () => 'none',
    calendars,
    directory,
    loads,
    lastAllocated: world.lastAllocated,
    cursors: world.cursors,
    linked: {},
    answers: played.answers,
    taskFields: played.taskFields,
  };
}

/** Lets time pass with a live ticker: the case is woken whenever it asks to be, before `until` (D1). */
export function playUntil(
  ground: PlayGround,
  played: Played,
  until: Instant,
): { played: Played; events: readonly CaseEvent[] } {
  const events: CaseEvent[] = [];
  let now = played;
  for (let wake = nextWake(now); wake !== null && wake < until; wake = nextWake(now)) {
    const answer = playCommand(ground, now, { at: wake, actor: TICKER, command: { type: 'advance' } });
    if (!answer.ok || answer.events.length === 0) break;
    now = answer.played;
    events.push(...answer.events);
  }
  return { played: now, events };
}

/** When the case next has something to say; null where nothing is awaited. */
export function nextWake({ state }: Played): Instant | null {
  return state && wakeAt(state);
}

function answersAfter(before: Answers, command: CaseCommand): Answers {
  if (command.type !== 'launch' && command.type !== 'correctAnswers') return before;
  // An empty text withdraws an answer.
  return Object.fromEntries(Object.entries({ ...before, ...command.answers }).filter(([, value]) => value !== ''));
}

/** Statements that a pack made now would gain and lose by a correction. */
function advisedByCorrection(
  { advice }: PlayGround,
  before: Answers,
  command: CaseCommand,
  at: Instant,
): DecideEnv['advised'] {
  if (!advice) return undefined;
  const { book, zone } = advice;
  const asAt = toIsoText(at, zone).slice(0, 10);
  const shown = new Set(
    book.entries.filter(({ statement }) => statement.audience !== 'internal').map(({ key }) => key),
  );
  const adviceOn = (answers: Answers) => selectAdvice(book, answers, asAt).filter((key) => shown.has(key));
  const [old, now] = [adviceOn(before), adviceOn(answersAfter(before, command))];
  return { gained: now.filter((key) => !old.includes(key)), lost: old.filter((key) => !now.includes(key)) };
}

/** What the next decision must know of an event: turns taken, who got work, values and fields. */
function noteEvent(played: Played, event: CaseEvent, personal: CaseEventDraft['personal']): Played {
  const values = personal ? { ...played.personal, ...personal } : played.personal;
  const given = givenBy(event);
  const turns = given.flatMap(({ cursor }) => (cursor ? [[cursor.key, cursor.user] as const] : []));
  const dealt = given.flatMap(({ owner }) => (owner ? [[owner, event.recordedAt] as const] : []));
  const world: PlayWorld = {
    ...played.world,
    cursors: withAll(played.world.cursors, turns),
    lastAllocated: withAll(played.world.lastAllocated, dealt),
  };
  return { ...played, world, personal: values, taskFields: fieldsAfter(played.taskFields, event, values) };
}

function withAll<T>(
  before: Readonly<Record<string, T>>,
  entries: readonly (readonly [string, T])[],
): Readonly<Record<string, T>> {
  return entries.length > 0 ? { ...before, ...Object.fromEntries(entries) } : before;
}

function fieldsAfter(before: Played['taskFields'], event: CaseEvent, values: Played['personal']): Played['taskFields'] {
  if (event.type !== 'taskCompleted') return before;
  const { task, fields } = event.payload;
  const filled = Object.entries(fields).flatMap(([field, ref]) => {
    const value = values[ref];
    return value === undefined ? [] : [[field, value] as const];
  });
  return { ...before, [task.split('.')[0] ?? task]: Object.fromEntries(filled) };
}
