import type { AnyDocument, Configuration, DocumentKind } from '../../../schemas/configuration.ts';
import { documentKinds } from '../../../schemas/configuration.ts';
import { toPointer } from '../../../schemas/shape.ts';
import { isSame } from './parts.ts';

/** A place that two people changed differently since their common base. */
export interface MergeConflict {
  readonly document: string;
  readonly pointer: string;
  readonly base?: unknown;
  readonly mine?: unknown;
  readonly theirs?: unknown;
  /** Sentence naming the place and both values' existence. */
  readonly message: string;
}

export interface Merged {
  readonly configuration: Configuration;
  readonly conflicts: readonly MergeConflict[];
}

/** Brings two sets of changes to one base together; where both changed the same place differently, `mine` stands and it is named. */
export function mergeConfigurations(base: Configuration, mine: Configuration, theirs: Configuration): Merged {
  const conflicts: MergeConflict[] = [];
  const kinds = documentKinds.map((kind) => [kind, mergeKind(kind, base, mine, theirs, conflicts)]);
  return { configuration: Object.fromEntries(kinds) as Configuration, conflicts };
}

function mergeKind(
  kind: DocumentKind,
  base: Configuration,
  mine: Configuration,
  theirs: Configuration,
  conflicts: MergeConflict[],
): Record<string, unknown> {
  const [a, b, c] = [base[kind], mine[kind], theirs[kind]] as Record<string, AnyDocument>[];
  const keys = [...new Set([a, b, c].flatMap((documents) => Object.keys(documents ?? {})))].sort();
  const entries = keys.flatMap((key) => {
    const merged = mergeValue(a?.[key], b?.[key], c?.[key], [], (path, values) =>
      conflicts.push(toConflict(`${kind}/${key}`, path, values)),
    );
    return merged === undefined ? [] : [[key, merged] as const];
  });
  return Object.fromEntries(entries);
}

interface Values {
  base: unknown;
  mine: unknown;
  theirs: unknown;
}

/** Three versions of one value; maps are merged key by key, all else whole. */
export function mergeValue(
  base: unknown,
  mine: unknown,
  theirs: unknown,
  path: readonly string[],
  report: (path: readonly string[], values: Values) => void,
): unknown {
  if (isSame(mine, theirs) || isSame(base, theirs)) return mine;
  if (isSame(base, mine)) return theirs;
  if (isMap(mine) && isMap(theirs) && (isMap(base) || base === undefined)) {
    const known = base ?? {};
    const keys = [...new Set([...Object.keys(mine), ...Object.keys(theirs)])];
    const entries = keys.flatMap((key) => {
      const merged = mergeValue(known[key], mine[key], theirs[key], [...path, key], report);
      return merged === undefined ? [] : [[key, merged] as const];
    });
    return Object.fromEntries(entries);
  }
  report(path, { base, mine, theirs });
  return mine;
}

function toConflict(document: string, path: readonly string[], { base, mine, theirs }: Values): MergeConflict {
  const pointer = toPointer(path);
  const what = (value: unknown) => (value === undefined ? 'removed' : 'changed');
  return {
    document,
    pointer,
    ...(base === undefined ? {} : { base }),
    ...(mine === undefined ? {} : { mine }),
    ...(theirs === undefined ? {} : { theirs }),
    message: `${document}${pointer} was ${what(mine)} by you and ${what(theirs)} by somebody else since you began. Choose one.`,
  };
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !('op' in value);
}
