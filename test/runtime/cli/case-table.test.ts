import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { housingFolder } from '../../support/configuration.ts';
import { lintelJson } from '../../support/lintel.ts';
import { loadVectors, mistakesIn } from '../engine/schedule/vectors.ts';

const own = 'test/cases';
const external = '../shared/cases/external';
const page = 'docs/cases.md';

/** How many cases of a file the command answers as expected; a case with any other answer does not pass. */
interface Score {
  readonly command: string;
  readonly file: string;
  readonly cases: number;
  readonly pass: number;
}

describe('the table of cases', () => {
  it('says for every file of cases how many the commands answer as expected', async () => {
    const scores = await scoreAll(own);
    expect(scores.map(({ file, cases, pass }) => `${file}: ${cases - pass} do not pass`)).toEqual(
      scores.map(({ file }) => `${file}: 0 do not pass`),
    );
    if (!existsSync(external)) {
      console.log(`skipped: ${external} is absent, so its rows are taken on trust`);
      for (const row of scores.map(toRow)) expect(readFileSync(page, 'utf8')).toContain(row);
      return;
    }
    await expect(toPage(scores, await scoreAll(external))).toMatchFileSnapshot(join(process.cwd(), page));
  }, 120_000);
});

async function scoreAll(folder: string): Promise<Score[]> {
  const files = ['schedule', 'sla', 'content'].flatMap((part) =>
    existsSync(join(folder, part)) ? readdirSync(join(folder, part)).map((name) => `${part}/${name}`) : [],
  );
  const scores: Score[] = [];
  for (const file of files.filter((name) => name.endsWith('.json')).sort()) {
    const score = await scoreOf(join(folder, file));
    if (score) scores.push({ ...score, file });
  }
  return scores;
}

async function scoreOf(path: string): Promise<Omit<Score, 'file'> | undefined> {
  if (path.endsWith('expected-schedules.json')) return scorePlans(path);
  const { schema } = loadVectors(path);
  if (schema === 'bizcal/1') return scoreCalendar(path);
  if (schema === 'sla-trace/1') return scoreTraces(path);
  return schema === undefined ? undefined : scoreSchedules(path);
}

async function scoreSchedules(path: string): Promise<Omit<Score, 'file'>> {
  const { schema, vectors } = loadVectors(path);
  const { results } = (await lintelJson(['schedule', path])).json as {
    results: { result: Record<string, unknown> }[];
  };
  const pass = vectors.filter((vector, i) => mistakesIn(schema, vector, results[i]?.result ?? {}).length === 0);
  return { command: 'lintel schedule', cases: vectors.length, pass: pass.length };
}

async function scoreCalendar(path: string): Promise<Omit<Score, 'file'>> {
  const vectors = loadVectors(path).vectors as unknown as { cases: { expect: unknown }[] }[];
  const { results } = (await lintelJson(['calendar', path])).json as { results: { results: unknown[] }[] };
  const right = vectors.flatMap(({ cases }, i) => cases.map((one, at) => isSame(results[i]?.results[at], one.expect)));
  return { command: 'lintel calendar', cases: right.length, pass: right.filter(Boolean).length };
}

async function scoreTraces(path: string): Promise<Omit<Score, 'file'>> {
  const vectors = loadVectors(path).vectors as unknown as { expect: unknown }[];
  const { results } = (await lintelJson(['simulate', path])).json as { results: { result: unknown }[] };
  const pass = vectors.filter((vector, i) => isSame(results[i]?.result, vector.expect));
  return { command: 'lintel simulate', cases: vectors.length, pass: pass.length };
}

async function scorePlans(path: string): Promise<Omit<Score, 'file'>> {
  const rows = JSON.parse(readFileSync(path, 'utf8')) as ExpectedPlan[];
  let pass = 0;
  for (const row of rows) {
    const args = ['plan', housingFolder, '--workflow', row.workflow, '--start', row.start, '--sweep', '2027'];
    const { finish, criticalPath, sweep } = (await lintelJson(args)).json as PrintedPlan;
    const { bestLengthDays, worstLengthDays, worstStart, clocks } = sweep;
    const expected = [row.plannedFinish, row.criticalPath, row.bestLengthDays, row.worstLengthDays, row.worstStart];
    const isRight = isSame([finish, criticalPath, bestLengthDays, worstLengthDays, worstStart], expected);
    if (isRight && hasClocks(clocks, row.clocks ?? {})) pass++;
  }
  return { command: 'lintel plan', cases: rows.length, pass };
}

interface PlannedClock {
  breachedStarts: number;
  leastSlackDays: number;
  worstStart?: string;
}

interface ExpectedPlan {
  workflow: string;
  start: string;
  plannedFinish: string;
  criticalPath: string[];
  bestLengthDays: number;
  worstLengthDays: number;
  worstStart: string;
  clocks?: Record<string, PlannedClock>;
}

interface PrintedPlan {
  finish: string;
  criticalPath: string[];
  sweep: Omit<ExpectedPlan, 'clocks'> & { clocks: Record<string, PlannedClock> };
}

function hasClocks(printed: Record<string, PlannedClock>, expected: Record<string, PlannedClock>): boolean {
  return Object.entries(expected).every(([key, clock]) =>
    Object.entries(clock).every(([name, value]) => printed[key]?.[name as keyof PlannedClock] === value),
  );
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(inKeyOrder(a)) === JSON.stringify(inKeyOrder(b));
}

function inKeyOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inKeyOrder);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, inKeyOrder(inner)]),
  );
}

function toPage(ownScores: readonly Score[], externalScores: readonly Score[]): string {
  const all = [...ownScores, ...externalScores];
  const sum = (pick: (score: Score) => number) => all.reduce((total, score) => total + pick(score), 0);
  return `# What passes, as numbers

Expected answers that did not come from this code, and how many of them the commands give.
\`test/runtime/cli/case-table.test.ts\` runs the commands over every file and fails where this page is out of date;
\`npx vitest run --project unit test/runtime/cli/case-table.test.ts -u\` writes it anew.

## Own cases (\`test/cases\`)

${toTable(ownScores)}

The 25 scenarios of \`sla/scenarios.json\` are 25 tests of the same name in \`test/runtime/engine/clock/scenarios.test.ts\`.

Beside these, drawn at random anew each run, independent walks written for the tests: \`lintel calendar\` minute by minute
across clock changes, \`lintel schedule\` by repeated relaxation and by hand with constraints and deadlines, \`lintel simulate\`
second by second (\`test/runtime/cli/*-reference.test.ts\`); MS Project XML and CSV written from the vectors schedule like them.

## Cases of other projects (\`../shared/cases/external\`, read in place)

${toTable(externalScores)}

Together ${sum((score) => score.pass).toLocaleString('en-GB')} of ${sum((score) => score.cases).toLocaleString('en-GB')}.
`;
}

function toTable(scores: readonly Score[]): string {
  return ['| command | file | cases | pass |', '|---|---|---:|---:|', ...scores.map(toRow)].join('\n');
}

function toRow({ command, file, cases, pass }: Score): string {
  return `| \`${command}\` | ${file} | ${cases} | ${pass} |`;
}
