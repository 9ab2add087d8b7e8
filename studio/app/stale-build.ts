const KEY = 'lintel.reloaded';
const AGAIN_MS = 60_000;

/** A page from before an update asks for files that are gone: it is loaded anew, once. What was typed is in the journal of unsaved changes. */
export function reloadWhenOutdated(): void {
  window.addEventListener('vite:preloadError', () => void reloadIfServed());
}

/** Only where the server answers: without a connection the page that is open is all there is. */
async function reloadIfServed(): Promise<void> {
  const last = Number(sessionStorage.getItem(KEY) ?? 0);
  if (Date.now() - last < AGAIN_MS) return;
  const isServed = await fetch('/studio/', { cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  );
  if (!isServed) return;
  sessionStorage.setItem(KEY, String(Date.now()));
  location.reload();
}
