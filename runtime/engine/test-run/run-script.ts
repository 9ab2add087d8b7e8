import type { CaseEvent } from '../../../schemas/case-event.ts';
import type { Configuration } from '../../../schemas/configuration.ts';
import type { CaseCheck, TestDocument } from '../../../schemas/settings.ts';
import { allocationsOf } from '../allocate/allocations-in.ts';
import { shippedBankHolidays } from '../calendar/bank-holidays.ts';
import type { CompiledCalendar } from '../calendar/compiled.ts';
import { toIsoText } from '../calendar/iso.ts';
import { compileWorkflow } from '../compile/compile-workflow.ts';
import type { CompiledWorkflow } from '../compile/compiled-workflow.ts';
import { compileCalendars } from '../plan/calendars.ts';
import type { Directory } from '../run/types.ts';
import {
  launched,
  type PlayedCase,
  playCase,
  readScript,
  type ScriptedCommand,
  sampleDirectory,
  toInstant,
} from '../simulate/case.ts';
import { differencesAt } from './check-case.ts';
import { matches } from './matches.ts';

/** A script as it was played, and one sentence a difference from what it expects. */
export interface RanScript {
  readonly workflow: string;
  readonly bundle: CompiledWorkflow;
  readonly played: PlayedCase;
  readonly failures: readonly string[];
}

/** Plays scripts of one configuration; workflows and calendars are compiled once. */
export function scriptPlayer(configuration: Configuration): (test: TestDocument) => RanScript {
  const bundles = new Map<string, CompiledWorkflow>();
  let calendars: Record<string, CompiledCalendar> | undefined;
  return (test) => {
    const bundle = bundles.get(test.workflow) ?? compileWorkflow({ configuration }, test.workflow);
    bundles.set(test.workflow, bundle);
    calendars ??= compileCalendars(configuration, shippedBankHolidays);
    return play(test, bundle, calendars, peopleOf(test) ?? sampleDirectory(configuration));
  };
}

/** The people a script names, as the directory has them. */
export function peopleOf(test: Pick<TestDocument, 'people'>): Directory | undefined {
  if (!test.people) return undefined;
  const users = Object.entries(test.people).map(([user, person]) => {
    const { manager, skills, teams } = person;
    const known = { name: user, email: `${user}@example.org`, teams, active: true };
    return [user, { ...known, ...(manager ? { manager } : {}), ...(skills ? { skills } : {}) }] as const;
  });
  return { users: Object.fromEntries(users) };
}

function play(
  test: TestDocument,
  bundle: CompiledWorkflow,
  calendars: Readonly<Record<string, CompiledCalendar>>,
  directory: Directory,
): RanScript {
  const steps = test.script ?? [];
  const answers = test.answers ?? {};
  const scripted = readScript(steps);
  const stepOf = new Map<ScriptedCommand, (typeof steps)[number]>();
  scripted.forEach((one, index) => {
    const step = steps[index];
    if (step) stepOf.set(one, step);
  });
  const checks: string[] = [];
  const until = test.until === undefined ? {} : { until: toInstant(test.until, 'until') };
  const played = playCase(bundle, calendars, {
    answers,
    commands: launched(scripted, answers),
    directory,
    ...until,
    afterEach: (one, state) => {
      const expected = stepOf.get(one)?.expect;
      if (expected) checks.push(...differencesAt(state, expected).map((text) => `at ${toIsoText(one.at)} ${text}`));
    },
  });
  const failures = [...refusals(played, scripted, stepOf), ...checks, ...differences(played, test.outcome)];
  return { workflow: test.workflow, bundle, played, failures };
}

type Steps = ReadonlyMap<ScriptedCommand, { readonly refused?: string | undefined }>;

function refusals(played: PlayedCase, scripted: readonly ScriptedCommand[], steps: Steps): string[] {
  const byCommand = new Map(played.refused.map((refused) => [refused.command, refused.rejection]));
  const expected = scripted.flatMap((one) => {
    const code = steps.get(one)?.refused;
    const rejection = byCommand.get(one.command);
    const what = `${one.command.type} at ${toIsoText(one.at)}`;
    if (code === rejection?.code) return [];
    if (!rejection) return [`${what} was accepted, expected to be refused with ${code}`];
    const wanted = code === undefined ? '' : `, expected ${code}`;
    return [`${what} was refused with ${rejection.code}${wanted}: ${rejection.reason}`];
  });
  const known = new Set(scripted.map(({ command }) => command));
  const others = played.refused.filter(({ command }) => !known.has(command));
  return [
    ...expected,
    ...others.map(
      ({ command, at, rejection }) => `${command.type} at ${toIsoText(at)} was refused: ${rejection.reason}`,
    ),
  ];
}

/** `rungFired (rung amber, item task:HP04, recipients hoo-1 and tl-1)`: what a test asks for, in the words it is written in. */
function factWords(fact: object): string {
  const { type, ...rest } = fact as Record<string, unknown>;
  const told = Object.entries(rest)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name} ${Array.isArray(value) ? value.join(' and ') : plain(value)}`);
  const all = told.length === 0 ? '' : `(${told.join(', ')})`;
  return [type, all].filter((part) => part !== undefined && part !== '').join(' ');
}

function plain(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}

function differences(played: PlayedCase, outcome: TestDocument['outcome']): string[] {
  if (!outcome) return [];
  const { facts = [], never = [], messages = [], onlyTheseMessages, caseOutcome, ...check } = outcome;
  const written = played.events.flatMap(factsOf);
  const sent = played.messages.map((message) => ({ ...message, at: toIsoText(message.at) }));
  const ended = played.state?.outcome ?? null;
  return [
    ...facts.filter((fact) => !written.some((one) => matches(one, fact))).map((fact) => `no fact ${factWords(fact)}`),
    ...never.filter((fact) => written.some((one) => matches(one, fact))).map((fact) => `fact ${factWords(fact)}`),
    ...messages
      .filter((message) => !sent.some((one) => matches(one, message)))
      .map((message) => `no message ${factWords(message)}`),
    ...sent
      .filter((one) => onlyTheseMessages === true && !messages.some((message) => matches(one, message)))
      .map(({ at, to, channel, template, item }) => `a message ${factWords({ at, to, channel, template, item })}`),
    ...differencesAt(played.state, check as CaseCheck),
    ...(caseOutcome === undefined || caseOutcome === ended
      ? []
      : [`the case ended as ${ended}, expected ${caseOutcome}`]),
  ];
}

/** What an event tells, as tests ask for it: one fact for each item that it gives to somebody. */
function factsOf({ type, actor, effectiveAt, payload }: CaseEvent): Record<string, unknown>[] {
  const told = type === 'allocated' ? allocationsOf(payload) : [payload];
  return told.map((one) => ({ ...one, type, actor, at: toIsoText(effectiveAt), effectiveAt }));
}
