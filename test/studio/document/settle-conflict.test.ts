import { describe, expect, it } from 'vitest';
import type { AnyDocument } from '../../../schemas/configuration.ts';
import { emptyConfiguration } from '../../../schemas/empty-configuration.ts';
import { parseDocument } from '../../../schemas/load-configuration.ts';
import { ApiProblem } from '../../../studio/api/client.ts';
import { Autosave, type Conflict, type DraftServer } from '../../../studio/document/autosave.ts';
import { DraftStore } from '../../../studio/document/draft-store.ts';
import { settleConflict } from '../../../studio/document/settle-conflict.ts';

const agency = (fields: object): AnyDocument =>
  ({ kind: 'agency', format: 1, key: 'A', title: 'Agency', ...fields }) as AnyDocument;

/** A page with a change of mine that met theirs. */
async function meet(theirs: AnyDocument | undefined) {
  const saves: unknown[] = [];
  const server: DraftServer = {
    save: async (_name, body, revision) => {
      if (revision !== 2) throw new ApiProblem(412, { detail: 'stale' });
      saves.push(body);
      return 3;
    },
    remove: async () => {},
    load: async () => theirs && { body: theirs, revision: 2 },
  };
  const configuration = { ...emptyConfiguration(), agency: { A: agency({}) } } as never;
  const store = new DraftStore({ configuration, layouts: {} }, parseDocument);
  const autosave = new Autosave(server, { 'agency/A': 1 }, store.getView().content);
  store.onTouched((names, content, isStep) => autosave.touch(names, content, isStep));
  store.run({ type: 'setDocumentField', kind: 'agency', key: 'A', path: ['hours'], value: 'Mine' });
  await autosave.flush().catch(() => {});
  const conflict = autosave.getState() as { at: 'conflict' } & Conflict;
  expect(conflict.at).toBe('conflict');
  return { store, autosave, conflict, saves };
}

describe('what a person chose for a document that two changed', () => {
  it('is one step, which undo takes back', async () => {
    const theirs = agency({ hours: 'Theirs' });
    const { store, autosave, conflict, saves } = await meet(theirs);
    expect(settleConflict({ store, autosave }, conflict, theirs, 'Take theirs')).toBe(undefined);
    await autosave.flush();
    expect([saves, autosave.getState()]).toEqual([[], { at: 'saved' }]);
    expect(store.undo()).toBe('Take theirs');
    await autosave.flush();
    expect(saves).toEqual([agency({ hours: 'Mine' })]);
  });

  it('sends nothing over theirs where this page cannot take it, and goes on asking', async () => {
    const newer = agency({ hours: 'Theirs', fieldOfALaterBuild: true });
    const { store, autosave, conflict, saves } = await meet(newer);
    expect(settleConflict({ store, autosave }, conflict, newer, 'Take theirs')).toContain('fieldOfALaterBuild');
    await autosave.flush().catch(() => {});
    expect([saves, autosave.getState().at]).toEqual([[], 'conflict']);
    expect(store.getView().content.configuration.agency['A']).toEqual(agency({ hours: 'Mine' }));
  });
});
