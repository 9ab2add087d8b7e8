const prefix = 'lintel.source.';

/** Text that is no document yet, kept through a change of the view and a closed page; undefined when there is none. */
export function readKeptText(owner: string, name: string): string | undefined {
  try {
    return localStorage.getItem(`${prefix}${owner}.${name}`) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps text that is no document yet, or forgets it. */
export function keepText(owner: string, name: string, text: string | undefined): void {
  try {
    if (text === undefined) localStorage.removeItem(`${prefix}${owner}.${name}`);
    else localStorage.setItem(`${prefix}${owner}.${name}`, text);
  } catch {
    // Storage is full or refused: the text stays in the page, which the draft's own notice speaks about.
  }
}
