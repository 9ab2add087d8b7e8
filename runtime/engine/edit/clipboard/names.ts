import type { AnyDocument, DocumentKind } from '../../../../schemas/configuration.ts';
import { conditionsIn, leavesOf } from '../../check/conditions.ts';
import { referencesOf } from '../../check/rules/references.ts';

/** What a node or a document may name: another document, or a part of its workflow. */
export type NamedKind = DocumentKind | 'node' | 'namedCondition' | 'lane' | 'outcome';

/** A place that names something by its key. */
export interface NamedPlace {
  kind: NamedKind;
  key: string;
  path: readonly (string | number)[];
}

/** Everything a node or a document names by key, with the place of each. */
export function namesIn(value: object): NamedPlace[] {
  return [...referencesOf(value as AnyDocument), ...inConditions(value), ...amongOwners(value, []), ...partsOf(value)];
}

function inConditions(value: object): NamedPlace[] {
  return conditionsIn(value)
    .flatMap(leavesOf)
    .flatMap(({ condition, path }): NamedPlace[] => {
      if ('name' in condition) return [{ kind: 'namedCondition', key: condition.name, path: [...path, 'name'] }];
      if (!('of' in condition)) return [];
      const { of } = condition;
      if ('question' in of) return [{ kind: 'question', key: of.question, path: [...path, 'of', 'question'] }];
      if ('taskOutcome' in of) return [{ kind: 'node', key: of.taskOutcome, path: [...path, 'of', 'taskOutcome'] }];
      if ('taskField' in of)
        return [{ kind: 'node', key: of.taskField.node, path: [...path, 'of', 'taskField', 'node'] }];
      return [];
    });
}

/** Rules that follow or shun the owner of another node. */
function amongOwners(value: unknown, path: readonly (string | number)[]): NamedPlace[] {
  if (typeof value !== 'object' || value === null || 'op' in value) return [];
  return Object.entries(value).flatMap(([name, child]): NamedPlace[] => {
    const here = [...path, name];
    if (name === 'excludeOwnersOf' && Array.isArray(child))
      return child.map((key, at) => ({ kind: 'node', key: String(key), path: [...here, at] }));
    if (name === 'node' && typeof child === 'string' && (value as { by?: unknown }).by === 'sameAs')
      return [{ kind: 'node', key: child, path: here }];
    return Array.isArray(child) ? [] : amongOwners(child, here);
  });
}

/** The lane of a node and the outcome of an end. */
function partsOf(value: object): NamedPlace[] {
  const { type, lane, outcome } = value as { type?: unknown; lane?: unknown; outcome?: unknown };
  return [
    ...(typeof lane === 'string' ? [{ kind: 'lane' as const, key: lane, path: ['lane'] }] : []),
    ...(type === 'end' && typeof outcome === 'string'
      ? [{ kind: 'outcome' as const, key: outcome, path: ['outcome'] }]
      : []),
  ];
}

/** New names by `kind/key`. */
export type Renames = ReadonlyMap<string, string>;

/** The same value with its names changed. */
export function withNames<T extends object>(value: T, renames: Renames): T {
  const copy = structuredCloneOf(value);
  for (const { kind, key, path } of namesIn(copy)) {
    const name = renames.get(`${kind}/${key}`);
    if (name === undefined || name === key) continue;
    let holder = copy as Record<string | number, unknown>;
    for (const part of path.slice(0, -1)) holder = holder[part] as Record<string | number, unknown>;
    const last = path.at(-1) ?? '';
    // A recipient such as role:TEAM holds the key at its end.
    const text = String(holder[last]);
    holder[last] = text === key ? name : `${text.slice(0, text.length - key.length)}${name}`;
  }
  return copy;
}

function structuredCloneOf<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
