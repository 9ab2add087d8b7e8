// Opens the studio while the server cannot be reached. Built whole into /studio/service-worker.js; docs/decisions/0023.
import { isAway, isDraftAnswer, type KeptDraft, outdated, type Saved, treatmentOf, withSaved } from './treatment.ts';

/** What the build put in front: its digest, the part that its page starts with, and the files to have at hand. */
declare const BUILD: { digest: string; entry: string; files: readonly string[] };

interface WorkerEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface FetchEvent extends WorkerEvent {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface MessageToWorker extends WorkerEvent {
  readonly data: { saved?: Saved; keep?: readonly string[] };
}
interface WorkerScope {
  addEventListener(type: 'install' | 'activate', listener: (event: WorkerEvent) => void): void;
  addEventListener(type: 'fetch', listener: (event: FetchEvent) => void): void;
  addEventListener(type: 'message', listener: (event: MessageToWorker) => void): void;
  skipWaiting(): Promise<void>;
}

const worker = self as unknown as WorkerScope;
const PREFIX = 'lintel-studio-';
const SHELL = PREFIX + BUILD.digest;
const DRAFT = 'lintel-draft';
const PAGE = '/studio/';
const CONFIGURATION = '/v1/drafts/main/configuration';

worker.addEventListener('install', (event) => event.waitUntil(install()));
worker.addEventListener('activate', (event) => event.waitUntil(forgetOldBuilds()));
worker.addEventListener('message', (event) => {
  const { saved, keep } = event.data;
  if (saved) event.waitUntil(inTurn(() => takeSaved(saved)));
  for (const path of keep ?? []) event.waitUntil(inTurn(() => keepAnswer(path)));
});
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  switch (treatmentOf(request, location.origin)) {
    case 'page':
      event.respondWith(answerPage(request));
      break;
    case 'asset':
      event.respondWith(answerAsset(request));
      break;
    case 'draft':
      event.respondWith(answerDraft(event));
      break;
    case 'pass':
      break;
  }
});

async function install(): Promise<void> {
  const shell = await caches.open(SHELL);
  const page = await fetch(PAGE, { cache: 'no-cache' });
  // Between two builds the page may be of another one than this worker: the next visit tries again.
  if (!page.ok || !(await page.clone().text()).includes(BUILD.entry)) throw new Error('the page is of another build');
  await shell.addAll([...BUILD.files]);
  await shell.put(PAGE, page);
  // Nothing here depends on which page asks, so no tab needs to be closed first.
  await worker.skipWaiting();
}

async function forgetOldBuilds(): Promise<void> {
  await Promise.all(outdated(await caches.keys(), SHELL, PREFIX).map((name) => caches.delete(name)));
}

/** The newest page while there is a server, so that no tab is stuck on an old build. */
async function answerPage(request: Request): Promise<Response> {
  try {
    const answer = await fetch(request);
    if (!isAway(answer.status)) return answer;
    return (await keptPage()) ?? answer;
  } catch (error) {
    const page = await keptPage();
    if (page) return page;
    throw error;
  }
}

async function keptPage(): Promise<Response | undefined> {
  return (await caches.open(SHELL)).match(PAGE);
}

/** A part of this build or of the one before; heavy ones are kept when they are first used. */
async function answerAsset(request: Request): Promise<Response> {
  const kept = await caches.match(request, { ignoreVary: true });
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await (await caches.open(SHELL)).put(request, answer.clone());
  return answer;
}

async function answerDraft(event: FetchEvent): Promise<Response> {
  const { request } = event;
  const { pathname } = new URL(request.url);
  try {
    const answer = await fetch(request);
    const copy = answer.clone();
    if (answer.ok) event.waitUntil(inTurn(() => put(pathname, copy)));
    // Signed out: what is kept is no longer this person's to see.
    if (answer.status === 401 && !(await isOfOther(answer))) event.waitUntil(caches.delete(DRAFT));
    if (!isAway(answer.status)) return answer;
    return (await keptAnswer(pathname)) ?? answer;
  } catch (error) {
    const kept = await keptAnswer(pathname);
    if (kept) return kept;
    throw error;
  }
}

/** Refused to a tab that somebody else has overtaken: what is kept is of who is signed in now. */
async function isOfOther(answer: Response): Promise<boolean> {
  const problem = (await answer
    .clone()
    .json()
    .catch(() => undefined)) as { code?: string } | undefined;
  return problem?.code === 'SIGNED_IN_AS_OTHER';
}

async function keptAnswer(path: string): Promise<Response | undefined> {
  return (await caches.open(DRAFT)).match(path);
}

/** What the page asked for before this worker was there. */
async function keepAnswer(path: string): Promise<void> {
  if (!isDraftAnswer(path) || (await keptAnswer(path))) return;
  const answer = await fetch(path, { headers: { Accept: 'application/json' } });
  if (answer.ok) await put(path, answer);
}

async function put(path: string, answer: Response): Promise<void> {
  const headers = { 'content-type': 'application/json', 'x-lintel-kept-at': new Date().toISOString() };
  await (await caches.open(DRAFT)).put(path, new Response(await answer.blob(), { headers }));
}

async function takeSaved(saved: Saved): Promise<void> {
  const [kind, key = ''] = saved.name.split('/');
  if (kind === 'layout') {
    const path = `/v1/layouts/${encodeURIComponent(key)}`;
    return put(path, new Response(JSON.stringify({ layout: saved.body, revision: saved.revision })));
  }
  const kept = await keptAnswer(CONFIGURATION);
  if (!kept) return;
  const draft = withSaved((await kept.json()) as KeptDraft, saved);
  await put(CONFIGURATION, new Response(JSON.stringify(draft)));
}

let last: Promise<unknown> = Promise.resolve();

/** One after another: two saves must not both begin from the same kept draft. */
function inTurn(work: () => Promise<unknown>): Promise<unknown> {
  last = last.then(work, work);
  return last;
}
