import type { Configuration } from '../../schemas/configuration.ts';
import { emptyConfiguration } from '../../schemas/empty-configuration.ts';
import type { Finding } from '../../schemas/finding.ts';
import type { AnswerLeft, CheckAnswer, CheckFailed, CheckRequest, SharedMemory } from './check-worker.ts';
import { differenceBetween } from './difference.ts';
import { newSharedMemory, SharedAnswer } from './shared-answer.ts';
import { heard } from './told.ts';

/** Findings of the draft as far as they are known; `settled` once all was looked at, and cases lived, for the newest change. */
export interface Checked {
  findings: readonly Finding[];
  /** What the rules find is of the newest change; cases may still be lived. */
  isCurrent: boolean;
  settled: boolean;
  /** The checker broke down over the newest change: nothing can be concluded from what is not among the findings. */
  hasFailed?: true;
}

/** Sends what changed to the checker beside the page; while it checks, the last findings stay. */
export class Checking {
  #worker: Pick<Worker, 'postMessage' | 'addEventListener'>;
  #wanted: { configuration: Configuration; from: string } | undefined;
  #sent: { configuration: Configuration; from: string } | undefined;
  /** The rules are at work: what changes meanwhile is sent together when they are done. */
  #isAsked = false;
  /** It could not be loaded: nothing it is sent will ever be answered. */
  #isGone = false;
  #last = 0;
  #checked: Checked = { findings: [], isCurrent: false, settled: false };
  #shared: SharedAnswer | undefined;
  /** Answers taken so far. */
  #turn = 0;
  #listeners = new Set<() => void>();

  constructor(worker: Pick<Worker, 'postMessage' | 'addEventListener'>, memory = newSharedMemory()) {
    this.#worker = worker;
    worker.addEventListener('error', () => {
      this.#isGone = true;
      this.#fail(this.#last);
    });
    worker.addEventListener('message', (event) => {
      const { data } = event as MessageEvent<CheckAnswer | AnswerLeft | CheckFailed>;
      if ('turn' in data) this.takeShared();
      else if ('failed' in data) this.#fail(data.id);
      else this.#take(data);
    });
    if (!memory) return;
    this.#shared = new SharedAnswer(memory);
    const message: SharedMemory = { memory };
    worker.postMessage(message);
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
    if (this.#isGone) return;
    this.#ask();
    this.#show({ findings: this.#checked.findings, isCurrent: false, settled: false });
  }

  /** From its first check on, asks at every change of the draft, before the page draws it: the rules work meanwhile. */
  follow(draft: { subscribe: (listener: () => void) => unknown; getConfiguration: () => Configuration }): void {
    draft.subscribe(() => this.#wanted && this.check(draft.getConfiguration(), this.#wanted.from));
  }

  /** Takes the answer where it is there already, before the message that says so is heard: then it is drawn with the plan. */
  takeShared(): void {
    const answer = this.#isAsked ? this.#shared?.read(this.#turn + 1) : undefined;
    if (answer) this.#take(answer);
  }

  #ask(): void {
    if (this.#isAsked || !this.#wanted || this.#wanted === this.#sent) return;
    const { configuration, from } = this.#wanted;
    const changes = differenceBetween(this.#sent?.configuration ?? emptyConfiguration(), configuration);
    const request: CheckRequest = { id: ++this.#last, from, changes };
    this.#sent = this.#wanted;
    this.#isAsked = true;
    this.#worker.postMessage(request);
    if (this.#shared) this.#lookEachFrame(request.id);
  }

  #lookEachFrame(id: number): void {
    requestAnimationFrame(() => {
      if (!this.#isAsked || id !== this.#last) return;
      this.takeShared();
      this.#lookEachFrame(id);
    });
  }

  #take({ id, findings, left }: CheckAnswer): void {
    this.#turn++;
    const isCurrent = this.#sent === this.#wanted && id === this.#last;
    if (id === this.#last) this.#isAsked = false;
    this.#ask();
    // Findings of an older state are shown too: typing on must not keep them away.
    this.#show({ findings: heard(this.#checked.findings, findings), isCurrent, settled: isCurrent && left === 0 });
  }

  /** Without a checker the server's answer to publishing still names every finding. Without an id living cases broke down. */
  #fail(id: number | undefined): void {
    if (id === this.#last) this.#isAsked = false;
    if (!this.#isGone) this.#ask();
    if (!this.#isAsked) this.#show({ ...this.#checked, settled: true, hasFailed: true });
  }

  #show(checked: Checked): void {
    this.#checked = checked;
    for (const listener of this.#listeners) listener();
  }
}
