import type { Condition, Operand } from '../../schemas/condition.ts';
import type { Configuration } from '../../schemas/configuration.ts';
import { inOrder } from '../../schemas/document.ts';
import type { QuestionType } from '../../schemas/form.ts';
import type { InformationField } from '../../schemas/task.ts';
import { formQuestions, type Question, type Vocabulary } from '../document/engine.ts';

/** What clauses look at, in the order people choose from. */
export const subjectGroups = [
  'Questions',
  'Named conditions',
  'Outcomes of tasks',
  'Written down on tasks',
  'The case',
] as const;

/** Something a clause can look at: a question, a fact of the case, or a named condition. */
export interface Subject {
  id: string;
  group: (typeof subjectGroups)[number];
  label: string;
  of?: Operand;
  name?: string;
  type: QuestionType;
  options: { value: string; label: string }[];
}

/** What a condition is about: the questions of a form, or all that workflows know. None of these: every question there is. */
export interface About {
  form?: string;
  /** The workflow it stands in: its names can be used, and parts be named for it. */
  workflow?: string;
  /** The workflows whose cases it is asked of, where it stands in none of them (a ladder, a task): what any of them knows. */
  workflows?: readonly string[];
}

type Workflow = Configuration['workflow'][string];

function workflowsOf(configuration: Configuration, { workflow, workflows }: About): Workflow[] | undefined {
  const keys = workflow === undefined ? workflows : [workflow];
  return keys?.flatMap((key) => configuration.workflow[key] ?? []);
}

/** Questions and named conditions a condition may speak about (A1). */
export function vocabularyOf(configuration: Configuration, about: About, asAt: string): Vocabulary {
  const workflows = workflowsOf(configuration, about);
  const questions = new Map<string, Question>();
  for (const form of formsOf(configuration, about, workflows))
    for (const [key, question] of formQuestions(form, configuration.question)) questions.set(key, question);
  const named = workflows
    ? Object.assign({}, ...workflows.map(({ namedConditions }) => namedConditions))
    : namedOfForm(configuration, about.form);
  return { questions, named, asAt };
}

function formsOf({ form }: Configuration, about: About, workflows: readonly Workflow[] | undefined) {
  const keys = workflows ? new Set(workflows.map((workflow) => workflow.form)) : about.form && [about.form];
  return keys ? [...keys].flatMap((key) => (key === undefined ? [] : (form[key] ?? []))) : Object.values(form);
}

/** A form's own conditions use the names of the workflow that asks it. */
function namedOfForm(configuration: Configuration, form: string | undefined): Vocabulary['named'] {
  if (form === undefined) return {};
  return Object.values(configuration.workflow).find((workflow) => workflow.form === form)?.namedConditions ?? {};
}

/** Everything a clause can look at, in the order people choose from. */
export function subjectsOf(configuration: Configuration, about: About, vocabulary: Vocabulary): Subject[] {
  const workflows = workflowsOf(configuration, about) ?? [];
  return [
    ...[...vocabulary.questions.values()].map(ofQuestion),
    ...Object.entries(vocabulary.named).map(([name, named]): Subject => {
      const { title } = named as { title?: string };
      return { id: `n:${name}`, group: 'Named conditions', label: title ?? name, name, type: 'yes-no', options: [] };
    }),
    ...once(workflows.flatMap(({ nodes }) => outcomeSubjects(configuration, nodes))),
    ...once(workflows.flatMap(({ nodes }) => fieldSubjects(configuration, nodes))),
    ...(workflows.length > 0 ? caseSubjects(configuration, workflows) : []),
  ];
}

/** Workflows may have nodes of one name: what the first calls it stands for all. */
function once(subjects: readonly Subject[]): Subject[] {
  return [...new Map([...subjects].reverse().map((subject) => [subject.id, subject])).values()].reverse();
}

function tasksOn(configuration: Configuration, nodes: Workflow['nodes']) {
  return inOrder(nodes).flatMap((node) => {
    const task = node.type === 'task' ? configuration.task[node.task] : undefined;
    return task ? [{ node: node.key, title: node.title ?? task.title, task }] : [];
  });
}

function outcomeSubjects(configuration: Configuration, nodes: Workflow['nodes']): Subject[] {
  return tasksOn(configuration, nodes).flatMap(({ node, title, task }): Subject[] => {
    const options = Object.entries(task.outcomes).map(([value, { label }]) => ({ value, label }));
    if (options.length === 0) return [];
    const group = 'Outcomes of tasks';
    return [
      { id: `t:${node}`, group, label: `Outcome of ${title}`, of: { taskOutcome: node }, type: 'choice', options },
    ];
  });
}

/** What officers write down on tasks. A person, an agency, a time and a file are texts to a condition. */
const typeOfField: Readonly<Record<InformationField['type'], QuestionType>> = {
  text: 'text',
  longText: 'text',
  yesNo: 'yes-no',
  choice: 'choice',
  multiChoice: 'multi-choice',
  number: 'number',
  money: 'money',
  date: 'date',
  time: 'text',
  file: 'file',
  person: 'text',
  agency: 'choice',
};

function fieldSubjects(configuration: Configuration, nodes: Workflow['nodes']): Subject[] {
  const agencies = Object.values(configuration.agency).map(({ key, title }) => ({ value: key, label: title }));
  const optionsOf = ({ type, options }: InformationField) => {
    if (type === 'yesNo') return yesNo;
    return type === 'agency' ? agencies : inOrder(options ?? {}).map(({ key, label }) => ({ value: key, label }));
  };
  return tasksOn(configuration, nodes).flatMap(({ node, title, task }) =>
    inOrder(task.fields).map(
      ({ key, ...field }): Subject => ({
        id: `f:${node}.${key}`,
        group: 'Written down on tasks',
        label: `${field.label} (${title})`,
        of: { taskField: { node, field: key } },
        type: typeOfField[field.type],
        options: optionsOf(field),
      }),
    ),
  );
}

const yesNo = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
];

const caseStatuses = [
  { value: 'open', label: 'Open' },
  { value: 'onHold', label: 'On hold' },
  { value: 'closed', label: 'Closed' },
  { value: 'cancelled', label: 'Cancelled' },
];

/** Facts of the case that conditions may look at while it runs. */
function caseSubjects(configuration: Configuration, workflows: readonly Workflow[]): Subject[] {
  const outcomes = Object.assign({}, ...workflows.map((workflow) => workflow.outcomes)) as Workflow['outcomes'];
  const stages = workflows.flatMap(({ nodes }) =>
    Object.values(nodes).flatMap((node) => (node.type === 'milestone' ? [node.stage] : [])),
  );
  const fields: [string, string, Subject['options']][] = [
    ['workflow', 'Workflow of the case', workflows.map(({ key, title }) => ({ value: key, label: title }))],
    ['category', 'Kind of workflow', toOptions(workflows.map(({ category }) => category))],
    ['stage', 'Stage of the case', toOptions(stages)],
    ['status', 'Status of the case', caseStatuses],
    ['owner', 'Owner of the case', []],
    [
      'group',
      'Group of the case',
      Object.values(configuration.team).map(({ key, title }) => ({ value: key, label: title })),
    ],
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

function toOptions(values: readonly string[]): Subject['options'] {
  return [...new Set(values)].map((value) => ({ value, label: value }));
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
  return 'of' in condition ? operandId(condition.of) : undefined;
}

/** The subject that an operand stands for. */
export function operandId(of: Operand): string {
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
