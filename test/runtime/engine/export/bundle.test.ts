import { describe, expect, it } from 'vitest';
import { readExchangeFile, withWhatTheyNeed, writeBundle } from '../../../../runtime/engine/index.ts';
import { type Configuration, documentKinds } from '../../../../schemas/configuration.ts';
import { emptyConfiguration } from '../../../../schemas/empty-configuration.ts';
import { loadHousing } from '../../../support/configuration.ts';

const { configuration } = loadHousing();
const nothing = emptyConfiguration() as Configuration;
const names = (documents: readonly { kind: string; key: string }[]) =>
  documents.map(({ kind, key }) => `${kind}/${key}`);

describe('a bundle of documents', () => {
  it('of a workflow holds all it needs: nothing is missing where there was nothing', async () => {
    const documents = withWhatTheyNeed(configuration, ['workflow/HP']);
    expect(names(documents)).toEqual(expect.arrayContaining(['workflow/HP', 'task/HP01', 'form/HP']));
    const back = await readExchangeFile(writeBundle(documents), nothing, { name: 'hp.json' });
    expect(back).toEqual({ format: 'bundle', documents, findings: [], missing: [] });
  });

  it('of everything comes back as it was, the same bytes each time', async () => {
    const all = documentKinds.flatMap((kind) => Object.keys(configuration[kind]).map((key) => `${kind}/${key}`));
    const text = writeBundle(withWhatTheyNeed(configuration, all));
    const { documents } = await readExchangeFile(text, nothing, { name: 'all.json' });
    expect(documents).toHaveLength(all.length);
    expect(writeBundle(documents)).toBe(text);
  });

  it('of one document names what is to be repaired', async () => {
    const task = configuration.task['HP01'];
    const { documents, missing } = await readExchangeFile(JSON.stringify(task), nothing, { name: 'task.json' });
    expect(names(documents)).toEqual(['task/HP01']);
    expect(missing.map(({ document }) => document)).toContain('task/HP01');
    const known = await readExchangeFile(JSON.stringify(task), configuration, { name: 'task.json' });
    expect(known.missing).toEqual([]);
  });

  it('keeps the good documents of a file with a bad one, and says which is bad', async () => {
    const text = JSON.stringify([
      configuration.task['HP01'],
      { kind: 'task', key: 'X' },
      { kind: 'spaceship', key: 'Y' },
    ]);
    const { documents, findings } = await readExchangeFile(text, configuration, { name: 'mixed.json' });
    expect(names(documents)).toEqual(['task/HP01']);
    expect(new Set(findings.map(({ document }) => document))).toEqual(new Set(['task/X', 'spaceship/Y']));
  });
});
