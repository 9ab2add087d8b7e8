import type { AnyDocument } from '../../schemas/configuration.ts';
import type { LayoutDocument } from '../../schemas/settings.ts';
import { findLastWords, forgetLastWords, keepLastWords, type LastWords } from './last-words.ts';

/** What is saved: a document of the draft or the places of a drawing. */
export type Body = AnyDocument | LayoutDocument;

/** A change that the server does not have yet, with the state it began from. */
export interface KeptChange {
  /** `kind/key` or `layout/key`. */
  name: string;
  /** Null for a document that was taken out. */
  body: Body | null;
  /** What the server held when the change began; null for a new document. */
  base: Body | null;
  /** Revision of `base`; absent for a new document. */
  revision?: number;
  /** What was sent without an answer: the server may have any of it already. */
  unanswered?: readonly (Body | null)[];
  /** Steps a person made. */
  changes: number;
}

/** Keeps unsaved changes where they outlive the page. */
export interface Journal {
  keep(change: KeptChange): void;
  forget(name: string): void;
  /** Writes what waits; resolves when it is on disk or cannot be. */
  flush(): Promise<void>;
  /** Keeps at once what is not on disk yet and leaves it to the next page: this one goes. One that comes back begins anew. */
  leave(): void;
  /**
   * Changes of pages that are gone, of the same person, one of each document: from now on they are this page's. `prepare` is
   * asked only when there may be any.
   */
  adopt(prepare: () => Promise<Adoption>): Promise<Adopted>;
  /** The person goes, the page stays: what is unsaved can be adopted as if the page had gone. */
  close(): Promise<void>;
  /** Why changes cannot be kept on this computer; undefined while they can. */
  readonly getTrouble: () => string | undefined;
  /** Whether a change is still on its way to the disk: until then it lives in this page alone. */
  readonly isWriting: () => boolean;
  readonly subscribe: (listener: () => void) => () => void;
}

/** Which changes a page can take over now. */
export interface Adoption {
  /** Whether this page has nothing unsaved of the document itself. */
  isFree(name: string): boolean;
  /** Two changes of one document as one; undefined where only a person can say what stands. */
  join(one: KeptChange, other: KeptChange): KeptChange | undefined;
}

export interface Adopted {
  changes: KeptChange[];
  /** How many wait until what this page has now is saved. */
  left: number;
}

const WRITE_DELAY_MS = 80;
const STORE = 'changes';

interface Row extends KeptChange {
  id: string;
  owner: string;
  page: string;
}

/** A journal in the browser's database, apart for each person of each organisation (`owner`) and each open page. */
export class BrowserJournal implements Journal {
  #owner: string;
  #page = Array.from(crypto.getRandomValues(new Uint32Array(3)), (part) => part.toString(36)).join('');
  #database: Promise<IDBDatabase> | undefined;
  #waiting = new Map<string, KeptChange | undefined>();
  /** What is not on disk yet, the newest of each document. */
  #unwritten = new Map<string, KeptChange | undefined>();
  #hasLastWords = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #writing: Promise<void> = Promise.resolve();
  #trouble: string | undefined;
  #listeners = new Set<() => void>();
  #release: () => void = () => {};

  constructor(owner: string) {
    this.#owner = owner;
    // Held as long as the page lives: other pages tell by it whose changes are orphans.
    void navigator.locks?.request(
      lockName(this.#page),
      () =>
        new Promise<void>((resolve) => {
          this.#release = resolve;
        }),
    );
  }

  readonly getTrouble = (): string | undefined => this.#trouble;
  readonly isWriting = (): boolean => this.#unwritten.size > 0;
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  keep(change: KeptChange): void {
    this.#wait(change.name, change);
  }

  forget(name: string): void {
    this.#wait(name, undefined);
  }

  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#waiting.size === 0) return this.#writing;
    const rows = [...this.#waiting];
    this.#waiting.clear();
    this.#writing = this.#writing.then(() => this.#write(rows));
    return this.#writing;
  }

  leave(): void {
    // A browser that keeps the page for the way back keeps what it holds too: to the next page it would be a living one.
    this.#release();
    if (this.#unwritten.size === 0) return;
    const words = [...this.#unwritten].map(([name, change]) => [name, change ?? null]);
    keepLastWords(this.#owner, this.#page, Object.fromEntries(words));
    this.#hasLastWords = true;
  }

  async close(): Promise<void> {
    await this.flush();
    this.#release();
  }

  async adopt(prepare: () => Promise<Adoption>): Promise<Adopted> {
    try {
      await this.flush();
      const living = await livingPages();
      const isGone = (page: string) => page !== this.#page && !living.has(lockName(page));
      const lastWords = new Map([...findLastWords(this.#owner)].filter(([page]) => isGone(page)));
      const kept = await this.#transact<number>((store, resolve) => {
        const count = store.count();
        count.onsuccess = () => resolve(count.result);
      });
      if (kept === 0 && lastWords.size === 0) return { changes: [], left: 0 };
      const adoption = await prepare();
      const adopted = await this.#transact<Adopted>((store, resolve) => {
        const all = store.getAll() as IDBRequest<Row[]>;
        all.onsuccess = () => {
          const rows = all.result.filter(({ owner, page }) => owner === this.#owner && isGone(page));
          for (const { id } of rows) store.delete(id);
          const { changes, left } = chooseChanges(withLastWords(rows, lastWords), adoption);
          for (const change of changes) store.put(this.#toRow(change));
          for (const { page, ...change } of left) store.put(this.#toRow(change, page));
          resolve({ changes, left: left.length });
        };
      });
      for (const page of lastWords.keys()) forgetLastWords(this.#owner, page);
      return adopted;
    } catch (error) {
      this.#fail(error);
      return { changes: [], left: 0 };
    }
  }

  #wait(name: string, change: KeptChange | undefined): void {
    this.#waiting.set(name, change);
    this.#unwritten.set(name, change);
    this.#timer ??= setTimeout(() => void this.flush(), WRITE_DELAY_MS);
    this.#tell();
  }

  async #write(rows: readonly [string, KeptChange | undefined][]): Promise<void> {
    try {
      await this.#transact<void>((store, resolve) => {
        for (const [name, change] of rows) {
          if (change) store.put(this.#toRow(change));
          else store.delete(this.#id(name, this.#page));
        }
        // Handed over with its end: left to end by itself it is undone when the page goes before.
        store.transaction.commit();
        resolve();
      });
      for (const [name, change] of rows) if (this.#unwritten.get(name) === change) this.#unwritten.delete(name);
      this.#show(undefined);
    } catch (error) {
      this.#fail(error);
      // A later write tries again with what is not there yet; newer changes go before.
      for (const [name, change] of rows) if (!this.#waiting.has(name)) this.#waiting.set(name, change);
    }
    if (this.#hasLastWords && this.#unwritten.size === 0) {
      // The page did not go, or came back.
      forgetLastWords(this.#owner, this.#page);
      this.#hasLastWords = false;
    }
    this.#tell();
  }

  #toRow(change: KeptChange, page = this.#page): Row {
    return { ...change, id: this.#id(change.name, page), owner: this.#owner, page };
  }

  #id(name: string, page: string): string {
    return `${this.#owner} ${page} ${name}`;
  }

  /** One transaction; answers once it is complete, throws when it is refused. */
  async #transact<T>(work: (store: IDBObjectStore, resolve: (value: T) => void) => void): Promise<T> {
    this.#database ??= openDatabase();
    const database = await this.#database.catch((error: unknown) => {
      this.#database = undefined;
      throw error;
    });
    return new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(STORE, 'readwrite', { durability: 'strict' });
      let answer: T;
      transaction.oncomplete = () => resolve(answer);
      transaction.onabort = () => reject(transaction.error ?? new Error('the write was aborted'));
      work(transaction.objectStore(STORE), (value) => {
        answer = value;
      });
    });
  }

  #fail(error: unknown): void {
    this.#show(
      error instanceof DOMException && error.name === 'QuotaExceededError'
        ? 'The storage of this browser is full. Free some space; until then changes stay only in this page, so keep it open.'
        : 'This browser refuses to store anything (a private window, or blocked by its settings). Changes stay only in this page until they are saved, so keep it open.',
    );
  }

  #show(trouble: string | undefined): void {
    if (trouble === this.#trouble) return;
    this.#trouble = trouble;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

type Orphan = KeptChange & { page: string };

/** What pages left, each document once of each page: as the page last had it. */
function withLastWords(rows: readonly Row[], lastWords: ReadonlyMap<string, LastWords>): Orphan[] {
  const written = rows
    .filter(({ page, name }) => lastWords.get(page)?.[name] === undefined)
    .map(({ id: _id, owner: _owner, ...change }) => change);
  const said = [...lastWords].flatMap(([page, words]) =>
    Object.values(words).flatMap((change) => (change === null ? [] : [{ ...change, page }])),
  );
  return [...written, ...said];
}

/** One change of each document that can be taken now; those that cannot be joined with it are left. */
function chooseChanges(orphans: readonly Orphan[], { isFree, join }: Adoption) {
  const chosen = new Map<string, KeptChange>();
  const left: Orphan[] = [];
  for (const orphan of orphans) {
    const { page: _page, ...change } = orphan;
    const before = chosen.get(change.name);
    const joined = before ? join(before, change) : change;
    if (joined && isFree(change.name)) chosen.set(change.name, joined);
    else left.push(orphan);
  }
  return { changes: [...chosen.values()], left };
}

const lockName = (page: string) => `lintel-page-${page}`;

async function livingPages(): Promise<Set<string>> {
  const held = (await navigator.locks?.query())?.held ?? [];
  return new Set(held.map(({ name }) => name ?? ''));
}

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('lintel-unsaved', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: 'id' });
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error ?? new Error('the database could not be opened'));
    opening.onblocked = () => reject(new Error('the database is held by an older page'));
  });
}
