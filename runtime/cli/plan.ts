import { LocalDate } from '../../schemas/ids.ts';
import { compileCalendars, planWorkflow, shippedBankHolidays, sweepStarts } from '../engine/index.ts';
import { loadSoundConfiguration } from './configuration-folder.ts';
import { type Io, UsageError } from './io.ts';

const usage = 'usage: lintel plan DIR --workflow KEY --start DATE [--sweep YEAR] [--json]';

/** `lintel plan`: the plan of a workflow from a start date, and its sweep over a year of start days. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const options = readOptions(args);
  const { configuration } = loadSoundConfiguration(options.folder);
  const calendars = compileCalendars(configuration, shippedBankHolidays);
  const planned = planWorkflow(configuration, options.workflow, options.start, calendars);
  if (!planned.ok) return refuse(planned, io);
  const swept =
    options.sweep === undefined ? undefined : sweepStarts(configuration, options.workflow, options.sweep, calendars);
  if (swept && !swept.ok) return refuse(swept, io);
  const { finish, criticalPath, tasks } = planned.plan;
  const shown = Object.fromEntries(
    Object.entries(tasks).map(([key, { start, finish: end, float, critical }]) => [
      key,
      { start, finish: end, float, critical },
    ]),
  );
  io.print(JSON.stringify({ finish, tasks: shown, criticalPath, ...(swept ? { sweep: swept.sweep } : {}) }));
  return 0;
}

function refuse(result: { cycle: string[] } | { missing: string }, io: Io): number {
  if ('missing' in result) throw new UsageError(`the configuration has no ${result.missing}`);
  const message = `The plan has a cycle: ${[...result.cycle, result.cycle[0]].join(' -> ')}. Remove one of its links.`;
  io.print(
    JSON.stringify({ findings: [{ code: 'PLAN_CYCLE', severity: 'error', values: { cycle: result.cycle }, message }] }),
  );
  return 1;
}

function readOptions(args: readonly string[]): { folder: string; workflow: string; start: string; sweep?: number } {
  const named: Record<string, string> = {};
  const rest: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? '';
    if (word === '--json') continue;
    if (word === '--workflow' || word === '--start' || word === '--sweep') named[word] = args[++at] ?? '';
    else rest.push(word);
  }
  const [folder] = rest;
  const workflow = named['--workflow'];
  const start = LocalDate.safeParse(named['--start']);
  if (folder === undefined || rest.length > 1 || workflow === undefined) throw new UsageError(usage);
  if (!start.success)
    throw new UsageError(`--start: expected a date such as 2027-01-04, got "${named['--start'] ?? ''}"\n${usage}`);
  const sweep = named['--sweep'];
  if (sweep === undefined) return { folder, workflow, start: start.data };
  if (!/^(19|20|21)\d\d$/.test(sweep)) throw new UsageError(`--sweep: expected a year such as 2027, got "${sweep}"`);
  return { folder, workflow, start: start.data, sweep: Number(sweep) };
}
