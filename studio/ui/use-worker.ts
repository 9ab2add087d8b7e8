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
  useEffect(
    () => () => {
      worker.current?.terminate();
      worker.current = undefined;
    },
    [],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: the worker is made once
  useEffect(() => {
    if (!request) return;
    const timer = setTimeout(() => {
      if (!worker.current) {
        worker.current = make();
        worker.current.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
          if (data.id === last.current) setAnswer(data);
        });
      }
      last.current += 1;
      worker.current.postMessage({ ...request, id: last.current });
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [request]);
  return answer;
}
