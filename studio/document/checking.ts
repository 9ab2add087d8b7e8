import type { Configuration } from '../../schemas/configuration.ts';
import { emptyConfiguration } from '../../schemas/empty-configuration.ts';
import type { Finding } from '../../schemas/finding.ts';
import type { CheckAnswer, CheckRequest } from './check-worker.ts';
import { differenceBetween } from './difference.ts';
import { heard } from './told.ts';

/** Findings of the draft as far as they are known; `settled` once all was looked at, and cases lived, for the newest change. */
export interface Checked {
  findings: readonly Finding[];
  /** What the rules find is of the newest change; cases may still be lived. */
  isCurrent: boolean;
  settled: boolean;
}

/** Sends what changed to the checker beside the page; while it checks, the last findings stay. */
export class Checking {
  #worker: Pick<Worker, 'postMessage' | 'addEventListener'>;
  #wanted: { configuration: Configuration; from: string } | undefined;
  #sent: { configuration: Configuration; from: string } | undefined;
  /** The rules are at work: what changes meanwhile is sent together when they are done. */
  #isAsked = false;
  #last = 0;
  #checked: Checked = { findings: [], isCurrent: false, settled: false };
  #listeners = new Set<() => void>();

  constructor(worker: Pick<Worker, 'postMessage' | 'addEventListener'>) {
    this.#worker = worker;
    worker.addEventListener('error', () => this.#fail());
    worker.addEventListener('message', (event) => this.#take((event as MessageEvent<CheckAnswer>).data));
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly get = (): Checked => this.#checked;

  /** Asks for the findings of a draft; starts are proved over the year from `from` (T10). */
  check(configuration: Configuration, from: string): void {
    if (configuration === this.#wanted?.configuration && from === this.#wanted.from) return;
    this.#wanted = { configuration, from };
    this.#ask();
    this.#show({ ...this.#checked, isCurrent: false, settled: false });
  }

  /** From its first check on, asks at every change of the draft, before the page draws it: the rules work meanwhile. */
  follow(draft: { subscribe: (listener: () => void) => unknown; getConfiguration: () => Configuration }): void {
    draft.subscribe(() => this.#wanted && this.check(draft.getConfiguration(), this.#wanted.from));
  }

  #ask(): void {
    if (this.#isAsked || !this.#wanted || this.#wanted === this.#sent) return;
    const { configuration, from } = this.#wanted;
    const changes = differenceBetween(this.#sent?.configuration ?? emptyConfiguration(), configuration);
    const request: CheckRequest = { id: ++this.#last, from, changes };
    this.#sent = this.#wanted;
    this.#isAsked = true;
    this.#worker.postMessage(request);
  }

  #take({ id, findings, left }: CheckAnswer): void {
    const isCurrent = this.#sent === this.#wanted && id === this.#last;
    if (id === this.#last) this.#isAsked = false;
    this.#ask();
    // Findings of an older state are shown too: typing on must not keep them away.
    this.#show({ findings: heard(this.#checked.findings, findings), isCurrent, settled: isCurrent && left === 0 });
  }

  /** Without a checker the server's answer to publishing still names every finding. */
  #fail(): void {
    this.#isAsked = false;
    this.#show({ ...this.#checked, settled: true });
  }

  #show(checked: Checked): void {
    this.#checked = checked;
    for (const listener of this.#listeners) listener();
  }
}
