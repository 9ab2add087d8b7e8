/** Calendar date of an instant in a zone, `YYYY-MM-DD`; UTC when the zone is unknown. */
export function dateIn(zone: string, now: number): string {
  // What happens together asks for the same date, several times each.
  if (last.zone !== zone || last.now !== now) last = { zone, now, date: formatOf(zone).format(new Date(now * 1000)) };
  return last.date;
}

let last = { zone: '', now: Number.NaN, date: '' };

// Making a format costs a hundred times what using it costs.
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const options = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  let made: Intl.DateTimeFormat;
  try {
    made = new Intl.DateTimeFormat('en-CA', { ...options, timeZone: zone });
  } catch {
    made = new Intl.DateTimeFormat('en-CA', { ...options, timeZone: 'UTC' });
  }
  formats.set(zone, made);
  return made;
}
