// What files are made of and read with; loaded only when somebody imports or exports.

import * as engine from '../../runtime/engine/index.ts';
import type { Configuration } from '../../schemas/configuration.ts';
import type { DraftContent } from '../document/engine.ts';

export { planKeyOf, readExchangeFile } from '../../runtime/engine/index.ts';

/** One workflow of the draft in a format of another program. Throws RangeError with what stands in the way. */
export function writeWorkflow(
  { configuration, layouts }: DraftContent,
  key: string,
  format: engine.WorkflowFormat,
  { start, stampedAt }: { start: string; stampedAt: string },
): ReturnType<typeof engine.writeWorkflowFile> {
  return engine.writeWorkflowFile(configuration, key, format, {
    start,
    stampedAt,
    calendars: engine.compileCalendars(configuration, engine.shippedBankHolidays),
    positions: layouts[key]?.positions,
  });
}

/** Documents (`kind/key`) with all they need, as one file. */
export function writeDocuments(configuration: Configuration, names: readonly string[]): string {
  return engine.writeBundle(engine.withWhatTheyNeed(configuration, names));
}
