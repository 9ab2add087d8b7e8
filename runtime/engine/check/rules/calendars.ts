import { calendarProblems } from '../../calendar/problems.ts';
import { defineRule } from '../rule.ts';

/** A calendar has a known zone, windows that do not overlap, and opens at some time (T1, T4). */
export const calendars = defineRule({
  name: 'calendars',
  kind: 'calendar',
  reads: [],
  codes: [
    {
      code: 'CALENDAR_ZONE_UNKNOWN',
      severity: 'error',
      means: 'The time zone of a calendar is none that the zone data know.',
      cure: 'Name a zone such as Europe/London.',
    },
    {
      code: 'CALENDAR_WINDOWS_OVERLAP',
      severity: 'error',
      means: 'Opening windows of a calendar overlap, so that time would count twice.',
      cure: 'Join them or move one.',
    },
    {
      code: 'CALENDAR_NEVER_OPENS',
      severity: 'error',
      means: 'A calendar is never open: nothing counted in it would ever be due.',
      cure: 'Give it opening windows.',
    },
    {
      code: 'CALENDAR_OPENING_ON_CLOSED_DATE',
      severity: 'warning',
      means: 'A date is closed and has extra openings at once.',
      cure: 'Take one of the two out.',
    },
    {
      code: 'CALENDAR_OPEN_ON_HOLIDAY',
      severity: 'warning',
      means: 'A calendar that keeps bank holidays is open on one that the feed leaves out.',
      cure: 'Close the date.',
    },
  ],
  check: (calendar, { holidays }) =>
    calendarProblems(calendar, holidays).map(({ pointer, ...problem }) => ({
      ...problem,
      path: pointer.split('/').slice(1),
    })),
});
