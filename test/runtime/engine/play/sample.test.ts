import { describe, expect, it } from 'vitest';
import {
  compileCalendars,
  compileWorkflow,
  sampleCase,
  sampleDirectory,
  shippedBankHolidays,
  withoutLadders,
} from '../../../../runtime/engine/index.ts';
import { loadHousing } from '../../../support/configuration.ts';

const { configuration } = loadHousing();
const calendars = compileCalendars(configuration, shippedBankHolidays);
const startAt = Date.UTC(2027, 0, 4, 9) / 1000;

function groundOf(key: string) {
  const workflow = configuration.workflow[key];
  if (!workflow) throw new Error(`expected a workflow ${key}`);
  const bundle = compileWorkflow({ configuration: withoutLadders(configuration, workflow) }, key);
  return { bundle, calendars, directory: sampleDirectory(configuration) };
}

const always = (share: number) => ({
  startAt,
  answers: {},
  assumed: { shortest: share, likely: share, longest: share },
});

describe('sampled durations', () => {
  it('meet every target when all work takes half of it', () => {
    for (const key of Object.keys(configuration.workflow)) {
      const run = sampleCase(groundOf(key), { ...always(0.5), random: () => 0.5 });
      expect({ key, missed: Object.entries(run.tasks).filter(([, met]) => !met) }).toEqual({ key, missed: [] });
      expect(run.case ?? true).toBe(true);
    }
  });

  it('miss the targets of tasks when all work takes twice as long', () => {
    const run = sampleCase(groundOf('SA'), { ...always(2), random: () => 0.5 });
    expect(Object.values(run.tasks)).not.toContain(true);
  });

  it('are the same for the same chance and differ with it', () => {
    const settings = { startAt, answers: {}, assumed: { shortest: 0.2, likely: 0.9, longest: 1.6 } };
    const ground = groundOf('RG');
    const runs = [0.1, 0.1, 0.9].map((share) => sampleCase(ground, { ...settings, random: () => share }));
    expect(runs[0]).toEqual(runs[1]);
    expect(runs[2]?.seconds).toBeGreaterThan(runs[0]?.seconds ?? 0);
  });
});
