import { UsageError } from './io.ts';

/** Words and options of a command line. */
export interface Arguments {
  words: string[];
  options: Map<string, string>;
  flags: Set<string>;
}

/** Splits a command line; throws UsageError for an option the command does not have or one without its value. */
export function readArguments(
  args: readonly string[],
  options: readonly string[],
  flags: readonly string[],
): Arguments {
  const result: Arguments = { words: [], options: new Map(), flags: new Set() };
  for (let i = 0; i < args.length; i += 1) {
    const arg = args[i] ?? '';
    if (!arg.startsWith('--')) result.words.push(arg);
    else if (flags.includes(arg)) result.flags.add(arg);
    else if (!options.includes(arg))
      throw new UsageError(`there is no option ${arg}; known are ${[...options, ...flags].join(', ')}`);
    else {
      const value = args[i + 1];
      if (value === undefined || value.startsWith('--')) throw new UsageError(`${arg} needs a value`);
      result.options.set(arg, value);
      i += 1;
    }
  }
  return result;
}
