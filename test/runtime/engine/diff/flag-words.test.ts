import { describe, expect, it } from 'vitest';
import { flagChange } from '../../../../runtime/engine/diff/flag-words.ts';
import { documentKinds } from '../../../../schemas/configuration.ts';
import { toDocumentJsonSchema } from '../../../../schemas/json-schema.ts';

/** Names of all fields that are yes or no, wherever in a schema they stand. */
function flagsIn(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties = {} } = schema as { properties?: Record<string, { type?: string; const?: unknown }> };
  const own = Object.entries(properties).flatMap(([name, field]) =>
    field.type === 'boolean' && field.const === undefined ? [name] : [],
  );
  return [...own, ...Object.values(schema).flatMap(flagsIn)];
}

describe('a field that is yes or no', () => {
  const flags = [...new Set(documentKinds.flatMap((kind) => flagsIn(toDocumentJsonSchema(kind))))];

  it.each(flags)('has words of its own for both in the difference: %s', (field) => {
    const [on, off] = [flagChange([field], 'X', false, true), flagChange([field], 'X', true, false)];
    expect([on, off]).toEqual([expect.any(String), expect.any(String)]);
    expect(on).not.toBe(off);
  });

  it('says nothing of its own where only what held anyway was written down', () => {
    expect(flagChange(['required'], 'Q', undefined, true)).toBeUndefined();
    expect(flagChange(['sensitive'], 'Q', undefined, false)).toBeUndefined();
  });
});
