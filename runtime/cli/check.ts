import { checkConfiguration } from '../engine/index.ts';
import { readConfigurationFolder } from './configuration-folder.ts';
import { type Io, UsageError } from './io.ts';

/** `lintel check DIR [--from DATE] [--json]`: every finding; exit 1 when one is an error. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const at = args.indexOf('--from');
  const from = at < 0 ? new Date().toISOString().slice(0, 10) : (args[at + 1] ?? '');
  const [folder, ...more] = args.filter(
    (arg, index) => arg !== '--json' && (at < 0 || (index !== at && index !== at + 1)),
  );
  if (folder === undefined || more.length > 0 || !/^\d{4}-\d{2}-\d{2}$/.test(from))
    throw new UsageError('usage: lintel check DIR [--from DATE] [--json]');
  const loaded = readConfigurationFolder(folder);
  const findings = [...loaded.findings, ...checkConfiguration(loaded.configuration, { from, explore: true })];
  if (args.includes('--json')) io.print(JSON.stringify({ findings }));
  else
    for (const { severity, code, document, pointer, message } of findings)
      io.print(`${severity} ${code} ${document}${pointer}: ${message}`);
  const errors = findings.filter((finding) => finding.severity === 'error').length;
  io.say(`${findings.length} findings, ${errors} errors`);
  return errors > 0 ? 1 : 0;
}
