/** First 32 bits of the fractional parts of the cube roots of the first 64 primes. */
const constants = primes(64).map((prime) => fraction(Math.cbrt(prime)));
const initial = primes(8).map((prime) => fraction(Math.sqrt(prime)));

/** SHA-256 of a text's UTF-8 bytes, in hex (FIPS 180-4); here because the engine has no access to a crypto library. */
export function sha256(text: string): string {
  const words = toWords(text);
  const hash = [...initial];
  const schedule = new Int32Array(64);
  for (let block = 0; block < words.length; block += 16) mix(hash, schedule, words, block);
  return hash.map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

function mix(hash: number[], schedule: Int32Array, words: Int32Array, block: number): void {
  for (let i = 0; i < 64; i++) schedule[i] = i < 16 ? at(words, block + i) : extend(schedule, i);
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = hash;
  for (let i = 0; i < 64; i++) {
    const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const first = (h + s1 + ((e & f) ^ (~e & g)) + (constants[i] ?? 0) + at(schedule, i)) | 0;
    const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const second = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((value, i) => {
    hash[i] = ((hash[i] ?? 0) + value) | 0;
  });
}

function extend(schedule: Int32Array, i: number): number {
  const [x, y] = [at(schedule, i - 15), at(schedule, i - 2)];
  const s0 = rotate(x, 7) ^ rotate(x, 18) ^ (x >>> 3);
  const s1 = rotate(y, 17) ^ rotate(y, 19) ^ (y >>> 10);
  return (at(schedule, i - 16) + s0 + at(schedule, i - 7) + s1) | 0;
}

/** The message as big-endian words, padded to whole blocks with its length in bits at the end. */
function toWords(text: string): Int32Array {
  const bytes = toUtf8(text);
  const words = new Int32Array((((bytes.length + 8) >> 6) + 1) * 16);
  bytes.forEach((byte, i) => {
    words[i >> 2] = at(words, i >> 2) | (byte << (24 - (i % 4) * 8));
  });
  words[bytes.length >> 2] = at(words, bytes.length >> 2) | (0x80 << (24 - (bytes.length % 4) * 8));
  words[words.length - 1] = bytes.length * 8;
  return words;
}

function toUtf8(text: string): number[] {
  const escaped = encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\uFFFD'));
  const bytes: number[] = [];
  for (let i = 0; i < escaped.length; i++) {
    if (escaped[i] !== '%') bytes.push(escaped.charCodeAt(i));
    else {
      bytes.push(Number.parseInt(escaped.slice(i + 1, i + 3), 16));
      i += 2;
    }
  }
  return bytes;
}

function at(words: Int32Array, index: number): number {
  return words[index] ?? 0;
}

function rotate(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}

function fraction(value: number): number {
  return ((value - Math.floor(value)) * 2 ** 32) | 0;
}

function primes(count: number): number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n++) if (found.every((prime) => n % prime !== 0)) found.push(n);
  return found;
}
