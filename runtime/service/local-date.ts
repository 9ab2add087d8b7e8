/** Calendar date of an instant in a zone, `YYYY-MM-DD`; UTC when the zone is unknown. */
export function dateIn(zone: string, now: number): string {
  return partsIn(zone, now, { year: 'numeric', month: '2-digit', day: '2-digit' }, 'en-CA');
}

/** Date and time in words, for people: "Tue 3 March 2026, 10:00". */
export function inWords(zone: string, now: number): string {
  return partsIn(
    zone,
    now,
    {
      weekday: 'short',
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    },
    'en-GB',
  );
}

function partsIn(zone: string, now: number, options: Intl.DateTimeFormatOptions, locale: string): string {
  const at = new Date(now * 1000);
  try {
    return new Intl.DateTimeFormat(locale, { ...options, timeZone: zone }).format(at);
  } catch {
    return new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(at);
  }
}
