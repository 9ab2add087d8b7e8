import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { documentKinds } from '../../schemas/configuration.ts';
import { toDocumentJsonSchema } from '../../schemas/json-schema.ts';
import { loadConfiguration } from '../../schemas/load-configuration.ts';
import { housingFolder } from '../support/configuration.ts';

const agency = { kind: 'agency', format: 1, key: 'SHELTER', title: 'Shelter' };
const load = (value: unknown, path = 'agency/SHELTER.json') =>
  loadConfiguration([{ path, text: typeof value === 'string' ? value : JSON.stringify(value) }]);
const codes = (value: unknown, path?: string) =>
  load(value, path).findings.map(({ code, pointer }) => `${code} ${pointer}`);

describe('loading a configuration', () => {
  it('accepts a sound document', () => {
    expect(load(agency)).toMatchObject({ findings: [], configuration: { agency: { SHELTER: agency } } });
  });

  it('names an unknown field with file and pointer', () => {
    const [finding] = load({ ...agency, phne: '1' }).findings;
    expect(finding).toMatchObject({
      code: 'UNKNOWN_KEY',
      document: 'agency/SHELTER.json',
      pointer: '/phne',
      severity: 'error',
    });
  });

  it('says what was expected and what came', () => {
    const task = JSON.parse(readFileSync(`${housingFolder}/task/HP01.json`, 'utf8')) as {
      sla: { target: { unit: string } };
    };
    task.sla.target.unit = 'fortnights';
    const [finding] = load(task, 'task/HP01.json').findings;
    expect(finding).toMatchObject({
      code: 'SHAPE_INVALID',
      pointer: '/sla/target/unit',
      values: { came: '"fortnights"' },
    });
    expect(finding?.message).toContain('"workingDays"');
  });

  it.each([
    ['text that is no JSON', '{"kind":', 'JSON_INVALID '],
    ['a list', [], 'KIND_UNKNOWN /kind'],
    ['an unknown kind', { kind: 'spell' }, 'KIND_UNKNOWN /kind'],
    ['a key with a space', { ...agency, key: 'a b' }, 'SHAPE_INVALID /key'],
    ['a date that does not exist', { ...agency, effectiveFrom: '2027-02-30' }, 'SHAPE_INVALID /effectiveFrom'],
    [
      '__proto__',
      '{"kind":"agency","format":1,"key":"A","title":"A","attributes":{"__proto__":{"x":1}}}',
      'FORBIDDEN_KEY /attributes/__proto__',
    ],
    [
      'a key every object inherits',
      { ...agency, attributes: { constructor: 'x' } },
      'FORBIDDEN_KEY /attributes/constructor',
    ],
  ])('refuses %s', (_, value, expected) => {
    expect(codes(value)).toEqual([expected]);
  });

  it('refuses 10,000 nested levels without falling over', () => {
    const deep = `${'{"op":"not","condition":'.repeat(10_000)}{"op":"named","name":"x"}${'}'.repeat(10_000)}`;
    const [finding] = load(`{"kind":"advice","format":1,"key":"A","title":"A","when":${deep}}`).findings;
    expect(finding?.code).toBe('NESTED_TOO_DEEP');
  });

  it('refuses keys that differ only in case and keeps the first', () => {
    const loaded = loadConfiguration([
      { path: 'agency/SHELTER.json', text: JSON.stringify(agency) },
      { path: 'agency/shelter.json', text: JSON.stringify({ ...agency, key: 'shelter' }) },
    ]);
    expect(loaded.findings.map(({ code }) => code)).toEqual(['KEY_TWICE']);
    expect(Object.keys(loaded.configuration.agency)).toEqual(['SHELTER']);
  });

  it('loses no sound document to a bad neighbour', () => {
    const loaded = loadConfiguration([
      { path: 'agency/BAD.json', text: '{' },
      { path: 'agency/SHELTER.json', text: JSON.stringify(agency) },
    ]);
    expect(Object.keys(loaded.configuration.agency)).toEqual(['SHELTER']);
  });
});

describe('the JSON Schema for editors', () => {
  it.each(documentKinds)('of %s is draft 7 and describes its fields', (kind) => {
    const schema = toDocumentJsonSchema(kind);
    expect(schema['$schema']).toBe('http://json-schema.org/draft-07/schema#');
    expect(JSON.stringify(schema)).toContain('"description"');
  });
});
