import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { emptyConfiguration } from '../../../schemas/empty-configuration.ts';
import { ApiProblem } from '../../../studio/api/client.ts';
import { Autosave, type DraftServer } from '../../../studio/document/autosave.ts';
import type { DraftContent } from '../../../studio/document/engine.ts';
import type { Journal, KeptChange } from '../../../studio/document/journal.ts';

const NAME = 'provision/P';
const content = (title: string): DraftContent =>
  ({
    configuration: { ...emptyConfiguration(), provision: { P: { kind: 'provision', key: 'P', title } } },
    layouts: {},
  }) as unknown as DraftContent;
const without = { configuration: emptyConfiguration(), layouts: {} } as unknown as DraftContent;
const titleOf = (body: unknown) => (body as { title: string }).title;

/** A server that keeps one document under its revision, can be taken off the net, and can lose its answers. */
function keepServer() {
  const kept = {
    title: 'first',
    revision: 1,
    reachable: true,
    answers: true,
    refuses: 0,
    saves: [] as string[],
    removed: false,
  };
  const check = (revision: number | undefined) => {
    if (!kept.reachable) throw new ApiProblem(0, { detail: 'no net' });
    if (kept.refuses > 0) throw new ApiProblem(kept.refuses, { detail: 'refused' });
    if (revision !== kept.revision || kept.removed) throw new ApiProblem(412, { detail: 'stale' });
  };
  const server: DraftServer = {
    async save(_name, body, revision) {
      check(revision);
      kept.title = titleOf(body);
      kept.saves.push(kept.title);
      kept.revision++;
      if (!kept.answers) throw new ApiProblem(0, { detail: 'no answer' });
      return kept.revision;
    },
    async remove(_name, revision) {
      check(revision);
      kept.removed = true;
    },
    async load() {
      if (!kept.reachable) throw new ApiProblem(0, { detail: 'no net' });
      return kept.removed ? undefined : { body: documentOf(kept.title), revision: kept.revision };
    },
  };
  return { kept, server };
}

const documentOf = (title: string) => ({ kind: 'provision', key: 'P', title }) as never;

/** A journal as a list of what was last kept. */
function keepJournal() {
  const changes = new Map<string, KeptChange>();
  const journal: Journal = {
    keep: (change) => void changes.set(change.name, change),
    forget: (name) => void changes.delete(name),
    flush: async () => {},
    adopt: async () => ({ changes: [], left: 0 }),
    close: async () => {},
    getTrouble: () => undefined,
    isWriting: () => false,
    leave: () => {},
    subscribe: () => () => {},
  };
  return { changes, journal };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('autosave', () => {
  it('sends what changed once, soon after the last change', async () => {
    const { kept, server } = keepServer();
    const autosave = new Autosave(server, { [NAME]: 1 });
    autosave.touch([NAME], content('a'));
    autosave.touch([NAME], content('ab'));
    expect(autosave.getState()).toEqual({ at: 'saving' });
    await vi.advanceTimersByTimeAsync(600);
    expect(kept.saves).toEqual(['ab']);
    expect(autosave.getState()).toEqual({ at: 'saved' });
  });

  it('counts on the revision that the last save gave', async () => {
    const { kept, server } = keepServer();
    const autosave = new Autosave(server, { [NAME]: 1 });
    for (const title of ['a', 'b', 'c']) {
      autosave.touch([NAME], content(title));
      await vi.advanceTimersByTimeAsync(600);
    }
    expect(kept).toMatchObject({ saves: ['a', 'b', 'c'], revision: 4 });
  });

  it('sends once when several places wait for the same save', async () => {
    const { kept, server } = keepServer();
    const { save } = server;
    let asked = 0;
    server.save = async (...change) => {
      asked++;
      await Promise.resolve();
      return save(...change);
    };
    const autosave = new Autosave(server, { [NAME]: 1 });
    autosave.touch([NAME], content('a'));
    await Promise.all([autosave.flush(), autosave.flush(), autosave.flush(true)]);
    expect({ asked, saves: kept.saves }).toEqual({ asked: 1, saves: ['a'] });
  });

  it('does not send a document that is again what the server holds', async () => {
    const { kept, server } = keepServer();
    const autosave = new Autosave(server, { [NAME]: 1 }, content('first'));
    autosave.touch([NAME], content('x'));
    autosave.touch([NAME], content('first'));
    await vi.advanceTimersByTimeAsync(600);
    expect(kept.saves).toEqual([]);
    expect(autosave.getState()).toEqual({ at: 'saved' });
  });

  it('removes a document that is gone from the draft, also when somebody else was as quick', async () => {
    const { kept, server } = keepServer();
    const autosave = new Autosave(server, { [NAME]: 1 });
    autosave.touch([NAME], without);
    await autosave.flush();
    expect(kept.removed).toBe(true);
    const slower = new Autosave(server, { [NAME]: 1 });
    slower.touch([NAME], without);
    await slower.flush();
    expect(slower.getState()).toEqual({ at: 'saved' });
  });

  it('keeps what could not be sent, says how much, and sends it once the server is back', async () => {
    const { kept, server } = keepServer();
    const autosave = new Autosave(server, { [NAME]: 1 });
    kept.reachable = false;
    for (const title of ['a', 'b', 'c']) {
      autosave.touch([NAME], content(title));
      await vi.advanceTimersByTimeAsync(1000);
    }
    await vi.advanceTimersByTimeAsync(5000);
    expect(autosave.getState()).toEqual({ at: 'offline', reason: 'no net', changes: 3 });
    await expect(autosave.flush()).rejects.toThrow('no net');
    kept.reachable = true;
    await vi.advanceTimersByTimeAsync(4100);
    expect(kept.saves).toEqual(['c']);
    expect(autosave.getState()).toEqual({ at: 'saved' });
  });

  it('does not take its own save for somebody else’s when the answer was lost', async () => {
    const { kept, server } = keepServer();
    const autosave = new Autosave(server, { [NAME]: 1 }, content('first'));
    kept.answers = false;
    autosave.touch([NAME], content('a'));
    await vi.advanceTimersByTimeAsync(600);
    expect(autosave.getState()).toMatchObject({ at: 'offline' });
    kept.answers = true;
    await vi.advanceTimersByTimeAsync(4100);
    expect(kept).toMatchObject({ saves: ['a'], revision: 2 });
    expect(autosave.getState()).toEqual({ at: 'saved' });
  });

  it('goes on from a save whose answer was lost when more was typed since', async () => {
    const { kept, server } = keepServer();
    const autosave = new Autosave(server, { [NAME]: 1 }, content('first'));
    kept.answers = false;
    autosave.touch([NAME], content('a'));
    await vi.advanceTimersByTimeAsync(600);
    kept.answers = true;
    autosave.touch([NAME], content('ab'));
    await vi.advanceTimersByTimeAsync(4100);
    expect(kept).toMatchObject({ saves: ['a', 'ab'], revision: 3 });
    expect(autosave.getState()).toEqual({ at: 'saved' });
  });

  it('says what the server does not take and goes on with the next change', async () => {
    const { kept, server } = keepServer();
    const autosave = new Autosave(server, { [NAME]: 1 });
    kept.refuses = 422;
    autosave.touch([NAME], content('a'));
    await vi.advanceTimersByTimeAsync(600);
    expect(autosave.getState()).toEqual({ at: 'refused', name: NAME, reason: 'refused', changes: 1 });
    await expect(autosave.flush()).rejects.toThrow('refused');
    kept.refuses = 0;
    autosave.touch([NAME], content('b'));
    await vi.advanceTimersByTimeAsync(600);
    expect(kept.saves).toEqual(['b']);
    expect(autosave.getState()).toEqual({ at: 'saved' });
  });

  it('freezes at a conflict: nothing is sent until a person chooses', async () => {
    const { kept, server } = keepServer();
    const autosave = new Autosave(server, { [NAME]: 1 }, content('first'));
    Object.assign(kept, { title: 'theirs', revision: 5 });
    autosave.touch([NAME], content('mine'));
    await vi.advanceTimersByTimeAsync(600);
    expect(autosave.getState()).toEqual({
      at: 'conflict',
      name: NAME,
      base: documentOf('first'),
      theirs: { body: documentOf('theirs'), revision: 5 },
    });
    autosave.touch([NAME], content('mine still'));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(kept.saves).toEqual([]);
    await expect(autosave.flush()).rejects.toThrow('Choose which version');
  });

  it('sends my version over theirs once the conflict is settled', async () => {
    const { kept, server } = keepServer();
    const autosave = new Autosave(server, { [NAME]: 1 });
    kept.revision = 5;
    autosave.touch([NAME], content('mine'));
    await vi.advanceTimersByTimeAsync(600);
    autosave.settleConflict();
    await vi.advanceTimersByTimeAsync(10);
    expect(kept).toMatchObject({ title: 'mine', revision: 6 });
    expect(autosave.getState()).toEqual({ at: 'saved' });
  });

  it('sends nothing when theirs is taken, and goes on from its revision', async () => {
    const { kept, server } = keepServer();
    const autosave = new Autosave(server, { [NAME]: 1 });
    Object.assign(kept, { title: 'theirs', revision: 5 });
    autosave.touch([NAME], content('mine'));
    await vi.advanceTimersByTimeAsync(600);
    autosave.settleConflict();
    autosave.touch([NAME], content('theirs'));
    await vi.advanceTimersByTimeAsync(600);
    expect(kept).toMatchObject({ saves: [], revision: 5 });
    autosave.touch([NAME], content('after theirs'));
    await vi.advanceTimersByTimeAsync(600);
    expect(kept).toMatchObject({ saves: ['after theirs'], revision: 6 });
  });

  it('makes a document anew that somebody else deleted, when mine is kept', async () => {
    const { kept, server } = keepServer();
    const autosave = new Autosave(server, { [NAME]: 1 });
    kept.removed = true;
    autosave.touch([NAME], content('mine'));
    await vi.advanceTimersByTimeAsync(600);
    expect(autosave.getState()).toMatchObject({ at: 'conflict', theirs: undefined });
    autosave.settleConflict();
    expect(autosave.storedOf(NAME)).toBeUndefined();
  });
});

describe('the journal of unsaved changes', () => {
  it('holds a change with the state it began from until the server has it', async () => {
    const { kept, server } = keepServer();
    const { changes, journal } = keepJournal();
    const autosave = new Autosave(server, { [NAME]: 1 }, content('first'));
    autosave.keepIn(journal);
    kept.reachable = false;
    autosave.touch([NAME], content('a'));
    expect(changes.get(NAME)).toEqual({
      name: NAME,
      body: documentOf('a'),
      base: documentOf('first'),
      revision: 1,
      changes: 1,
    });
    await vi.advanceTimersByTimeAsync(600);
    expect(changes.get(NAME)).toMatchObject({ unanswered: [documentOf('a')] });
    kept.reachable = true;
    await vi.advanceTimersByTimeAsync(4100);
    expect(changes.size).toBe(0);
  });

  it('lets another page go on with a change whose answer was lost: it reaches the server once', async () => {
    const { kept, server } = keepServer();
    const { changes, journal } = keepJournal();
    const first = new Autosave(server, { [NAME]: 1 }, content('first'));
    first.keepIn(journal);
    kept.answers = false;
    first.touch([NAME], content('a'));
    await vi.advanceTimersByTimeAsync(600);
    const left = [...changes.values()];
    kept.answers = true;
    const second = new Autosave(server, { [NAME]: 2 }, content('a'));
    second.keepIn(journal);
    for (const change of left) second.adopt(change);
    second.touch([NAME], content('a'));
    await second.flush();
    expect(kept).toMatchObject({ saves: ['a'], revision: 2 });
    expect(changes.size).toBe(0);
  });

  it('takes what a closed page sent for its own, however late it arrives', async () => {
    for (const late of ['sent before', 'sent as it closed']) {
      const { kept, server } = keepServer();
      const { load } = server;
      server.load = async (name) => {
        const found = await load(name);
        // Now it is there: after the question, before the next save.
        if (kept.revision === 1) Object.assign(kept, { title: late, revision: 2 });
        return found;
      };
      const autosave = new Autosave(server, { [NAME]: 1 }, content('first'));
      autosave.adopt({
        name: NAME,
        body: documentOf('sent as it closed'),
        base: documentOf('first'),
        revision: 1,
        unanswered: [documentOf('sent before')],
        changes: 2,
      });
      autosave.touch([NAME], content('typed since'));
      await autosave.flush();
      expect(kept).toMatchObject({ saves: ['typed since'], revision: 3 });
      expect(autosave.getState()).toEqual({ at: 'saved' });
    }
  });

  it('sends a new document of a closed page without asking for it first, and knows its own where it had arrived', async () => {
    const { kept, server } = keepServer();
    Object.assign(kept, { title: 'sent before', revision: 1 });
    const asked: string[] = [];
    const { load, save } = server;
    server.load = (name) => {
      asked.push('load');
      return load(name);
    };
    server.save = (name, body, revision, keepalive) => {
      asked.push('save');
      return save(name, body, revision, keepalive);
    };
    const autosave = new Autosave(server, {}, without);
    autosave.adopt({ name: NAME, body: documentOf('sent before'), base: null, changes: 1 });
    autosave.touch([NAME], content('typed since'));
    await autosave.flush();
    await vi.advanceTimersByTimeAsync(1200);
    expect(asked[0]).toBe('save');
    expect(kept).toMatchObject({ saves: ['typed since'], revision: 2 });
    expect(autosave.getState()).toEqual({ at: 'saved' });
  });

  it('takes out a new document again that arrived although no answer came', async () => {
    const { kept, server } = keepServer();
    Object.assign(kept, { removed: true, answers: false });
    const { save } = server;
    server.save = async (name, body, revision, keepalive) => {
      Object.assign(kept, { removed: false, revision: 0 });
      return save(name, body, revision ?? 0, keepalive);
    };
    const autosave = new Autosave(server, {}, without);
    autosave.touch([NAME], content('new'));
    await vi.advanceTimersByTimeAsync(600);
    expect(kept).toMatchObject({ removed: false, saves: ['new'] });
    autosave.touch([NAME], without);
    await vi.advanceTimersByTimeAsync(4100);
    expect(kept.removed).toBe(true);
    expect(autosave.getState()).toEqual({ at: 'saved' });
  });

  it('knows its own new document however often it was sent in vain since', async () => {
    const { kept, server } = keepServer();
    Object.assign(kept, { title: 'arrived', revision: 1 });
    const { save } = server;
    let isAway = true;
    server.save = async (name, body, revision, keepalive) => {
      if (isAway) throw new ApiProblem(0, { detail: 'no net' });
      return save(name, body, revision, keepalive);
    };
    const autosave = new Autosave(server, {}, without);
    autosave.touch([NAME], content('arrived'));
    for (let at = 0; at < 10; at++) {
      await vi.advanceTimersByTimeAsync(4100);
      autosave.touch([NAME], content(`typed ${at}`));
    }
    isAway = false;
    await vi.advanceTimersByTimeAsync(4100);
    expect(kept).toMatchObject({ saves: ['typed 9'], revision: 2 });
    expect(autosave.getState()).toEqual({ at: 'saved' });
  });

  it('goes on from what the server has in the place of what was taken back', async () => {
    const name = 'layout/HP';
    const layout = (positions: object) => ({ kind: 'layout', format: 1, key: 'HP', positions }) as never;
    const none = layout({});
    const placed = (positions: object) =>
      ({ configuration: emptyConfiguration(), layouts: { HP: layout(positions) } }) as unknown as DraftContent;
    const saves: (number | undefined)[] = [];
    const autosave = new Autosave(
      {
        save: async (_name, _body, revision) => {
          saves.push(revision);
          return 3;
        },
        remove: async () => ({ body: none, revision: 2 }),
        load: async () => undefined,
      },
      {},
    );
    autosave.setStored(name, { revision: 1, body: layout({ A: { x: 1, y: 1 } }) });
    autosave.touch([name], without);
    await autosave.flush();
    expect(autosave.storedOf(name)).toEqual({ body: none, revision: 2 });
    autosave.touch([name], placed({ A: { x: 2, y: 2 } }));
    await autosave.flush();
    expect(saves).toEqual([2]);
  });

  it('sends nothing once it is stopped, and waits for the answer that is still to come', async () => {
    const { kept, server } = keepServer();
    const { changes, journal } = keepJournal();
    const autosave = new Autosave(server, { [NAME]: 1 }, content('first'));
    autosave.keepIn(journal);
    autosave.touch([NAME], content('a'));
    void autosave.flush();
    autosave.touch([NAME], content('ab'));
    await autosave.stop();
    expect(kept.saves).toEqual(['a']);
    autosave.touch([NAME], content('abc'));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(kept.saves).toEqual(['a']);
    expect(changes.get(NAME)).toMatchObject({ body: documentOf('abc'), base: documentOf('a'), revision: 2 });
  });

  it('meets the conflict of the time it was written when somebody saved since', async () => {
    const { kept, server } = keepServer();
    Object.assign(kept, { title: 'theirs', revision: 2 });
    const autosave = new Autosave(server, { [NAME]: 2 }, content('theirs'));
    autosave.adopt({ name: NAME, body: documentOf('mine'), base: documentOf('first'), revision: 1, changes: 1 });
    autosave.touch([NAME], content('mine'));
    await vi.advanceTimersByTimeAsync(600);
    expect(autosave.getState()).toMatchObject({ at: 'conflict', base: documentOf('first') });
  });
});
