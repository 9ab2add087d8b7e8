/** Calendar date of an instant in a zone, `YYYY-MM-DD`; UTC when the zone is unknown. */
export function dateIn(zone: string, now: number): string {
  // What happens together asks for the same dates, several times each: that of now, and that on which it is due.
  const found = latest.find((one) => one.now === now && one.zone === zone);
  if (found) return found.date;
  const date = formatOf(zone).format(new Date(now * 1000));
  latest = [{ zone, now, date }, ...latest.slice(0, 3)];
  return date;
}

let latest: readonly { zone: string; now: number; date: string }[] = [];

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
