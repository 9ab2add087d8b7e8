import type { Configuration } from '../../../schemas/configuration.ts';
import { inOrder } from '../../../schemas/document.ts';
import type { LadderDocument } from '../../../schemas/ladder.ts';
import { Sla, type SlaSet } from '../../../schemas/period.ts';
import type { StatutoryClock, TaskNode, WorkflowDocument, WorkflowNode } from '../../../schemas/workflow.ts';
import { workflowQuestions } from '../condition/question.ts';
import { caseMachine, clockMachine, stepMachine } from './case-machine.ts';
import type {
  CompiledClock,
  CompiledTask,
  CompiledWorkflow,
  MachineConfig,
  ReleaseBundle,
} from './compiled-workflow.ts';
import { digestOf } from './digest.ts';
import { taskMachine } from './task-machine.ts';

/** Compiles one workflow of a release to machines and what runs them, as plain JSON (R3). Throws RangeError for an unknown key. */
export function compileWorkflow(release: ReleaseBundle, key: string): CompiledWorkflow {
  const { configuration } = release;
  const workflow = configuration.workflow[key];
  if (!workflow) throw new RangeError(`there is no workflow "${key}"; the configuration has ${listed(configuration)}`);
  const tasks = compileTasks(workflow, configuration);
  const clocks = compileClocks(workflow, configuration);
  const caseSlas = slasOf(workflow.sla);
  const caseLadder = ladderOf(configuration, workflow.ladder);
  const content = {
    format: 1 as const,
    key,
    release: release.number ?? null,
    workflow,
    machines: {
      case: caseMachine(workflow, caseSlas, caseLadder),
      nodes: Object.fromEntries(
        Object.entries(workflow.nodes).flatMap(([node, drawn]) => machineOfNode(node, drawn, tasks)),
      ),
      clocks: Object.fromEntries(Object.values(clocks).map((clock) => [clock.key, clockMachine(clock)])),
    },
    order: topologicalOrder(workflow),
    incoming: linksBy(workflow, 'to'),
    outgoing: linksBy(workflow, 'from'),
    tasks,
    nodes: workflow.nodes,
    clocks,
    caseSlas,
    caseLadder,
    teams: teamsOf(configuration),
    agencies: Object.fromEntries(Object.values(configuration.agency).map(({ key, title }) => [key, title])),
    templates: Object.keys(configuration.template).sort(),
    allowedEmailDomains: Object.values(configuration.settings)[0]?.allowedEmailDomains ?? [],
    questions: Object.fromEntries(workflowQuestions(configuration, key)),
  };
  return { ...content, digest: release.digest ?? digestOf(content) };
}

/** SLA clocks of a set by name; a plain SLA is the clock `completion` (C14). */
export function slasOf(set: SlaSet): Record<string, Sla> {
  return 'target' in set && Sla.safeParse(set).success ? { completion: set as Sla } : (set as Record<string, Sla>);
}

function machineOfNode(
  key: string,
  node: WorkflowNode,
  tasks: Record<string, CompiledTask>,
): [string, MachineConfig][] {
  if (node.type !== 'task') return [[key, stepMachine(key, node)]];
  const task = tasks[key];
  return task ? [[key, taskMachine(task)]] : [];
}

function compileTasks(workflow: WorkflowDocument, configuration: Configuration): Record<string, CompiledTask> {
  const entries = Object.entries(workflow.nodes).flatMap(([key, node]) => {
    if (node.type !== 'task') return [];
    const compiled = compileTask(key, node, configuration);
    return compiled ? [[key, compiled] as const] : [];
  });
  return Object.fromEntries(entries);
}

/** A node whose task document is missing has no machine; a check names it and blocks publishing. */
function compileTask(key: string, node: TaskNode, configuration: Configuration): CompiledTask | undefined {
  const task = configuration.task[node.task];
  if (!task) return undefined;
  const recurrence = node.recurrence ?? task.recurrence;
  return {
    node: key,
    title: node.title ?? task.title,
    task: {
      ...task,
      ownerRules: node.ownerRules ?? task.ownerRules,
      ...(recurrence ? { recurrence } : {}),
    },
    mandatory: node.mandatory,
    activation: node.activation,
    slas: slasOf(node.sla ?? task.sla),
    ladder: ladderOf(configuration, node.ladder ?? task.ladder),
  };
}

function compileClocks(workflow: WorkflowDocument, configuration: Configuration): Record<string, CompiledClock> {
  return Object.fromEntries(
    Object.entries(workflow.clocks).map(([key, clock]) => [key, compileClock(key, clock, configuration)]),
  );
}

function compileClock(key: string, clock: StatutoryClock, configuration: Configuration): CompiledClock {
  return {
    key,
    title: clock.title ?? key,
    endIs: clock.endIs ?? (clock.mustContain?.length ? 'breach' : 'lapse'),
    sla: { target: clock.period, pausable: false, inheritCasePause: false },
    ladder: ladderOf(configuration, clock.ladder),
  };
}

function ladderOf(configuration: Configuration, key: string | undefined): LadderDocument | null {
  return key === undefined ? null : (configuration.ladder[key] ?? null);
}

function linksBy(workflow: WorkflowDocument, end: 'from' | 'to'): CompiledWorkflow['incoming'] {
  const by: Record<string, ReturnType<typeof inOrder<WorkflowDocument['links'][string]>>> = {};
  for (const key of Object.keys(workflow.nodes)) by[key] = [];
  for (const link of inOrder(workflow.links)) by[link[end]]?.push(link);
  return by;
}

/** Nodes before their successors; nodes of a cycle, which a check refuses, come last. */
function topologicalOrder(workflow: WorkflowDocument): string[] {
  const waiting = new Map(inOrder(workflow.nodes).map(({ key }) => [key, 0]));
  const links = Object.values(workflow.links);
  for (const link of links) waiting.set(link.to, (waiting.get(link.to) ?? 0) + 1);
  const order: string[] = [];
  const free = [...waiting].filter(([, count]) => count === 0).map(([key]) => key);
  for (let next = free.shift(); next !== undefined; next = free.shift()) {
    order.push(next);
    for (const link of links.filter(({ from }) => from === next)) {
      const left = (waiting.get(link.to) ?? 1) - 1;
      waiting.set(link.to, left);
      if (left === 0) free.push(link.to);
    }
  }
  return [...order, ...[...waiting.keys()].filter((key) => !order.includes(key))];
}

function teamsOf(configuration: Configuration): CompiledWorkflow['teams'] {
  return Object.fromEntries(
    Object.values(configuration.team).map((team) => [
      team.key,
      { title: team.title, type: team.type, externalAddresses: team.externalAddresses ?? [] },
    ]),
  );
}

function listed(configuration: Configuration): string {
  return Object.keys(configuration.workflow).sort().join(', ') || 'none';
}
