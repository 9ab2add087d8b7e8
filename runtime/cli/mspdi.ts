import { readMspdi } from '../engine/index.ts';
import { UsageError } from './io.ts';
import { schedulePlanVector, type VectorResult } from './schedule-vectors.ts';

/** The schedule of an MS Project XML file, with the names of its tasks. */
export async function scheduleMspdi(text: string, path: string): Promise<VectorResult> {
  const { plan, names } = await asUsage(readMspdi(text, path));
  return { ...schedulePlanVector(plan), names: Object.fromEntries(names) };
}

/** A file that cannot be read is a wrong use of the command. */
export async function asUsage<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (cause) {
    if (cause instanceof RangeError) throw new UsageError(cause.message, { cause });
    throw cause;
  }
}
