import type { AnyDocument } from '../../schemas/configuration.ts';
import type { LayoutDocument } from '../../schemas/settings.ts';

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
  /** Changes of pages that are gone, of the same person; from now on they are this page's. */
  adopt(): Promise<KeptChange[]>;
  /** Why changes cannot be kept on this computer; undefined while they can. */
  readonly getTrouble: () => string | undefined;
  /** Whether a change is still on its way to the disk: until then it lives in this page alone. */
  readonly isWriting: () => boolean;
  readonly subscribe: (listener: () => void) => () => void;
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
  #timer: ReturnType<typeof setTimeout> | undefined;
  #writing: Promise<void> = Promise.resolve();
  #underWay = 0;
  #trouble: string | undefined;
  #listeners = new Set<() => void>();

  constructor(owner: string) {
    this.#owner = owner;
    // Held as long as the page lives: other pages tell by it whose changes are orphans.
    void navigator.locks?.request(lockName(this.#page), () => new Promise(() => {}));
  }

  readonly getTrouble = (): string | undefined => this.#trouble;
  readonly isWriting = (): boolean => this.#waiting.size > 0 || this.#underWay > 0;
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
    this.#underWay++;
    this.#writing = this.#writing.then(() => this.#write(rows));
    return this.#writing;
  }

  async adopt(): Promise<KeptChange[]> {
    try {
      const living = await livingPages();
      return await this.#transact((store, resolve) => {
        const all = store.getAll() as IDBRequest<Row[]>;
        all.onsuccess = () => {
          const orphans = all.result.filter(
            ({ owner, page }) => owner === this.#owner && page !== this.#page && !living.has(lockName(page)),
          );
          for (const { id, page: _gone, ...change } of orphans) {
            store.delete(id);
            store.put({ ...change, page: this.#page, id: this.#id(change.name) });
          }
          resolve(orphans.map(({ id: _id, owner: _owner, page: _page, ...change }) => change));
        };
      });
    } catch (error) {
      this.#fail(error);
      return [];
    }
  }

  #wait(name: string, change: KeptChange | undefined): void {
    this.#waiting.set(name, change);
    this.#timer ??= setTimeout(() => void this.flush(), WRITE_DELAY_MS);
    this.#tell();
  }

  async #write(rows: readonly [string, KeptChange | undefined][]): Promise<void> {
    try {
      await this.#transact<void>((store, resolve) => {
        for (const [name, change] of rows) {
          if (change) store.put({ ...change, id: this.#id(name), owner: this.#owner, page: this.#page });
          else store.delete(this.#id(name));
        }
        resolve();
      });
      this.#show(undefined);
    } catch (error) {
      this.#fail(error);
      // A later write tries again with what is not there yet; newer changes go before.
      for (const [name, change] of rows) if (!this.#waiting.has(name)) this.#waiting.set(name, change);
    } finally {
      this.#underWay--;
      this.#tell();
    }
  }

  #id(name: string): string {
    return `${this.#owner} ${this.#page} ${name}`;
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
