import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { emptyConfiguration } from '../../../schemas/load-configuration.ts';
import { ApiProblem } from '../../../studio/api/client.ts';
import { Autosave, type DraftServer } from '../../../studio/document/autosave.ts';
import type { DraftContent } from '../../../studio/document/engine.ts';

const NAME = 'provision/P';
const content = (title: string): DraftContent =>
  ({
    configuration: { ...emptyConfiguration(), provision: { P: { kind: 'provision', key: 'P', title } } },
    layouts: {},
  }) as unknown as DraftContent;
const without = { configuration: emptyConfiguration(), layouts: {} } as unknown as DraftContent;
const titleOf = (body: unknown) => (body as { title: string }).title;

/** A server that keeps one document under its revision, and can be taken off the net. */
function keepServer() {
  const kept = { title: 'first', revision: 1, reachable: true, saves: [] as string[], removed: false };
  const server: DraftServer = {
    async save(_name, body, revision) {
      if (!kept.reachable) throw new ApiProblem(0, { detail: 'no net' });
      if (revision !== kept.revision) throw new ApiProblem(412, { detail: 'stale' });
      kept.title = titleOf(body);
      kept.saves.push(kept.title);
      return ++kept.revision;
    },
    async remove(_name, revision) {
      if (revision !== kept.revision) throw new ApiProblem(412, { detail: 'stale' });
      kept.removed = true;
    },
    async load() {
      return { body: { kind: 'provision', key: 'P', title: kept.title } as never, revision: kept.revision };
    },
  };
  return { kept, server };
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

  it('removes a document that is gone from the draft', async () => {
    const { kept, server } = keepServer();
    const autosave = new Autosave(server, { [NAME]: 1 });
    autosave.touch([NAME], without);
    await autosave.flush();
    expect(kept.removed).toBe(true);
  });

  it('keeps what could not be sent and sends it once the server is back', async () => {
    const { kept, server } = keepServer();
    const autosave = new Autosave(server, { [NAME]: 1 });
    kept.reachable = false;
    autosave.touch([NAME], content('a'));
    await vi.advanceTimersByTimeAsync(600);
    expect(autosave.getState()).toEqual({ at: 'offline', reason: 'no net' });
    await expect(autosave.flush()).rejects.toThrow('no net');
    kept.reachable = true;
    await vi.advanceTimersByTimeAsync(4100);
    expect(kept.saves).toEqual(['a']);
    expect(autosave.getState()).toEqual({ at: 'saved' });
  });

  it('freezes at a conflict: nothing is sent until a person chooses', async () => {
    const { kept, server } = keepServer();
    const autosave = new Autosave(server, { [NAME]: 1 });
    kept.revision = 5;
    autosave.touch([NAME], content('mine'));
    await vi.advanceTimersByTimeAsync(600);
    expect(autosave.getState()).toEqual({ at: 'conflict', name: NAME });
    autosave.touch([NAME], content('mine still'));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(kept.saves).toEqual([]);
    await expect(autosave.flush()).rejects.toThrow('Choose which version');
  });

  it('sends my version over theirs when I keep mine', async () => {
    const { kept, server } = keepServer();
    const autosave = new Autosave(server, { [NAME]: 1 });
    kept.revision = 5;
    autosave.touch([NAME], content('mine'));
    await vi.advanceTimersByTimeAsync(600);
    await autosave.keepMine();
    expect(kept).toMatchObject({ title: 'mine', revision: 6 });
    expect(autosave.getState()).toEqual({ at: 'saved' });
  });

  it('gives me their version when I take it, and goes on from its revision', async () => {
    const { kept, server } = keepServer();
    const autosave = new Autosave(server, { [NAME]: 1 });
    Object.assign(kept, { title: 'theirs', revision: 5 });
    autosave.touch([NAME], content('mine'));
    await vi.advanceTimersByTimeAsync(600);
    expect(titleOf(await autosave.takeTheirs())).toBe('theirs');
    autosave.touch([NAME], content('after theirs'));
    await vi.advanceTimersByTimeAsync(600);
    expect(kept).toMatchObject({ saves: ['after theirs'], revision: 6 });
  });
});
