import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../schemas/finding.ts';
import { scenarioOf } from '../../../studio/document/play-engine.ts';
import { addRun, daysWithin, noChances } from '../../../studio/play/chances.ts';
import { findByName, playLinkOf } from '../../../studio/play/counterexample.ts';
import { seededRandom } from '../../../studio/play/seeded-random.ts';
import { loadHousing } from '../../support/configuration.ts';

const { configuration } = loadHousing();

const finding = (counterexample?: Record<string, unknown>): Finding => ({
  code: 'SLA_PATH_EXCEEDS_WORKFLOW',
  severity: 'error',
  document: 'workflow/HP',
  pointer: '/sla',
  values: {},
  message: 'Too long.',
  ...(counterexample ? { counterexample } : {}),
});

describe('a counterexample', () => {
  it('is found again by the name in its address', () => {
    const shown = finding({ start: '2027-12-24' });
    const link = playLinkOf(shown);
    expect(link).toEqual({ params: { key: 'HP' }, search: { finding: 'SLA_PATH_EXCEEDS_WORKFLOW workflow/HP/sla' } });
    expect(findByName([finding(), shown], link?.search.finding ?? '')).toBe(shown);
    expect(playLinkOf(finding())).toBeUndefined();
  });

  it('of a date starts when the office opens, on the next day it does', () => {
    const christmas = scenarioOf(configuration, 'HP', finding({ start: '2026-12-25' }));
    // Christmas Day 2026 is a Friday and Monday the 28th a substitute day: the office opens on the 29th.
    expect(christmas).toEqual({ startAt: Date.UTC(2026, 11, 29, 9) / 1000, answers: {}, steps: [] });
  });

  it('of answers and commands keeps their times; a command alone is given at the start', () => {
    const commands = [
      { at: 100, command: { type: 'launch', answers: { notice: 's21' } } },
      { at: 200, command: { type: 'completeTask', task: 'HP01' } },
      { type: 'completeTask', task: 'HP02' },
    ];
    expect(scenarioOf(configuration, 'HP', finding({ answers: { landlord_type: 'private' }, commands }))).toEqual({
      startAt: 100,
      answers: { landlord_type: 'private', notice: 's21' },
      steps: [
        { kind: 'command', at: 200, actor: 'officer', command: { type: 'completeTask', task: 'HP01' } },
        { kind: 'command', at: 100, actor: 'officer', command: { type: 'completeTask', task: 'HP02' } },
      ],
    });
  });
});

describe('chances', () => {
  it('count a target among the cases in which it ran', () => {
    const day = 86_400;
    const runs = [
      { seconds: 10 * day, case: true, clocks: { duty: true }, tasks: { A: false } },
      { seconds: 20 * day, case: false, clocks: {}, tasks: { A: true } },
      { seconds: 30 * day, case: null, clocks: { duty: false }, tasks: {} },
    ];
    const chances = runs.reduce(addRun, noChances);
    expect(chances).toMatchObject({
      runs: 3,
      case: { met: 1, of: 2 },
      clocks: { duty: { met: 1, of: 2 } },
      tasks: { A: { met: 1, of: 2 } },
    });
    expect([0.3, 0.5, 0.9, 1].map((share) => daysWithin(chances.days, share))).toEqual([10, 20, 30, 30]);
  });

  it('are the same for the same seed', () => {
    const draw = (seed: number) => Array.from({ length: 4 }, seededRandom(seed));
    expect(draw(5)).toEqual(draw(5));
    expect(draw(5)).not.toEqual(draw(6));
    for (const share of draw(9)) expect(share >= 0 && share < 1).toBe(true);
  });
});
