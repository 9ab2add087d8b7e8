import type { AnswerValue, Condition, Operand } from '../../../schemas/condition.ts';
import { toEpochDay } from './dates.ts';
import { type Leaf, testLeaf } from './leaf.ts';
import { FALSE, negate, TRUE, type Truth, type TruthCode, toTruth, UNKNOWN } from './truth.ts';

/** What conditions are evaluated over. Answers must already be the effective ones (A2, `effectiveAnswers`). */
export interface ConditionFacts {
  readonly answers?: Readonly<Record<string, AnswerValue>>;
  readonly caseFields?: Readonly<Record<string, AnswerValue>>;
  /** Outcome of the latest completed occurrence by node key. */
  readonly taskOutcomes?: Readonly<Record<string, string>>;
  /** Information fields by node key, then field key. */
  readonly taskFields?: Readonly<Record<string, Readonly<Record<string, AnswerValue>>>>;
  /** The as-at date, `YYYY-MM-DD`. */
  readonly asAt?: string;
  readonly named?: NamedConditions;
}

/** Named conditions of a workflow. */
export type NamedConditions = Readonly<Record<string, { readonly when: Condition }>>;

/** One node of an evaluated tree, for explanations (A5). */
export interface TraceNode {
  condition: Condition;
  truth: Truth;
  /** The answer a leaf saw; absent when there was none. */
  value?: AnswerValue;
  children: TraceNode[];
}

// Trees are capped at 32 levels; named conditions may multiply that, so this guards the stack alone.
const DEEPEST = 500;

/** Kleene truth of a condition (A2); a missing named condition, a cycle of names or a too deep tree is unknown. */
export function evaluateCondition(condition: Condition, facts: ConditionFacts): Truth {
  return toTruth(evaluate(condition, facts, asAtDayOf(facts), 0));
}

/** Whether a condition is true; unknown does not fire (A2). */
export function isTrue(condition: Condition, facts: ConditionFacts): boolean {
  return evaluate(condition, facts, asAtDayOf(facts), 0) === TRUE;
}

/** Evaluates every node, nothing short-cut, and keeps what each came to (A5). */
export function traceCondition(condition: Condition, facts: ConditionFacts): TraceNode {
  return trace(condition, facts, asAtDayOf(facts), 0).node;
}

/** What an operand stands at; undefined when there is no answer. */
export function lookUp(operand: Operand, facts: ConditionFacts): AnswerValue | undefined {
  if ('question' in operand) return own(facts.answers, operand.question);
  if ('caseField' in operand) return own(facts.caseFields, operand.caseField);
  if ('taskOutcome' in operand) return own(facts.taskOutcomes, operand.taskOutcome);
  return own(own(facts.taskFields, operand.taskField.node), operand.taskField.field);
}

function own<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}

function asAtDayOf(facts: ConditionFacts): number | undefined {
  return facts.asAt === undefined ? undefined : toEpochDay(facts.asAt);
}

function evaluate(condition: Condition, facts: ConditionFacts, asAtDay: number | undefined, depth: number): TruthCode {
  if (depth > DEEPEST) return UNKNOWN;
  switch (condition.op) {
    case 'all':
      return fold(condition.conditions, TRUE, FALSE, (child) => evaluate(child, facts, asAtDay, depth + 1));
    case 'any':
      return fold(condition.conditions, FALSE, TRUE, (child) => evaluate(child, facts, asAtDay, depth + 1));
    case 'not':
      return negate(evaluate(condition.condition, facts, asAtDay, depth + 1));
    case 'named': {
      const named = own(facts.named, condition.name);
      return named ? evaluate(named.when, facts, asAtDay, depth + 1) : UNKNOWN;
    }
    default:
      return testLeaf(condition, lookUp(condition.of, facts), asAtDay);
  }
}

/** Minimum or maximum over the children, stopping at the value that decides. */
function fold(
  children: readonly Condition[],
  empty: TruthCode,
  decisive: TruthCode,
  evaluateChild: (child: Condition) => TruthCode,
): TruthCode {
  let result = empty;
  for (const child of children) {
    const truth = evaluateChild(child);
    if (truth === decisive) return decisive;
    if (truth === UNKNOWN) result = UNKNOWN;
  }
  return result;
}

interface Traced {
  code: TruthCode;
  node: TraceNode;
}

function trace(condition: Condition, facts: ConditionFacts, asAtDay: number | undefined, depth: number): Traced {
  if (depth > DEEPEST) return traced(condition, UNKNOWN, []);
  switch (condition.op) {
    case 'all':
    case 'any': {
      const children = condition.conditions.map((child) => trace(child, facts, asAtDay, depth + 1));
      const codes = children.map((child) => child.code);
      const code = condition.op === 'all' ? Math.min(TRUE, ...codes) : Math.max(FALSE, ...codes);
      return traced(condition, code as TruthCode, children);
    }
    case 'not': {
      const child = trace(condition.condition, facts, asAtDay, depth + 1);
      return traced(condition, negate(child.code), [child]);
    }
    case 'named': {
      const named = own(facts.named, condition.name);
      if (!named) return traced(condition, UNKNOWN, []);
      const child = trace(named.when, facts, asAtDay, depth + 1);
      return traced(condition, child.code, [child]);
    }
    default:
      return traceLeaf(condition, facts, asAtDay);
  }
}

function traceLeaf(leaf: Leaf, facts: ConditionFacts, asAtDay: number | undefined): Traced {
  const value = lookUp(leaf.of, facts);
  const result = traced(leaf, testLeaf(leaf, value, asAtDay), []);
  if (value !== undefined) result.node.value = value;
  return result;
}

function traced(condition: Condition, code: TruthCode, children: readonly Traced[]): Traced {
  return { code, node: { condition, truth: toTruth(code), children: children.map((child) => child.node) } };
}
