/** How a text message is counted: its alphabet, its units, and how many messages it is sent as (3GPP TS 23.038, 23.040). */
export interface SmsLength {
  readonly alphabet: 'GSM-7' | 'UCS-2';
  /** Septets of GSM-7, where a character of its second table takes two; else 16-bit units. */
  readonly units: number;
  readonly segments: number;
  /** Units left in the last message. */
  readonly left: number;
  /** Characters that force UCS-2, each once. */
  readonly foreign: readonly string[];
}

const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** Characters written as an escape and a second septet. */
const EXTENSION = new Set('\f^{}\\[~]|€');

const LIMITS = { 'GSM-7': { alone: 160, joined: 153 }, 'UCS-2': { alone: 70, joined: 67 } } as const;

/** Counts a text message as networks do: one of 160 septets or 70 units, or several with a header each; no character is cut in two. */
export function measureSms(text: string): SmsLength {
  const characters = [...text];
  const foreign = [...new Set(characters.filter((one) => !BASIC.has(one) && !EXTENSION.has(one)))];
  const alphabet = foreign.length > 0 ? 'UCS-2' : 'GSM-7';
  const sizes = characters.map((one) => (alphabet === 'UCS-2' ? one.length : EXTENSION.has(one) ? 2 : 1));
  const units = sizes.reduce((sum, size) => sum + size, 0);
  const { alone, joined } = LIMITS[alphabet];
  if (units <= alone) return { alphabet, units, segments: units === 0 ? 0 : 1, left: alone - units, foreign };
  let segments = 1;
  let used = 0;
  for (const size of sizes) {
    // A pair of units stays together, so a message may end one unit early.
    if (used + size > joined) {
      segments++;
      used = 0;
    }
    used += size;
  }
  return { alphabet, units, segments, left: joined - used, foreign };
}
