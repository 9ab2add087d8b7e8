import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { housingFolder } from '../../support/configuration.ts';
import { lintel } from '../../support/lintel.ts';

let folder = '';

function save(key: string, parts: object): void {
  const document = { kind: 'test', format: 1, key, title: `Test ${key}`, workflow: 'HP', ...parts };
  writeFileSync(join(folder, 'test', `${key}.json`), JSON.stringify(document));
}

const launch = { at: '2027-01-04T10:00:00Z', command: { type: 'launch', answers: {} } };
const acknowledge = { at: '2027-01-04T12:00:00Z', command: { type: 'completeTask', task: 'HP01' } };

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lintel-test-'));
  const isTest = (path: string): boolean => /[\\/]test[\\/].*\.json$/.test(path.slice(housingFolder.length));
  cpSync(housingFolder, folder, { recursive: true, filter: (source) => !isTest(source) });
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('lintel test', () => {
  it('passes what comes true and measures what was lived', async () => {
    save('A', { script: [launch, acknowledge], outcome: { states: { HP02: 'ready' } } });
    const { code, out } = await lintel(['test', folder, '--json', '--coverage']);
    const report = JSON.parse(out) as {
      passed: number;
      failed: number;
      coverage: Record<string, { covered: number; total: number; missing: string[] }>;
    };
    expect([code, report.passed, report.failed]).toEqual([0, 1, 0]);
    expect(Object.keys(report.coverage).sort()).toEqual(
      ['branches', 'links', 'nodes', 'options', 'rules', 'rungs', 'statements'].sort(),
    );
    // HP01 was opened and led to HP02.
    expect(report.coverage['nodes']).toMatchObject({ covered: 2 });
    expect(report.coverage['links']).toMatchObject({ covered: 1 });
    expect(report.coverage['rungs']?.covered).toBe(0);
    expect(report.coverage['nodes']?.missing).toContain('CO/CO01');
  });

  it('fails with one sentence a difference, also in JUnit for whatever builds the configuration', async () => {
    save('B', { title: 'Says "<no>" & fails', script: [launch], outcome: { states: { HP01: 'complete' } } });
    save('C', { script: [{ ...launch, command: { type: 'fly' } }] });
    const junit = join(folder, 'junit.xml');
    const { code, printed } = await lintel(['test', folder, '--junit', junit]);
    expect(code).toBe(1);
    expect(printed[0]).toBe('ok   A Test A');
    expect(printed[1]).toBe('FAIL B Says "<no>" & fails\n     HP01 is ready, expected complete');
    expect(printed[2]).toMatch(/^FAIL C Test C\n {5}command 1 of the script/);
    const read = new XMLParser({ ignoreAttributes: false, isArray: (name) => name === 'testcase' });
    const { testsuites } = read.parse(readFileSync(junit, 'utf8')) as {
      testsuites: { testsuite: { testcase: Record<string, unknown>[] } };
    };
    expect(testsuites).toMatchObject({ '@_tests': '3', '@_failures': '2' });
    const cases = testsuites.testsuite.testcase;
    expect(cases.map((one) => one['@_name'])).toEqual(['Test A', 'Says "<no>" & fails', 'Test C']);
    expect(cases[1]?.['failure']).toEqual({ '@_message': 'HP01 is ready, expected complete' });
  });

  it('tells of a test whose workflow is gone', async () => {
    save('D', { workflow: 'GONE', script: [launch] });
    const { code, out } = await lintel(['test', folder]);
    expect(code).toBe(1);
    expect(out).toContain('FAIL D Test D\n     there is no workflow "GONE"');
  });
});
