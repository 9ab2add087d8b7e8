import { describe, expect, it } from 'vitest';
import type { Configuration } from '../../../schemas/configuration.ts';
import { emptyConfiguration } from '../../../schemas/empty-configuration.ts';
import { parseDocument } from '../../../schemas/load-configuration.ts';
import { Autosave, type DraftServer } from '../../../studio/document/autosave.ts';
import { bringBack } from '../../../studio/document/bring-back.ts';
import { DraftStore } from '../../../studio/document/draft-store.ts';
import type { Body, KeptChange } from '../../../studio/document/journal.ts';

const team = (key: string, title: string): Body => ({ kind: 'team', format: 1, key, title, type: 'group' });
const kept = (key: string, body: Body | null, base: Body | null): KeptChange => ({
  name: `team/${key}`,
  body,
  base,
  ...(base ? { revision: 1 } : {}),
  changes: 2,
});

/** A draft with teams A and B, and a server that takes everything. */
function openDraft() {
  const sent: string[] = [];
  const held: Record<string, Body> = { A: team('A', 'a'), B: team('B', 'b') };
  const server: DraftServer = {
    save: async (name, body, revision) => {
      sent.push(`${name} ${'title' in body ? body.title : ''} after ${revision}`);
      return (revision ?? 0) + 1;
    },
    remove: async (name, revision) => void sent.push(`${name} gone after ${revision}`),
    load: async (name) => {
      const body = held[name.replace('team/', '')];
      return body && { body, revision: 1 };
    },
  };
  const configuration = { ...emptyConfiguration(), team: { ...held } } as Configuration;
  const store = new DraftStore({ configuration, layouts: {} }, parseDocument);
  const autosave = new Autosave(server, { 'team/A': 1, 'team/B': 1 }, store.getView().content);
  store.onTouched((names, content, isStep) => autosave.touch(names, content, isStep));
  const forgotten: string[] = [];
  const bring = (changes: KeptChange[]) =>
    bringBack(changes, store, autosave, { forget: (name) => void forgotten.push(name) });
  return { store, autosave, sent, forgotten, bring };
}

describe('changes that a closed page left behind', () => {
  it('come back as one step and reach the server once', async () => {
    const { store, autosave, sent, bring } = openDraft();
    const count = bring([
      kept('A', team('A', 'mine'), team('A', 'a')),
      kept('B', null, team('B', 'b')),
      kept('C', team('C', 'new'), null),
    ]);
    expect(count).toBe(6);
    expect(Object.values(store.getView().content.configuration.team).map(({ title }) => title)).toEqual([
      'mine',
      'new',
    ]);
    await autosave.flush();
    expect(sent.sort()).toEqual(['team/A mine after 1', 'team/B gone after 1', 'team/C new after undefined']);
    expect(store.undo()).toBe('Bring back changes kept on this computer');
    expect(Object.keys(store.getView().content.configuration.team)).toEqual(['A', 'B']);
  });

  it('are forgotten when the server already has them', async () => {
    const { store, autosave, sent, forgotten, bring } = openDraft();
    expect(bring([kept('A', team('A', 'a'), team('A', 'before'))])).toBe(0);
    await autosave.flush();
    expect({ sent, forgotten, past: store.getView().history.past }).toEqual({
      sent: [],
      forgotten: ['team/A'],
      past: [],
    });
  });

  it('come back without one that the draft cannot take any more', () => {
    const { store, bring } = openDraft();
    bring([
      kept('A', { ...team('A', 'x'), type: 'nonsense' } as never, team('A', 'a')),
      kept('C', team('C', 'new'), null),
    ]);
    expect(Object.values(store.getView().content.configuration.team).map(({ title }) => title)).toEqual([
      'a',
      'b',
      'new',
    ]);
  });
});
