// The door to the engine for playing a virtual case: the machines and decisions that the server runs.

import * as engine from '../../runtime/engine/index.ts';
import type { Configuration } from '../../schemas/configuration.ts';
import type { Finding } from '../../schemas/finding.ts';
import type { CasePage } from '../api/types.ts';
import { calendarsOf, zoneOf } from './time-engine.ts';

export type {
  AssumedLength,
  CaseSchedule,
  PlayGround,
  PlayResult,
  PlaySession,
  SampleRun,
  Scenario,
} from '../../runtime/engine/index.ts';
export {
  actInPlay,
  caseSchedule,
  launchPlay,
  localDateOf,
  nextTimer,
  playSteps,
  runOnTime,
  sampleCase,
  sampleDirectory,
  waitForTimer,
  waitInPlay,
  withoutLadders,
} from '../../runtime/engine/index.ts';

/** What a workflow of the draft is played on. Throws where it cannot be compiled. */
export function playGroundOf(
  configuration: Configuration,
  workflow: string,
  directory: engine.Directory,
): engine.PlayGround {
  const bundle = engine.compileWorkflow({ configuration }, workflow);
  const advice = { book: engine.buildAdviceBook(configuration, workflow), zone: zoneOf(configuration) };
  return { bundle, calendars: calendarsOf(configuration), directory, advice };
}

/** What a finding's counterexample asks to be played. */
export function scenarioOf(
  configuration: Configuration,
  workflow: string,
  finding: Finding,
): engine.Scenario | undefined {
  const calendar = calendarsOf(configuration)[configuration.workflow[workflow]?.calendar ?? ''];
  return calendar && engine.toScenario(finding, calendar);
}

/** What happened so far and every message with its text, to be read like a ladder's storyboard. */
export function storyOf(configuration: Configuration, session: engine.PlaySession): engine.Storyboard {
  const { ground, events, now } = session;
  const zone = zoneOf(configuration);
  const firings = events.flatMap((event) => {
    if (event.type !== 'rungFired') return [];
    const { item, rung, n: occurrence, recipients } = event.payload;
    return [{ at: event.effectiveAt, item, rung, occurrence, recipients }];
  });
  return {
    startedAt: events[0]?.effectiveAt ?? now,
    until: now,
    zone,
    entries: engine.caseTimeline(ground.bundle, events, zone).filter(({ kind }) => kind !== 'message'),
    messages: engine.tellMessages(configuration, ground, events),
    storms: [],
    clocks: [],
    firings,
    refused: [],
  };
}

/** The played case as the page of a case shows one. */
export function casePageOf(configuration: Configuration, session: engine.PlaySession, actor: string): CasePage | null {
  const { ground, played, now } = session;
  const { state } = played;
  if (!state) return null;
  const { workflow } = ground.bundle;
  const storedValue = (ref: string | undefined) => (ref === undefined ? undefined : played.personal[ref]);
  const fields = Object.entries(state.tasks).map(([id, task]) => {
    const filled = Object.entries(task.fields).map(([key, ref]) => [key, storedValue(ref)] as const);
    return [id, Object.fromEntries(filled.filter(([, value]) => value !== undefined))] as const;
  });
  const amountOf = (key: string) => {
    const value = storedValue(state.money[key]);
    return typeof value === 'number' ? value : null;
  };
  const row = engine.toCaseRow(state);
  return {
    case: { ...row, id: 'play', reference: 'virtual case', release: 0, isSample: true },
    customer: null,
    answers: { ...played.answers },
    tasks: engine.toTaskRows(state),
    clocks: engine.toClockViews(state),
    explanations: engine.explainClocks(state.time, (key) => calendarIn(ground, key)),
    allowed: toMutable(engine.allowedInPlay(session, actor)),
    links: [],
    now,
    privateToOwner: state.privateToOwner,
    fields: Object.fromEntries(fields),
    money: Object.entries(workflow.money ?? {}).map(([key, { label }]) => ({ key, label, amount: amountOf(key) })),
    agencies: (workflow.agencies ?? []).flatMap((key) => {
      const agency = configuration.agency[key];
      return agency ? [{ key, title: agency.title }] : [];
    }),
  };
}

function calendarIn({ calendars }: engine.PlayGround, key: string): engine.CompiledCalendar {
  const calendar = calendars[key];
  if (!calendar) throw new RangeError(`there is no calendar "${key}"; it was deleted, or its time zone is unknown`);
  return calendar;
}

function toMutable({ case: ofCase, tasks, addable }: engine.AllowedCommands): CasePage['allowed'] {
  return {
    case: [...ofCase],
    tasks: Object.fromEntries(Object.entries(tasks).map(([id, types]) => [id, [...types]])),
    addable: [...addable],
  };
}
