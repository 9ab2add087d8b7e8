import { describe, expect, it } from 'vitest';
import { createChecker } from '../../../runtime/engine/index.ts';
import type { Configuration } from '../../../schemas/configuration.ts';
import { Exploring } from '../../../studio/document/exploring.ts';
import { alteredHousing, loadHousing } from '../../support/configuration.ts';

const { configuration: housing } = loadHousing();
const found = (code: string, workflow: string) => ({
  code,
  severity: 'info' as const,
  document: `workflow/${workflow}`,
  pointer: '',
  values: {},
  message: '',
});
const drawn = (...keys: string[]) =>
  ({ ...housing, workflow: Object.fromEntries(keys.map((key) => [key, housing.workflow[key]])) }) as Configuration;

/** Steps that wait until they are let go. */
function stepwise() {
  const steps: (() => void)[] = [];
  return {
    later: (step: () => void) => steps.push(step),
    go: (times = 1) => {
      for (let n = 0; n < times; n++) steps.shift()?.();
    },
    waiting: () => steps.length,
  };
}

describe('living cases while nobody edits', () => {
  it('takes the workflows one by one, those just changed first, and says how many are left', () => {
    const { later, go, waiting } = stepwise();
    const lived: string[] = [];
    const left: number[] = [];
    const exploring = new Exploring((_, key) => {
      lived.push(key);
      return [found('X', key)];
    }, later);
    exploring.start(drawn('HP', 'RV', 'TR'), new Set(['RV']), (count) => left.push(count));
    expect(lived).toEqual([]);
    go(3);
    expect(lived).toEqual(['RV', 'HP', 'TR']);
    expect(left).toEqual([2, 1, 0]);
    expect(waiting()).toBe(0);
  });

  it('is stopped by the next edit, and keeps what it found until it has lived that workflow again', () => {
    const { later, go } = stepwise();
    let round = 'first';
    const told: string[] = [];
    const exploring = new Exploring((_, key) => [found(round, key)], later);
    exploring.start(drawn('HP', 'RV'), new Set(), () => told.push('old'));
    go();
    round = 'second';
    exploring.start(drawn('HP', 'RV'), new Set(), () => told.push('new'));
    go(); // The step of the edit before this one: it does nothing.
    expect(told).toEqual(['old']);
    expect(exploring.findings.map(({ code }) => code)).toEqual(['first']);
    go(2);
    expect(told).toEqual(['old', 'new', 'new']);
    expect(exploring.findings.map(({ code }) => code)).toEqual(['second', 'second']);
  });

  it('forgets what it found of a workflow that is gone', () => {
    const { later, go } = stepwise();
    const exploring = new Exploring((_, key) => [found('X', key)], later);
    exploring.start(drawn('HP', 'RV'), new Set(), () => {});
    go(2);
    exploring.start(drawn('RV'), new Set(), () => {});
    expect(exploring.findings.map(({ document }) => document)).toEqual(['workflow/RV']);
  });

  it('finds by decide what no rule about the drawing does, and says where it could not decide', () => {
    const large = alteredHousing((copy) => {
      const workflow = copy.workflow['RV'];
      if (!workflow) return;
      for (let i = 0; i < 40; i++) {
        workflow.nodes[`M${i}`] = { type: 'milestone', order: 100 + i, stage: `Stage ${i}` };
        workflow.links[`m${i}`] = { order: 100 + i, from: 'RV01', to: `M${i}`, type: 'FS' };
      }
    });
    const checker = createChecker({ from: '2026-11-21', explore: 'only' });
    const live = (configuration: Configuration, key: string) => {
      const workflow = configuration.workflow[key];
      return workflow ? checker.check({ ...configuration, workflow: { [key]: workflow } }, ['workflow']) : [];
    };
    expect(live(large, 'RV').map(({ code }) => code)).toEqual(['EXPLORATION_NOT_DECIDED']);
    expect(live(large, 'TR')).toEqual([]);
    expect(live(housing, 'RV')).toEqual([]);
  });
});
