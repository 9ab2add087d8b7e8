import { CaseCommand } from '../../../schemas/case-command.ts';
import type { Answers } from '../../../schemas/condition.ts';
import type { Finding } from '../../../schemas/finding.ts';
import { type Instant, LocalDate } from '../../../schemas/ids.ts';
import type { CompiledCalendar } from '../calendar/compiled.ts';
import { nextOpening, startOfDate } from '../calendar/time.ts';
import type { PlayStep } from './session.ts';

/** What a counterexample asks to be played: a launch, and the commands after it. */
export interface Scenario {
  readonly startAt: Instant | null;
  readonly answers: Answers;
  /** Commands after the launch; empty where the start alone shows it. */
  readonly steps: readonly PlayStep[];
}

/** Reads a finding's counterexample: a start date or instant, answers, commands with or without their time (R1). Undefined where it has none. */
export function toScenario({ counterexample }: Finding, calendar: CompiledCalendar): Scenario | undefined {
  if (!counterexample) return undefined;
  const given = (Array.isArray(counterexample['commands']) ? counterexample['commands'] : []) as readonly unknown[];
  const read = given.flatMap(readCommand);
  const launch = read.find(({ command }) => command.type === 'launch');
  const launched = launch?.command.type === 'launch' ? launch.command.answers : {};
  const answers = { ...(counterexample['answers'] as Answers | undefined), ...launched };
  const startAt = launch?.at ?? readStart(counterexample['start'], calendar);
  const steps = read
    .filter(({ command }) => command.type !== 'launch')
    .map(({ at, command }): PlayStep => ({ kind: 'command', at: at ?? startAt ?? 0, actor: 'officer', command }));
  return { startAt, answers, steps };
}

/** A step of a script, or a command alone. */
function readCommand(entry: unknown): { at: Instant | null; command: CaseCommand }[] {
  const step = entry as { at?: unknown; command?: unknown };
  const parsed = CaseCommand.safeParse(step.command ?? entry);
  if (!parsed.success) return [];
  return [{ at: typeof step.at === 'number' ? step.at : null, command: parsed.data }];
}

/** A case that starts on a date starts when the office opens. */
function readStart(start: unknown, calendar: CompiledCalendar): Instant | null {
  if (typeof start === 'number') return start;
  const date = LocalDate.safeParse(start);
  if (!date.success) return null;
  const opens = nextOpening(calendar, startOfDate(calendar, date.data));
  return Number.isFinite(opens) ? opens : startOfDate(calendar, date.data);
}
