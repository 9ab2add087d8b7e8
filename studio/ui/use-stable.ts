import { useLayoutEffect, useRef, useState } from 'react';

type Handlers = Record<string, (...values: never[]) => unknown>;

/** The same functions from the first drawing on, which do what was given last: who is handed them is not drawn anew. Always the same names. */
export function useStable<T extends Handlers>(handlers: T): T {
  const latest = useRef<Handlers>(handlers);
  useLayoutEffect(() => {
    latest.current = handlers;
  });
  const [stable] = useState(() =>
    Object.fromEntries(
      Object.keys(handlers).map((name) => [name, (...values: never[]) => latest.current[name]?.(...values)]),
    ),
  );
  return stable as T;
}
