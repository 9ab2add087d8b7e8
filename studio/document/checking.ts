import { type AnyDocument, type Configuration, documentKinds } from '../../schemas/configuration.ts';
import type { Finding } from '../../schemas/finding.ts';
import type { CheckAnswer, CheckRequest } from './check-worker.ts';
import { isSame } from './engine.ts';

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
  #sent: Configuration | undefined;
  #from = '';
  #last = 0;
  #checked: Checked = { findings: [], isCurrent: false, settled: false };
  #listeners = new Set<() => void>();

  constructor(worker: Pick<Worker, 'postMessage' | 'addEventListener'>) {
    this.#worker = worker;
    // Without a checker the server's answer to publishing still names every finding.
    worker.addEventListener('error', () => this.#show({ ...this.#checked, settled: true }));
    worker.addEventListener('message', (event) => this.#take((event as MessageEvent<CheckAnswer>).data));
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly get = (): Checked => this.#checked;

  /** Asks for the findings of a draft; starts are proved over the year from `from` (T10). */
  check(configuration: Configuration, from: string): void {
    if (configuration === this.#sent && from === this.#from) return;
    const request: CheckRequest = { id: ++this.#last, from, changes: changesBetween(this.#sent, configuration) };
    this.#sent = configuration;
    this.#from = from;
    this.#worker.postMessage(request);
    this.#show({ ...this.#checked, isCurrent: false, settled: false });
  }

  #take({ id, findings, left }: CheckAnswer): void {
    // Findings of an older state are shown too: typing on must not keep them away.
    const kept = isSame(findings, this.#checked.findings) ? this.#checked.findings : findings;
    const isCurrent = id === this.#last;
    this.#show({ findings: kept, isCurrent, settled: isCurrent && left === 0 });
  }

  #show(checked: Checked): void {
    this.#checked = checked;
    for (const listener of this.#listeners) listener();
  }
}

function changesBetween(before: Configuration | undefined, after: Configuration): CheckRequest['changes'] {
  return documentKinds.flatMap((kind) => {
    const [old, now] = [before?.[kind] ?? {}, after[kind]] as Record<string, AnyDocument>[];
    if (!old || !now || old === now) return [];
    const changed = Object.entries(now).filter(([key, document]) => old[key] !== document);
    const gone = Object.keys(old).filter((key) => !Object.hasOwn(now, key));
    return [...changed.map(([key, document]) => ({ kind, key, document })), ...gone.map((key) => ({ kind, key }))];
  });
}
