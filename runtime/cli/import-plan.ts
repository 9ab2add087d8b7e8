import { basename, extname } from 'node:path';
import { toDocumentText } from '../../schemas/document-text.ts';
import { parseDocument } from '../../schemas/load-configuration.ts';
import { type Plan, toPlanDocuments } from '../engine/index.ts';
import { writeDocument } from './configuration-folder.ts';
import { type Io, UsageError } from './io.ts';
import { readMspdi } from './mspdi.ts';
import { officePlanCalendars, readCsvPlan } from './schedule-csv.ts';

/** Imports a planner's file, MS Project XML or CSV, as a workflow keyed after the file's name. */
export function importPlan(folder: string, source: string, format: 'mspdi' | 'csv', io: Io): number {
  const text = io.read(source);
  const plan = format === 'mspdi' ? readMspdi(text, source) : readCsv(text, source, io);
  if (plan.tasks.length === 0) throw new UsageError(`${source} holds no task`);
  const name = basename(source, extname(source));
  const key =
    name
      .replaceAll(/[^A-Za-z0-9]/g, '-')
      .replace(/^-+/, '')
      .slice(0, 40) || 'plan';
  const documents = toPlanDocuments(plan, { key, title: name || 'Plan', zone: 'Europe/London', names: plan.names });
  for (const document of documents) {
    const parsed = parseDocument(JSON.parse(toDocumentText(document)), `${document.kind}/${document.key}`);
    if ('findings' in parsed)
      throw new UsageError(`${source} cannot be kept as documents: ${parsed.findings[0]?.message}`);
  }
  for (const document of documents) writeDocument(folder, `${document.kind}/${document.key}.json`, document);
  io.print(JSON.stringify({ workflow: key, tasks: plan.tasks.length, links: plan.links.length }));
  return 0;
}

function readCsv(text: string, source: string, io: Io): Plan & { readonly names: ReadonlyMap<string, string> } {
  const table = readCsvPlan(text, source);
  for (const finding of table.findings) io.say(finding.message);
  const names = new Map(table.tasks.map(({ id, name }) => [id, name ?? id]));
  return {
    projectStart: '2000-01-03T09:00',
    defaultCalendar: 'office',
    calendars: officePlanCalendars,
    tasks: table.tasks,
    links: table.links,
    names,
  };
}
