import { calendarProblems } from '../../calendar/problems.ts';
import { defineRule } from '../rule.ts';

/** A calendar has a known zone, windows that do not overlap, and opens at some time (T1, T4). */
export const calendars = defineRule({
  name: 'calendars',
  kind: 'calendar',
  reads: [],
  check: (calendar, { holidays }) =>
    calendarProblems(calendar, holidays).map(({ pointer, ...problem }) => ({
      ...problem,
      path: pointer.split('/').slice(1),
    })),
});
