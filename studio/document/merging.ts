import type { AnyDocument } from '../../schemas/configuration.ts';
import { parseDocument } from '../../schemas/load-configuration.ts';
import { toPointer } from '../../schemas/shape.ts';
import { mergeValue } from './engine.ts';

/** One place that both changed differently. */
export interface Clash {
  pointer: string;
  path: readonly string[];
  mine: unknown;
  theirs: unknown;
}

export type Side = 'mine' | 'theirs';

export interface MergedDocument {
  document: AnyDocument | undefined;
  clashes: readonly Clash[];
  /** Why what came together is no document; undefined when it is one. */
  fault: string | undefined;
}

/** Brings two changes of one document together; where both changed the same place the choice by pointer decides, else mine stands. */
export function mergeDocuments(
  base: AnyDocument | undefined,
  mine: AnyDocument | undefined,
  theirs: AnyDocument | undefined,
  choices: Readonly<Record<string, Side>>,
): MergedDocument {
  const clashes: Clash[] = [];
  let merged = mergeValue(base, mine, theirs, [], (path, values) =>
    clashes.push({ pointer: toPointer(path), path, mine: values.mine, theirs: values.theirs }),
  );
  for (const { pointer, path, theirs: value } of clashes) {
    if (choices[pointer] === 'theirs') merged = withValue(merged, path, value);
  }
  if (merged === undefined) return { document: undefined, clashes, fault: undefined };
  const name = `${(mine ?? theirs)?.kind}/${(mine ?? theirs)?.key}`;
  const parsed = parseDocument(merged, name);
  return 'document' in parsed
    ? { document: parsed.document, clashes, fault: undefined }
    : { document: undefined, clashes, fault: parsed.findings[0]?.message ?? 'This is no document.' };
}

/** A copy with another value at a path; `undefined` takes the place out. */
function withValue(holder: unknown, path: readonly string[], value: unknown): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return value;
  const { [first]: child, ...others } = (holder ?? {}) as Record<string, unknown>;
  const changed = withValue(child, rest, value);
  return changed === undefined ? others : { ...others, [first]: changed };
}
