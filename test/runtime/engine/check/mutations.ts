import type { Configuration } from '../../../../schemas/configuration.ts';
import type { Mutable } from '../../../support/configuration.ts';

type Copy = Mutable<Configuration>;

export interface Mutation {
  kind: string;
  name: string;
  /** Workflows whose tests may notice. */
  workflows: string[];
  mutate(): Configuration;
}

const otherUnit: Record<string, string> = {
  minutes: 'hours',
  hours: 'workingDays',
  workingDays: 'weeks',
  calendarDays: 'weeks',
  weeks: 'months',
  months: 'weeks',
};

/** Every place at which a slip of the hand could change the shipped configuration. */
export function mutationsOf(configuration: Configuration): Mutation[] {
  const all: Mutation[] = [];
  const add = (
    kind: string,
    name: string,
    workflows: string[],
    document: [keyof Configuration, string],
    change: (copy: never) => void,
  ): void => {
    all.push({
      kind,
      name,
      workflows,
      mutate() {
        const [of, key] = document;
        const copy = structuredClone(configuration[of][key]);
        change(copy as never);
        return { ...configuration, [of]: { ...configuration[of], [key]: copy } };
      },
    });
  };
  const withForm = (form: string) =>
    Object.values(configuration.workflow).flatMap((one) => (one.form === form ? [one.key] : []));
  for (const { key, nodes, links, adviceRules, clocks } of Object.values(configuration.workflow)) {
    for (const link of Object.keys(links))
      add('delete a link', `${key}/${link}`, [key], ['workflow', key], (w: Copy['workflow'][string]) => {
        delete w.links[link];
      });
    for (const [link, { lag }] of Object.entries(links))
      if (lag)
        add('change the unit of a lag', `${key}/${link}`, [key], ['workflow', key], (w: Copy['workflow'][string]) => {
          Object.assign(w.links[link]?.lag ?? {}, { unit: otherUnit[lag.unit] });
        });
    for (const [node, { type }] of Object.entries(nodes))
      if (type === 'task')
        add('delete a task', `${key}/${node}`, [key], ['workflow', key], (w: Copy['workflow'][string]) => {
          delete w.nodes[node];
          for (const [id, link] of Object.entries(w.links))
            if (link.from === node || link.to === node) delete w.links[id];
        });
    for (const rule of Object.keys(adviceRules))
      add('drop an advice rule', `${key}/${rule}`, [key], ['workflow', key], (w: Copy['workflow'][string]) => {
        delete w.adviceRules[rule];
      });
    for (const clock of Object.keys(clocks))
      add('drop a statutory clock', `${key}/${clock}`, [key], ['workflow', key], (w: Copy['workflow'][string]) => {
        delete w.clocks[clock];
      });
  }
  for (const task of Object.values(configuration.task)) {
    const users = Object.values(configuration.workflow)
      .filter(({ nodes }) => Object.values(nodes).some((one) => one.type === 'task' && one.task === task.key))
      .map(({ key }) => key);
    if ('target' in task.sla && typeof task.sla.target === 'object')
      add('change the unit of a target', task.key, users, ['task', task.key], (t: Copy['task'][string]) => {
        const { target } = t.sla as { target: { unit: string } };
        target.unit = otherUnit[target.unit] ?? 'weeks';
      });
    const other = otherRole(configuration, task.ownerRules);
    if (other)
      add('swap the role of a task', task.key, users, ['task', task.key], (t: Copy['task'][string]) => {
        for (const rule of Object.values(t.ownerRules)) rule.to = structuredClone(other);
      });
  }
  for (const question of Object.values(configuration.question)) {
    const forms = Object.values(configuration.form).filter(({ questions }) =>
      Object.values(questions).some(({ library }) => library === question.key),
    );
    for (const option of Object.keys(question.options ?? {}))
      add(
        'drop an option',
        `${question.key}/${option}`,
        forms.flatMap(({ key }) => withForm(key)),
        ['question', question.key],
        (q: Copy['question'][string]) => {
          delete q.options?.[option];
        },
      );
  }
  for (const ladder of Object.values(configuration.ladder)) {
    for (const rung of Object.keys(ladder.rungs))
      add(
        'drop a rung',
        `${ladder.key}/${rung}`,
        Object.keys(configuration.workflow),
        ['ladder', ladder.key],
        (l: Copy['ladder'][string]) => {
          delete l.rungs[rung];
        },
      );
  }
  return all;
}

type OwnerRules = Configuration['task'][string]['ownerRules'];

/** The role that another task of the configuration goes to: nothing is wrong with it but that it is not this task's. */
function otherRole(
  configuration: Configuration,
  rules: OwnerRules,
): Copy['task'][string]['ownerRules'][string]['to'] | undefined {
  const own = JSON.stringify(Object.values(rules)[0]?.to);
  const roles = Object.values(configuration.task).flatMap(({ ownerRules }) =>
    Object.values(ownerRules).flatMap(({ to }) => (to.by === 'role' ? [to] : [])),
  );
  return roles.find((to) => JSON.stringify(to) !== own);
}
