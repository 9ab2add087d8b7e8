import type { CaseCommand } from '../../../schemas/case-command.ts';
import type { CaseEvent } from '../../../schemas/case-event.ts';
import type { Answers } from '../../../schemas/condition.ts';
import type { Instant } from '../../../schemas/ids.ts';
import { allowedCommands } from '../run/allowed.ts';
import type { AllowedCommands, Rejection } from '../run/types.ts';
import {
  envOf,
  nextWake,
  notLaunched,
  type Played,
  type PlayedCommand,
  type PlayGround,
  type PlayWorld,
  playCommand,
  playUntil,
} from './player.ts';

/** What a person did in a played case: a command, or time let pass. */
export type PlayStep =
  | ({ readonly kind: 'command' } & PlayedCommand)
  /** Up to and with what is due at `until`. */
  | { readonly kind: 'wait'; readonly until: Instant };

/** A virtual case from its launch to a moment of virtual time. Never changed: stepping back is the session before. */
export interface PlaySession {
  readonly ground: PlayGround;
  readonly now: Instant;
  readonly played: Played;
  readonly events: readonly CaseEvent[];
  readonly steps: readonly PlayStep[];
  /** The session one step earlier; null at the launch. */
  readonly before: PlaySession | null;
}

export type PlayResult =
  | { readonly ok: true; readonly session: PlaySession }
  | { readonly ok: false; readonly rejection: Rejection };

/** Launches a virtual case at an instant; refused as the service would refuse it. */
export function launchPlay(
  ground: PlayGround,
  launch: { readonly at: Instant; readonly actor: string; readonly answers: Answers; readonly receivedAt?: Instant },
  world?: PlayWorld,
): PlayResult {
  const { at, actor, answers, receivedAt } = launch;
  const blank: PlaySession = {
    ground,
    now: at,
    played: notLaunched({}, world),
    events: [],
    steps: [],
    before: null,
  };
  const received = receivedAt === undefined ? {} : { receivedAt };
  const launched = actInPlay(blank, actor, { type: 'launch', answers, ...received });
  return launched.ok ? { ok: true, session: { ...launched.session, before: null } } : launched;
}

/** Gives a command now; a refused one changes nothing. */
export function actInPlay(session: PlaySession, actor: string, command: CaseCommand): PlayResult {
  const step: PlayStep = { kind: 'command', at: session.now, actor, command };
  const answer = playCommand(session.ground, session.played, step);
  if (!answer.ok) return answer;
  return { ok: true, session: stepped(session, step, session.now, answer.played, answer.events) };
}

/** Lets time pass to an instant, with everything that is due by then; an instant that has passed changes nothing. */
export function waitInPlay(session: PlaySession, until: Instant): PlaySession {
  if (until < session.now) return session;
  const { played, events } = playUntil(session.ground, session.played, until + 1);
  return stepped(session, { kind: 'wait', until }, until, played, events);
}

/** When the next timer of the case is due, never before now; null where nothing is awaited. */
export function nextTimer(session: PlaySession): Instant | null {
  const wake = nextWake(session.played);
  return wake === null ? null : Math.max(wake, session.now);
}

/** Lets time pass to the next timer, and to those after it while they have nothing to tell. */
export function waitForTimer(session: PlaySession, tells: (event: CaseEvent) => boolean = () => true): PlaySession {
  let now = session;
  for (let at = nextTimer(now); at !== null; at = nextTimer(now)) {
    const next = waitInPlay(now, at);
    const told = next.events.slice(now.events.length).some(tells);
    if (told || next.events.length === now.events.length) return { ...next, before: session };
    now = next;
  }
  return now === session ? session : { ...now, before: session };
}

/** The session so many steps earlier; never before the launch. */
export function stepBack(session: PlaySession, steps = 1): PlaySession {
  let now = session;
  for (let left = steps; left > 0 && now.before; left--) now = now.before;
  return now;
}

/** Plays steps again one after the other; stops at the first that is refused now, and says why. */
export function playSteps(
  session: PlaySession,
  steps: readonly PlayStep[],
): { session: PlaySession; refused: Rejection | null } {
  let now = session;
  for (const step of steps) {
    if (step.kind === 'wait') now = waitInPlay(now, step.until);
    else {
      // What is due before the command is taken first; what is due at its instant is left to it (C2).
      const { played, events } = playUntil(now.ground, now.played, step.at);
      const arrived: PlaySession = {
        ...now,
        now: Math.max(now.now, step.at),
        played,
        events: [...now.events, ...events],
      };
      const answer = actInPlay(arrived, step.actor, step.command);
      if (!answer.ok) return { session: now, refused: answer.rejection };
      now = { ...answer.session, before: now };
    }
  }
  return { session: now, refused: null };
}

/** What the case and each of its tasks take now. */
export function allowedInPlay(session: PlaySession, actor: string): AllowedCommands {
  const { ground, played, now } = session;
  return allowedCommands(ground.bundle, played.state, envOf(ground, played, now, actor));
}

function stepped(
  session: PlaySession,
  step: PlayStep,
  now: Instant,
  played: Played,
  events: readonly CaseEvent[],
): PlaySession {
  return {
    ...session,
    now,
    played,
    events: [...session.events, ...events],
    steps: [...session.steps, step],
    before: session,
  };
}
