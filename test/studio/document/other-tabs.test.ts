import { afterEach, describe, expect, it } from 'vitest';
import type { Configuration } from '../../../schemas/configuration.ts';
import { emptyConfiguration } from '../../../schemas/empty-configuration.ts';
import { parseDocument } from '../../../schemas/load-configuration.ts';
import { Autosave, type DraftServer } from '../../../studio/document/autosave.ts';
import { DraftStore } from '../../../studio/document/draft-store.ts';
import type { Body } from '../../../studio/document/journal.ts';
import { OtherTabs } from '../../../studio/document/other-tabs.ts';

const team = (title: string): Body => ({ kind: 'team', format: 1, key: 'A', title, type: 'group' });
const channels: OtherTabs[] = [];

afterEach(() => {
  for (const channel of channels.splice(0)) channel.close();
});

function openChannel(owner: string): OtherTabs {
  const channel = new OtherTabs(owner);
  channels.push(channel);
  return channel;
}

/** A tab of this person with team A at revision 1, whose server takes everything. */
function openTab(owner: string) {
  const sent: string[] = [];
  const server: DraftServer = {
    save: async (name, _body, revision) => {
      sent.push(`${name} after ${revision}`);
      return (revision ?? 0) + 1;
    },
    remove: async () => {},
    load: async () => undefined,
  };
  const configuration = { ...emptyConfiguration(), team: { A: team('first') } } as Configuration;
  const store = new DraftStore({ configuration, layouts: {} }, parseDocument);
  const autosave = new Autosave(server, { 'team/A': 1 }, store.getView().content);
  store.onTouched((names, content, isStep) => autosave.touch(names, content, isStep));
  openChannel(owner).hear(store, autosave);
  const title = () => store.getView().content.configuration.team['A']?.title;
  return { store, autosave, sent, title };
}

describe('what another tab of the same person saved', () => {
  it('stands here too and is not sent again; no step of this tab takes it back', async () => {
    const { store, autosave, sent, title } = openTab('one');
    store.run({ type: 'setDocumentField', kind: 'team', key: 'A', path: ['title'], value: 'typed here' });
    store.run({ type: 'putDocument', document: { ...team('another'), key: 'B' } as never });
    await autosave.flush();
    sent.length = 0;
    openChannel('one').tell({ name: 'team/A', body: team('in the other tab'), revision: 3 });
    await expect.poll(title).toBe('in the other tab');
    expect(store.getView().history.past).toHaveLength(1);
    store.undo();
    await autosave.flush();
    expect(store.undo()).toBeUndefined();
    expect({ title: title(), sent, stored: autosave.storedOf('team/A')?.revision }).toEqual({
      title: 'in the other tab',
      sent: [],
      stored: 3,
    });
  });

  it('is gone here where it was taken out, and there where it was made', async () => {
    const { store, title } = openTab('one');
    const other = openChannel('one');
    other.tell({ name: 'team/A', body: null, revision: 1 });
    await expect.poll(title).toBeUndefined();
    other.tell({ name: 'team/B', body: { ...team('new'), key: 'B' } as Body, revision: 1 });
    await expect.poll(() => store.getView().content.configuration.team['B']?.title).toBe('new');
  });

  it('changes nothing where this tab has changes of its own, knows it already, or is somebody else’s', async () => {
    const [busy, newer, stranger] = [openTab('one'), openTab('one'), openTab('other')];
    busy.store.run({ type: 'setDocumentField', kind: 'team', key: 'A', path: ['title'], value: 'typed here' });
    newer.autosave.setStored('team/A', { revision: 5, body: team('first') });
    const heard = openTab('one');
    openChannel('one').tell({ name: 'team/A', body: team('in the other tab'), revision: 2 });
    await expect.poll(heard.title).toBe('in the other tab');
    expect(busy.autosave.isUnsaved('team/A')).toBe(true);
    expect([busy.title(), newer.title(), stranger.title()]).toEqual(['typed here', 'first', 'first']);
  });
});
