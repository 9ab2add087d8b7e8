import type { AnswerSpace } from './answer-space.ts';
import { Clauses } from './clauses.ts';
import { ConflictSearch } from './conflict-search.ts';
import type { Formula } from './formula.ts';

/** Conflicts a search may meet before the question is left undecided (A6). */
const MOST_CONFLICTS = 20_000;

/**
 * An assignment the form allows for which none of the statements fires; undefined when there is none (proved),
 * `undecided` when the budget ran out. Needs no diagrams, so that it answers for banks too large for them.
 */
export function findGap(
  space: AnswerSpace,
  statements: readonly Formula[],
  most = MOST_CONFLICTS,
): number[] | undefined | 'undecided' {
  const clauses = new Clauses(space.variables.map((variable) => variable.weights.length));
  for (const constraint of space.constraints) clauses.require(constraint);
  for (const statement of statements) clauses.require(statement, false);
  const found = new ConflictSearch(clauses).run(most);
  return Array.isArray(found) ? found.slice(0, space.variables.length) : found;
}
