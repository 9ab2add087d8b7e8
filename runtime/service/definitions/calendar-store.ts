import type { CalendarDocument } from '../../../schemas/calendar.ts';
import { type CompiledCalendar, compileCalendar, shippedBankHolidays } from '../../engine/index.ts';
import { type Database, intOf, jsonOf, textOf } from '../db/database.ts';

/** Every calendar compiled with its whole timeline (T3, T14). */
export async function loadCalendars(database: Database): Promise<Record<string, CompiledCalendar>> {
  return calendarsWith(database, [], 0);
}

/** As `loadCalendars`, with contents as if they were published at an instant. */
export async function calendarsWith(
  database: Database,
  contents: readonly CalendarDocument[],
  publishedAt: number,
): Promise<Record<string, CompiledCalendar>> {
  const rows = await database.query('SELECT key, published_at, json FROM calendars ORDER BY key, published_at');
  const versions = new Map<string, { publishedAt: number; content: CalendarDocument }[]>();
  for (const row of rows) {
    const version = { publishedAt: intOf(row, 'published_at'), content: jsonOf<CalendarDocument>(row, 'json') };
    versions.set(textOf(row, 'key'), [...(versions.get(textOf(row, 'key')) ?? []), version]);
  }
  for (const content of contents) {
    const known = versions.get(content.key) ?? [];
    if (JSON.stringify(known.at(-1)?.content) === JSON.stringify(content)) continue;
    versions.set(content.key, [...known, { publishedAt, content }]);
  }
  return Object.fromEntries(
    [...versions].map(([key, list]) => [
      key,
      compileCalendar(list, shippedBankHolidays, { title: list.at(-1)?.content.title ?? key }),
    ]),
  );
}
