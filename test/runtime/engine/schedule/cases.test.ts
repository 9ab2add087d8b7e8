import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { hasCases, loadVectors, mistakesIn, runSchedule } from './vectors.ts';

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
        mistakesIn(schema, vector, results[i]?.result ?? {}).map((line) => `${vector.name}: ${line}`),
      );
      expect(wrong).toEqual([]);
      expect(results.map((result) => result.name)).toEqual(vectors.map((vector) => vector.name));
      expect(code).toBe(schema === 'cpm-cycle/1' ? 1 : 0);
    });
  });
}
