/** A word, sign or literal of the text form with its place (offsets in UTF-16 units, end exclusive). */
export interface Token {
  kind: 'word' | 'key' | 'text' | 'number' | 'date' | 'sign' | 'end';
  /** Word, key or text without quotes; sign as written. */
  value: string;
  from: number;
  to: number;
}

/** A place in the text and what is wrong there. */
export interface TextProblem {
  from: number;
  to: number;
  message: string;
}

/** The text cannot be read; carries the place. */
export class TextError extends Error {
  readonly problem: TextProblem;
  constructor(problem: TextProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

const patterns: readonly [Token['kind'], RegExp][] = [
  ['date', /\d{4}-\d{2}-\d{2}(?![\w-])/y],
  ['number', /-?(?:\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![A-Za-z_])/y],
  ['word', /[A-Za-z_][A-Za-z0-9_-]*/y],
  ['key', /`[^`\n]*`/y],
  ['text', /"(?:[^"\\]|\\.)*"/y],
  ['sign', /\.\.|<=|>=|!=|[<>=(),[\]]/y],
];

/** Splits the text form into tokens, ending with `end`; throws TextError at the first thing that is none. */
export function readTokens(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const token = /\s/.test(text[at] ?? '') ? undefined : tokenAt(text, at);
    if (token) tokens.push(token);
    at = token ? token.to : at + 1;
  }
  tokens.push({ kind: 'end', value: '', from: text.length, to: text.length });
  return tokens;
}

function tokenAt(text: string, from: number): Token {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = from;
    const match = pattern.exec(text);
    if (match) return { kind, value: unquote(kind, match[0], from), from, to: from + match[0].length };
  }
  const sign = text[from] ?? '';
  const hint =
    sign === '"' || sign === '`' ? `this ${sign} is never closed` : `"${sign}" has no meaning in a condition`;
  throw new TextError({
    from,
    to: from + 1,
    message: `${hint}; write comparisons such as tenure is private_rent, joined by and, or, not`,
  });
}

function unquote(kind: Token['kind'], source: string, from: number): string {
  if (kind === 'key') return source.slice(1, -1);
  if (kind !== 'text') return source;
  try {
    return JSON.parse(source) as string;
  } catch {
    throw new TextError({
      from,
      to: from + source.length,
      message: 'this quoted text has an escape that does not exist; use \\" and \\\\',
    });
  }
}
