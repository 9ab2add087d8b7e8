/** Offset in JSON text of what a pointer names, or of the deepest part of it that is there; broken text gives 0. */
export function findPointer(text: string, pointer: string): number {
  const wanted = pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  let best = { depth: 0, offset: 0 };
  const path: (string | number)[] = [];
  const note = (offset: number) => {
    const depth = path.length;
    if (depth > best.depth && depth <= wanted.length && path.every((part, at) => String(part) === wanted[at]))
      best = { depth, offset };
  };
  let at = 0;
  const skip = () => {
    while (/[\s,:]/.test(text[at] ?? '')) at++;
  };
  const readString = (): string => {
    const start = at++;
    while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
    at++;
    try {
      return JSON.parse(text.slice(start, at)) as string;
    } catch {
      return '';
    }
  };
  const readValue = (): void => {
    skip();
    const open = text[at];
    if (open === '"') return void readString();
    if (open !== '{' && open !== '[') {
      while (at < text.length && !/[,\]}\s]/.test(text[at] ?? '')) at++;
      return;
    }
    at++;
    for (let index = 0; at < text.length; index++) {
      skip();
      if (at >= text.length || text[at] === '}' || text[at] === ']') break;
      const start = at;
      path.push(open === '{' && text[at] === '"' ? readString() : index);
      note(start);
      const before = at;
      readValue();
      path.pop();
      // Broken text must not hold it up.
      if (at === before) at++;
    }
    at++;
  };
  readValue();
  return best.offset;
}
