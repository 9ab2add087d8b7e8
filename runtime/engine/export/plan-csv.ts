import type { PlanLink, PlanTask } from '../schedule/calendar-schedule.ts';
import { minutesOfDay } from '../schedule/plan-calendar.ts';
import { csvCell } from './csv-cell.ts';
import type { NamedPlan } from './workflow-plan.ts';

/** A plan as a planner's table: ID, Name, Duration, Predecessors (`2FS+3d`), Not before, Deadline; `lintel import --from csv` reads it. */
export function writePlanCsv(plan: Omit<NamedPlan, 'notes'>): string {
  const days = new Map(plan.calendars.map((calendar) => [calendar.id, minutesOfDay(calendar)]));
  const dayOf = (task: PlanTask | undefined): number => days.get(task?.calendar ?? plan.defaultCalendar) ?? 480;
  const tasks = new Map(plan.tasks.map((task) => [task.id, task]));
  const rows = plan.tasks.map((task) => [
    task.id,
    plan.names.get(task.id) ?? task.name ?? task.id,
    spanText(task.durationMinutes, task.elapsed === true, dayOf(task)),
    plan.links
      .filter(({ to }) => to === task.id)
      .map((link) => predecessorText(link, dayOf(tasks.get(link.to))))
      .join(', '),
    task.constraint?.type === 'SNET' ? (task.constraint.date ?? '').slice(0, 10) : '',
    task.deadline?.slice(0, 10) ?? '',
  ]);
  const head = ['ID', 'Name', 'Duration', 'Predecessors', 'Not before', 'Deadline'];
  return `${[head, ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`;
}

/** `HP05FS+12d`: plain where it is finish to start without a lag. */
function predecessorText(link: PlanLink, minutesPerDay: number): string {
  const lag = spanText(Math.abs(link.lagMinutes), link.elapsed === true, minutesPerDay);
  const sign = link.lagMinutes < 0 ? '-' : '+';
  if (link.lagMinutes === 0) return link.type === 'FS' ? link.from : `${link.from}${link.type}`;
  return `${link.from}${link.type}${sign}${lag}`;
}

/** Whole days where they come out even, else hours, else minutes; `e` marks elapsed time. */
function spanText(minutes: number, elapsed: boolean, minutesPerDay: number): string {
  const day = elapsed ? 1440 : minutesPerDay;
  const mark = elapsed ? 'e' : '';
  if (minutes % day === 0) return `${minutes / day}${mark}d`;
  return minutes % 60 === 0 ? `${minutes / 60}${mark}h` : `${minutes}${mark}m`;
}
