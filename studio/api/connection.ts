/** When this computer kept the answers that the page was opened with; undefined while the server itself answers. */
let keptAt: string | undefined;
const listeners = new Set<() => void>();

/** Takes note of who answered: the server, or this computer in its place. */
export function noteAnswer(headers: Headers): void {
  const next = headers.get('x-lintel-kept-at') ?? undefined;
  // The oldest of what is shown is what a person must know.
  const shown = next !== undefined && keptAt !== undefined && keptAt < next ? keptAt : next;
  if (shown === keptAt) return;
  keptAt = shown;
  for (const listener of listeners) listener();
}

export const getKeptAt = (): string | undefined => keptAt;

export const onConnection = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
