import { useCallback, useEffect, useRef, useState } from 'react';

/** Pauses in typing are longer than this. */
const REST_MS = 300;

/** What a worker came to; where it broke down nothing is known, and it can be asked once more. */
export interface Worked<Answer> {
  answer: Answer | undefined;
  hasFailed: boolean;
  again: () => void;
}

/**
 * What a worker says to the newest request; the last answer stays while it works on the next, and goes when it breaks down: the
 * next request, or the same one again, gets a new worker. Nothing is asked without a request.
 */
export function useWorker<Request extends object, Answer extends { id: number }>(
  make: () => Worker,
  request: Request | undefined,
): Worked<Answer> {
  const [worked, setWorked] = useState<{ answer?: Answer; hasFailed: boolean }>({ hasFailed: false });
  const asking = useRef<Asking<Request, Answer>>(undefined);
  useEffect(
    () => () => {
      asking.current?.end();
      asking.current = undefined;
    },
    [],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: the worker is made once
  useEffect(() => {
    if (!request) return;
    const timer = setTimeout(() => {
      asking.current ??= new Asking<Request, Answer>(make, setWorked);
      asking.current.ask(request);
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [request]);
  const again = useCallback(() => asking.current?.again(), []);
  return { answer: worked.answer, hasFailed: worked.hasFailed, again };
}

/** One worker at a time. While it is at work only the newest request waits: those between are overtaken before they begin. */
class Asking<Request extends object, Answer extends { id: number }> {
  #make: () => Worker;
  #show: (worked: { answer?: Answer; hasFailed: boolean }) => void;
  #worker: Worker | undefined;
  #last: Request | undefined;
  #id = 0;
  #isBusy = false;
  #waiting: Request | undefined;
  #hasFailed = false;

  constructor(make: () => Worker, show: (worked: { answer?: Answer; hasFailed: boolean }) => void) {
    this.#make = make;
    this.#show = show;
  }

  ask(wanted: Request): void {
    if (this.#isBusy) {
      this.#waiting = wanted;
      return;
    }
    if (this.#hasFailed) this.#show({ hasFailed: false });
    this.#hasFailed = false;
    this.#worker ??= this.#start();
    this.#isBusy = true;
    this.#last = wanted;
    this.#id += 1;
    this.#worker.postMessage({ ...wanted, id: this.#id });
  }

  again(): void {
    if (this.#last) this.ask(this.#last);
  }

  end(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#isBusy = false;
    this.#waiting = undefined;
  }

  #start(): Worker {
    const made = this.#make();
    made.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
      if (data.id === this.#id && !this.#waiting) this.#show({ answer: data, hasFailed: false });
      this.#isBusy = false;
      this.#askNext();
    });
    // Not loaded, out of memory, or broken down over what it was asked: it may never answer anything again.
    made.addEventListener('error', () => {
      const next = this.#waiting;
      this.end();
      this.#hasFailed = next === undefined;
      if (next) this.ask(next);
      else this.#show({ hasFailed: true });
    });
    return made;
  }

  #askNext(): void {
    const next = this.#waiting;
    this.#waiting = undefined;
    if (next) this.ask(next);
  }
}
