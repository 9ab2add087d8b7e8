import type { Condition } from '../../../schemas/condition.ts';
import { passingClean } from './clean-parts.ts';
import { isCondition } from './is-condition.ts';

/** A condition found in a document, with the path to it. */
export interface PlacedCondition {
  condition: Condition;
  path: string[];
}

/** Every outermost condition of a document, wherever its fields hold one. */
export function conditionsIn(document: object): readonly PlacedCondition[] {
  const known = foundIn.get(document);
  if (known) return known;
  const found: PlacedCondition[] = [];
  lookForConditions(document, [], found);
  foundIn.set(document, found);
  return found;
}

// A document never changes, and several rules ask for its conditions.
const foundIn = new WeakMap<object, readonly PlacedCondition[]>();

/** `path` is one list for the whole walk: only what is found gets a copy. */
const lookForConditions = passingClean((value: object, path, found: PlacedCondition[]) => {
  if (isCondition(value)) {
    found.push({ condition: value, path: [...path] });
    return;
  }
  for (const key of Object.keys(value)) {
    path.push(key);
    lookForConditions((value as Record<string, unknown>)[key], path, found);
    path.pop();
  }
});

/** Every leaf of a document's conditions with the path to it. */
export function leavesIn(document: object): readonly PlacedCondition[] {
  const known = leavesFoundIn.get(document);
  if (known) return known;
  const found = conditionsIn(document).flatMap(leavesOf);
  leavesFoundIn.set(document, found);
  return found;
}

const leavesFoundIn = new WeakMap<object, readonly PlacedCondition[]>();

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
