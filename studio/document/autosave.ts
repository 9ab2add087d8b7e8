import type { AnyDocument, DocumentKind } from '../../schemas/configuration.ts';
import type { LayoutDocument } from '../../schemas/settings.ts';
import { ApiProblem } from '../api/client.ts';
import type { DraftContent } from './engine.ts';

/** Where documents are saved; answers the new revision. */
export interface DraftServer {
  save(
    name: string,
    body: AnyDocument | LayoutDocument,
    revision: number | undefined,
    keepalive: boolean,
  ): Promise<number>;
  remove(name: string, revision: number): Promise<void>;
  load(name: string): Promise<{ body: AnyDocument | LayoutDocument; revision: number } | undefined>;
}

export type SaveState =
  | { at: 'saved' }
  | { at: 'saving' }
  | { at: 'offline'; reason: string }
  | { at: 'conflict'; name: string };

const DELAY_MS = 500;
const RETRY_MS = 4000;

/** Saves what changed, each document under its revision (If-Match); freezes at the first conflict (412). */
export class Autosave {
  #server: DraftServer;
  #revisions: Record<string, number>;
  #dirty = new Set<string>();
  #content: DraftContent | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | undefined;
  #state: SaveState = { at: 'saved' };
  #listeners = new Set<() => void>();

  constructor(server: DraftServer, revisions: Readonly<Record<string, number>>) {
    this.#server = server;
    this.#revisions = { ...revisions };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly getState = (): SaveState => this.#state;

  setRevision(name: string, revision: number): void {
    this.#revisions[name] = revision;
  }

  /** Notes what changed; it is saved soon after the last change. */
  touch(names: readonly string[], content: DraftContent): void {
    this.#content = content;
    for (const name of names) this.#dirty.add(name);
    if (this.#state.at === 'conflict') return;
    this.#show({ at: 'saving' });
    this.#schedule(DELAY_MS);
  }

  /** Saves now and waits until everything is on the server; throws when it is not. */
  async flush(keepalive = false): Promise<void> {
    clearTimeout(this.#timer);
    await this.#running;
    while (this.#dirty.size > 0 && this.#state.at !== 'conflict') {
      this.#running = this.#saveAll(keepalive);
      await this.#running;
      this.#running = undefined;
      if (this.#state.at === 'offline') break;
    }
    if (this.#state.at === 'conflict')
      throw new Error('Somebody else has changed this document. Choose which version to keep first.');
    if (this.#state.at === 'offline') throw new Error(this.#state.reason);
  }

  /** After a conflict: my version wins over the server's. */
  async keepMine(): Promise<void> {
    if (this.#state.at !== 'conflict') return;
    const found = await this.#server.load(this.#state.name);
    if (found) this.#revisions[this.#state.name] = found.revision;
    else delete this.#revisions[this.#state.name];
    this.#show({ at: 'saving' });
    await this.flush();
  }

  /** After a conflict: the server's version; the caller puts it into the store. */
  async takeTheirs(): Promise<AnyDocument | LayoutDocument | undefined> {
    if (this.#state.at !== 'conflict') return undefined;
    const { name } = this.#state;
    const found = await this.#server.load(name);
    if (found) this.#revisions[name] = found.revision;
    this.#dirty.delete(name);
    this.#show({ at: 'saved' });
    if (this.#dirty.size > 0) this.#schedule(0);
    return found?.body;
  }

  #schedule(delay: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush().catch(() => {}), delay);
  }

  async #saveAll(keepalive: boolean): Promise<void> {
    for (const name of [...this.#dirty]) {
      this.#dirty.delete(name);
      try {
        await this.#saveOne(name, keepalive);
      } catch (error) {
        this.#dirty.add(name);
        const stale = error instanceof ApiProblem && (error.status === 412 || error.status === 409);
        if (stale) return this.#show({ at: 'conflict', name });
        this.#show({ at: 'offline', reason: (error as Error).message });
        return this.#schedule(RETRY_MS);
      }
    }
    if (this.#dirty.size === 0) this.#show({ at: 'saved' });
  }

  async #saveOne(name: string, keepalive: boolean): Promise<void> {
    const body = this.#content && findByName(this.#content, name);
    const revision = this.#revisions[name];
    if (body) {
      this.#revisions[name] = await this.#server.save(name, body, revision, keepalive);
    } else if (revision !== undefined) {
      await this.#server.remove(name, revision);
      delete this.#revisions[name];
    }
  }

  #show(state: SaveState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

function findByName(content: DraftContent, name: string): AnyDocument | LayoutDocument | undefined {
  const [kind = '', key = ''] = name.split('/');
  return kind === 'layout' ? content.layouts[key] : content.configuration[kind as DocumentKind][key];
}
