import type { Division } from '../../../schemas/calendar.ts';
import { LocalDate } from '../../../schemas/ids.ts';
import type { BankHolidays } from './bank-holidays.ts';

const divisions: readonly Division[] = ['england-and-wales', 'scotland', 'northern-ireland'];

export interface BankHolidayImport {
  readonly holidays: BankHolidays;
  /** Dates that were not known before, for the audit entry. */
  readonly added: readonly { division: Division; date: LocalDate; title: string }[];
  /** Known dates the feed no longer lists; they stay, since GOV.UK drops its history. */
  readonly kept: readonly { division: Division; date: LocalDate }[];
  /** What could not be read, one sentence each. */
  readonly problems: readonly string[];
}

/** Merges a GOV.UK `bank-holidays.json` into the known holidays and never deletes one (T4). */
export function importBankHolidays(known: BankHolidays, feed: unknown): BankHolidayImport {
  const holidays: Record<Division, Record<LocalDate, string>> = {
    'england-and-wales': { ...known['england-and-wales'] },
    scotland: { ...known.scotland },
    'northern-ireland': { ...known['northern-ireland'] },
  };
  const added: { division: Division; date: LocalDate; title: string }[] = [];
  const kept: { division: Division; date: LocalDate }[] = [];
  const problems: string[] = [];
  for (const division of divisions) {
    const { events, problem } = readDivision(feed, division);
    if (problem) problems.push(problem);
    if (!events) continue;
    for (const [date, title] of events) {
      if (!Object.hasOwn(holidays[division], date)) added.push({ division, date, title });
      holidays[division][date] = title;
    }
    for (const date of Object.keys(known[division])) if (!events.has(date)) kept.push({ division, date });
    holidays[division] = Object.fromEntries(Object.entries(holidays[division]).sort(([a], [b]) => (a < b ? -1 : 1)));
  }
  return { holidays, added, kept, problems };
}

function readDivision(feed: unknown, division: Division): { events?: Map<LocalDate, string>; problem?: string } {
  const part = isRecord(feed) ? feed[division] : undefined;
  if (!isRecord(part) || !Array.isArray(part['events'])) {
    return { problem: `The feed has no list of events for ${division}; use the file bank-holidays.json of GOV.UK.` };
  }
  const events = new Map<LocalDate, string>();
  const unread: string[] = [];
  for (const event of part['events'] as readonly unknown[]) {
    const date = isRecord(event) ? LocalDate.safeParse(event['date']) : undefined;
    const title = isRecord(event) ? event['title'] : undefined;
    if (date?.success && typeof title === 'string') events.set(date.data, title);
    else unread.push(JSON.stringify(event));
  }
  if (unread.length === 0) return { events };
  return { events, problem: `${unread.length} events of ${division} have no date or title: ${unread[0]}` };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
