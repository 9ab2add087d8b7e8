import type { Configuration } from '../../schemas/configuration.ts';
import type { TaskDocument } from '../../schemas/task.ts';
import type { Link, WorkflowDocument, WorkflowNode } from '../../schemas/workflow.ts';

/** A workflow of chance with its tasks, over the documents of the shipped configuration: links of every type, lags, decisions, conditions, clocks. */
export function generateWorkflow(
  configuration: Configuration,
  key: string,
  random: () => number,
): { workflow: WorkflowDocument; tasks: TaskDocument[] } {
  const model = configuration.workflow['HP'];
  const samples = ['HP01', 'HP02', 'HP03', 'HP05', 'RG02'].flatMap((one) => configuration.task[one] ?? []);
  if (!model || samples.length === 0) throw new Error('expected the shipped workflow HP and its tasks');
  const upTo = (count: number) => Math.floor(random() * count);
  const count = 4 + upTo(8);
  const tasks: TaskDocument[] = [];
  const nodes: Record<string, WorkflowNode> = {};
  const links: Record<string, Link> = {};
  const nodeKey = (at: number) => `${key}N${at + 1}`;
  for (let at = 0; at < count; at++) {
    const node = nodeKey(at);
    const sample = samples[upTo(samples.length)] as TaskDocument;
    const unit = (['workingDays', 'calendarDays', 'hours'] as const)[upTo(3)] ?? 'workingDays';
    const sla = { target: { value: 1 + upTo(6), unit }, amber: { percent: 50 } };
    tasks.push({ ...sample, key: node, title: `Task ${at + 1} of ${key}`, sla, repeatable: random() < 0.3 });
    const isManual = at > 0 && random() < 0.12;
    nodes[node] = {
      type: 'task',
      order: at,
      task: node,
      mandatory: !isManual && random() < 0.5,
      activation: isManual
        ? 'manual'
        : at > 0 && random() < 0.2
          ? { when: { op: 'is', of: { question: 'landlord_type' }, value: 'private' } }
          : 'automatic',
    };
    const befores = at === 0 ? 0 : 1 + (random() < 0.3 ? 1 : 0);
    for (let n = 0; n < befores; n++) {
      const from = nodeKey(upTo(at));
      const type = random() < 0.75 ? 'FS' : ((['SS', 'FF', 'SF'] as const)[upTo(3)] ?? 'FS');
      const lag =
        random() < 0.3
          ? { lag: { value: 1 + upTo(5), unit: 'workingDays' as const, basis: 'working' as const } }
          : random() < 0.1
            ? { lag: { value: 1 + upTo(48), unit: 'hours' as const, basis: 'elapsed' as const } }
            : {};
      links[`${from}-${node}`] ??= { order: Object.keys(links).length, from, to: node, type, ...lag };
    }
  }
  const { form: _form, ...bare } = model;
  const workflow: WorkflowDocument = {
    ...bare,
    ...(model.form === undefined ? {} : { form: model.form }),
    key,
    title: `Generated ${key}`,
    nodes,
    links,
    adviceRules: {},
    mustAdvise: [],
    namedConditions: {},
    sla: { target: { value: 2000, unit: 'calendarDays' } },
    clocks: {
      [`${key}-CLOCK`]: {
        order: 0,
        title: `Clock of ${key}`,
        anchor: { completionOf: [nodeKey(0)] },
        period: { value: 10 + upTo(40), unit: 'calendarDays' },
        onEnd: 'it ends',
        source: 'generated',
      },
    },
  };
  return { workflow, tasks };
}
