import { compileWorkflow, toMermaid, toTypeScript } from '../engine/index.ts';
import { readArguments } from './arguments.ts';
import { loadSoundConfiguration } from './configuration-folder.ts';
import { type Io, UsageError } from './io.ts';

const formats = ['json', 'typescript', 'mermaid'] as const;
const usage = `usage: lintel compile DIR --workflow KEY --format ${formats.join('|')}`;

/** `lintel compile DIR --workflow KEY --format json|typescript|mermaid`: the machines of a workflow, for any XState tool (R3). */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const { words, options } = readArguments(args, ['--workflow', '--format'], ['--json']);
  const [folder] = words;
  const key = options.get('--workflow');
  const format = options.get('--format') ?? 'json';
  if (folder === undefined || key === undefined) throw new UsageError(usage);
  if (!formats.some((known) => known === format)) throw new UsageError(`there is no format "${format}"; ${usage}`);
  const { configuration } = loadSoundConfiguration(folder);
  if (!Object.hasOwn(configuration.workflow, key)) throw new UsageError(`there is no workflow "${key}" in ${folder}`);
  const bundle = compileWorkflow({ configuration }, key);
  if (format === 'mermaid') io.print(toMermaid(bundle));
  else if (format === 'typescript') io.print(toTypeScript(bundle));
  else io.print(JSON.stringify(bundle, null, 2));
  return 0;
}
