import type { Me } from './types.ts';

/** Somebody else is signed in in this browser than the person this page works for; the name once it is known. */
export interface Overtaken {
  by?: string;
}

/** The page's person from its first page on, until somebody signs in or out in it: all tabs of a browser share one session. */
let own: Me | undefined;
let overtaken: Overtaken | undefined;
const listeners = new Set<() => void>();

export const getOvertaken = (): Overtaken | undefined => overtaken;

export const onOvertaken = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** From now on the page works for this person, unless it does so for somebody already. */
export function workFor(me: Me): void {
  own ??= me;
}

/** Nobody works here any more: somebody signs in or out in this very page. */
export function workForNobody(): void {
  own = undefined;
  noteOvertaken(undefined);
}

/** Whom the page works for, whoever the server says is signed in: what is open here is theirs. */
export function whoWorksHere(signedIn: Me): Me {
  const isOwn = !own || (own.user.id === signedIn.user.id && own.organisation.id === signedIn.organisation.id);
  noteOvertaken(isOwn ? undefined : { by: signedIn.user.name });
  return isOwn || !own ? signedIn : own;
}

/** Names the page's person to the server, which refuses (401 SIGNED_IN_AS_OTHER) once another one is signed in; none before the first answer. */
export function personHeader(): Record<string, string> {
  if (!own) return {};
  return { 'Lintel-Person': `${encodeURIComponent(own.organisation.id)}/${encodeURIComponent(own.user.id)}` };
}

/** A name that is known stays. */
export function noteOvertaken(next: Overtaken | undefined): void {
  if (next && overtaken && (next.by === undefined || next.by === overtaken.by)) return;
  if (next === overtaken) return;
  overtaken = next;
  for (const listener of listeners) listener();
}
