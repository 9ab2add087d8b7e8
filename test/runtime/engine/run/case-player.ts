import { shippedBankHolidays } from '../../../../runtime/engine/calendar/bank-holidays.ts';
import { compileCalendar } from '../../../../runtime/engine/calendar/compile.ts';
import type { CompiledCalendar } from '../../../../runtime/engine/calendar/compiled.ts';
import type { CompiledWorkflow } from '../../../../runtime/engine/compile/compiled-workflow.ts';
import { decide } from '../../../../runtime/engine/run/decide.ts';
import { evolve } from '../../../../runtime/engine/run/evolve.ts';
import { wakeAt } from '../../../../runtime/engine/run/rows.ts';
import type {
  CaseEventDraft,
  CaseState,
  DecideEnv,
  Directory,
  Rejection,
} from '../../../../runtime/engine/run/types.ts';
import type { CaseCommand } from '../../../../schemas/case-command.ts';
import type { CaseEvent } from '../../../../schemas/case-event.ts';
import type { Answers } from '../../../../schemas/condition.ts';
import type { Configuration } from '../../../../schemas/configuration.ts';

/** Every calendar of a configuration, compiled with the shipped bank holidays. */
export function calendarsOf(configuration: Configuration): Record<string, CompiledCalendar> {
  return Object.fromEntries(
    Object.values(configuration.calendar).map((content) => [
      content.key,
      compileCalendar([{ publishedAt: null, content }], shippedBankHolidays),
    ]),
  );
}

/** One case played through time: the shell around `decide` without any service. */
export interface Player {
  state: CaseState;
  readonly events: CaseEvent[];
  readonly drafts: CaseEventDraft[];
  env: DecideEnv;
  /** Sends a command that is taken; answers its events. Throws with the reason where it is refused. */
  send(when: number, command: CaseCommand, actor?: string): CaseEventDraft[];
  /** Sends a command that is refused; answers why. Throws where it is taken. */
  refused(when: number, command: CaseCommand, actor?: string): Rejection;
  /** The ticker, live, until an instant: it wakes the case whenever it asks to be woken. */
  runTo(when: number): CaseEventDraft[];
}

export interface PlayerOptions {
  readonly bundle: CompiledWorkflow;
  readonly calendars: Record<string, CompiledCalendar>;
  readonly directory?: Directory;
  readonly answers?: Answers;
}

/** A player of one case. */
export function playerOf(options: PlayerOptions): Player {
  const { bundle } = options;
  let count = 0;
  let state: CaseState | null = null;
  const events: CaseEvent[] = [];
  const drafts: CaseEventDraft[] = [];
  const env: DecideEnv = {
    now: 0,
    actor: 'amira',
    ids: () => `id${++count}`,
    calendars: options.calendars,
    directory: options.directory ?? { users: {} },
    loads: {},
    cursors: {},
    linked: {},
    answers: options.answers ?? {},
  };
  const player: Player = {
    get state() {
      if (!state) throw new Error('launch the case first');
      return state;
    },
    set state(next) {
      state = next;
    },
    events,
    drafts,
    env,
    send(when, command, actor = 'amira') {
      const decision = decide(bundle, state, command, { ...player.env, now: when, actor });
      if (!decision.ok)
        throw new Error(`${command.type} was refused: ${decision.rejection.code} ${decision.rejection.reason}`);
      for (const draft of decision.events) {
        const { personal: _personal, ...event } = draft;
        const numbered: CaseEvent = JSON.parse(JSON.stringify({ ...event, seq: events.length + 1 }));
        events.push(numbered);
        drafts.push(draft);
        state = evolve(state, numbered);
      }
      return [...decision.events];
    },
    refused(when, command, actor = 'amira') {
      const decision = decide(bundle, state, command, { ...player.env, now: when, actor });
      if (decision.ok) throw new Error(`${command.type} was taken and should have been refused`);
      return decision.rejection;
    },
    runTo(when) {
      const made: CaseEventDraft[] = [];
      for (let wake = wakeAt(player.state); wake !== null && wake < when; wake = wakeAt(player.state)) {
        const news = player.send(wake, { type: 'advance' });
        if (news.length === 0) throw new Error(`woken at ${wake} for nothing`);
        made.push(...news);
      }
      return made;
    },
  };
  return player;
}
