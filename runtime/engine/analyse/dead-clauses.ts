import type { Condition } from '../../../schemas/condition.ts';
import type { NamedConditions } from '../condition/evaluate.ts';
import type { Questions } from '../condition/question.ts';
import { ANALYSIS_BUDGET } from './analyse.ts';
import { AnswerSpace } from './answer-space.ts';
import { BudgetExceeded } from './diagram.ts';
import { TruthSets } from './truth-sets.ts';

/** A part of a condition that could be left out without changing anything (A6). */
export interface DeadClause {
  /** JSON pointer inside the condition. */
  readonly pointer: string;
  readonly clause: Condition;
  /** It can never be true, is true of everybody, or says what the parts beside it say already. */
  readonly why: 'never' | 'always' | 'covered';
}

type Part = readonly [pointer: string, clause: Condition, without: Condition];

/** Finds the parts that conditions over one form could do without; a condition too large to decide gets none (A6). */
export class DeadClauses {
  private readonly sets: TruthSets | undefined;

  /** Over sets that hold all the conditions, or none where answers could not be followed. */
  constructor(sets: TruthSets | undefined) {
    this.sets = sets && sets.space.inexact.size > 0 ? undefined : sets;
  }

  /** As the constructor, with sets of its own. */
  static over(questions: Questions, named: NamedConditions, conditions: readonly Condition[], asAtDay: number) {
    const space = new AnswerSpace(questions, named, conditions, asAtDay);
    return new DeadClauses(space.inexact.size > 0 ? undefined : attempt(() => new TruthSets(space, ANALYSIS_BUDGET)));
  }

  /** Parts that could be left out one after the other; none where the whole is never or always true. */
  of(condition: Condition): DeadClause[] {
    return attempt(() => this.find(condition)) ?? [];
  }

  /** Whether some answers the form allows make it true; undefined where that is not decided. */
  canBeTrue(condition: Condition): boolean | undefined {
    return attempt(() => this.sets && this.sets.of([condition]).yes !== 0);
  }

  private find(condition: Condition): DeadClause[] {
    if (!this.sets) return [];
    const set = this.sets.of([condition]);
    if (set.yes === 0 || set.no === 0) return [];
    const found: DeadClause[] = [];
    let whole = condition;
    // Later parts first, so that of two that say the same the second is named and pointers stay good.
    for (let part = this.firstDead(set, whole, found); part; part = this.firstDead(set, whole, found)) {
      const [pointer, clause, without] = part;
      found.push({ pointer, clause, why: this.whyOf(clause) });
      whole = without;
    }
    return found;
  }

  private firstDead(
    set: ReturnType<TruthSets['of']>,
    whole: Condition,
    found: readonly DeadClause[],
  ): Part | undefined {
    const last = found.at(-1)?.pointer;
    let passed = last === undefined;
    for (const part of partsOf(whole, '', (condition) => condition)) {
      if (!passed) passed = comesBefore(part[0], last ?? '');
      if (passed && this.sets?.isSame(set, part[2])) return part;
    }
    return undefined;
  }

  private whyOf(clause: Condition): DeadClause['why'] {
    const own = this.sets?.of([clause]);
    return own?.yes === 0 ? 'never' : own?.no === 0 ? 'always' : 'covered';
  }
}

/** Parts of lists with what is left of the whole without them, the last first and the outer before the inner. */
function* partsOf(condition: Condition, at: string, rebuild: (part: Condition) => Condition): Generator<Part> {
  if (condition.op === 'not')
    yield* partsOf(condition.condition, `${at}/condition`, (part) => rebuild({ op: 'not', condition: part }));
  if (condition.op !== 'all' && condition.op !== 'any') return;
  const { op, conditions } = condition;
  for (let i = conditions.length - 1; i >= 0; i -= 1) {
    const clause = conditions[i];
    if (!clause) continue;
    const others = conditions.filter((_, place) => place !== i);
    if (others.length > 0) yield [`${at}/conditions/${i}`, clause, rebuild({ op, conditions: others })];
    yield* partsOf(clause, `${at}/conditions/${i}`, (part) =>
      rebuild({ op, conditions: conditions.map((one, place) => (place === i ? part : one)) }),
    );
  }
}

/** Whether a part is visited after the part last left out: nothing at or behind it keeps its place. */
function comesBefore(pointer: string, last: string): boolean {
  const [a, b] = [pointer.split('/'), last.split('/')];
  for (const [i, step] of a.entries()) {
    const other = b[i];
    if (other === undefined) return false;
    if (step !== other) return Number(step) < Number(other);
  }
  return false;
}

function attempt<T>(step: () => T): T | undefined {
  try {
    return step();
  } catch (error) {
    if (error instanceof BudgetExceeded) return undefined;
    throw error;
  }
}
