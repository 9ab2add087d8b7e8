import { CaseCommand } from '../../../schemas/case-command.ts';
import type { CaseEvent, CaseEventPayloads } from '../../../schemas/case-event.ts';
import type { Answers } from '../../../schemas/condition.ts';
import type { Configuration } from '../../../schemas/configuration.ts';
import type { Instant } from '../../../schemas/ids.ts';
import type { TestDocument } from '../../../schemas/settings.ts';
import { shippedBankHolidays } from '../calendar/bank-holidays.ts';
import type { CompiledCalendar } from '../calendar/compiled.ts';
import { fromIsoText, toIsoText } from '../calendar/iso.ts';
import { compileWorkflow } from '../compile/compile-workflow.ts';
import type { CompiledWorkflow } from '../compile/compiled-workflow.ts';
import { compileCalendars } from '../plan/calendars.ts';
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
      if (event.type === 'allocated' && event.payload.cursor)
        cursors[event.payload.cursor.key] = event.payload.cursor.user;
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
  for (const { at, actor, command } of script.commands) {
    runTo(at);
    send(at, actor, command);
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
    const parsed = CaseCommand.safeParse(command);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw new Error(
        `command ${index + 1} of the script: ${issue?.path.join('.') ?? ''} ${issue?.message ?? 'cannot be read'}`,
      );
    }
    return { at: toInstant(at, index), actor: typeof actor === 'string' ? actor : 'officer', command: parsed.data };
  });
}

function toInstant(at: unknown, index: number): Instant {
  if (typeof at === 'number' && Number.isInteger(at)) return at;
  if (typeof at !== 'string')
    throw new Error(`command ${index + 1} of the script needs "at": seconds since 1970 or an ISO date-time`);
  return fromIsoText(at);
}

/** Plays the script of a saved test and answers one sentence a difference from what it expects; none when it passes. */
export function runScriptTest(configuration: Configuration, test: TestDocument): string[] {
  const bundle = compileWorkflow({ configuration }, test.workflow);
  const directory = sampleDirectory(configuration);
  const commands = launched(readScript(test.script ?? []), test.answers ?? {});
  const played = playCase(bundle, compileCalendars(configuration, shippedBankHolidays), {
    answers: test.answers ?? {},
    commands,
    directory,
  });
  const { facts = [], messages = [], states = {}, caseState } = test.outcome ?? {};
  const states_ = Object.entries(states).flatMap(([node, wanted]) => {
    const found = stateOf(played.state, node);
    return found === wanted ? [] : [`${node} is ${found}, expected ${wanted}`];
  });
  return [
    ...played.refused.map(
      ({ command, rejection, at }) => `${command.type} at ${toIsoText(at)} was refused: ${rejection.reason}`,
    ),
    ...facts
      .filter((fact) => !played.events.some((event) => matches(flat(event), fact)))
      .map((fact) => `no fact ${JSON.stringify(fact)}`),
    ...messages
      .filter((message) => !played.messages.some((one) => matches({ ...one, at: toIsoText(one.at) }, message)))
      .map((message) => `no message ${JSON.stringify(message)}`),
    ...states_,
    ...(caseState === undefined || caseState === played.state?.status
      ? []
      : [`the case is ${played.state?.status}, expected ${caseState}`]),
  ];
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

function flat(event: CaseEvent): Record<string, unknown> {
  return {
    ...event.payload,
    type: event.type,
    actor: event.actor,
    at: toIsoText(event.effectiveAt),
    effectiveAt: event.effectiveAt,
  };
}

function matches(found: unknown, wanted: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null) return found === wanted;
  if (typeof found !== 'object' || found === null) return false;
  return Object.entries(wanted).every(([key, value]) => matches((found as Record<string, unknown>)[key], value));
}
