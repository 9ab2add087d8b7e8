/** Where a text stops being JSON, and what was expected there. */
export interface JsonFault {
  offset: number;
  expected: string;
}

/** The first place at which a text is not JSON; undefined when it is. The browser's own message often names no place. */
export function findFault(text: string): JsonFault | undefined {
  let at = 0;
  const skip = () => {
    while (/[ \t\r\n]/.test(text[at] ?? '')) at++;
  };
  const fail = (expected: string): never => {
    throw { offset: at, expected } satisfies JsonFault;
  };
  const readString = (): void => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them in strings
    const match = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*("?)/y;
    match.lastIndex = at;
    const [found = '', close] = match.exec(text) ?? [];
    at += found.length;
    // An escaped quote at the end closes nothing.
    if (!close) fail('a closing quote');
  };
  const readMembers = (close: ']' | '}'): void => {
    at++;
    skip();
    if (text[at] === close) {
      at++;
      return;
    }
    for (;;) {
      skip();
      if (close === '}') {
        if (text[at] !== '"') fail('a name in quotes');
        readString();
        skip();
        if (text[at] !== ':') fail('a colon after the name');
        at++;
      }
      readValue();
      skip();
      if (text[at] === close) {
        at++;
        return;
      }
      if (text[at] !== ',') fail(`a comma or ${close}`);
      at++;
    }
  };
  const readValue = (): void => {
    skip();
    const first = text[at];
    if (first === '"') readString();
    else if (first === '{') readMembers('}');
    else if (first === '[') readMembers(']');
    else readWord();
  };
  const readWord = (): void => {
    const match = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.])/y;
    match.lastIndex = at;
    const found = match.exec(text)?.[0];
    if (found === undefined) fail('a value');
    else at += found.length;
  };
  try {
    readValue();
    skip();
    if (at < text.length) fail('the end of the text');
    return undefined;
  } catch (fault) {
    // Too many brackets for one stack are no document either.
    return fault instanceof RangeError ? { offset: at, expected: 'fewer brackets' } : (fault as JsonFault);
  }
}
