import { z } from 'zod';

/** A document's or a map entry's key: never changes; unique within its kind, ignoring case. */
export const Key = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/,
    'a key is 1 to 64 letters, digits, "-" or "_", starting with a letter or digit',
  )
  .describe('Key: letters, digits, "-" and "_", at most 64 characters; it never changes.');
export type Key = z.infer<typeof Key>;

/** Calendar date, `YYYY-MM-DD`, no zone. Checked against the real calendar (30 February is refused). */
export const LocalDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'a date is written YYYY-MM-DD')
  .refine(isRealDate, 'this date does not exist')
  .describe('Calendar date, YYYY-MM-DD.');
export type LocalDate = string;

/** Local wall time, `HH:MM`, 00:00 to 24:00 (24:00 = next midnight). */
export const WallTime = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'a time is written HH:MM, 00:00 to 24:00')
  .describe('Local wall time, HH:MM (24:00 is the next midnight).');
export type WallTime = string;

/** Seconds since 1970-01-01T00:00:00Z, whole (D9). */
export type Instant = number;
export const Instant = z.number().int().describe('Instant: whole seconds since 1970-01-01T00:00:00Z.');

/** IANA time-zone name; whether it is known is a check of the calendar, not of the shape. */
export const ZoneId = z.string().min(1).max(64).describe('IANA time zone, for example Europe/London.');

/** Money in pence. */
export const Pence = z.number().int().min(-1e12).max(1e12).describe('Money in pence.');

function isRealDate(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  if (month < 1 || month > 12 || day < 1) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return day <= (lengths[month - 1] ?? 0);
}
