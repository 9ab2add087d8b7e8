import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { run } from '../../../runtime/cli/calendar.ts';
import { type Io, UsageError } from '../../../runtime/cli/io.ts';

interface VectorFile {
  vectors: { name: string; cases: { expect: unknown }[] }[];
}

async function answersOf(text: string): Promise<{ name: string; results: unknown[] }[]> {
  const printed: string[] = [];
  const io: Io = { read: () => text, print: (line) => void printed.push(line), say: () => undefined };
  expect(await run(['-', '--json'], io)).toBe(0);
  return (JSON.parse(printed.join('')) as { results: { name: string; results: unknown[] }[] }).results;
}

async function expectAll(text: string): Promise<void> {
  const { vectors } = JSON.parse(text) as VectorFile;
  const expected = vectors.map(({ name, cases }) => ({ name, results: cases.map((each) => each.expect) }));
  expect(await answersOf(text)).toEqual(expected);
}

function vector(calendar: object, cases: readonly object[]): string {
  return JSON.stringify({ name: 'one', calendar, cases });
}

describe('lintel calendar', () => {
  it('agrees with every random vector of the United Kingdom', async () => {
    await expectAll(readFileSync(new URL('../../cases/schedule/bizcal-uk-random.json', import.meta.url), 'utf8'));
  });

  const external = new URL('../../../../shared/cases/external/schedule/bizcal-facts.json', import.meta.url);
  if (!existsSync(external)) console.log('skipped: ../shared/cases/external/schedule/bizcal-facts.json is absent');
  it.skipIf(!existsSync(external))('agrees with the facts of other projects', async () => {
    await expectAll(readFileSync(external, 'utf8'));
  });

  it('rolls a start that is no working day in the direction of the step, forward for 0', async () => {
    const week = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [['09:00', '17:00']]]));
    const steps = [1, 0, -1].map((days) => ({ op: 'addDays', date: '2010-04-10', days }));
    const [answered] = await answersOf(vector({ zone: 'Etc/UTC', weekly: week, holidays: [], pauses: [] }, steps));
    expect(answered).toEqual({ name: 'one', results: ['2010-04-13', '2010-04-12', '2010-04-08'] });
  });

  it('answers a calendar that never opens with null', async () => {
    const questions = [
      { op: 'add', at: '2026-03-02T09:00:00Z', minutes: 1 },
      { op: 'sub', at: '2026-03-02T09:00:00Z', minutes: 1 },
      { op: 'nextOpen', at: '2026-03-02T09:00:00Z' },
      { op: 'elapsed', from: '2026-03-02T09:00:00Z', to: '2026-03-09T09:00:00Z' },
    ];
    const [answered] = await answersOf(vector({ zone: 'Etc/UTC', weekly: {} }, questions));
    expect(answered?.results).toEqual([null, null, null, 0]);
  });

  it('refuses a file of another shape and an unknown zone', async () => {
    const refusal = async (text: string): Promise<void> => {
      await expect(answersOf(text)).rejects.toBeInstanceOf(UsageError);
    };
    await refusal('{"vectors": [{"name": "x"}]}');
    await refusal(vector({ zone: 'Mars/Olympus', weekly: {} }, [{ op: 'isWorking', at: '2026-03-02T09:00:00Z' }]));
  });
});
