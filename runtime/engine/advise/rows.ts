import type { Condition } from '../../../schemas/condition.ts';
import type { NamedConditions } from '../condition/evaluate.ts';
import { type Leaf, operandKey } from '../condition/leaf.ts';

/** A leaf that must be true (`wanted`) or false for a row to fire. */
export interface Literal {
  readonly leaf: Leaf;
  readonly wanted: boolean;
}

/** A conjunction of literals. A row that is not `exact` is necessary only: its condition must be evaluated as well. */
export interface Row {
  readonly literals: readonly Literal[];
  readonly exact: boolean;
}

const MOST_ROWS = 24;

/** A condition's truth as alternatives of which one must hold; Kleene truth needs every literal known (A2). */
export function toRows(condition: Condition, named: NamedConditions): readonly Row[] {
  return expand(condition, true, named, []) ?? [{ literals: necessary(condition), exact: false }];
}

/** Undefined when the alternatives are too many to list. */
function expand(
  condition: Condition,
  wanted: boolean,
  named: NamedConditions,
  names: readonly string[],
): readonly Row[] | undefined {
  switch (condition.op) {
    case 'all':
    case 'any': {
      const parts = condition.conditions.map((child) => () => expand(child, wanted, named, names));
      return (condition.op === 'all') === wanted ? product(parts) : union(parts);
    }
    case 'not':
      return expand(condition.condition, !wanted, named, names);
    case 'named': {
      const behind = Object.hasOwn(named, condition.name) ? named[condition.name] : undefined;
      if (!behind || names.includes(condition.name)) return [];
      return expand(behind.when, wanted, named, [...names, condition.name]);
    }
    default:
      return [{ literals: [{ leaf: condition, wanted }], exact: true }];
  }
}

type Part = () => readonly Row[] | undefined;

function union(parts: readonly Part[]): readonly Row[] | undefined {
  const rows: Row[] = [];
  for (const part of parts) {
    const own = part();
    if (!own || rows.length + own.length > MOST_ROWS) return undefined;
    rows.push(...own);
  }
  return rows;
}

function product(parts: readonly Part[]): readonly Row[] | undefined {
  let rows: readonly Row[] = [{ literals: [], exact: true }];
  for (const part of parts) {
    const own = part();
    if (!own || rows.length * own.length > MOST_ROWS) return undefined;
    rows = rows.flatMap((row) => own.map((other) => ({ literals: [...row.literals, ...other.literals], exact: true })));
  }
  return rows;
}

/** Leaves directly under the root's `all`: without them it cannot be true. */
function necessary(condition: Condition): Literal[] {
  if (condition.op !== 'all') return [];
  return condition.conditions.flatMap((child) => ('of' in child ? [{ leaf: child, wanted: true }] : []));
}

/** Key of what a literal looks at. */
export function literalKey(literal: Literal): string {
  return operandKey(literal.leaf.of);
}
