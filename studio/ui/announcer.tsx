import { useSyncExternalStore } from 'react';

let text = '';
const listeners = new Set<() => void>();

/** Says what was done to people who do not see it. The same words twice are said twice. */
export function announce(message: string): void {
  text = message === text ? `${message}\u00a0` : message;
  for (const listener of listeners) listener();
}

/** The one live region of the studio. */
export function Announcer() {
  const message = useSyncExternalStore(subscribe, () => text);
  return (
    <div className="visually-hidden" role="status" aria-live="polite" data-testid="announcer">
      {message}
    </div>
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
