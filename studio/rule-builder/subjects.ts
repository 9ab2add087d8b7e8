import type { Condition, Operand } from '../../schemas/condition.ts';
import type { Configuration } from '../../schemas/configuration.ts';
import { inOrder } from '../../schemas/document.ts';
import type { QuestionType } from '../../schemas/form.ts';
import { formQuestions, type Question, type Vocabulary } from '../document/engine.ts';

/** Something a clause can look at: a question, a fact of the case, or a named condition. */
export interface Subject {
  id: string;
  group: 'Questions' | 'Named conditions' | 'Outcomes of tasks' | 'The case';
  label: string;
  of?: Operand;
  name?: string;
  type: QuestionType;
  options: { value: string; label: string }[];
}

/** What a condition is about: the questions of a form, or all that a workflow knows. Neither: every question there is. */
export interface About {
  form?: string;
  workflow?: string;
}

/** Questions and named conditions a condition may speak about (A1). */
export function vocabularyOf(configuration: Configuration, about: About, asAt: string): Vocabulary {
  const workflow = about.workflow === undefined ? undefined : configuration.workflow[about.workflow];
  const formKey = workflow ? workflow.form : about.form;
  const forms =
    formKey === undefined ? (workflow ? [] : Object.values(configuration.form)) : [configuration.form[formKey]];
  const questions = new Map<string, Question>();
  for (const form of forms)
    if (form) for (const [key, question] of formQuestions(form, configuration.question)) questions.set(key, question);
  return { questions, named: workflow?.namedConditions ?? namedOfForm(configuration, about.form), asAt };
}

/** A form's own conditions use the names of the workflow that asks it. */
function namedOfForm(configuration: Configuration, form: string | undefined): Vocabulary['named'] {
  if (form === undefined) return {};
  return Object.values(configuration.workflow).find((workflow) => workflow.form === form)?.namedConditions ?? {};
}

/** Everything a clause can look at, in the order people choose from. */
export function subjectsOf(configuration: Configuration, about: About, vocabulary: Vocabulary): Subject[] {
  const workflow = about.workflow === undefined ? undefined : configuration.workflow[about.workflow];
  return [
    ...[...vocabulary.questions.values()].map(ofQuestion),
    ...Object.entries(vocabulary.named).map(([name, named]): Subject => {
      const { title } = named as { title?: string };
      return { id: `n:${name}`, group: 'Named conditions', label: title ?? name, name, type: 'yes-no', options: [] };
    }),
    ...(workflow ? outcomeSubjects(configuration, workflow.nodes) : []),
    ...(workflow ? caseSubjects(workflow.outcomes) : []),
  ];
}

type Workflow = Configuration['workflow'][string];

function outcomeSubjects(configuration: Configuration, nodes: Workflow['nodes']): Subject[] {
  return inOrder(nodes).flatMap((node): Subject[] => {
    const task = node.type === 'task' ? configuration.task[node.task] : undefined;
    const options = Object.entries(task?.outcomes ?? {}).map(([value, { label }]) => ({ value, label }));
    if (!task || options.length === 0) return [];
    const label = `Outcome of ${task.title}`;
    return [
      {
        id: `t:${node.key}`,
        group: 'Outcomes of tasks',
        label,
        of: { taskOutcome: node.key },
        type: 'choice',
        options,
      },
    ];
  });
}

/** Facts of the case that conditions may look at while it runs. */
function caseSubjects(outcomes: Workflow['outcomes']): Subject[] {
  const fields: [string, string, Subject['options']][] = [
    ['stage', 'Stage of the case', []],
    ['status', 'Status of the case', ['open', 'onHold', 'closed'].map((value) => ({ value, label: value }))],
    ['owner', 'Owner of the case', []],
    ['group', 'Group of the case', []],
    ['outcome', 'Outcome of the case', Object.entries(outcomes).map(([value, { label }]) => ({ value, label }))],
  ];
  return fields.map(([field, label, options]) => ({
    id: `c:${field}`,
    group: 'The case',
    label,
    of: { caseField: field },
    type: options.length > 0 ? 'choice' : 'text',
    options,
  }));
}

function ofQuestion(question: Question): Subject {
  return {
    id: `q:${question.key}`,
    group: 'Questions',
    label: question.label,
    of: { question: question.key },
    type: question.type,
    options: question.options.map((value) => ({ value, label: question.optionLabels[value] ?? value })),
  };
}

/** The subject of a clause; one that is gone is made up from what the clause says, so that it can still be read. */
export function subjectOf(condition: Condition, subjects: readonly Subject[]): Subject | undefined {
  const id = subjectId(condition);
  if (id === undefined) return undefined;
  const known = subjects.find((subject) => subject.id === id);
  if (known) return known;
  const label = `${id.slice(2)} (not known here)`;
  if (condition.op === 'named')
    return { id, group: 'Named conditions', label, name: condition.name, type: 'yes-no', options: [] };
  if (!('of' in condition)) return undefined;
  return { id, group: 'Questions', label, of: condition.of, type: typeByOp(condition), options: [] };
}

function subjectId(condition: Condition): string | undefined {
  if (condition.op === 'named') return `n:${condition.name}`;
  if (!('of' in condition)) return undefined;
  const { of } = condition;
  if ('question' in of) return `q:${of.question}`;
  if ('taskOutcome' in of) return `t:${of.taskOutcome}`;
  if ('caseField' in of) return `c:${of.caseField}`;
  return `f:${of.taskField.node}.${of.taskField.field}`;
}

function typeByOp(condition: Condition): QuestionType {
  if ('date' in condition || 'days' in condition) return 'date';
  if ('count' in condition || condition.op.startsWith('includes')) return 'multi-choice';
  if ('from' in condition || ('value' in condition && typeof condition.value === 'number')) return 'number';
  return 'text';
}
