import type { Plan } from '../schedule/calendar-schedule.ts';
import type { PlanFinding } from '../schedule/network.ts';
import type { PlanCalendar } from '../schedule/plan-calendar.ts';
import { readMspdiProject, type XmlNode } from '../schedule/read/mspdi.ts';
import { type PlanRow, type PlanTable, readPlanRows } from '../schedule/read/plan-rows.ts';

/** A planner's file as a plan: titles of tasks, keys where the file has them, and what could not be read. */
export interface PlanFile {
  readonly plan: Plan;
  readonly names: ReadonlyMap<string, string>;
  readonly codes: ReadonlyMap<string, string>;
  readonly findings: readonly PlanFinding[];
}

const repeated = new Set(['Calendar', 'WeekDay', 'WorkingTime', 'Exception', 'Task', 'PredecessorLink']);

/** Reads a plan from MS Project's XML. Throws RangeError with what is wrong, where, when the text is no such document. */
export async function readMspdi(text: string, name: string): Promise<PlanFile> {
  // Loaded when a file is read: every other use of the engine does without.
  const { XMLParser, XMLValidator } = await import('fast-xml-parser');
  const valid = XMLValidator.validate(text);
  if (valid !== true)
    throw new RangeError(
      `${name} is not XML: ${valid.err.msg} (line ${valid.err.line}). Save it again from the planning program as XML.`,
    );
  const parser = new XMLParser({
    ignoreAttributes: true,
    parseTagValue: false,
    removeNSPrefix: true,
    isArray: (element) => repeated.has(element),
  });
  const project = (parser.parse(text) as XmlNode)['Project'];
  if (typeof project !== 'object')
    throw new RangeError(
      `${name} is not a plan of MS Project: it has no Project element. Save the plan as "XML Format".`,
    );
  const { names, codes, ...plan } = readMspdiProject(project as XmlNode);
  return { plan, names, codes, findings: [] };
}

/** A planner's table names no calendar: office hours of eight hours, five days a week. */
const lengths = { minutesPerDay: 480, minutesPerWeek: 2400, minutesPerMonth: 9600 };
const office: PlanCalendar = {
  id: 'office',
  week: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [['09:00', '17:00']]])),
};
const always: PlanCalendar = {
  id: '24x7',
  week: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [['00:00', '24:00']]])),
};

/** The calendars a table's tasks may run on; the first is the default. */
export const officePlanCalendars: readonly PlanCalendar[] = [office, always];

/** Reads the rows of a planner's CSV table. Throws RangeError when it has no header with a duration. */
export async function readPlanTable(text: string, name: string): Promise<PlanTable> {
  const { default: papaparse } = await import('papaparse');
  const { data, meta } = papaparse.parse<PlanRow>(text.trimStart(), { header: true, skipEmptyLines: 'greedy' });
  const columns = (meta.fields ?? []).map((column) => column.toLowerCase().replace(/[^a-z]/g, ''));
  if (!columns.some((column) => column.startsWith('duration') || column === 'days')) {
    throw new RangeError(
      `${name} is neither JSON, XML nor a table: the first line needs the columns ID, Duration and Predecessors`,
    );
  }
  return readPlanRows(data, lengths);
}

/** Reads a planner's CSV table as a plan in office hours. Throws RangeError as `readPlanTable` does. */
export async function readPlanCsv(text: string, name: string): Promise<PlanFile> {
  const { tasks, links, findings } = await readPlanTable(text, name);
  const plan = {
    projectStart: '2000-01-03T09:00',
    defaultCalendar: office.id,
    calendars: officePlanCalendars,
    tasks,
    links,
  };
  return {
    plan,
    names: new Map(tasks.map((task) => [task.id, task.name || task.id])),
    codes: new Map(tasks.map(({ id }) => [id, id])),
    findings,
  };
}
