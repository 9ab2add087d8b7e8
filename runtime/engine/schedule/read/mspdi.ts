import type { Weekday } from '../../../../schemas/calendar.ts';
import { dateOfDay, epochDayOf, partsOfDay } from '../../calendar/dates.ts';
import type { Plan, PlanLink, PlanTask } from '../calendar-schedule.ts';
import type { LinkType } from '../network.ts';
import type { PlanCalendar, PlanException } from '../plan-calendar.ts';

/** An element of a parsed XML document: child name to text, child or children. */
export interface XmlNode {
  readonly [child: string]: XmlNode | readonly XmlNode[] | string | undefined;
}

const constraintTypes = ['ASAP', 'ALAP', 'MSO', 'MFO', 'SNET', 'SNLT', 'FNET', 'FNLT'];
const linkTypesByCode: readonly LinkType[] = ['FF', 'FS', 'SF', 'SS'];
const dayTypes: readonly Weekday[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
/** Codes of DurationFormat and LagFormat that mean calendar time. */
const elapsedFormats = new Set(['4', '6', '8', '10', '12', '20', '36', '38', '40', '42', '44', '52']);
const percentFormats = new Set(['19', '20', '51', '52']);
const office: PlanCalendar['week'] = Object.fromEntries(
  dayTypes.slice(1, 6).map((day) => [
    day,
    [
      ['08:00', '12:00'],
      ['13:00', '17:00'],
    ],
  ]),
);

/** Reads the `Project` element of MS Project's XML: leaf tasks, their links and calendars. Links of summary tasks go to their leaves. */
export function readMspdiProject(project: XmlNode): Plan & {
  readonly names: ReadonlyMap<string, string>;
  /** Codes of the work breakdown by id, where the file has them. */
  readonly codes: ReadonlyMap<string, string>;
} {
  const nodes = children(child(project, 'Calendars'), 'Calendar');
  const calendars = readCalendars(nodes);
  const defaultCalendar = text(project, 'CalendarUID') ?? calendars[0]?.id ?? '1';
  if (!calendars.some(({ id }) => id === defaultCalendar)) calendars.push({ id: defaultCalendar, week: office });
  const taskNodes = children(child(project, 'Tasks'), 'Task');
  const outline = readOutline(taskNodes);
  const leftOut = new Set(taskNodes.filter((node) => !isInPlan(node)).map((node) => text(node, 'UID')));
  const tasks = outline.filter((entry) => entry.leaf).map((entry) => toTask(entry));
  const start = text(project, 'StartDate') ?? earliestStart(outline) ?? '2000-01-03T08:00:00';
  return {
    projectStart: start.slice(0, 16),
    defaultCalendar,
    calendars,
    tasks,
    links: outline.flatMap((entry) => toLinks(entry, outline, leftOut)),
    names: new Map(outline.map(({ id, node }) => [id, text(node, 'Name') ?? id])),
    codes: new Map(outline.flatMap(({ id, node }) => (text(node, 'WBS') ? [[id, text(node, 'WBS') ?? '']] : []))),
  };
}

interface Entry {
  readonly id: string;
  readonly node: XmlNode;
  readonly leaf: boolean;
  /** The entry itself, or the leaves below a summary task. */
  readonly leaves: readonly string[];
  readonly summaries: readonly XmlNode[];
}

function readOutline(nodes: readonly XmlNode[]): Entry[] {
  const kept = nodes.filter(isInPlan);
  const levelOf = (node: XmlNode): number => Number(text(node, 'OutlineLevel') ?? '1');
  const open: XmlNode[] = [];
  return kept.map((node, i) => {
    const level = levelOf(node);
    while (open.length > 0 && levelOf(open[open.length - 1] as XmlNode) >= level) open.pop();
    const summaries = [...open];
    open.push(node);
    const id = text(node, 'UID') ?? '';
    const next = kept[i + 1];
    const hasChildren = next !== undefined && levelOf(next) > level;
    const leaf = text(node, 'Summary') !== '1' && !hasChildren && id !== '0';
    return { id, node, leaf, leaves: leaf ? [id] : leavesBelow(kept, i, levelOf), summaries };
  });
}

/** Empty rows and inactive tasks are no part of the plan, and neither are their links. */
function isInPlan(node: XmlNode): boolean {
  return text(node, 'IsNull') !== '1' && text(node, 'Active') !== '0' && text(node, 'UID') !== undefined;
}

function leavesBelow(kept: readonly XmlNode[], at: number, levelOf: (node: XmlNode) => number): string[] {
  const leaves: string[] = [];
  const level = levelOf(kept[at] as XmlNode);
  for (let i = at + 1; i < kept.length && levelOf(kept[i] as XmlNode) > level; i++) {
    const node = kept[i] as XmlNode;
    const next = kept[i + 1];
    const isLeaf = text(node, 'Summary') !== '1' && (next === undefined || levelOf(next) <= levelOf(node));
    if (isLeaf) leaves.push(text(node, 'UID') ?? '');
  }
  return leaves;
}

function toTask({ id, node, summaries }: Entry): PlanTask {
  const own = readConstraint(node);
  const inherited = summaries.map(readConstraint).findLast((constraint) => constraint?.type === 'SNET');
  const deadlines = [node, ...summaries].map((each) => dateTime(each, 'Deadline')).filter((date) => date !== undefined);
  const calendar = text(node, 'CalendarUID');
  return {
    id,
    name: text(node, 'Name') ?? id,
    durationMinutes: minutesOfDuration(text(node, 'Duration') ?? 'PT0S'),
    elapsed: elapsedFormats.has(text(node, 'DurationFormat') ?? ''),
    calendar: calendar === undefined || calendar === '-1' ? null : calendar,
    constraint: own ?? inherited ?? null,
    deadline: deadlines.sort()[0] ?? null,
  };
}

/** A task scheduled by hand stays where it was put. */
function readConstraint(node: XmlNode): { type: string; date: string } | undefined {
  const start = dateTime(node, 'ManualStart') ?? dateTime(node, 'Start');
  if (text(node, 'Manual') === '1' && text(node, 'Summary') !== '1' && start !== undefined)
    return { type: 'MSO', date: start };
  const date = dateTime(node, 'ConstraintDate');
  const type = constraintTypes[Number(text(node, 'ConstraintType') ?? '0')];
  return date === undefined || type === undefined ? undefined : { type, date };
}

function toLinks(entry: Entry, outline: readonly Entry[], leftOut: ReadonlySet<string | undefined>): PlanLink[] {
  return children(entry.node, 'PredecessorLink').flatMap((link) => {
    const source = outline.find(({ id }) => id === text(link, 'PredecessorUID'));
    if (source === undefined) return leftOut.has(text(link, 'PredecessorUID')) ? [] : unknownLink(link, entry);
    const type = linkTypesByCode[Number(text(link, 'Type') ?? '1')] ?? 'FS';
    const format = text(link, 'LagFormat') ?? '';
    const stored = Number(text(link, 'LinkLag') ?? '0');
    return source.leaves.flatMap((from) => {
      const length = outline.find(({ id }) => id === from)?.node ?? {};
      const share = (stored / 100) * minutesOfDuration(text(length, 'Duration') ?? 'PT0S');
      // A lag is stored in tenths of a minute, or as a percentage of the predecessor.
      const lagMinutes = Math.round(percentFormats.has(format) ? share : stored / 10);
      return entry.leaves.map((to): PlanLink => ({ from, to, type, lagMinutes, elapsed: elapsedFormats.has(format) }));
    });
  });
}

/** A predecessor that is in no task of the file is kept, so that it becomes a finding. */
function unknownLink(link: XmlNode, entry: Entry): PlanLink[] {
  if (text(link, 'CrossProject') === '1') return [];
  return entry.leaves.map((to) => ({ from: text(link, 'PredecessorUID') ?? '', to, type: 'FS', lagMinutes: 0 }));
}

function readCalendars(nodes: readonly XmlNode[]): PlanCalendar[] {
  const byId = new Map(nodes.map((node) => [text(node, 'UID') ?? '', node]));
  return nodes.map((node) => toCalendar(node, byId, 0));
}

function toCalendar(node: XmlNode, byId: ReadonlyMap<string, XmlNode>, depth: number): PlanCalendar {
  const base = byId.get(text(node, 'BaseCalendarUID') ?? '');
  // A chain of base calendars longer than this is a circle.
  const inherited = base === undefined || depth > 16 ? undefined : toCalendar(base, byId, depth + 1);
  const week: Partial<Record<Weekday, readonly (readonly [string, string])[]>> = { ...(inherited?.week ?? office) };
  const exceptions: PlanException[] = [...(inherited?.exceptions ?? [])];
  for (const day of children(child(node, 'WeekDays'), 'WeekDay')) {
    const weekday = dayTypes[Number(text(day, 'DayType') ?? '0') - 1];
    if (weekday !== undefined) week[weekday] = hoursOf(day);
    else exceptions.push(...datesOf(day));
  }
  for (const exception of children(child(node, 'Exceptions'), 'Exception')) exceptions.push(...datesOf(exception));
  return { id: text(node, 'UID') ?? '', week, exceptions };
}

function hoursOf(day: XmlNode): (readonly [string, string])[] {
  if (text(day, 'DayWorking') !== '1') return [];
  return children(child(day, 'WorkingTimes'), 'WorkingTime').flatMap((hours) => {
    const from = text(hours, 'FromTime')?.slice(0, 5);
    const to = text(hours, 'ToTime')?.slice(0, 5);
    return from === undefined || to === undefined ? [] : [[from, to] as const];
  });
}

const YEARLY = '2';
const MONTHLY = '4';
const WEEKLY = '6';

/** The dates of an exception: its whole period, or those days of it that a yearly, monthly or weekly pattern names. */
function datesOf(exception: XmlNode): PlanException[] {
  const period = child(exception, 'TimePeriod');
  const from = text(period, 'FromDate')?.slice(0, 10);
  const to = text(period, 'ToDate')?.slice(0, 10) ?? from;
  if (from === undefined || to === undefined) return [];
  const hours = hoursOf(exception);
  const type = text(exception, 'Type');
  if (type !== YEARLY && type !== MONTHLY && type !== WEEKLY) return [{ from, to, hours }];
  const found: PlanException[] = [];
  for (let day = epochDayOf(from); day <= epochDayOf(to); day++) {
    const date = dateOfDay(day);
    if (matchesPattern(exception, type, day)) found.push({ from: date, to: date, hours });
  }
  return found;
}

function matchesPattern(exception: XmlNode, type: string, day: number): boolean {
  const parts = partsOfDay(day);
  if (type === WEEKLY) {
    const sundayFirst = (((day + 4) % 7) + 7) % 7;
    return (Number(text(exception, 'DaysOfWeek') ?? '0') & (1 << sundayFirst)) !== 0;
  }
  if (parts.day !== Number(text(exception, 'MonthDay'))) return false;
  return type === MONTHLY || parts.month === Number(text(exception, 'Month')) + 1;
}

/** Whole minutes of an ISO duration such as `PT80H30M0S`. */
function minutesOfDuration(duration: string): number {
  const match = /^P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?$/.exec(duration);
  if (match === null) return 0;
  const [, days = '0', hours = '0', minutes = '0', seconds = '0'] = match;
  return Number(days) * 1440 + Number(hours) * 60 + Number(minutes) + Math.round(Number(seconds) / 60);
}

function earliestStart(outline: readonly Entry[]): string | undefined {
  return outline
    .map(({ node }) => text(node, 'Start'))
    .filter((start) => start !== undefined)
    .sort()[0];
}

function dateTime(node: XmlNode, name: string): string | undefined {
  const value = text(node, name);
  return value === undefined || value === 'NA' ? undefined : value.slice(0, 16);
}

function text(node: XmlNode, name: string): string | undefined {
  const value = node[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function child(node: XmlNode, name: string): XmlNode {
  const value = node[name];
  return typeof value === 'object' && !isList(value) ? value : {};
}

function children(node: XmlNode, name: string): readonly XmlNode[] {
  const value = node[name];
  if (value === undefined || typeof value === 'string') return [];
  return isList(value) ? value : [value];
}

function isList(value: XmlNode | readonly XmlNode[]): value is readonly XmlNode[] {
  return Array.isArray(value);
}
