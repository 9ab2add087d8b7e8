import { describe, expect, it } from 'vitest';
import { hasCases, loadVectors, runSchedule } from '../engine/schedule/vectors.ts';

type Hours = readonly (readonly [string, string])[];
interface PlanVector {
  readonly name: string;
  readonly projectStart: string;
  readonly defaultCalendar: string;
  readonly calendars: readonly {
    id: string;
    week: Record<string, Hours>;
    exceptions: readonly { from: string; to: string; hours: Hours }[];
  }[];
  readonly tasks: readonly {
    id: string;
    durationMinutes: number;
    calendar?: string | null;
    elapsed?: boolean;
    constraint?: { type: string; date: string | null } | null;
    deadline?: string | null;
  }[];
  readonly links: readonly { from: string; to: string; type: string; lagMinutes: number; elapsed?: boolean }[];
}

const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const constraints = ['ASAP', 'ALAP', 'MSO', 'MFO', 'SNET', 'SNLT', 'FNET', 'FNLT'];
const linkTypes = ['FF', 'FS', 'SF', 'SS'];
const files = [
  'test/cases/schedule/cal-constraints.json',
  'test/cases/schedule/cal-deadlines.json',
  '../shared/cases/external/schedule/cal-msproject.json',
];

describe('a planner’s file', () => {
  for (const file of files) {
    it.skipIf(!hasCases(file))(`gives the same schedule as MS Project XML as the vectors of ${file}`, async () => {
      for (const vector of loadVectors(file).vectors as unknown as PlanVector[]) {
        const fromVector = await scheduled('-', JSON.stringify({ ...vector, schema: 'cal-schedule/1' }));
        const { names: _names, ...fromXml } = await scheduled('plan.xml', toXml(vector));
        expect([vector.name, fromXml]).toEqual([vector.name, fromVector]);
      }
    });
  }

  it('gives the same days as CSV as the vectors of the random networks', async () => {
    for (const { name, tasks, links, expected } of loadVectors('test/cases/schedule/cpm-pdm-random.json')
      .vectors as unknown as NetworkVector[]) {
      const row = new Map(tasks.map(({ id }, i) => [id, i + 1]));
      const lines = tasks.map(({ id, durationDays }) => {
        const before = links
          .filter(({ to }) => to === id)
          .map(({ from, type, lag }) => `${row.get(from)}${type}${lag < 0 ? '' : '+'}${lag}d`);
        return `${row.get(id)},${id},${durationDays}d,"${before.join(';')}"`;
      });
      const csv = ['ID,Name,Duration,Predecessors', ...lines].join('\n');
      const { es, lf, totalFloat } = (await scheduled('plan.csv', csv)) as unknown as NetworkVector['expected'];
      const renamed = (values: Record<string, number>) =>
        Object.fromEntries(Object.entries(values).map(([id, value]) => [String(row.get(id)), value]));
      expect([name, es, lf, totalFloat]).toEqual([
        name,
        renamed(expected.es),
        renamed(expected.lf),
        renamed(expected.totalFloat),
      ]);
    }
  });
});

interface NetworkVector {
  readonly name: string;
  readonly tasks: readonly { id: string; durationDays: number }[];
  readonly links: readonly { from: string; to: string; type: string; lag: number }[];
  readonly expected: Record<'es' | 'lf' | 'totalFloat', Record<string, number>>;
}

async function scheduled(path: string, text: string): Promise<Record<string, unknown>> {
  return (await runSchedule(path, [], text)).document as Record<string, unknown>;
}

/** The vector as MS Project writes a plan: codes for constraints and links, lags in tenths of a minute. */
function toXml({ projectStart, defaultCalendar, calendars, tasks, links }: PlanVector): string {
  const taskTexts = tasks.map(({ id, durationMinutes, calendar, elapsed, constraint, deadline }) => {
    const before = links.filter(({ to }) => to === id);
    return tag('Task', [
      tag('UID', id),
      tag('Name', `Task ${id}`),
      tag('OutlineLevel', '1'),
      tag('Duration', `PT${Math.floor(durationMinutes / 60)}H${durationMinutes % 60}M0S`),
      tag('DurationFormat', elapsed ? '8' : '7'),
      calendar ? tag('CalendarUID', calendar) : '',
      constraint ? tag('ConstraintType', String(constraints.indexOf(constraint.type))) : '',
      constraint?.date ? tag('ConstraintDate', `${constraint.date}:00`) : '',
      deadline ? tag('Deadline', `${deadline}:00`) : '',
      ...before.map((link) =>
        tag('PredecessorLink', [
          tag('PredecessorUID', link.from),
          tag('Type', String(linkTypes.indexOf(link.type))),
          tag('LinkLag', String(link.lagMinutes * 10)),
          tag('LagFormat', link.elapsed ? '8' : '7'),
        ]),
      ),
    ]);
  });
  return tag('Project', [
    tag('StartDate', `${projectStart}:00`),
    tag('CalendarUID', defaultCalendar),
    tag('Calendars', calendars.map(calendarXml)),
    tag('Tasks', taskTexts),
  ]);
}

function calendarXml({ id, week, exceptions }: PlanVector['calendars'][number]): string {
  const days = weekdays.map((day, i) => {
    const hours = week[day] ?? [];
    return tag('WeekDay', [tag('DayType', String(i + 1)), ...hoursXml(hours)]);
  });
  const special = exceptions.map(({ from, to, hours }) =>
    tag('Exception', [
      tag('TimePeriod', [tag('FromDate', `${from}T00:00:00`), tag('ToDate', `${to}T23:59:00`)]),
      ...hoursXml(hours),
    ]),
  );
  return tag('Calendar', [tag('UID', id), tag('WeekDays', days), tag('Exceptions', special)]);
}

function hoursXml(hours: Hours): string[] {
  const times = hours.map(([from, to]) =>
    tag('WorkingTime', [tag('FromTime', `${from}:00`), tag('ToTime', `${to}:00`)]),
  );
  return [tag('DayWorking', hours.length > 0 ? '1' : '0'), tag('WorkingTimes', times)];
}

function tag(name: string, content: string | readonly string[]): string {
  return `<${name}>${typeof content === 'string' ? content : content.join('')}</${name}>`;
}
