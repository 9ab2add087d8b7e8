import { writeFileSync } from 'node:fs';
import { compileCalendars, shippedBankHolidays, workflowFormats, writeWorkflowFile } from '../engine/index.ts';
import { loadSoundConfiguration } from './configuration-folder.ts';
import { type Io, UsageError } from './io.ts';

/** `lintel export DIR --workflow KEY --format F`: one workflow for another program, to a file or to standard output. */
export function exportWorkflow(folder: string, options: ReadonlyMap<string, string>, io: Io): number {
  const [key, format, out] = [options.get('--workflow'), options.get('--format'), options.get('--out')];
  const known = workflowFormats.find((one) => one === format);
  if (key === undefined || known === undefined)
    throw new UsageError(`--workflow KEY and --format ${workflowFormats.join('|')} belong together`);
  const { configuration, layouts } = loadSoundConfiguration(folder);
  const now = new Date().toISOString();
  try {
    const { text, notes } = writeWorkflowFile(configuration, key, known, {
      start: options.get('--start') ?? now.slice(0, 10),
      stampedAt: `${now.slice(0, 19)}Z`,
      calendars: compileCalendars(configuration, shippedBankHolidays),
      positions: layouts[key]?.positions,
    });
    for (const note of notes) io.say(note);
    if (out === undefined) io.print(text.replace(/\r?\n$/, ''));
    else writeFileSync(out, text);
    return 0;
  } catch (cause) {
    if (cause instanceof RangeError) throw new UsageError(cause.message, { cause });
    throw cause;
  }
}
