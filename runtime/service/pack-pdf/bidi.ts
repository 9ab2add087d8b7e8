import type { Direction } from './page-text.ts';

interface Piece {
  readonly text: string;
}

type Kind = 'left' | 'right' | 'number' | 'neutral';

const RIGHT = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;

export function isRightToLeft(text: string): boolean {
  return RIGHT.test(text);
}

const mirrors: Readonly<Record<string, string>> = {
  '(': ')',
  ')': '(',
  '[': ']',
  ']': '[',
  '{': '}',
  '}': '{',
  '<': '>',
  '>': '<',
  '«': '»',
  '»': '«',
};

/** A bracket as it looks in right-to-left text. */
export function mirrored(text: string): string {
  return [...text].map((letter) => mirrors[letter] ?? letter).join('');
}

/** Levels as the Unicode bidirectional algorithm has them, for pieces in place of letters: odd is right to left. */
export function levelsOf(pieces: readonly Piece[], direction: Direction): number[] {
  const base = direction === 'rtl' ? 1 : 0;
  const kinds = resolved(
    pieces.map(({ text }) => kindOf(text)),
    base === 1 ? 'right' : 'left',
  );
  return kinds.map((kind) => {
    if (kind === 'right') return 1;
    return kind === 'number' || base === 1 ? 2 : 0;
  });
}

/** Pieces of a line in the order they are seen from the left: stretches turned around, the deepest first (L2). */
export function inSeenOrder<T>(pieces: readonly T[], levels: readonly number[]): T[] {
  const order = pieces.map((piece, index) => ({ piece, level: levels[index] ?? 0 }));
  for (let level = 2; level >= 1; level--) {
    for (let from = 0; from < order.length; from++) {
      let to = from;
      while (to < order.length && (order[to]?.level ?? 0) >= level) to++;
      if (to > from + 1) order.splice(from, to - from, ...order.slice(from, to).reverse());
      from = Math.max(from, to);
    }
  }
  return order.map(({ piece }) => piece);
}

function kindOf(text: string): Kind {
  if (isRightToLeft(text)) return 'right';
  if (/\p{L}/u.test(text)) return 'left';
  return /\p{N}/u.test(text) ? 'number' : 'neutral';
}

/**
 * Numbers go with the words before them (W7); what is neutral with its neighbours where they agree (N1), else the base (N2).
 * Blanks inside telephone numbers and dates in right-to-left text stay with them, where the algorithm would turn their parts around.
 */
function resolved(kinds: readonly Kind[], base: 'left' | 'right'): Kind[] {
  let strong: Kind = base;
  const numbered = kinds.map((kind): Kind => {
    if (kind === 'left' || kind === 'right') strong = kind;
    return kind === 'number' && strong === 'left' ? 'left' : kind;
  });
  const side = (kind: Kind | undefined): 'left' | 'right' => {
    if (kind === 'number') return base === 'left' ? 'right' : 'left';
    return kind === 'left' || kind === 'right' ? kind : base;
  };
  return numbered.map((kind, index) => {
    if (kind !== 'neutral') return kind;
    const before = numbered.slice(0, index).findLast((one) => one !== 'neutral');
    const after = numbered.slice(index).find((one) => one !== 'neutral');
    if (before === 'number' && after === 'number') return 'number';
    return side(before) === side(after) ? side(before) : base;
  });
}
