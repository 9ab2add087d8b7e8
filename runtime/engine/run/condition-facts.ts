import type { Answers, AnswerValue } from '../../../schemas/condition.ts';
import type { Instant } from '../../../schemas/ids.ts';
import { localDateOf } from '../calendar/time.ts';
import type { CompiledWorkflow } from '../compile/compiled-workflow.ts';
import { effectiveAnswers } from '../condition/effective-answers.ts';
import type { ConditionFacts } from '../condition/evaluate.ts';
import type { Question, Questions } from '../condition/question.ts';
import type { CaseState, DecideEnv } from './types.ts';

/** What the conditions of a workflow see of a case at an instant (A1, A2). */
export function conditionFacts(
  bundle: CompiledWorkflow,
  state: CaseState,
  env: DecideEnv,
  answers: Answers,
  at: Instant,
): ConditionFacts {
  const named = bundle.workflow.namedConditions;
  const calendar = env.calendars[bundle.workflow.calendar];
  const asAt = calendar ? localDateOf(calendar, at) : '1970-01-01';
  const questions = questionsOf(bundle);
  return {
    answers: questions.size === 0 ? answers : effectiveAnswers(questions, answers, asAt, named).answers,
    caseFields: caseFields(state),
    taskOutcomes: taskOutcomes(state),
    taskFields: env.taskFields ?? {},
    asAt,
    named,
  };
}

function caseFields(state: CaseState): Record<string, AnswerValue> {
  const { workflow, category, status, owner, group, stage, outcome } = state;
  const fields = { workflow, category, status, owner, group, stage, outcome };
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== null && entry[1] !== ''),
  );
}

/** Outcome of the latest completed occurrence of each node; a task without outcomes has none. */
function taskOutcomes(state: CaseState): Record<string, string> {
  const latest: Record<string, { outcome: string; at: Instant }> = {};
  for (const task of Object.values(state.tasks)) {
    if (task.life !== 'complete' || task.outcome === null) continue;
    const at = task.endedAt ?? 0;
    if (at >= (latest[task.node]?.at ?? Number.NEGATIVE_INFINITY)) latest[task.node] = { outcome: task.outcome, at };
  }
  return Object.fromEntries(Object.entries(latest).map(([node, { outcome }]) => [node, outcome]));
}

// A bundle is plain JSON; its questions become a map once.
const questionMaps = new WeakMap<object, Questions>();

function questionsOf(bundle: CompiledWorkflow): Questions {
  const known = questionMaps.get(bundle.questions);
  if (known) return known;
  const made: Questions = new Map(Object.entries(bundle.questions as Record<string, Question>));
  questionMaps.set(bundle.questions, made);
  return made;
}
