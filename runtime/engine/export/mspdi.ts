import type { Weekday } from '../../../schemas/calendar.ts';
import type { PlanLink, PlanTask } from '../schedule/calendar-schedule.ts';
import { minutesOfDay, type PlanCalendar } from '../schedule/plan-calendar.ts';
import type { NamedPlan } from './workflow-plan.ts';

const dayTypes: readonly Weekday[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const linkCodes = ['FF', 'FS', 'SF', 'SS'];
const constraintCodes = ['ASAP', 'ALAP', 'MSO', 'MFO', 'SNET', 'SNLT', 'FNET', 'FNLT'];
/** Codes of DurationFormat and LagFormat: days, elapsed days. */
const WORKING = '7';
const ELAPSED = '8';

/** A plan as MS Project's XML: tasks, links with lags, calendars. Keys of tasks stand in WBS, so that they come back. */
export function writeMspdi(plan: Omit<NamedPlan, 'notes'>): string {
  const uids = numbersOf(plan.tasks.map(({ id }) => id));
  const calendarUids = numbersOf(plan.calendars.map(({ id }) => id));
  const base = plan.calendars.find(({ id }) => id === plan.defaultCalendar);
  const day = base ? minutesOfDay(base) : 480;
  const lines = [
    element('Name', plan.title),
    element('Title', plan.title),
    element('ScheduleFromStart', '1'),
    element('StartDate', `${plan.projectStart}:00`),
    element('CalendarUID', calendarUids.get(plan.defaultCalendar) ?? '1'),
    element('MinutesPerDay', String(day)),
    element('MinutesPerWeek', String(day * 5)),
    element('DaysPerMonth', '20'),
    '<Calendars>',
    ...plan.calendars.flatMap((calendar) => calendarLines(calendar, calendarUids.get(calendar.id) ?? '')),
    '</Calendars>',
    '<Tasks>',
    ...plan.tasks.flatMap((task, at) => taskLines(task, at, { plan, uids, calendarUids })),
    '</Tasks>',
  ];
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
  return `${head}\n<Project xmlns="http://schemas.microsoft.com/project">\n${lines.join('\n')}\n</Project>\n`;
}

/** Whole numbers for ids: the ids themselves where all of them are such numbers. */
function numbersOf(ids: readonly string[]): Map<string, string> {
  const isPlain = ids.every((id) => /^[1-9]\d{0,8}$/.test(id));
  return new Map(ids.map((id, at) => [id, isPlain ? id : String(at + 1)]));
}

interface Names {
  plan: Omit<NamedPlan, 'notes'>;
  uids: ReadonlyMap<string, string>;
  calendarUids: ReadonlyMap<string, string>;
}

function taskLines(task: PlanTask, at: number, { plan, uids, calendarUids }: Names): string[] {
  const constraint = task.constraint?.date ? task.constraint : undefined;
  const calendar = task.calendar == null ? undefined : calendarUids.get(task.calendar);
  return [
    '<Task>',
    element('UID', uids.get(task.id) ?? ''),
    element('ID', String(at + 1)),
    element('Name', plan.names.get(task.id) ?? task.name ?? task.id),
    element('WBS', task.id),
    element('OutlineLevel', '1'),
    element('Duration', durationText(task.durationMinutes)),
    element('DurationFormat', task.elapsed ? ELAPSED : WORKING),
    element('Milestone', task.durationMinutes === 0 ? '1' : '0'),
    element('Summary', '0'),
    ...(constraint
      ? [
          element('ConstraintType', String(Math.max(0, constraintCodes.indexOf(constraint.type)))),
          element('ConstraintDate', `${constraint.date}:00`),
        ]
      : []),
    ...(task.deadline ? [element('Deadline', `${task.deadline}:00`)] : []),
    ...(calendar ? [element('CalendarUID', calendar)] : []),
    ...plan.links.filter(({ to }) => to === task.id).flatMap((link) => linkLines(link, uids)),
    '</Task>',
  ];
}

function linkLines(link: PlanLink, uids: ReadonlyMap<string, string>): string[] {
  return [
    '<PredecessorLink>',
    element('PredecessorUID', uids.get(link.from) ?? link.from),
    element('Type', String(linkCodes.indexOf(link.type))),
    // Tenths of a minute.
    element('LinkLag', String(link.lagMinutes * 10)),
    element('LagFormat', link.elapsed ? ELAPSED : WORKING),
    '</PredecessorLink>',
  ];
}

function calendarLines(calendar: PlanCalendar, uid: string): string[] {
  return [
    '<Calendar>',
    element('UID', uid),
    element('Name', calendar.id),
    element('IsBaseCalendar', '1'),
    '<WeekDays>',
    ...dayTypes.flatMap((day, at) => [
      '<WeekDay>',
      element('DayType', String(at + 1)),
      ...hoursLines(calendar.week[day] ?? []),
      '</WeekDay>',
    ]),
    '</WeekDays>',
    '<Exceptions>',
    ...(calendar.exceptions ?? []).flatMap(({ from, to, hours }) => [
      '<Exception>',
      '<TimePeriod>',
      element('FromDate', `${from.slice(0, 10)}T00:00:00`),
      element('ToDate', `${to.slice(0, 10)}T23:59:00`),
      '</TimePeriod>',
      element('Type', '1'),
      ...hoursLines(hours),
      '</Exception>',
    ]),
    '</Exceptions>',
    '</Calendar>',
  ];
}

function hoursLines(hours: readonly (readonly [string, string])[]): string[] {
  if (hours.length === 0) return [element('DayWorking', '0')];
  return [
    element('DayWorking', '1'),
    '<WorkingTimes>',
    ...hours.flatMap(([from, to]) => [
      '<WorkingTime>',
      element('FromTime', `${from}:00`),
      // Midnight at the end of a day is the beginning of the next in these files.
      element('ToTime', `${to === '24:00' ? '00:00' : to}:00`),
      '</WorkingTime>',
    ]),
    '</WorkingTimes>',
  ];
}

function durationText(minutes: number): string {
  return `PT${Math.floor(minutes / 60)}H${minutes % 60}M0S`;
}

function element(name: string, text: string): string {
  return `<${name}>${escapeXml(text)}</${name}>`;
}

/** Text as XML has it; letters that XML does not know are left out. */
export function escapeXml(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
