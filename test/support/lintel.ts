import { processIo } from '../../runtime/cli/io.ts';
import { main } from '../../runtime/cli/main.ts';

/** What a command of the product answered: its exit code, the documents it printed, what it said on the side. */
export interface Answered {
  code: number;
  printed: string[];
  /** All that was printed, one below the other. */
  out: string;
  said: string;
}

/** Runs `lintel ARGS` in this process; `files` stand in for files of those names, `-` for what is piped in. */
export async function lintel(args: readonly string[], files: Record<string, string> = {}): Promise<Answered> {
  const printed: string[] = [];
  const said: string[] = [];
  const code = await main(args, {
    read: (path) => files[path] ?? processIo.read(path),
    print: (text) => void printed.push(text),
    say: (text) => void said.push(text),
  });
  return { code, printed, out: printed.join('\n'), said: said.join('\n') };
}

/** The one JSON document that a command prints. Throws where it prints none. */
export async function lintelJson(args: readonly string[], files: Record<string, string> = {}) {
  const { code, out, said } = await lintel([...args, '--json'], files);
  if (out === '') throw new Error(`lintel ${args.join(' ')} printed nothing (${code}): ${said}`);
  return { code, json: JSON.parse(out), said };
}
