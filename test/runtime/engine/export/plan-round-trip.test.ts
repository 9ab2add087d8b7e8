import { describe, expect, it } from 'vitest';
import {
  type NamedPlan,
  type Plan,
  readExchangeFile,
  readMspdi,
  schedulePlan,
  toNamedPlan,
  writeMspdi,
  writePlanCsv,
} from '../../../../runtime/engine/index.ts';
import type { Configuration } from '../../../../schemas/configuration.ts';
import { inOrder } from '../../../../schemas/document.ts';
import { emptyConfiguration } from '../../../../schemas/empty-configuration.ts';
import { loadHousing } from '../../../support/configuration.ts';
import { hasCases, loadVectors } from '../schedule/vectors.ts';

const { configuration } = loadHousing();
const files = [
  'test/cases/schedule/cal-constraints.json',
  'test/cases/schedule/cal-deadlines.json',
  '../shared/cases/external/schedule/cal-msproject.json',
];
const nothing = emptyConfiguration() as Configuration;

/** A vector with what its files leave unsaid filled in. */
function toNamed(vector: { name: string } & Plan): NamedPlan {
  return {
    ...vector,
    title: vector.name,
    names: new Map(vector.tasks.map(({ id }) => [id, `Task ${id} & <more>`])),
    notes: [],
  };
}

describe('a plan written as MS Project XML and read again', () => {
  for (const file of files) {
    it.skipIf(!hasCases(file))(`has the same tasks, links, calendars and dates: ${file}`, async () => {
      for (const vector of loadVectors(file).vectors as unknown as ({ name: string } & Plan)[]) {
        const { plan, names, codes } = await readMspdi(writeMspdi(toNamed(vector)), 'plan.xml');
        const id = (read: string) => codes.get(read) ?? read;
        expect(plan.tasks.map((task) => id(task.id))).toEqual(vector.tasks.map((task) => task.id));
        expect(
          plan.links.map(({ from, to, type, lagMinutes }) => ({ from: id(from), to: id(to), type, lagMinutes })),
        ).toEqual(
          expect.arrayContaining(
            vector.links.map(({ from, to, type, lagMinutes }) => ({ from, to, type, lagMinutes })),
          ),
        );
        expect(plan.links).toHaveLength(vector.links.length);
        expect(new Set(names.values()).has(`Task ${vector.tasks[0]?.id} & <more>`)).toBe(true);
        expect([vector.name, datesOf(plan)]).toEqual([vector.name, datesOf(vector)]);
      }
    });
  }
});

/** Every date and float of a plan, in the order of its tasks. */
function datesOf(plan: Plan) {
  const { schedule, findings } = schedulePlan(plan);
  if (!schedule) return findings.map(({ code }) => code);
  const { earlyStart, earlyFinish, lateStart, lateFinish, totalFloat } = schedule;
  return [earlyStart, earlyFinish, lateStart, lateFinish, totalFloat].map((values) => [...values]);
}

describe('a workflow written for planners', () => {
  const keys = inOrder(configuration.workflow['HP']?.nodes ?? {}).map(({ key }) => key);
  const links = inOrder(configuration.workflow['HP']?.links ?? {});
  const plan = toNamedPlan(configuration, 'HP', '2027-01-04');

  it('has every node, link and lag of the drawing', () => {
    expect(plan.tasks.map(({ id }) => id)).toEqual(keys);
    expect(plan.links.map(({ from, to, type }) => ({ from, to, type }))).toEqual(
      links.map(({ from, to, type }) => ({ from, to, type })),
    );
  });

  it.each([
    ['xml', writeMspdi(plan)],
    ['csv', writePlanCsv(plan)],
  ])('comes back as a drawing with the same targets, links and lags: %s', async (extension, text) => {
    const back = await readExchangeFile(text, nothing, { name: `Back.${extension}` });
    expect([back.findings, back.missing]).toEqual([[], []]);
    const read = { ...nothing } as Record<string, Record<string, unknown>>;
    for (const document of back.documents) read[document.kind] = { ...read[document.kind], [document.key]: document };
    const again = toNamedPlan(read as unknown as Configuration, 'Back', '2027-01-04');
    const plain = (one: NamedPlan) => ({
      titles: one.tasks.map(({ id }) => one.names.get(id)),
      targets: one.tasks.map(({ durationMinutes, elapsed }) => [durationMinutes, elapsed]),
      links: one.links.map(({ from, to, type, lagMinutes, elapsed }) => [
        one.tasks.findIndex(({ id }) => id === from),
        one.tasks.findIndex(({ id }) => id === to),
        type,
        lagMinutes,
        lagMinutes === 0 ? false : elapsed,
      ]),
    });
    const sorted = (one: ReturnType<typeof plain>) => ({ ...one, links: one.links.map(String).sort() });
    const expected = sorted(plain(plan));
    // A table knows one working day of eight hours, so working time is compared in days.
    const scale = extension === 'csv' ? 480 / (expected.targets.length && dayOf(plan)) : 1;
    expect(sorted(plain(again))).toEqual({
      ...expected,
      targets: expected.targets.map(([minutes, elapsed]) => [elapsed ? minutes : Number(minutes) * scale, elapsed]),
      links: extension === 'csv' ? expect.any(Array) : expected.links,
    });
    expect(again.links).toHaveLength(plan.links.length);
  });

  it('says what cannot be said as exactly', () => {
    const months = Object.keys(configuration.workflow).flatMap(
      (key) => toNamedPlan(configuration, key, '2027-01-04').notes,
    );
    for (const note of months) expect(note).toMatch(/written as \d+ calendar days/);
  });
});

/** Minutes of a working day in the plan's calendar, from its Monday. */
function dayOf(plan: NamedPlan): number {
  const base = plan.calendars.find(({ id }) => id === plan.defaultCalendar);
  return (base?.week.mon ?? []).reduce((sum, [from, to]) => sum + minutes(to) - minutes(from), 0);
}

function minutes(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

describe('a file that cannot be read', () => {
  it.each([
    ['broken.xml', '<Project><Tasks>', /broken\.xml is not XML: .* \(line 1\)\. Save it again/],
    ['page.xml', '<html></html>', /page\.xml is not a plan of MS Project: it has no Project element/],
    ['list.csv', 'a,b\n1,2', /the first line needs the columns ID, Duration/],
    ['broken.json', '{"format": 1,', /broken\.json is not JSON: .*Export it again/],
    ['empty.json', '{}', /empty\.json holds no documents: expected/],
    ['empty.csv', 'ID,Duration\n', /holds no task/],
  ])('says what is wrong and what to do: %s', async (name, text, sentence) => {
    const { documents, findings } = await readExchangeFile(text, nothing, { name });
    expect(documents).toEqual([]);
    expect(findings.map(({ message }) => message).join()).toMatch(sentence);
  });

  it('brings what can be read and names the line that cannot', async () => {
    const { documents, findings } = await readExchangeFile('ID,Duration,Predecessors\n1,3d,\n2,soon,9', nothing, {
      name: 'plan.csv',
    });
    expect(documents.some(({ kind }) => kind === 'workflow')).toBe(true);
    expect(findings.map(({ message }) => message)).toEqual([
      expect.stringContaining('Task "2" has the duration "soon"'),
      '"2" waits for "9", which is no task of plan.csv; the link is left out.',
    ]);
  });
});
