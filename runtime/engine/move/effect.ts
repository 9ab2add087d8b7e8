import type { Answers } from '../../../schemas/condition.ts';
import type { Instant } from '../../../schemas/ids.ts';
import type { AdviceBook } from '../advise/advice-book.ts';
import { selectAdvice } from '../advise/select.ts';
import type { CompiledWorkflow } from '../compile/compiled-workflow.ts';
import { toCaseRow, toClockViews, toTaskRows } from '../run/rows.ts';
import type { CaseState, DecideEnv } from '../run/types.ts';
import { moveCase } from './move-case.ts';
import type { MoveBlock } from './why-not.ts';

/** A date of a case that a move would change; null is no date. */
export interface MovedDate {
  /** `case`, `task:ID` or `clock:ID`. */
  readonly of: string;
  readonly which: 'due' | 'amber' | 'start';
  readonly from: Instant | null;
  readonly to: Instant | null;
}

/** What moving one case would do to it (R5). */
export interface MoveEffect {
  readonly blocks: readonly MoveBlock[];
  readonly added: readonly string[];
  readonly orphaned: readonly string[];
  readonly dates: readonly MovedDate[];
  readonly statements: { readonly gained: readonly string[]; readonly lost: readonly string[] };
  /** Messages that would go out at once. */
  readonly messages: readonly { readonly to: string; readonly channel: string; readonly about: string }[];
}

/** One side of a move: the compiled workflow and what it advises. */
export interface MoveSide {
  readonly bundle: CompiledWorkflow;
  readonly advice: AdviceBook;
}

/** What moving a case would do, decided on paper (R5); nothing is stored. `asAt` is the date advice is looked up for. */
export function effectOfMove(
  from: MoveSide,
  to: MoveSide | undefined,
  state: CaseState,
  env: DecideEnv,
  asAt: string,
): MoveEffect {
  const moved = moveCase(from.bundle, to?.bundle, state, env);
  const statements = to ? statementsBetween(from.advice, to.advice, env.answers, asAt) : { gained: [], lost: [] };
  if (!moved.ok) return { blocks: moved.blocks, added: [], orphaned: [], dates: [], statements, messages: [] };
  const payload = moved.events.find((event) => event.type === 'caseMoved')?.payload;
  return {
    blocks: [],
    added: [...(payload?.added.map(({ id }) => id) ?? []), ...(payload?.steps.map(({ node }) => node) ?? [])],
    orphaned: [...(payload?.dropped ?? []), ...(payload?.droppedSteps ?? [])],
    dates: datesBetween(state, moved.state),
    statements,
    messages: moved.events.flatMap((event) =>
      event.type === 'messageQueued'
        ? [{ to: event.payload.to, channel: event.payload.channel, about: event.payload.item }]
        : [],
    ),
  };
}

/** Whether a move would change anything that anybody sees. */
export function isWithoutEffect({ blocks, added, orphaned, dates, statements, messages }: MoveEffect): boolean {
  return [blocks, added, orphaned, dates, statements.gained, statements.lost, messages].every(
    (list) => list.length === 0,
  );
}

function statementsBetween(from: AdviceBook, to: AdviceBook, answers: Answers, asAt: string) {
  const [before, after] = [selectAdvice(from, answers, asAt), selectAdvice(to, answers, asAt)];
  return {
    gained: after.filter((key) => !before.includes(key)),
    lost: before.filter((key) => !after.includes(key)),
  };
}

/** Every date of a case that differs between two states of it. */
export function datesBetween(before: CaseState, after: CaseState): MovedDate[] {
  const [old, now] = [datesOf(before), datesOf(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((name): MovedDate[] => {
    const [from, to] = [old.get(name) ?? null, now.get(name) ?? null];
    const [of = '', which] = name.split(' ');
    return from === to ? [] : [{ of, which: which as MovedDate['which'], from, to }];
  });
}

function datesOf(state: CaseState): Map<string, Instant | null> {
  const dates = new Map<string, Instant | null>();
  const row = toCaseRow(state);
  dates.set('case due', row.dueAt).set('case amber', row.amberAt);
  for (const task of toTaskRows(state)) {
    if (task.endedAt !== null) continue;
    dates.set(`task:${task.id} due`, task.dueAt).set(`task:${task.id} amber`, task.amberAt);
    dates.set(`task:${task.id} start`, task.releaseAt ?? task.activeAt);
  }
  for (const clock of toClockViews(state))
    if (clock.outcome === 'open') dates.set(`clock:${clock.id} due`, clock.dueAt);
  return dates;
}
