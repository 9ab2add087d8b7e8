/** A value of a JSON text: how it is reached, where its name begins, where it lies itself. */
export interface Place {
  path: readonly string[];
  /** Offset of its name, or of itself in a list. */
  start: number;
  valueStart: number;
  valueEnd: number;
}

/** Every value of a text in the order of the text; broken text gives what can be read of it. */
export function readPlaces(text: string): Place[] {
  const places: Place[] = [];
  let at = 0;
  const skip = () => {
    while (/[\s,:]/.test(text[at] ?? '')) at++;
  };
  const readString = (): string => {
    const start = at++;
    // A line's end closes a string that was never closed: the rest can still be read.
    while (at < text.length && text[at] !== '"' && text[at] !== '\n') at += text[at] === '\\' ? 2 : 1;
    if (text[at] === '"') at++;
    return parse(text.slice(start, at));
  };
  const readValue = (path: readonly string[], start: number): void => {
    skip();
    const place: Place = { path, start, valueStart: at, valueEnd: at };
    places.push(place);
    const open = text[at];
    if (open === '"') readString();
    else if (open === '{' || open === '[') readMembers(path, open);
    else while (at < text.length && !/[,\]}\s]/.test(text[at] ?? '')) at++;
    place.valueEnd = Math.min(at, text.length);
  };
  const readMembers = (path: readonly string[], open: '{' | '['): void => {
    at++;
    for (let index = 0; at < text.length; index++) {
      skip();
      if (at >= text.length || text[at] === '}' || text[at] === ']') break;
      const start = at;
      const name = open === '{' && text[at] === '"' ? readString() : String(index);
      const before = at;
      if (open === '{' && !/^\s*:/.test(text.slice(at, at + 200))) {
        // A name without a value yet.
        places.push({ path: [...path, name], start, valueStart: at, valueEnd: at });
      } else readValue([...path, name], start);
      // Broken text must not hold it up.
      if (at === before && at === start) at++;
    }
    at++;
  };
  readValue([], 0);
  return places;
}

/** The place a pointer names, or the deepest part of the way to it that is there; undefined when nothing of it is. */
export function findPlace(places: readonly Place[], pointer: string): Place | undefined {
  const wanted = pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  let best: Place | undefined;
  for (const place of places) {
    const { path } = place;
    const isDeeper = path.length > (best?.path.length ?? 0) && path.length <= wanted.length;
    if (isDeeper && path.every((part, at) => part === wanted[at])) best = place;
  }
  return best;
}

/** The innermost value around an offset. */
export function placeAt(places: readonly Place[], offset: number): Place | undefined {
  return places.findLast(({ valueStart, valueEnd }) => valueStart <= offset && offset <= valueEnd);
}

/** The text value at a path; undefined where there is none. */
export function textAt(text: string, places: readonly Place[], path: readonly string[]): string | undefined {
  const found = places.find(
    (place) => place.path.length === path.length && place.path.every((part, at) => part === path[at]),
  );
  return found && text[found.valueStart] === '"' ? parse(text.slice(found.valueStart, found.valueEnd)) : undefined;
}

function parse(quoted: string): string {
  try {
    return JSON.parse(quoted.endsWith('"') && quoted.length > 1 ? quoted : `${quoted}"`) as string;
  } catch {
    return '';
  }
}
