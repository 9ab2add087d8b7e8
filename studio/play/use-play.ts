import { useReducer } from 'react';
import { CaseCommand } from '../../schemas/case-command.ts';
import {
  actInPlay,
  nextTimer,
  type PlayResult,
  type PlaySession,
  runOnTime,
  waitForTimer,
  waitInPlay,
} from '../document/play-engine.ts';

/** A played case with the way forward that was gone back over, and why the last command was refused. */
interface PlayState {
  readonly session: PlaySession | null;
  readonly ahead: readonly PlaySession[];
  readonly rejection: Extract<PlayResult, { ok: false }>['rejection'] | null;
}

type PlayAction =
  | { do: 'show'; session: PlaySession; ahead?: readonly PlaySession[] }
  | { do: 'refuse'; rejection: NonNullable<PlayState['rejection']> }
  | { do: 'back' | 'forward' | 'toStart' | 'toEnd' | 'end' | 'forget' };

const notStarted: PlayState = { session: null, ahead: [], rejection: null };

/** Plays a virtual case: every move is a session of its own, so that all of them can be gone back over. */
export function usePlay() {
  const [{ session, ahead, rejection }, dispatch] = useReducer(reduce, notStarted);
  const show = (next: PlaySession) => {
    if (next !== session) dispatch({ do: 'show', session: next });
  };
  return {
    session,
    /** Steps that were gone back over and can be gone again. */
    ahead: ahead.length,
    rejection,
    /** Whether there is a step to go back over. */
    canGoBack: session !== null && session.before !== null,
    begin: (begun: PlaySession, then: readonly PlaySession[] = []) =>
      dispatch({ do: 'show', session: begun, ahead: then }),
    /** Gives a command; answers whether it was taken. */
    act(actor: string, asked: Record<string, unknown>): boolean {
      if (!session) return false;
      const parsed = CaseCommand.safeParse(asked);
      const result: PlayResult = parsed.success
        ? actInPlay(session, actor, parsed.data)
        : { ok: false, rejection: { code: 'INVALID', reason: mistakeIn(parsed.error.issues), allowed: [] } };
      if (result.ok) show(result.session);
      else dispatch({ do: 'refuse', rejection: result.rejection });
      return result.ok;
    },
    nextTimer: session ? nextTimer(session) : null,
    toTimer: () => session && show(waitForTimer(session, ({ type }) => type !== 'timekept')),
    waitUntil: (at: number) => session && show(waitInPlay(session, at)),
    runOn: (actor: string) => session && show(runOnTime(session, actor)),
    back: () => dispatch({ do: 'back' }),
    forward: () => dispatch({ do: 'forward' }),
    toStart: () => dispatch({ do: 'toStart' }),
    toEnd: () => dispatch({ do: 'toEnd' }),
    forget: () => dispatch({ do: 'forget' }),
    end: () => dispatch({ do: 'end' }),
  };
}

export type Play = ReturnType<typeof usePlay>;

/** The sessions from one to a later one, the earlier left out. */
export function sessionsBetween(from: PlaySession, to: PlaySession): PlaySession[] {
  const way: PlaySession[] = [];
  for (let at: PlaySession | null = to; at && at !== from; at = at.before) way.unshift(at);
  return way;
}

function reduce(state: PlayState, action: PlayAction): PlayState {
  const { session, ahead } = state;
  switch (action.do) {
    case 'show':
      return { session: action.session, ahead: action.ahead ?? [], rejection: null };
    case 'refuse':
      return { ...state, rejection: action.rejection };
    case 'forget':
      return { ...state, rejection: null };
    case 'end':
      return notStarted;
    case 'back':
      return session?.before ? { session: session.before, ahead: [session, ...ahead], rejection: null } : state;
    case 'forward': {
      const [next, ...others] = ahead;
      return next ? { session: next, ahead: others, rejection: null } : state;
    }
    case 'toStart': {
      let at = state;
      while (at.session?.before) at = reduce(at, { do: 'back' });
      return at;
    }
    case 'toEnd': {
      const last = ahead.at(-1);
      return last ? { session: last, ahead: [], rejection: null } : state;
    }
  }
}

function mistakeIn(issues: readonly { path: PropertyKey[]; message: string }[]): string {
  const [issue] = issues;
  return issue ? `${issue.path.join('.')}: ${issue.message}` : 'The command cannot be read.';
}
