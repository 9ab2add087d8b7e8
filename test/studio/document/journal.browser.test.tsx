import { expect, it } from 'vitest';
import { type Adoption, type Body, BrowserJournal, type KeptChange } from '../../../studio/document/journal.ts';

/** Each way of leaving is tried so often: what is lost is lost by chance. */
const PAGES = 12;
const source = new URL('../../../studio/document/journal.ts', import.meta.url).href;
const team = (title: string): Body => ({ kind: 'team', format: 1, key: 'A', title, type: 'group' });
const change = (title: string): KeptChange => ({ name: 'team/A', body: team(title), base: null, changes: 1 });

const anything: Adoption = { isFree: () => true, join: () => undefined };

interface OpenPage {
  window: Window;
  journal: BrowserJournal;
  /** The page goes as by a link: it hears of it, and that is the last it does. */
  leave(): Promise<void>;
}

/** A page of its own in a frame, with a journal of this owner. */
async function openPage(owner: string): Promise<OpenPage> {
  const frame = document.body.appendChild(document.createElement('iframe'));
  const window = frame.contentWindow as Window & { journal?: BrowserJournal };
  const script = window.document.createElement('script');
  script.type = 'module';
  script.textContent = `import { BrowserJournal } from ${JSON.stringify(source)}; window.journal = new BrowserJournal(${JSON.stringify(owner)});`;
  window.document.head.append(script);
  await expect.poll(() => window.journal).toBeDefined();
  const leave = async () => {
    const held = (await navigator.locks.query()).held?.length ?? 0;
    const gone = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
    frame.src = '/left';
    await gone;
    frame.remove();
    await expect.poll(async () => (await navigator.locks.query()).held?.length).toBe(held - 1);
  };
  return { window, journal: window.journal as BrowserJournal, leave };
}

/** What a later page of the same person finds. */
async function leftBy(owner: string): Promise<unknown[]> {
  return (await new BrowserJournal(owner).adopt(async () => anything)).changes.map(({ body }) => body);
}

it('keeps what was typed at the moment the page went', async () => {
  for (let at = 0; at < PAGES; at++) {
    const { window, journal, leave } = await openPage(`leaves ${at}`);
    journal.keep(change('before'));
    await journal.flush();
    window.addEventListener('pagehide', () => {
      journal.keep(change('at the last moment'));
      void journal.flush();
    });
    await leave();
    expect(await leftBy(`leaves ${at}`)).toEqual([team('at the last moment')]);
  }
});

it('keeps it although the write before is still under way, and says it to one later page only', async () => {
  for (let at = 0; at < PAGES; at++) {
    const owner = `leaves writing ${at}`;
    const { window, journal, leave } = await openPage(owner);
    journal.keep(change('first'));
    await journal.flush();
    window.addEventListener('pagehide', () => {
      journal.keep(change('before'));
      void journal.flush();
      journal.keep(change('at the last moment'));
      void journal.flush();
      journal.leave();
    });
    await leave();
    expect(await leftBy(owner)).toEqual([team('at the last moment')]);
    expect(await leftBy(owner)).toEqual([]);
  }
});

it('keeps nothing of what was saved at the moment the page went', async () => {
  const { window, journal, leave } = await openPage('saved');
  journal.keep(change('before'));
  await journal.flush();
  window.addEventListener('pagehide', () => {
    journal.forget('team/A');
    journal.leave();
  });
  await leave();
  expect(await leftBy('saved')).toEqual([]);
});

it('says nothing twice when the page is kept for the way back, and is no living page then', async () => {
  const { window, journal } = await openPage('stays');
  journal.keep(change('before'));
  journal.leave();
  await journal.flush();
  expect(Object.keys(localStorage)).toEqual([]);
  journal.keep(change('after'));
  await journal.flush();
  await expect.poll(() => leftBy('stays')).toEqual([team('after')]);
  window.frameElement?.remove();
});

it('leaves to a person what another one typed on the same computer', async () => {
  const { window, journal, leave } = await openPage('one');
  journal.keep(change('mine'));
  window.addEventListener('pagehide', () => journal.leave());
  await leave();
  expect(await leftBy('other')).toEqual([]);
  expect(await leftBy('one')).toEqual([team('mine')]);
});

it('gives one change of each document, and the others of it once that one is saved', async () => {
  for (const title of ['in one tab', 'in the other']) {
    const { journal, leave } = await openPage('two tabs');
    journal.keep(change(title));
    await journal.flush();
    await leave();
  }
  const next = new BrowserJournal('two tabs');
  const busy = await next.adopt(async () => ({ ...anything, isFree: () => false }));
  expect(busy).toEqual({ changes: [], left: 2 });
  const first = await next.adopt(async () => anything);
  expect(first).toMatchObject({ changes: [{ name: 'team/A' }], left: 1 });
  next.forget('team/A');
  const second = await next.adopt(async () => anything);
  expect(second).toMatchObject({ changes: [{ name: 'team/A' }], left: 0 });
  const titles = [...first.changes, ...second.changes].map(({ body }) => (body as { title: string }).title);
  expect(titles.sort()).toEqual(['in one tab', 'in the other']);
});

it('joins what two pages left of one document where that can be', async () => {
  for (const title of ['one', 'two']) {
    const { window, journal, leave } = await openPage('joined');
    journal.keep(change(title));
    window.addEventListener('pagehide', () => journal.leave());
    await leave();
  }
  const join = (one: KeptChange, other: KeptChange) => ({ ...one, changes: one.changes + other.changes });
  const adopted = await new BrowserJournal('joined').adopt(async () => ({ isFree: () => true, join }));
  expect(adopted).toMatchObject({ changes: [{ name: 'team/A', changes: 2 }], left: 0 });
});

it('leaves what is unsaved to the next who signs in in this very page, if it is the same person', async () => {
  const journal = new BrowserJournal('goes and comes');
  journal.keep(change('before signing out'));
  expect(await leftBy('goes and comes')).toEqual([]);
  await journal.close();
  await expect.poll(() => leftBy('goes and comes')).toEqual([team('before signing out')]);
});
