/** What a page will ask for first is asked for before its program has arrived: the answers, by address. */
const asked = new Map<string, Promise<Response | undefined>>();

const ME = '/v1/me';
const DRAFT = '/v1/drafts/main/configuration';
/** Pages that open on the draft; the start page leads to the library. */
const ON_DRAFT = /^\/studio\/(?:$|(?:workflow|edit|library|source|play|preview)\b)/;
const DRAWING = /^\/studio\/workflow\/([^/]+)/;

/** Asks for what the page of this address shows, unless it first signs somebody in. */
export function askAhead({ pathname, hash }: Pick<Location, 'pathname' | 'hash'>): void {
  if (/^#(?:signin|setup)=/.test(hash) || pathname === '/studio/sign-in') return;
  const drawing = DRAWING.exec(pathname)?.[1];
  for (const path of [ME, ...(ON_DRAFT.test(pathname) ? [DRAFT] : []), ...(drawing ? [`/v1/layouts/${drawing}`] : [])])
    asked.set(path, ask(path));
}

/** The answer that was asked for ahead, for the first who wants it; undefined when there is none, or none that is good. */
export async function takeAhead(path: string): Promise<Response | undefined> {
  const answer = asked.get(path);
  asked.delete(path);
  return answer;
}

/** A bad answer is none: who wants it asks again, and hears what is wrong. */
async function ask(path: string): Promise<Response | undefined> {
  const answer = await fetch(path, { credentials: 'same-origin', headers: { Accept: 'application/json' } }).catch(
    () => undefined,
  );
  return answer?.ok ? answer : undefined;
}
