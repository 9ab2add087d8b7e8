import { readFileSync } from 'node:fs';

/** What a command may do with the outside: read named files or stdin (`-`), print its one document, say messages. */
export interface Io {
  /** Text of a file, or of stdin for `-`. Throws UsageError when it cannot be read. */
  read(path: string): string;
  /** The one document on stdout. */
  print(text: string): void;
  /** A message on stderr. */
  say(text: string): void;
}

/** The command was called wrongly or its input cannot be read: exit code 2. */
export class UsageError extends Error {}

export const processIo: Io = {
  read(path) {
    try {
      return readFileSync(path === '-' ? 0 : path, 'utf8');
    } catch (cause) {
      throw new UsageError(`cannot read ${path}: ${(cause as Error).message}`, { cause });
    }
  },
  print: (text) => void process.stdout.write(text.endsWith('\n') ? text : `${text}\n`),
  say: (text) => void process.stderr.write(`${text}\n`),
};

/** Parses JSON text; throws UsageError naming the file. */
export function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UsageError(`${path} is not JSON: ${(cause as Error).message}`, { cause });
  }
}
