import { useState } from 'react';

/** What a person wishes of a release, kept while they look around in the studio. */
export interface Wish {
  note: string;
  /** Warnings and failing tests were read. */
  accepted: boolean;
  /** `YYYY-MM-DDTHH:MM` of this computer; empty: at once. */
  startsAt: string;
  cases: 'leave' | 'all' | 'selected';
}

export const noWish: Wish = { note: '', accepted: false, startsAt: '', cases: 'leave' };

let kept = noWish;

/** The wish and its setter; it outlives the page, not the tab. */
export function useKept(): [Wish, (wish: Wish) => void] {
  const [wish, show] = useState(kept);
  const set = (next: Wish) => {
    kept = next;
    show(next);
  };
  return [wish, set];
}
