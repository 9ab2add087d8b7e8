import { describe, expect, it } from 'vitest';
import { createChecker, runAdviceTest, scriptPlayer } from '../../../../runtime/engine/index.ts';
import type { Configuration } from '../../../../schemas/configuration.ts';
import { loadHousing } from '../../../support/configuration.ts';
import { mutationsOf } from './mutations.ts';

const from = '2026-11-21';
const housing = loadHousing().configuration;
// Every one where there is time for it; else a third of them, another third every time the number of them changes.
const all = mutationsOf(housing);
const share = process.env['LINTEL_ALL_MUTATIONS'] ? all : all.filter((_, at) => (at + all.length) % 3 === 0);
const checker = createChecker({ from });
const before = new Set(faultsOf(housing));

/** Errors and warnings, as places: a mere remark stops nobody, so it catches nothing. */
function faultsOf(configuration: Configuration): string[] {
  return checker
    .check(configuration)
    .flatMap(({ code, severity, document, pointer }) => (severity === 'info' ? [] : [`${code} ${document}${pointer}`]));
}

/** What catches a mutated configuration: the checks, else the saved tests of the workflows it touches. */
function caughtBy(configuration: Configuration, workflows: readonly string[]): 'checks' | 'tests' | undefined {
  if (faultsOf(configuration).some((fault) => !before.has(fault))) return 'checks';
  const play = scriptPlayer(configuration);
  const failed = Object.values(configuration.test).some((test) => {
    if (!workflows.includes(test.workflow)) return false;
    if (!runAdviceTest(configuration, test, from).passed) return true;
    return test.script !== undefined && play(test).failures.length > 0;
  });
  return failed ? 'tests' : undefined;
}

describe('the shipped tests', () => {
  it('each expect something of a case that is not drawn as such: advice, states, dates, messages or facts of time', () => {
    for (const { key, expect: advice, script = [], outcome, people } of Object.values(housing.test)) {
      const checks = [outcome, ...script.map((step) => step.expect)].flatMap((one) => (one ? Object.keys(one) : []));
      const refusals = script.filter(({ refused }) => refused !== undefined);
      expect(advice || refusals.length > 0 || checks.some((name) => name !== 'caseState'), key).toBeTruthy();
      // Whom work goes to is only repeated where no people are named; who hears of it, and when, is not drawn.
      if (!people) expect([key, outcome?.facts?.filter(({ type }) => type === 'allocated') ?? []]).toEqual([key, []]);
    }
  });
});

describe('mutations of the shipped configuration', () => {
  it('are caught by the checks or the shipped tests, nine in ten at least', () => {
    const counts: Record<string, { checks: number; tests: number; missed: string[] }> = {};
    for (const { kind, name, workflows, mutate } of share) {
      counts[kind] ??= { checks: 0, tests: 0, missed: [] };
      const count = counts[kind];
      const caught = caughtBy(mutate(), workflows);
      if (caught) count[caught]++;
      else count.missed.push(name);
    }
    const tallies = Object.values(counts);
    const caught = tallies.reduce((sum, { checks, tests }) => sum + checks + tests, 0);
    const total = tallies.reduce((sum, { missed }) => sum + missed.length, caught);
    for (const [kind, { checks, tests, missed }] of Object.entries(counts))
      console.log(
        `${kind}: ${checks} by checks, ${tests} by tests, missed ${missed.length}: ${missed.slice(0, 12).join(', ')}`,
      );
    console.log(`${caught} of ${total} caught`);
    expect(caught / total).toBeGreaterThanOrEqual(0.9);
  }, 600_000);
});
