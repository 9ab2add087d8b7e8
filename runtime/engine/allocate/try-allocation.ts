import type { OwnerRules } from '../../../schemas/allocation.ts';
import type { Answers } from '../../../schemas/condition.ts';
import type { Configuration } from '../../../schemas/configuration.ts';
import { inOrder } from '../../../schemas/document.ts';
import type { Instant, LocalDate } from '../../../schemas/ids.ts';
import { effectiveAnswers } from '../condition/effective-answers.ts';
import { type ConditionFacts, evaluateCondition, isTrue } from '../condition/evaluate.ts';
import { workflowQuestions } from '../condition/question.ts';
import type { Directory } from '../run/types.ts';
import { type Allocation, allocate } from './allocate.ts';

/** What an allocation is tried on (L9). */
export interface AllocationTrial {
  readonly configuration: Configuration;
  /** Whose questions and names the conditions use; absent: answers as they are given. */
  readonly workflow?: string | undefined;
  readonly rules: OwnerRules;
  readonly answers: Answers;
  readonly asAt: LocalDate;
  readonly at: Instant;
  readonly directory: Directory;
  /** Weight of open work per user. */
  readonly loads: Readonly<Record<string, number>>;
  /** Who was last given work in turn, by rule key. */
  readonly lastInTurn?: Readonly<Record<string, string>>;
  readonly caseOwner?: string | null;
  /** Owners of earlier work by node: for separation of duties and for the same owner. */
  readonly ownersOf?: Readonly<Record<string, readonly string[]>>;
  readonly lastOfficer?: string | undefined;
  /** Skills the task asks for, and what it adds to a load. */
  readonly skills?: readonly string[];
  readonly weight?: number;
  /** When the work would turn amber, or be due where it has no amber. */
  readonly amberAt?: Instant | null;
}

/** How a rule came out on the way to the one that won. */
export interface TriedRule {
  readonly key: string;
  /** `passed`: an earlier rule had won already. */
  readonly outcome: 'true' | 'false' | 'unknown' | 'default' | 'passed';
}

/** Who would get the work, why, and how each rule came out; by the function that gives work to people (L1 to L6). */
export function tryAllocation(trial: AllocationTrial): { allocation: Allocation; rules: TriedRule[] } {
  const facts = factsOf(trial);
  const { directory, loads, at, caseOwner = null, ownersOf = {}, lastInTurn = {} } = trial;
  const allocation = allocate(trial.rules, 'trial', {
    at,
    directory,
    loads,
    lastAllocated: {},
    cursors: Object.fromEntries(Object.entries(lastInTurn).map(([rule, user]) => [`trial/${rule}`, user])),
    holds: (condition) => isTrue(condition, facts),
    caseOwner: { owner: caseOwner, group: null },
    ownersOf: (node) => ownersOf[node] ?? [],
    groupOf: () => null,
    answerOf: (question) => facts.answers?.[question],
    lastOfficer: trial.lastOfficer,
    skills: trial.skills ?? [],
    weight: trial.weight ?? 1,
    heldBy: null,
    amberAt: () => trial.amberAt ?? null,
  });
  let isWon = false;
  const rules = inOrder(trial.rules).map(({ key, when }): TriedRule => {
    if (isWon) return { key, outcome: 'passed' };
    isWon = key === allocation.explanation.rule;
    if (when === undefined) return { key, outcome: 'default' };
    const truth = evaluateCondition(when, facts);
    return { key, outcome: truth === 'unknown' ? truth : truth ? 'true' : 'false' };
  });
  return { allocation, rules };
}

function factsOf({ configuration, workflow, answers, asAt }: AllocationTrial): ConditionFacts {
  const named = workflow === undefined ? {} : (configuration.workflow[workflow]?.namedConditions ?? {});
  const questions = workflow === undefined ? new Map() : new Map(workflowQuestions(configuration, workflow));
  return {
    answers: questions.size === 0 ? answers : effectiveAnswers(questions, answers, asAt, named).answers,
    asAt,
    named,
  };
}
