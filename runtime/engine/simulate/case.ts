import { CaseCommand } from '../../../schemas/case-command.ts';
import type { CaseEvent, CaseEventPayloads } from '../../../schemas/case-event.ts';
import type { Answers } from '../../../schemas/condition.ts';
import type { Configuration } from '../../../schemas/configuration.ts';
import type { Instant } from '../../../schemas/ids.ts';
import type { CompiledCalendar } from '../calendar/compiled.ts';
import { fromIsoText } from '../calendar/iso.ts';
import type { CompiledWorkflow } from '../compile/compiled-workflow.ts';
import { decide } from '../run/decide.ts';
import { evolve } from '../run/evolve.ts';
import { wakeAt } from '../run/rows.ts';
import type { CaseState, DecideEnv, Directory, Rejection } from '../run/types.ts';

/** One command of a script at a virtual time. */
export interface ScriptedCommand {
  readonly at: Instant;
  readonly actor: string;
  readonly command: CaseCommand;
}

export interface CaseScript {
  readonly answers: Answers;
  readonly commands: readonly ScriptedCommand[];
  /** The ticker goes on until here after the last command. */
  readonly until?: Instant;
  readonly directory: Directory;
  /** Told how the case stands after each command. */
  readonly afterEach?: (scripted: ScriptedCommand, state: CaseState | null) => void;
}

export interface PlayedCase {
  readonly state: CaseState | null;
  readonly events: readonly CaseEvent[];
  readonly messages: readonly (CaseEventPayloads['messageQueued'] & { readonly at: Instant })[];
  readonly refused: readonly { readonly at: Instant; readonly command: CaseCommand; readonly rejection: Rejection }[];
}

/** The most events a played case may have; a script that asks for more is a mistake. */
const MOST_EVENTS = 200_000;

/** Plays commands at virtual times with a live ticker: the case is woken whenever it asks to be (D1). */
export function playCase(
  bundle: CompiledWorkflow,
  calendars: Readonly<Record<string, CompiledCalendar>>,
  script: CaseScript,
): PlayedCase {
  const events: CaseEvent[] = [];
  const refused: { at: Instant; command: CaseCommand; rejection: Rejection }[] = [];
  let state: CaseState | null = null;
  let ids = 0;
  let answers = script.answers;
  const cursors: Record<string, string> = {};
  const send = (at: Instant, actor: string, command: CaseCommand): boolean => {
    const env: DecideEnv = {
      now: at,
      actor,
      ids: () => `id-${++ids}`,
      calendars,
      directory: script.directory,
      loads: {},
      cursors,
      linked: {},
      answers,
    };
    const decision = decide(bundle, state, command, env);
    if (!decision.ok) {
      refused.push({ at, command, rejection: decision.rejection });
      return false;
    }
    for (const { personal: _personal, ...draft } of decision.events) {
      const event = { ...draft, seq: events.length + 1 } as CaseEvent;
      const cursor = 'cursor' in event.payload ? event.payload.cursor : undefined;
      if (cursor) cursors[cursor.key] = cursor.user;
      events.push(event);
      state = evolve(state, event);
    }
    if (command.type === 'launch' || command.type === 'correctAnswers') answers = { ...answers, ...command.answers };
    return true;
  };
  const runTo = (until: Instant): void => {
    for (let wake = state && wakeAt(state); wake !== null && wake < until; wake = state && wakeAt(state)) {
      send(wake, 'system', { type: 'advance' });
      if (events.length > MOST_EVENTS) throw new Error(`the script led to more than ${MOST_EVENTS} events`);
    }
  };
  for (const scripted of script.commands) {
    runTo(scripted.at);
    send(scripted.at, scripted.actor, scripted.command);
    script.afterEach?.(scripted, state);
  }
  if (script.until !== undefined) runTo(script.until);
  const messages = events.flatMap((event) =>
    event.type === 'messageQueued' ? [{ ...event.payload, at: event.effectiveAt }] : [],
  );
  return { state, events, messages, refused };
}

/** One member a team, named after it: a script that names no people still has somebody to send messages to. */
export function sampleDirectory(configuration: Configuration): Directory {
  const users = Object.values(configuration.team).map((team) => {
    const user = {
      name: `${team.title} 1`,
      email: `${team.key.toLowerCase()}@example.org`,
      teams: [team.key],
      active: true,
    };
    return [`${team.key.toLowerCase()}-1`, user] as const;
  });
  return { users: Object.fromEntries(users) };
}

/** Reads the commands of a script; each `at` is an instant or ISO text. Throws Error naming the entry that cannot be read. */
export function readScript(entries: readonly unknown[]): ScriptedCommand[] {
  return entries.map((entry, index) => {
    const { at, actor, command } = entry as { at?: unknown; actor?: unknown; command?: unknown };
    // A step without a command lets time pass.
    const parsed = CaseCommand.safeParse(command ?? { type: 'advance' });
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw new Error(
        `command ${index + 1} of the script: ${issue?.path.join('.') ?? ''} ${issue?.message ?? 'cannot be read'}`,
      );
    }
    return {
      at: toInstant(at, `command ${index + 1} of the script`),
      actor: typeof actor === 'string' ? actor : 'officer',
      command: parsed.data,
    };
  });
}

/** Seconds since 1970, or ISO text. Throws Error that begins with `place`. */
export function toInstant(at: unknown, place: string): Instant {
  if (typeof at === 'number' && Number.isInteger(at)) return at;
  if (typeof at !== 'string') throw new Error(`${place} needs "at": seconds since 1970 or an ISO date-time`);
  return fromIsoText(at);
}

/** A script that does not begin with a launch is launched at its first time. */
export function launched(commands: readonly ScriptedCommand[], answers: Answers): ScriptedCommand[] {
  const [first] = commands;
  if (!first || first.command.type === 'launch') return [...commands];
  return [{ at: first.at, actor: 'officer', command: { type: 'launch', answers } }, ...commands];
}

/** State of a node or case task at the end, in one word. */
export function stateOf(state: CaseState | null, node: string): string {
  return state?.tasks[node]?.life ?? state?.steps[node]?.state ?? 'unknown';
}
