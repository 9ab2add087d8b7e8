import { type Io, UsageError } from './io.ts';

/** `lintel simulate DIR --workflow KEY --script FILE`: commands at virtual times on the compiled machines. */
export async function run(_args: readonly string[], _io: Io): Promise<number> {
  throw new UsageError('playing a case from a configuration is not available yet; give an sla-trace/1 file');
}
