import type { DocumentKind } from '../../schemas/configuration.ts';
import { ApiProblem } from '../api/client.ts';
import { type DraftContent, isSame } from './engine.ts';
import type { Body, Journal, KeptChange } from './journal.ts';

/** What the server holds of one document. */
export interface Stored {
  body: Body;
  revision: number;
}

/** Where documents are saved; answers the new revision. */
export interface DraftServer {
  save(name: string, body: Body, revision: number | undefined, keepalive: boolean): Promise<number>;
  /** Answers what is there in its place, where something is. */
  remove(name: string, revision: number): Promise<Stored | undefined>;
  load(name: string): Promise<Stored | undefined>;
}

/** Somebody else saved the document first: what both began from and what is there now, absent where it was not there or is gone. */
export interface Conflict {
  name: string;
  base: Body | undefined;
  theirs: Stored | undefined;
}

export type SaveState =
  | { at: 'saved' }
  | { at: 'saving' }
  | { at: 'offline'; reason: string; changes: number }
  | { at: 'refused'; name: string; reason: string; changes: number }
  | ({ at: 'conflict' } & Conflict);

const DELAY_MS = 500;
const RETRY_MS = 4000;
const UNANSWERED_KEPT = 8;

/** A document on its way to the server. */
interface Unsaved {
  changes: number;
  /** Sent without an answer so far: the server may hold any of them already. */
  unanswered: readonly (Body | null)[];
}

/** Saves what changed, each document under its revision (If-Match), and keeps it in the journal until it is there; freezes at the first conflict (412). */
export class Autosave {
  #server: DraftServer;
  #journal: Journal | undefined;
  #stored: Record<string, { revision: number; body?: Body | undefined }>;
  #dirty = new Map<string, Unsaved>();
  #refused = new Map<string, string>();
  #content: DraftContent | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<'stop' | 'go on'> | undefined;
  #state: SaveState = { at: 'saved' };
  #listeners = new Set<() => void>();
  #isStopped = false;
  #onLayoutConflict: (conflict: Conflict) => void = () => {};

  constructor(server: DraftServer, revisions: Readonly<Record<string, number>>, content?: DraftContent) {
    this.#server = server;
    this.#stored = Object.fromEntries(
      Object.entries(revisions).map(([name, revision]) => [
        name,
        { revision, body: content && findByName(content, name) },
      ]),
    );
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly getState = (): SaveState => this.#state;

  /** From now on unsaved changes are kept here too. */
  keepIn(journal: Journal): void {
    this.#journal = journal;
    for (const name of this.#dirty.keys()) this.#keep(name);
  }

  /** Called when two people moved things in one drawing: no question for a person. */
  onLayoutConflict(listener: (conflict: Conflict) => void): void {
    this.#onLayoutConflict = listener;
  }

  /** What the server is known to hold; the body is the base of the next change. */
  setStored(name: string, stored: { revision: number; body?: Body | undefined } | undefined): void {
    if (stored) this.#stored[name] = stored;
    else delete this.#stored[name];
  }

  storedOf(name: string): { revision: number; body?: Body | undefined } | undefined {
    return this.#stored[name];
  }

  storedNames(): string[] {
    return Object.keys(this.#stored);
  }

  /** Whether the document holds changes of mine that the server does not have. */
  isUnsaved(name: string): boolean {
    return this.#dirty.has(name) || this.#refused.has(name);
  }

  /** Takes over a change that another page left behind; it is sent once the content holds it. */
  adopt(kept: KeptChange): void {
    this.setStored(
      kept.name,
      kept.revision === undefined ? undefined : { revision: kept.revision, body: kept.base ?? undefined },
    );
    // That page sent its last state as it went, or was about to: nobody heard whether it arrived.
    this.#dirty.set(kept.name, { changes: kept.changes - 1, unanswered: withSent(kept.unanswered ?? [], kept.body) });
  }

  /** Notes what changed; it is saved soon after the last change. A change that goes on with the gesture before is no step of its own. */
  touch(names: readonly string[], content: DraftContent, isStep = true): void {
    this.#content = content;
    for (const name of names) {
      const before = this.#dirty.get(name) ?? { changes: 0, unanswered: [] };
      this.#dirty.set(name, { ...before, changes: Math.max(1, before.changes + (isStep ? 1 : 0)) });
      this.#refused.delete(name);
      this.#keep(name);
    }
    if (this.#state.at === 'conflict') return;
    if (this.#state.at === 'offline') this.#show({ ...this.#state, changes: this.#count() });
    else this.#show({ at: 'saving' });
    this.#schedule(this.#state.at === 'offline' ? RETRY_MS : DELAY_MS);
  }

  /** Saves now and waits until everything is on the server; throws when it is not. */
  async flush(keepalive = false): Promise<void> {
    clearTimeout(this.#timer);
    void this.#journal?.flush();
    while (this.#dirty.size > 0 && this.#state.at !== 'conflict') {
      // Who comes while a round is under way waits for it: the same change sent twice would meet itself as a conflict.
      this.#running ??= this.#saveAll(keepalive).finally(() => {
        this.#running = undefined;
      });
      if ((await this.#running) === 'stop') break;
    }
    if (this.#state.at === 'conflict')
      throw new Error('Somebody else has changed this document. Choose which version to keep first.');
    if (this.#state.at === 'offline' || this.#state.at === 'refused') throw new Error(this.#state.reason);
  }

  /** From now on nothing is sent; resolves when the answer to what is under way is there. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#running?.catch(() => {});
  }

  /** Ends a conflict: their version is the new base, and what the content then holds is saved over it. */
  settleConflict(): void {
    if (this.#state.at !== 'conflict') return;
    this.#rebase(this.#state);
    this.#show({ at: 'saving' });
    this.#schedule(0);
  }

  #rebase({ name, theirs }: Conflict): void {
    this.setStored(name, theirs);
    const unsaved = this.#dirty.get(name);
    if (!unsaved) return;
    this.#dirty.set(name, { ...unsaved, unanswered: unsaved.unanswered.filter((sent) => !isSent(theirs, sent)) });
    this.#keep(name);
  }

  #schedule(delay: number): void {
    clearTimeout(this.#timer);
    if (!this.#isStopped) this.#timer = setTimeout(() => void this.flush().catch(() => {}), delay);
  }

  async #saveAll(keepalive: boolean): Promise<'stop' | 'go on'> {
    for (const name of [...this.#dirty.keys()]) {
      const unsaved = this.#dirty.get(name);
      if (!unsaved) continue;
      if (this.#isStopped) return 'stop';
      try {
        await this.#saveOne(name, unsaved, keepalive);
      } catch (error) {
        if (!(error instanceof ApiProblem)) throw error;
        if ((await this.#explain(name, error)) === 'stop') return 'stop';
      }
    }
    const [refused] = this.#refused;
    if (refused) this.#show({ at: 'refused', name: refused[0], reason: refused[1], changes: this.#count() });
    else if (this.#dirty.size === 0) this.#show({ at: 'saved' });
    return 'go on';
  }

  async #saveOne(name: string, unsaved: Unsaved, keepalive: boolean): Promise<void> {
    if (this.#mayBeThere(name, unsaved.unanswered)) await this.#learnAnswer(name, unsaved.unanswered);
    const body = this.#content && findByName(this.#content, name);
    const stored = this.#stored[name];
    if (body && !(stored?.body && isSame(stored.body, body))) {
      this.#markSent(name, unsaved, body);
      const revision = await this.#server.save(name, body, stored?.revision, keepalive);
      this.#stored[name] = { revision, body };
    } else if (!body && stored !== undefined) {
      this.#markSent(name, unsaved, null);
      this.setStored(name, await this.#server.remove(name, stored.revision));
    }
    this.#conclude(name, body);
  }

  /** Whether the server must be asked what it has. A new document sent once is just sent again: where it arrived that answer tells. */
  #mayBeThere(name: string, unanswered: Unsaved['unanswered']): boolean {
    const isNew = this.#stored[name] === undefined && this.#content !== undefined && findByName(this.#content, name);
    return unanswered.length > (isNew ? 1 : 0);
  }

  /** Whether what was sent without an answer has arrived: then it is the base of what came after. */
  async #learnAnswer(name: string, unanswered: readonly (Body | null)[]): Promise<void> {
    const found = await this.#server.load(name);
    if (unanswered.some((sent) => isSent(found, sent))) this.setStored(name, found);
  }

  /** The change is on the server; one made meanwhile goes on from there. */
  #conclude(name: string, saved: Body | undefined): void {
    const isNewer = this.#content !== undefined && findByName(this.#content, name) !== saved;
    if (isNewer) {
      this.#dirty.set(name, { changes: 1, unanswered: [] });
      this.#keep(name);
      return;
    }
    this.#dirty.delete(name);
    this.#journal?.forget(name);
  }

  #markSent(name: string, unsaved: Unsaved, sent: Body | null): void {
    this.#dirty.set(name, { ...unsaved, unanswered: withSent(unsaved.unanswered, sent) });
    this.#keep(name);
  }

  /** What a refusal means for the rest: `stop` ends this round. */
  async #explain(name: string, problem: ApiProblem): Promise<'stop' | 'go on'> {
    const { status } = problem;
    const isGone = status === 404 && this.#content !== undefined && !findByName(this.#content, name);
    if (isGone) {
      delete this.#stored[name];
      this.#conclude(name, undefined);
      return 'go on';
    }
    if (status === 412 || status === 409) return this.#meetConflict(name);
    if (status === 0 || status === 401 || status === 408 || status === 429 || status >= 500) {
      const isSignedOut = status === 401 && problem.code !== 'SIGNED_IN_AS_OTHER';
      this.#goOffline(isSignedOut ? 'You are signed out. Sign in again in another tab.' : problem.message);
      return 'stop';
    }
    this.#refused.set(name, problem.message);
    this.#dirty.delete(name);
    return 'go on';
  }

  /** Somebody was first, unless they did just the same or it was an earlier sending of mine that arrived late. */
  async #meetConflict(name: string): Promise<'stop' | 'go on'> {
    try {
      const theirs = await this.#server.load(name);
      const mine = this.#content && findByName(this.#content, name);
      const conflict: Conflict = { name, base: this.#stored[name]?.body, theirs };
      const unanswered = this.#dirty.get(name)?.unanswered ?? [];
      const isMine = isSame(theirs?.body, mine) || unanswered.some((sent) => isSent(theirs, sent));
      if (isMine || name.startsWith('layout/')) {
        this.#rebase(conflict);
        if (!isMine) this.#onLayoutConflict(conflict);
        return 'go on';
      }
      this.#show({ at: 'conflict', ...conflict });
    } catch (error) {
      this.#goOffline((error as Error).message);
    }
    return 'stop';
  }

  #goOffline(reason: string): void {
    this.#show({ at: 'offline', reason, changes: this.#count() });
    this.#schedule(RETRY_MS);
  }

  #count(): number {
    return [...this.#dirty.values()].reduce((sum, { changes }) => sum + changes, this.#refused.size);
  }

  #keep(name: string): void {
    const unsaved = this.#dirty.get(name);
    if (!this.#journal || !this.#content || !unsaved) return;
    const stored = this.#stored[name];
    this.#journal.keep({
      name,
      body: findByName(this.#content, name) ?? null,
      base: stored?.body ?? null,
      ...(stored ? { revision: stored.revision } : {}),
      ...(unsaved.unanswered.length === 0 ? {} : { unanswered: unsaved.unanswered }),
      changes: unsaved.changes,
    });
  }

  #show(state: SaveState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

function findByName(content: DraftContent, name: string): Body | undefined {
  const [kind = '', key = ''] = name.split('/');
  return kind === 'layout' ? content.layouts[key] : content.configuration[kind as DocumentKind][key];
}

function isSent(held: Stored | undefined, sent: Body | null): boolean {
  return isSame(held?.body ?? null, sent);
}

/** What is sent again and again is one sending. */
function withSent(before: Unsaved['unanswered'], sent: Body | null): Unsaved['unanswered'] {
  return [...before.filter((one) => !isSame(one, sent)), sent].slice(-UNANSWERED_KEPT);
}
