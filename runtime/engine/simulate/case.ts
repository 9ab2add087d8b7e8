import { CaseCommand } from '../../../schemas/case-command.ts';
import type { CaseEvent, CaseEventPayloads } from '../../../schemas/case-event.ts';
import type { Answers } from '../../../schemas/condition.ts';
import type { Configuration } from '../../../schemas/configuration.ts';
import type { Instant } from '../../../schemas/ids.ts';
import type { CompiledCalendar } from '../calendar/compiled.ts';
import { fromIsoText } from '../calendar/iso.ts';
import type { CompiledWorkflow } from '../compile/compiled-workflow.ts';
import { notLaunched, type PlayGround, playCommand, playUntil } from '../play/player.ts';
import type { CaseState, Directory, Rejection } from '../run/types.ts';

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

/** Plays commands at virtual times with a live ticker: the case is woken whenever it asks to be (D1). */
export function playCase(
  bundle: CompiledWorkflow,
  calendars: Readonly<Record<string, CompiledCalendar>>,
  script: CaseScript,
): PlayedCase {
  const ground: PlayGround = { bundle, calendars, directory: script.directory };
  const events: CaseEvent[] = [];
  const refused: { at: Instant; command: CaseCommand; rejection: Rejection }[] = [];
  let played = notLaunched(script.answers);
  const runTo = (until: Instant): void => {
    const passed = playUntil(ground, played, until);
    played = passed.played;
    events.push(...passed.events);
  };
  for (const scripted of script.commands) {
    runTo(scripted.at);
    const answer = playCommand(ground, played, scripted);
    if (answer.ok) {
      played = answer.played;
      events.push(...answer.events);
    } else refused.push({ at: scripted.at, command: scripted.command, rejection: answer.rejection });
    script.afterEach?.(scripted, played.state);
  }
  if (script.until !== undefined) runTo(script.until);
  const messages = events.flatMap((event) =>
    event.type === 'messageQueued' ? [{ ...event.payload, at: event.effectiveAt }] : [],
  );
  return { state: played.state, events, messages, refused };
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
