import type { Condition } from '../../../schemas/condition.ts';
import type { WorkflowDocument } from '../../../schemas/workflow.ts';
import { type AnalysedStatement, type Analysis, analyseStatements } from '../analyse/analyse.ts';
import { epochDayOf } from '../calendar/dates.ts';
import { dependenciesOf } from '../condition/effective-answers.ts';
import { fitsType } from '../condition/fits-type.ts';
import { formQuestions, type Question, type Questions } from '../condition/question.ts';
import { conditionNodes, questionsBehind } from '../condition/shape.ts';
import type { CheckContext } from './rule.ts';

/** Questions a workflow's form asks; none without a form. */
export function formQuestionsOf(workflow: WorkflowDocument, { configuration, shared }: CheckContext): Questions {
  const form = workflow.form === undefined ? undefined : configuration.form[workflow.form];
  if (!form) return new Map();
  const library = Object.values(form.questions).flatMap((one) => configuration.question[one.library ?? ''] ?? []);
  return shared(`questions of ${form.key}`, [form, ...library], () => formQuestions(form, configuration.question));
}

/**
 * Analyses conditions of a workflow's drawing over all answers of its form. What a condition asks of tasks and of the case may
 * come out any way, so that "never true" is certain (A6).
 */
export function analyseConditions(
  workflow: WorkflowDocument,
  statements: readonly AnalysedStatement[],
  context: CheckContext,
  { firingOnly = false } = {},
): Analysis {
  const questions = new Map(formQuestionsOf(workflow, context));
  const free = (condition: Condition): Condition => freeFacts(condition, questions, workflow, context);
  const named = Object.fromEntries(
    Object.entries(workflow.namedConditions).map(([key, one]) => [key, { ...one, when: free(one.when) }]),
  );
  const freed = statements.map((one) => ({ ...one, conditions: one.conditions.map((when) => when && free(when)) }));
  return analyseStatements({
    questions: questionsFor(freed, questions, named),
    named,
    asAtDay: epochDayOf(context.from),
    statements: freed,
    firingOnly,
  });
}

/** The questions that conditions look at, and those that these depend on: what else a form asks changes nothing of them. */
function questionsFor(
  statements: readonly AnalysedStatement[],
  questions: Questions,
  named: WorkflowDocument['namedConditions'],
): Questions {
  const needed = new Set<string>();
  const open = statements.flatMap(({ conditions }) =>
    conditions.flatMap((one) => (one ? questionsBehind(one, named) : [])),
  );
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    const question = questions.get(key);
    if (!question || needed.has(key)) continue;
    needed.add(key);
    open.push(...dependenciesOf(question, named));
  }
  return new Map([...questions].filter(([key]) => needed.has(key)));
}

/** Whether a condition, itself or by name, has a fault that another rule names: then it is no wonder that it is never true. */
export function hasOwnFault(condition: Condition, workflow: WorkflowDocument, questions: Questions): boolean {
  const followed = new Set<string>();
  const open = [condition];
  for (let tree = open.pop(); tree; tree = open.pop()) {
    for (const node of conditionNodes(tree)) {
      if (isFaulty(node, questions)) return true;
      if (node.op !== 'named' || followed.has(node.name)) continue;
      followed.add(node.name);
      const behind = Object.hasOwn(workflow.namedConditions, node.name)
        ? workflow.namedConditions[node.name]
        : undefined;
      if (!behind) return true;
      open.push(behind.when);
    }
  }
  return false;
}

function isFaulty(node: Condition, questions: Questions): boolean {
  if (!('of' in node) || !('question' in node.of)) return false;
  const question = questions.get(node.of.question);
  if (!question || !fitsType(node, question.type) || (node.op === 'between' && node.from > node.to)) return true;
  const values = 'values' in node ? node.values : 'value' in node ? [node.value] : [];
  return question.options.length > 0 && values.some((value) => !question.options.includes(String(value)));
}

/** Facts of tasks and of the case become questions of their own that may be answered in every way. */
function freeFacts(
  condition: Condition,
  questions: Map<string, Question>,
  workflow: WorkflowDocument,
  context: CheckContext,
): Condition {
  switch (condition.op) {
    case 'all':
    case 'any':
      return {
        op: condition.op,
        conditions: condition.conditions.map((one) => freeFacts(one, questions, workflow, context)),
      };
    case 'not':
      return { op: 'not', condition: freeFacts(condition.condition, questions, workflow, context) };
    case 'named':
      return condition;
    default:
      return 'question' in condition.of ? condition : freeLeaf(condition, questions, workflow, context);
  }
}

function freeLeaf(
  leaf: Extract<Condition, { of: unknown }>,
  questions: Map<string, Question>,
  workflow: WorkflowDocument,
  { configuration }: CheckContext,
): Condition {
  if ('taskOutcome' in leaf.of) {
    const node = workflow.nodes[leaf.of.taskOutcome];
    const task = node?.type === 'task' ? configuration.task[node.task] : undefined;
    const key = `~outcome ${leaf.of.taskOutcome}`;
    const options = Object.keys(task?.outcomes ?? {});
    const values = 'values' in leaf ? leaf.values : 'value' in leaf ? [leaf.value] : [];
    if (options.length > 0 && values.every((value) => options.includes(String(value)))) {
      questions.set(key, freeQuestion(key, options));
      return { ...leaf, of: { question: key } } as Condition;
    }
  }
  const key = `~fact ${JSON.stringify(leaf)}`;
  questions.set(key, freeQuestion(key, ['yes', 'no']));
  return { op: 'is', of: { question: key }, value: 'yes' };
}

function freeQuestion(key: string, options: string[]): Question {
  return {
    key,
    type: 'choice',
    label: key,
    options,
    optionLabels: {},
    exclusiveOptions: [],
    validation: {},
    required: false,
  };
}
