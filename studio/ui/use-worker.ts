import { useEffect, useRef, useState } from 'react';

/** Pauses in typing are longer than this. */
const REST_MS = 300;

/** What a worker says to the newest request; the last answer stays while it works on the next. Nothing is asked without a request. */
export function useWorker<Request extends object, Answer extends { id: number }>(
  make: () => Worker,
  request: Request | undefined,
): Answer | undefined {
  const [answer, setAnswer] = useState<Answer>();
  const worker = useRef<Worker>(undefined);
  const last = useRef(0);
  const isBusy = useRef(false);
  const waiting = useRef<Request>(undefined);
  useEffect(
    () => () => {
      worker.current?.terminate();
      worker.current = undefined;
      isBusy.current = false;
      waiting.current = undefined;
    },
    [],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: the worker is made once
  useEffect(() => {
    if (!request) return;
    const ask = (wanted: Request) => {
      worker.current ??= start();
      isBusy.current = true;
      last.current += 1;
      worker.current.postMessage({ ...wanted, id: last.current });
    };
    const goOn = () => {
      isBusy.current = false;
      const next = waiting.current;
      waiting.current = undefined;
      if (next) ask(next);
    };
    const start = () => {
      const made = make();
      made.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
        if (data.id === last.current && !waiting.current) setAnswer(data);
        goOn();
      });
      made.addEventListener('error', goOn);
      return made;
    };
    // While it is at work only the newest request waits: those between are overtaken before they begin.
    const timer = setTimeout(() => {
      if (isBusy.current) waiting.current = request;
      else ask(request);
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [request]);
  return answer;
}
