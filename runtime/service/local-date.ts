/** Calendar date of an instant in a zone, `YYYY-MM-DD`; UTC when the zone is unknown. */
export function dateIn(zone: string, now: number): string {
  const at = new Date(now * 1000);
  const options = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  try {
    return new Intl.DateTimeFormat('en-CA', { ...options, timeZone: zone }).format(at);
  } catch {
    return new Intl.DateTimeFormat('en-CA', { ...options, timeZone: 'UTC' }).format(at);
  }
}
