import type { Condition } from '../../../schemas/condition.ts';
import { isCondition } from './is-condition.ts';

/** A condition found in a document, with the path to it. */
export interface PlacedCondition {
  condition: Condition;
  path: string[];
}

/** Every outermost condition of a document, wherever its fields hold one. */
export function conditionsIn(document: object): readonly PlacedCondition[] {
  const known = foundIn.get(document) ?? placedIn(document, []);
  foundIn.set(document, known);
  return known;
}

// A document never changes, and several rules ask for its conditions.
const foundIn = new WeakMap<object, readonly PlacedCondition[]>();

function placedIn(value: unknown, path: string[]): PlacedCondition[] {
  if (typeof value !== 'object' || value === null) return [];
  if (isCondition(value)) return [{ condition: value, path }];
  return Object.entries(value).flatMap(([key, child]) => placedIn(child, [...path, key]));
}

/** Every leaf of a condition with the path to it. */
export function leavesOf({ condition, path }: PlacedCondition): PlacedCondition[] {
  switch (condition.op) {
    case 'all':
    case 'any':
      return condition.conditions.flatMap((child, at) =>
        leavesOf({ condition: child, path: [...path, 'conditions', String(at)] }),
      );
    case 'not':
      return leavesOf({ condition: condition.condition, path: [...path, 'condition'] });
    default:
      return [{ condition, path }];
  }
}
