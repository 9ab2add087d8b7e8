import type { Configuration } from '../../../schemas/configuration.ts';
import {
  buildAdviceBook,
  compileWorkflow,
  type DecideEnv,
  datesUnderCalendars,
  effectOfMove,
  isWithoutEffect,
  type MovedDate,
  type MoveEffect,
  type MoveSide,
} from '../../engine/index.ts';
import { type PreparedCase, prepareCases } from '../cases/prepare.ts';
import { readWorkloads, toLoads } from '../cases/workloads.ts';
import { dateIn } from '../local-date.ts';
import type { Organisation } from '../organisation.ts';
import { calendarsWith } from './calendar-store.ts';
import { type OpenCase, openCases } from './open-cases.ts';
import { zoneOf } from './review.ts';

/** What a move would do to one open case. */
export interface CaseEffect extends MoveEffect {
  readonly id: string;
  readonly reference: string;
  readonly workflow: string;
  readonly release: number;
  readonly isPinned: boolean;
}

/** What publishing or moving does to all open cases (R4, R5). */
export interface Effect {
  readonly openCases: number;
  readonly unchanged: number;
  readonly cannotMove: number;
  readonly pinned: number;
  /** Cases on which a move would be seen, or that cannot move; the first ones. */
  readonly cases: readonly CaseEffect[];
}

/** What cases are moved to: a release, or a configuration that is not published yet. */
export interface Target {
  readonly configuration: Configuration;
  readonly number?: number | undefined;
  readonly digest?: string | undefined;
}

const MOST_LISTED = 500;

/** A dry run over every open case, or those chosen (R5): nothing is stored. */
export async function dryRun(
  organisation: Organisation,
  target: Target,
  selection?: readonly string[],
): Promise<Effect> {
  const sideOf = targetSides(target);
  const asAt = dateIn(zoneOf(target.configuration), organisation.clock.now());
  const effect = { openCases: 0, unchanged: 0, cannotMove: 0, pinned: 0, cases: [] as CaseEffect[] };
  for await (const batch of openCases(organisation, selection)) {
    const prepared = await prepareCases(
      organisation,
      batch.map(({ id }) => id),
    );
    const people = new Set([...prepared.values()].flatMap(({ weighed }) => weighed));
    const loads = toLoads(await readWorkloads(organisation, [...people]));
    for (const one of batch) {
      const found = prepared.get(one.id);
      if (!found) continue;
      const result = effectOn(
        organisation,
        one,
        { ...found, env: { ...found.env, ...loads } },
        { to: sideOf(one.workflow), asAt },
      );
      effect.openCases++;
      if (one.isPinned) effect.pinned++;
      if (result.blocks.length > 0) effect.cannotMove++;
      if (isWithoutEffect(result)) effect.unchanged++;
      else if (effect.cases.length < MOST_LISTED) effect.cases.push(result);
    }
    // Other requests are answered between batches.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return effect;
}

/** Open cases whose dates would move if the calendars of a configuration were published now (T14): nothing is stored. */
export async function calendarEffect(organisation: Organisation, configuration: Configuration) {
  const now = organisation.clock.now();
  const before = await organisation.calendars();
  const after = await calendarsWith(organisation.database, Object.values(configuration.calendar), now);
  const effect = {
    openCases: 0,
    cases: [] as { id: string; reference: string; workflow: string; dates: MovedDate[] }[],
  };
  for await (const batch of openCases(organisation, undefined)) {
    for (const { id, reference, workflow, state } of batch) {
      effect.openCases++;
      const dates = datesUnderCalendars(state, now, before, after);
      if (dates.length > 0) effect.cases.push({ id, reference, workflow, dates });
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  return effect;
}

function effectOn(
  organisation: Organisation,
  { state, ...one }: OpenCase,
  prepared: PreparedCase & { env: Pick<DecideEnv, 'loads'> },
  { to, asAt }: { to: MoveSide | undefined; asAt: string },
): CaseEffect {
  const from = { bundle: prepared.bundle, advice: prepared.loaded?.adviceOf(one.workflow) ?? noAdvice(one.workflow) };
  let ids = 0;
  const env = {
    ...prepared.env,
    now: organisation.clock.now(),
    actor: 'dry-run',
    ids: () => `dry-${++ids}`,
    answers: prepared.answers,
    cursors: {},
  };
  return { ...one, ...effectOfMove(from, to, state, env, asAt) };
}

function noAdvice(workflow: string): MoveSide['advice'] {
  return { workflow, questions: new Map(), named: {}, entries: [] };
}

/** Each workflow of the target compiled once; undefined where it has none of that key. */
function targetSides({ configuration, number, digest }: Target): (workflow: string) => MoveSide | undefined {
  const sides = new Map<string, MoveSide | undefined>();
  return (workflow) => {
    if (!sides.has(workflow)) {
      const known = Object.hasOwn(configuration.workflow, workflow);
      const release = {
        configuration,
        ...(number === undefined ? {} : { number }),
        digest: digest ?? 'draft',
      };
      sides.set(
        workflow,
        known
          ? { bundle: compileWorkflow(release, workflow), advice: buildAdviceBook(configuration, workflow) }
          : undefined,
      );
    }
    return sides.get(workflow);
  };
}
