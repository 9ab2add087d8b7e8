import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { main } from '../../runtime/cli/main.ts';
import {
  AdviceCases,
  ContentPack,
  importContentPack,
  measureCaseCoverage,
  measureCoverage,
  scriptPlayer,
} from '../../runtime/engine/index.ts';
import { documentKinds } from '../../schemas/configuration.ts';
import { toDocumentText } from '../../schemas/document-text.ts';
import { TestDocument } from '../../schemas/settings.ts';
import { housingFolder, loadHousing } from '../support/configuration.ts';

describe('the shipped configuration', () => {
  const read = (name: string): unknown =>
    JSON.parse(readFileSync(new URL(`../cases/content/${name}`, import.meta.url), 'utf8'));
  const imported = importContentPack(
    ContentPack.parse(read('content-pack.json')),
    AdviceCases.parse(read('expected-advice.json')),
  );
  const written = new Map(imported.map((document) => [`${document.kind}/${document.key}.json`, document]));
  const { configuration } = loadHousing();
  const authored = documentKinds.flatMap((kind) =>
    Object.values(configuration[kind]).filter((document) => !written.has(`${kind}/${document.key}.json`)),
  );

  it('is exactly what the importer writes from the pack, as far as it comes from there', () => {
    for (const [path, document] of written)
      expect(readFileSync(`${housingFolder}/${path}`, 'utf8'), path).toBe(toDocumentText(document));
  });

  it('holds the whole pack', () => {
    const counts = ['workflow', 'task', 'advice', 'question', 'form', 'ladder'].map(
      (kind) => imported.filter((document) => document.kind === kind).length,
    );
    expect(counts).toEqual([10, 100, 75, 60, 10, 5]);
  });

  it('holds what people wrote beside the pack: complaints, warden support, cases lived by script', () => {
    const keys = (kind: string) => authored.filter((document) => document.kind === kind).map(({ key }) => key);
    expect(keys('workflow')).toEqual(['CO', 'WS']);
    expect(keys('service-type')).toEqual(['WARDEN']);
  });

  it('is written by people in the form that the tools write, so that a pull changes nothing', () => {
    for (const document of authored) {
      const path = `${document.kind}/${document.key}.json`;
      expect(readFileSync(`${housingFolder}/${path}`, 'utf8'), path).toBe(toDocumentText(document));
    }
  });

  it('keeps what people wrote when the pack is imported again', async () => {
    const copy = mkdtempSync(join(tmpdir(), 'lintel-housing-'));
    cpSync(housingFolder, copy, { recursive: true });
    const source = fileURLToPath(new URL('../cases/content/content-pack.json', import.meta.url));
    const io = { read: (path: string) => readFileSync(path, 'utf8'), print: () => undefined, say: () => undefined };
    expect(await main(['import', copy, '--from', 'content-pack', source], io)).toBe(0);
    for (const document of authored) {
      const path = `${document.kind}/${document.key}.json`;
      expect(readFileSync(`${copy}/${path}`, 'utf8'), path).toBe(toDocumentText(document));
    }
    rmSync(copy, { recursive: true });
  });
});

describe('every shipped workflow', () => {
  const { configuration } = loadHousing();
  const play = scriptPlayer(configuration);
  const scripts = Object.values(configuration.test).filter((test) => test.script !== undefined);

  it.each(scripts.map((test) => [test.key, test] as const))(
    'is lived by %s as its dates were worked out',
    (_, test) => {
      expect(play(test).failures).toEqual([]);
    },
  );

  it('is lived as the guide for authors says', () => {
    const guide = readFileSync(fileURLToPath(new URL('../../docs/lived-tests.md', import.meta.url)), 'utf8');
    const example = /```json\n([\s\S]*?)```/.exec(guide)?.[1] ?? '';
    expect(play(TestDocument.parse(JSON.parse(example))).failures).toEqual([]);
  });

  it('has every statement and advice rule brought about by a saved case', () => {
    const { statements, rules } = measureCoverage(configuration, '2027-01-04');
    expect([...statements.missing, ...rules.missing]).toEqual([]);
  });

  it('has every node, link, branch and rung lived by a script', () => {
    const coverage = measureCaseCoverage(configuration, scripts.map(play));
    expect(Object.values(coverage).flatMap(({ missing }) => missing)).toEqual([]);
  });
});
