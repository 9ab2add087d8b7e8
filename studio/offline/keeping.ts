import type { Saved } from './treatment.ts';

/** The build may not have the line yet when the first drawing is loading. */
const AFTER_MS = 3000;
const TURNED_OFF = 'lintel.offline';
const DRAFT = 'lintel-draft';

let wanted: string[] = [];

/** From now on the studio opens without the server too; `?offline=off` takes everything back on this computer, `?offline=on` begins again. */
export function keepForOffline(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const wish = new URLSearchParams(location.search).get('offline');
  if (wish === 'off') localStorage.setItem(TURNED_OFF, 'off');
  if (wish === 'on') localStorage.removeItem(TURNED_OFF);
  if (localStorage.getItem(TURNED_OFF) === 'off') return void takeBack();
  const begin = () => setTimeout(() => void register().catch(() => {}), AFTER_MS);
  if (document.readyState === 'complete') begin();
  else window.addEventListener('load', begin, { once: true });
}

/** Keeps the answer of an address that was asked for, unless it is kept already. */
export function keepAnswer(path: string): void {
  wanted.push(path);
  void tell();
}

/** What was just saved is part of the kept draft from now on; `null` was taken out. */
export function keepSaved(saved: Saved): void {
  void activeWorker().then((worker) => worker?.postMessage({ saved }));
}

/** Nobody who signs in next sees the draft of who signed out. */
export async function forgetDraft(): Promise<void> {
  wanted = [];
  await globalThis.caches?.delete(DRAFT);
}

async function register(): Promise<void> {
  await navigator.serviceWorker.register('/studio/service-worker.js', { updateViaCache: 'none' });
  await navigator.serviceWorker.ready;
  await tell();
}

async function tell(): Promise<void> {
  const worker = await activeWorker();
  if (!worker || wanted.length === 0) return;
  worker.postMessage({ keep: wanted });
  wanted = [];
}

async function activeWorker(): Promise<ServiceWorker | undefined> {
  // Not everywhere: a page without TLS has none, nor has a test without a browser.
  const registration = await globalThis.navigator?.serviceWorker?.getRegistration('/studio/');
  return registration?.active ?? undefined;
}

async function takeBack(): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration('/studio/');
  await registration?.unregister();
  for (const name of await caches.keys()) if (name.startsWith('lintel-')) await caches.delete(name);
}
