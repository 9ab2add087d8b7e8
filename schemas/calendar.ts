import { z } from 'zod';
import { documentFields } from './document.ts';
import { LocalDate, WallTime, ZoneId } from './ids.ts';
import { weekdays } from './kinds.ts';

export const Weekday = z.enum(weekdays);
export type Weekday = z.infer<typeof Weekday>;

export const Division = z
  .enum(['england-and-wales', 'scotland', 'northern-ireland'])
  .describe('Bank holidays of this division close the calendar (T4).');
export type Division = z.infer<typeof Division>;

/** Opening hours in local wall time; `end <= start` means the next day (T1). */
export const OpeningWindow = z
  .strictObject({
    start: WallTime.describe('Opens.'),
    end: WallTime.describe('Closes; at or before start means on the next day.'),
  })
  .describe('One opening window in local wall time.');
export type OpeningWindow = z.infer<typeof OpeningWindow>;

/** One published version of a calendar's content; the newest published at or before t decides t (T3). */
export const CalendarContent = z.strictObject({
  zone: ZoneId,
  alwaysOpen: z.boolean().optional().describe('24 hours a day, 7 days a week; weekly windows are then ignored.'),
  weekly: z.partialRecord(Weekday, z.array(OpeningWindow)).describe('Opening windows per weekday.'),
  closed: z.record(LocalDate, z.string()).describe('Closed dates with the reason.'),
  openings: z
    .record(LocalDate, z.array(OpeningWindow))
    .describe('Extra openings: on these dates these windows hold instead of the weekly ones.'),
  division: Division.optional(),
});
export type CalendarContent = z.infer<typeof CalendarContent>;

export const CalendarDocument = z.strictObject({ ...documentFields('calendar'), ...CalendarContent.shape }).meta({
  id: 'calendar',
  description: 'Working hours and closed dates (T1, T14); its own timeline, not part of a release.',
});
export type CalendarDocument = z.infer<typeof CalendarDocument>;
