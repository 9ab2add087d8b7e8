/** A letter as it is drawn, and the letters it stands for. */
export interface DrawnLetter {
  readonly drawn: string;
  readonly meant: string;
}

const ISOLATED = 0;
const FINAL = 1;
const INITIAL = 2;
const MEDIAL = 3;

/** How many forms the letters from U+0621 and from U+0641 have, one after the other from U+FE80. */
const formCounts = [
  [0x0621, '12222424244444222244444444'],
  [0x0641, '4444444224'],
] as const;

/** Letters of Persian, Urdu and their neighbours: first form and how many. */
const others: readonly (readonly [letter: string, first: number, count: number])[] = [
  ['پ', 0xfb56, 4],
  ['ٹ', 0xfb66, 4],
  ['چ', 0xfb7a, 4],
  ['ڈ', 0xfb88, 2],
  ['ژ', 0xfb8a, 2],
  ['ڑ', 0xfb8c, 2],
  ['ک', 0xfb8e, 4],
  ['گ', 0xfb92, 4],
  ['ں', 0xfb9e, 2],
  ['ۀ', 0xfba4, 2],
  ['ہ', 0xfba6, 4],
  ['ھ', 0xfbaa, 4],
  ['ے', 0xfbae, 2],
  ['ۓ', 0xfbb0, 2],
  ['ی', 0xfbfc, 4],
];

interface Forms {
  readonly first: number;
  readonly count: number;
}

const forms = new Map<string, Forms>([
  ...basicForms(),
  ...others.map(([letter, first, count]): [string, Forms] => [letter, { first, count }]),
]);

/** Lam with these makes one sign: its isolated form; the final one follows. */
const lamWith: Readonly<Record<string, number>> = { آ: 0xfef5, أ: 0xfef7, إ: 0xfef9, ا: 0xfefb };
const LAM = 'ل';
const TATWEEL = 'ـ';

function basicForms(): [string, Forms][] {
  let first = 0xfe80;
  return formCounts.flatMap(([start, counts]) =>
    [...counts].map((digit, index): [string, Forms] => {
      const count = Number(digit);
      first += count;
      return [String.fromCodePoint(start + index), { first: first - count, count }];
    }),
  );
}

/** The letters of an Arabic word in the forms they take beside each other, in reading order. */
export function joinLetters(word: string): DrawnLetter[] {
  const letters = [...word];
  const out: DrawnLetter[] = [];
  for (let index = 0; index < letters.length; index++) {
    const letter = letters[index] ?? '';
    const isJoinedBefore = joinsOn(neighbour(letters, index, -1));
    const alef = letter === LAM ? lamWith[letters[index + 1] ?? ''] : undefined;
    if (alef !== undefined) {
      out.push({ drawn: String.fromCodePoint(alef + Number(isJoinedBefore)), meant: letter + letters[index + 1] });
      index += 1;
      continue;
    }
    out.push({ drawn: formOf(letter, isJoinedBefore, neighbour(letters, index, 1)), meant: letter });
  }
  return out;
}

function formOf(letter: string, isJoinedBefore: boolean, next: string): string {
  const known = forms.get(letter);
  if (!known) return letter;
  const joinsNext = known.count === 4 && canBeJoined(next);
  const isFinal = isJoinedBefore && known.count > 1;
  const form = joinsNext ? (isFinal ? MEDIAL : INITIAL) : isFinal ? FINAL : ISOLATED;
  return String.fromCodePoint(known.first + form);
}

/** The letter beside this one; signs above and below letters do not part them. */
function neighbour(letters: readonly string[], index: number, step: 1 | -1): string {
  let at = index + step;
  while (/^\p{Mn}$/u.test(letters[at] ?? '')) at += step;
  return letters[at] ?? '';
}

function joinsOn(letter: string): boolean {
  return letter === TATWEEL || forms.get(letter)?.count === 4;
}

function canBeJoined(letter: string): boolean {
  return letter === TATWEEL || (forms.get(letter)?.count ?? 0) > 1;
}
