const KEY = 'lintel.reloaded';
const AGAIN_MS = 60_000;

/** A page from before an update asks for files that are gone: it is loaded anew, once. What was typed is in the journal of unsaved changes. */
export function reloadWhenOutdated(): void {
  window.addEventListener('vite:preloadError', (event) => {
    const last = Number(sessionStorage.getItem(KEY) ?? 0);
    if (Date.now() - last < AGAIN_MS) return;
    sessionStorage.setItem(KEY, String(Date.now()));
    event.preventDefault();
    location.reload();
  });
}
