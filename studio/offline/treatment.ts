/** How the worker answers a request: `page` and `draft` by the server while it can be reached, `asset` by what is kept, `pass` not at all. */
export type Treatment = 'page' | 'asset' | 'draft' | 'pass';

/** Answers that describe the draft and who reads it. No case, customer, message or report is ever kept. */
const draftAnswers = [/^\/v1\/me$/, /^\/v1\/drafts\/main\/configuration$/, /^\/v1\/layouts\/[^/]+$/];

/** Files whose name changes with what is in them. */
const hashed = /^\/studio\/assets\/.+-[\w-]{8}\.\w+$/;

/** Which requests of our own origin the worker answers. */
export function treatmentOf(
  { method, mode, url }: Pick<Request, 'method' | 'mode' | 'url'>,
  origin: string,
): Treatment {
  const { origin: asked, pathname, search } = new URL(url);
  if (method !== 'GET' || asked !== origin) return 'pass';
  if (mode === 'navigate') return pathname.startsWith('/studio/') ? 'page' : 'pass';
  if (hashed.test(pathname)) return 'asset';
  return search === '' && isDraftAnswer(pathname) ? 'draft' : 'pass';
}

/** Whether an answer may be kept on this computer. */
export function isDraftAnswer(path: string): boolean {
  return draftAnswers.some((pattern) => pattern.test(path));
}

/** A proxy says so when the server behind it is away. */
export function isAway(status: number): boolean {
  return status === 502 || status === 503 || status === 504;
}

/** Builds to forget: all but this one and the one before, whose pages may still be open and ask for their parts. */
export function outdated(names: readonly string[], current: string, prefix: string): string[] {
  const others = names.filter((name) => name.startsWith(prefix) && name !== current);
  return others.slice(0, -1);
}

/** The draft as the server answered it, per kind and key. */
export interface KeptDraft {
  documents: Record<string, Record<string, { document: unknown; revision: number }>>;
}

/** One document as it was saved: in, or out without a body. */
export interface Saved {
  /** `kind/key` */
  name: string;
  body: unknown;
  revision: number;
}

/** The kept draft after a save, so that a page opened without the server begins where the last one ended; a save heard of late changes nothing. */
export function withSaved(draft: KeptDraft, { name, body, revision }: Saved): KeptDraft {
  const [kind = '', key = ''] = name.split('/');
  const { [key]: before, ...others } = draft.documents[kind] ?? {};
  if (before && before.revision > revision) return draft;
  const documents = body === null ? others : { ...others, [key]: { document: body, revision } };
  return { ...draft, documents: { ...draft.documents, [kind]: documents } };
}
