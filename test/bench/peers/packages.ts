import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

/** Where the packages of other runtimes may lie: they are no dependencies of Lintel. */
export const PEERS_FOLDER = resolve(process.env.BENCH_PEERS ?? '.');

const require = createRequire(resolve(PEERS_FOLDER, 'package.json'));

/** What a package exports, from the folder of the peers; throws where it is not installed. */
export function loadPackage<T>(name: string): T {
  return require(name) as T;
}

/** Whether the folder of the peers has the package. */
export function hasPackage(name: string): boolean {
  return existsSync(resolve(PEERS_FOLDER, 'node_modules', name));
}

/** CPU milliseconds and resident memory of processes, with all whom they started and who still run (Linux). */
export function usageOf(roots: readonly number[]): { cpuMs: number; rssMb: number } {
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readProcess(Number(name)));
  const counted = new Set(roots);
  // A child has a later number than its parent only by habit: look until nobody is added.
  for (let size = 0; size < counted.size; ) {
    size = counted.size;
    for (const { pid, parent } of processes) if (counted.has(parent)) counted.add(pid);
  }
  const mine = processes.filter(({ pid }) => counted.has(pid));
  return {
    cpuMs: mine.reduce((sum, { ticks }) => sum + ticks * 10, 0),
    rssMb: mine.reduce((sum, { pages }) => sum + pages / 256, 0),
  };
}

function readProcess(pid: number) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in brackets may hold spaces; what follows does not. Children that ended are added to their parent.
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const at = (index: number) => fields[index] ?? 0;
    return [{ pid, parent: at(1), ticks: at(11) + at(12) + at(13) + at(14), pages: at(21) }];
  } catch {
    return []; // It ended while we looked.
  }
}
