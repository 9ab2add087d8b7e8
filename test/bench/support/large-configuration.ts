import type { AdviceDocument } from '../../../schemas/advice.ts';
import type { Configuration } from '../../../schemas/configuration.ts';
import type { FormDocument } from '../../../schemas/form.ts';
import type { TaskDocument } from '../../../schemas/task.ts';
import type { AdviceRule, WorkflowDocument } from '../../../schemas/workflow.ts';

const TASKS_EACH = 20;
const STATEMENTS_EACH = 10;

/** Beside the documents of a configuration, its workflows over and over, each with twenty tasks, ten statements and a form of its own. */
export function largeConfiguration(shipped: Configuration, workflows: number): Configuration {
  const models = Object.values(shipped.workflow).filter(
    ({ form, adviceRules }) => form && Object.keys(adviceRules).length >= 4,
  );
  const large = { ...shipped, workflow: {}, task: {}, advice: {}, form: {}, test: {} } as {
    -readonly [K in keyof Configuration]: Record<string, Configuration[K][string]>;
  };
  for (let at = 0; at < workflows; at++) {
    const model = models[at % models.length];
    if (!model) continue;
    const copy = copyOf(model, at, shipped);
    large.workflow[copy.workflow.key] = copy.workflow;
    for (const task of copy.tasks) large.task[task.key] = task;
    for (const statement of copy.statements) large.advice[statement.key] = statement;
    if (copy.form) large.form[copy.form.key] = copy.form;
  }
  return large as Configuration;
}

interface Copied {
  workflow: WorkflowDocument;
  tasks: TaskDocument[];
  statements: AdviceDocument[];
  form: FormDocument | undefined;
}

function copyOf(model: WorkflowDocument, at: number, shipped: Configuration): Copied {
  const key = `${model.key}-${at}`;
  const tasks: TaskDocument[] = [];
  const nodes: Record<string, WorkflowDocument['nodes'][string]> = structuredClone(model.nodes);
  const links: Record<string, WorkflowDocument['links'][string]> = structuredClone(model.links);
  const addTask = (from: string, node: string) => {
    const task = shipped.task[from];
    if (task) tasks.push({ ...structuredClone(task), key: `${node}-${at}` });
  };
  for (const [name, node] of Object.entries(nodes)) {
    if (node.type !== 'task') continue;
    addTask(node.task, name);
    nodes[name] = { ...node, task: `${name}-${at}` };
  }
  const [first] = tasks;
  const [start] = Object.keys(nodes);
  for (let more = tasks.length; first && start && more < TASKS_EACH; more++) {
    const name = `X${more}`;
    tasks.push({ ...structuredClone(first), key: `${name}-${at}`, sla: { target: { value: 1, unit: 'workingDays' } } });
    nodes[name] = { type: 'task', task: `${name}-${at}`, order: 100 + more, activation: 'automatic', mandatory: true };
    links[`to-${name}`] = { from: start, to: name, type: 'FS', order: 100 + more };
  }
  const { rules, statements } = adviceOf(model, key, shipped);
  const form = model.form === undefined ? undefined : shipped.form[model.form];
  return {
    workflow: { ...structuredClone(model), key, nodes, links, adviceRules: rules, form: key },
    tasks,
    statements,
    form: form && { ...structuredClone(form), key },
  };
}

/** The model's rules, then pairs of them, until there are enough. */
function adviceOf(model: WorkflowDocument, key: string, shipped: Configuration) {
  const own = Object.values(model.adviceRules).filter(({ when }) => when !== undefined);
  const some = Object.values(shipped.advice);
  const rules: Record<string, AdviceRule> = {};
  const statements: AdviceDocument[] = [];
  for (let n = 0; n < STATEMENTS_EACH; n++) {
    const [a, b] = [own[n % own.length]?.when, own[(n * 3 + 1) % own.length]?.when];
    const like = shipped.advice[own[n]?.statements[0] ?? ''] ?? some[n];
    if (!a || !b || !like) continue;
    const statement = `${key}-S${n}`;
    statements.push({ ...structuredClone(like), key: statement, scope: [key] });
    const when = n < own.length ? a : { op: 'all' as const, conditions: [a, b] };
    rules[statement] = { order: n, source: 'bench', statements: [statement], when: structuredClone(when) };
  }
  return { rules, statements };
}
