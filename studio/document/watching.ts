import { ApiProblem, request } from '../api/client.ts';
import type { Autosave } from './autosave.ts';

/** What somebody else did since this page loaded the draft. */
export interface Elsewhere {
  /** Documents saved elsewhere, newest known revision; no revision where it was taken out. */
  saved: readonly { name: string; title: string; revision?: number }[];
  /** A release published since. */
  release?: number;
}

interface Listed {
  documents: { kind: string; key: string; title: string; revision: number }[];
  release: number | null;
}

const POLL_MS = 10_000;
const nothing: Elsewhere = { saved: [] };

/** Asks now and then, cheaply (If-None-Match), whether somebody else has saved or published. */
export class Watching {
  #autosave: Autosave;
  #etag: string | undefined;
  #list: Listed | undefined;
  #firstRelease: number | null | undefined;
  #dismissed = new Set<string>();
  #elsewhere: Elsewhere = nothing;
  #listeners = new Set<() => void>();

  constructor(autosave: Autosave) {
    this.#autosave = autosave;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly get = (): Elsewhere => this.#elsewhere;

  /** Looks while the page is seen; answers how to stop. */
  start(): () => void {
    const look = () => void (document.visibilityState === 'visible' && this.look());
    const timer = setInterval(look, POLL_MS);
    window.addEventListener('focus', look);
    document.addEventListener('visibilitychange', look);
    look();
    return () => {
      clearInterval(timer);
      window.removeEventListener('focus', look);
      document.removeEventListener('visibilitychange', look);
    };
  }

  async look(): Promise<void> {
    const before = new Map(this.#autosave.storedNames().map((name) => [name, this.#autosave.storedOf(name)?.revision]));
    try {
      const headers: Record<string, string> = this.#etag ? { 'If-None-Match': this.#etag } : {};
      const { body, etag } = await request<Listed>('/v1/drafts/main/documents', { headers });
      this.#etag = etag ?? undefined;
      this.#list = body;
      if (this.#firstRelease === undefined) this.#firstRelease = body.release;
    } catch (error) {
      // 304: nothing is new. Otherwise autosave tells that the server cannot be reached.
      if (!(error instanceof ApiProblem)) throw error;
      if (error.status !== 304) return;
    }
    if (this.#list) this.#compare(this.#list, before);
  }

  /** The notice is not shown again until something new happens. */
  dismiss(): void {
    for (const { name, revision } of this.#elsewhere.saved) this.#dismissed.add(`${name}@${revision}`);
    if (this.#elsewhere.release) this.#firstRelease = this.#elsewhere.release;
    this.#show(nothing);
  }

  /** Compares with what this page knew before it asked: an answer on its way is older than a save that came between. */
  #compare({ documents, release }: Listed, before: ReadonlyMap<string, number | undefined>): void {
    const listed = new Map(documents.map((document) => [`${document.kind}/${document.key}`, document]));
    const isMine = (name: string) => this.#autosave.isUnsaved(name);
    const newer = [...listed].flatMap(([name, { title, revision }]) =>
      revision > (this.#autosave.storedOf(name)?.revision ?? 0) && !isMine(name) ? [{ name, title, revision }] : [],
    );
    const gone = [...before].flatMap(([name, revision]) => {
      const isSame = this.#autosave.storedOf(name)?.revision === revision;
      const isGone = !name.startsWith('layout/') && !listed.has(name) && isSame && !isMine(name);
      return isGone ? [{ name, title: titleOf(this.#autosave.storedOf(name)?.body) }] : [];
    });
    const saved = [...newer, ...gone].filter(
      (one) => !this.#dismissed.has(`${one.name}@${'revision' in one ? one.revision : undefined}`),
    );
    const isPublished = release !== null && release !== this.#firstRelease;
    this.#show(saved.length > 0 || isPublished ? { saved, ...(isPublished ? { release } : {}) } : nothing);
  }

  #show(elsewhere: Elsewhere): void {
    if (JSON.stringify(elsewhere) === JSON.stringify(this.#elsewhere)) return;
    this.#elsewhere = elsewhere;
    for (const listener of this.#listeners) listener();
  }
}

function titleOf(body: unknown): string {
  return String((body as { title?: unknown } | undefined)?.title ?? '');
}
