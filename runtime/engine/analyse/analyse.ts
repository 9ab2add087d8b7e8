import type { Answers, Condition } from '../../../schemas/condition.ts';
import { dependenciesOf } from '../condition/effective-answers.ts';
import type { NamedConditions } from '../condition/evaluate.ts';
import type { Questions } from '../condition/question.ts';
import { questionsBehind } from '../condition/shape.ts';
import { AnswerSpace } from './answer-space.ts';
import { BudgetExceeded } from './diagram.ts';
import { ALWAYS } from './formula.ts';
import { findGap } from './gap.ts';
import { type Fired, type Relations, relateStatements } from './relate.ts';
import { type TruthSet, TruthSets } from './truth-sets.ts';

/** A statement to be analysed: it fires when one of its conditions is true; none at all means always. */
export interface AnalysedStatement {
  readonly key: string;
  /** Conditions of its reasons; undefined is a reason without condition. */
  readonly conditions: readonly (Condition | undefined)[];
  /** Whether it says something specific, so that answers without any such are a gap. */
  readonly specific: boolean;
  /** Judged by itself alone: it is not in effect, so that it neither fills gaps nor stands in pairs. */
  readonly apart?: boolean;
}

export interface AnalysisInput {
  readonly questions: Questions;
  readonly named: NamedConditions;
  readonly statements: readonly AnalysedStatement[];
  /** As-at date in days since 1970-01-01. */
  readonly asAtDay: number;
  /** Most diagram nodes to make before leaving a question undecided. */
  readonly budget?: number;
  /** Only whether each can fire and always does, and the gaps: no counts, examples or pairs. */
  readonly firingOnly?: boolean;
  /** With `firingOnly`: also the pairs that fire sometimes and of which one fires wherever the other does. */
  readonly withImplied?: boolean;
}

/** What is known of one statement over all possible answers; undefined is not decided. */
export interface StatementFacts {
  unreachable?: boolean;
  alwaysFires?: boolean;
  /** Number of complete responses for which it fires; only where that is finite. */
  fireCount?: number;
  /** An answer set for which it fires. */
  example?: Answers;
}

export interface Analysis extends Relations {
  statements: Map<string, StatementFacts>;
  /** Answers for which nothing specific fires. */
  gaps: Answers[];
  /** Number of complete responses, where finite. */
  reachableResponses?: number;
  decided: boolean;
}

/** Diagram nodes made before a question is left undecided. */
export const ANALYSIS_BUDGET = 400_000;

/** Analyses statements over all answers the form allows (A6): exact, or `decided: false` and the fact left out. */
export function analyseStatements(input: AnalysisInput): Analysis {
  return analyseWithSets(input).analysis;
}

/** As `analyseStatements`, with the sets it worked with where they did not grow too large. */
export function analyseWithSets(input: AnalysisInput): { analysis: Analysis; sets: TruthSets | undefined } {
  const conditions = input.statements.flatMap((statement) => statement.conditions.filter((one) => one !== undefined));
  const space = new AnswerSpace(input.questions, input.named, conditions, input.asAtDay);
  const analysis: Analysis = {
    statements: new Map(input.statements.map(({ key }) => [key, {}])),
    duplicates: [],
    subsumptions: [],
    exclusive: [],
    gaps: [],
    decided: true,
  };
  const known = input.statements.filter((statement) => !touchesInexact(space, statement, input));
  let sets: TruthSets | undefined;
  analysis.decided = [
    space.inexact.size === 0,
    attempt(() => {
      sets = new TruthSets(space, input.budget ?? ANALYSIS_BUDGET);
      return compareAll(sets, known, analysis, input);
    }),
    attempt(() => addGap(space, input, known, analysis)),
  ].every(Boolean);
  return { analysis, sets };
}

/** Runs one step; a budget that runs out leaves its facts undecided. */
function attempt(step: () => boolean): boolean {
  try {
    return step();
  } catch (error) {
    if (error instanceof BudgetExceeded) return false;
    throw error;
  }
}

/** Whether it looks at, or is shown by, a calculated question whose values could not be followed. */
function touchesInexact(space: AnswerSpace, statement: AnalysedStatement, input: AnalysisInput): boolean {
  if (space.inexact.size === 0) return false;
  const open = statement.conditions.flatMap((one) => (one ? questionsBehind(one, input.named) : []));
  const seen = new Set<string>();
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    if (space.inexact.has(key)) return true;
    const question = input.questions.get(key);
    if (question && !seen.has(key)) open.push(...dependenciesOf(question, input.named));
    seen.add(key);
  }
  return false;
}

/** Facts of every statement and the relations of all pairs; false when some were left undecided. */
function compareAll(
  sets: TruthSets,
  known: readonly AnalysedStatement[],
  analysis: Analysis,
  { firingOnly = false, withImplied = false }: AnalysisInput,
): boolean {
  const total = firingOnly ? undefined : sets.countAll();
  if (total !== undefined) analysis.reachableResponses = total;
  const fired: Fired[] = [];
  let decided = true;
  for (const statement of known) {
    const done = attempt(() => {
      const set = sets.of(statement.conditions);
      analysis.statements.set(statement.key, { ...firingOf(set), ...(firingOnly ? {} : countsOf(sets, set)) });
      if (!statement.apart) fired.push({ key: statement.key, set });
      return true;
    });
    decided &&= done;
  }
  if (!firingOnly) Object.assign(analysis, relateStatements(sets, fired));
  else if (withImplied) {
    const sometimes = fired.filter(({ set }) => set.no !== 0);
    Object.assign(analysis, relateStatements(sets, sometimes, { withExclusive: false }));
  }
  return decided;
}

function firingOf(set: TruthSet): StatementFacts {
  return { unreachable: set.yes === 0, alwaysFires: set.no === 0 };
}

function countsOf(sets: TruthSets, set: TruthSet): StatementFacts {
  const count = sets.count(set);
  return {
    ...(count === undefined ? {} : { fireCount: count }),
    ...(set.yes === 0 ? {} : { example: sets.example(set) }),
  };
}

/** Looks for answers that bring nothing specific; what always fires is not specific. False when that stays undecided. */
function addGap(
  space: AnswerSpace,
  input: AnalysisInput,
  known: readonly AnalysedStatement[],
  analysis: Analysis,
): boolean {
  const specific = (statement: AnalysedStatement) =>
    statement.specific && !statement.apart && analysis.statements.get(statement.key)?.alwaysFires !== true;
  const statements = known.filter(specific);
  // What is not known might fire in the gap that would be found.
  if (input.statements.filter(specific).length > statements.length) return false;
  if (statements.length === 0) return true;
  const found = findGap(
    space,
    statements.flatMap((statement) => statement.conditions.map((one) => (one ? space.whenTrue(one) : ALWAYS))),
  );
  // An example over numbers that could not be followed would be a guess.
  if (found === 'undecided' || (found && space.inexact.size > 0)) return false;
  if (found) analysis.gaps.push(space.toAnswers(found));
  return true;
}
