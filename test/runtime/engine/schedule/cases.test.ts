import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { differences, hasCases, loadVectors, runSchedule, type Vector, workingInstant } from './vectors.ts';

const own = 'test/cases/schedule';
const external = '../shared/cases/external/schedule';

for (const folder of [own, external]) {
  const files = hasCases(folder) ? readdirSync(folder).filter((name) => /^(cpm|cal|progress).*\.json$/.test(name)) : [];
  describe.skipIf(files.length === 0)(`lintel schedule on ${folder}`, () => {
    it.each(files)('answers every vector of %s', async (name) => {
      const path = `${folder}/${name}`;
      const { schema, vectors } = loadVectors(path);
      const { code, document } = await runSchedule(path);
      const { results } = document as { results: { name: string; result: Record<string, unknown> }[] };
      const wrong = vectors.flatMap((vector, i) =>
        check(schema, vector, results[i]?.result ?? {}).map((line) => `${vector.name}: ${line}`),
      );
      expect(wrong).toEqual([]);
      expect(results.map((result) => result.name)).toEqual(vectors.map((vector) => vector.name));
      expect(code).toBe(schema === 'cpm-cycle/1' ? 1 : 0);
    });
  });
}

function check(schema: string, vector: Vector, result: Record<string, unknown>): string[] {
  switch (schema) {
    case 'cpm-compact/1':
      return differences(result, { mpm: vector['mpm'], crit: vector['crit'] });
    case 'cpm-incremental/1':
      return differences(result, { edits: (vector['edits'] as { expect: unknown }[]).map((edit) => edit.expect) });
    case 'cpm-cycle/1':
      return checkCycle(vector, result);
    case 'cal-schedule/1':
      return differences(result, vector.expected, '', workingInstant(vector));
    default: {
      const clamp = 'startClampActive' in vector ? { startClampActive: vector['startClampActive'] } : {};
      const published = 'publishedMpmTime' in vector ? { makespan: vector['publishedMpmTime'] } : {};
      return [...differences(result, vector.expected), ...differences(result, { ...clamp, ...published })];
    }
  }
}

function checkCycle(vector: Vector, result: Record<string, unknown>): string[] {
  const [finding] = result['findings'] as { code: string; values: { sccs: string[][]; cycle: string[] } }[];
  if (finding === undefined) return ['no finding'];
  const { sccs } = vector.expected as { sccs: string[][] };
  const { cycle } = finding.values;
  const links = new Set((vector['links'] as { from: string; to: string }[]).map(({ from, to }) => `${from} ${to}`));
  const broken = cycle.filter((id, i) => !links.has(`${id} ${cycle[(i + 1) % cycle.length]}`));
  return [
    ...differences(finding.code, 'PLAN_CYCLE'),
    ...differences(normal(finding.values.sccs), normal(sccs)),
    ...broken.map((id) => `no link leaves ${id} in the cycle`),
  ];
}

function normal(sccs: readonly (readonly string[])[]): string[] {
  return sccs.map((set) => [...set].sort().join(' ')).sort();
}
