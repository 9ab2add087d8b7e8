import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../runtime/cli/io.ts';
import { run } from '../../../runtime/cli/simulate.ts';

const text = readFileSync(new URL('../../cases/sla/traces.json', import.meta.url), 'utf8');
const file = JSON.parse(text) as { readonly vectors: readonly { readonly name: string; readonly expect: unknown }[] };

async function simulate(
  document: string,
): Promise<{ readonly results: readonly { readonly name: string; readonly result: unknown }[] }> {
  const printed: string[] = [];
  const io = { read: () => document, print: (line: string) => void printed.push(line), say: () => undefined };
  expect(await run(['traces.json', '--json'], io)).toBe(0);
  expect(printed).toHaveLength(1);
  return JSON.parse(printed[0] ?? '');
}

describe('lintel simulate with a file of traces', async () => {
  const { results } = await simulate(text);

  it('answers every vector in order', () => {
    expect(results.map(({ name }) => name)).toEqual(file.vectors.map(({ name }) => name));
  });

  for (const [position, vector] of file.vectors.entries()) {
    it(`plays ${vector.name} as expected`, () => {
      expect(results[position]?.result).toEqual(vector.expect);
    });
  }

  it('refuses a file of another schema and says why', async () => {
    await expect(simulate('{"schema": "sla-trace/2"}')).rejects.toThrow(UsageError);
  });

  it('names the vector whose calendar is missing', async () => {
    const clock = { calendar: 'nowhere', target: { value: 1, unit: 'hours' } };
    const vectors = [{ name: 'lost', kind: 'clock', clock, commands: [] }];
    const document = JSON.stringify({ schema: 'sla-trace/1', calendars: {}, vectors });
    await expect(simulate(document)).rejects.toThrow('vector "lost" names the calendar "nowhere"');
  });
});
