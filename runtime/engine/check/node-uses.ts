import type { AnyDocument, Configuration, DocumentOf } from '../../../schemas/configuration.ts';
import type { WorkflowDocument } from '../../../schemas/workflow.ts';
import { passingClean } from './clean-parts.ts';
import { toUse, type Use } from './where-used.ts';

/** Every place that names a node of a workflow, but for its links: conditions, owner rules, clocks, ladders, action paths, tests. */
export function whereNodeUsed(configuration: Configuration, workflowKey: string, node: string): Use[] {
  const workflow = configuration.workflow[workflowKey];
  if (!workflow) return [];
  return [...documentsAbout(configuration, workflow), ...testsOf(configuration, workflowKey)].flatMap((document) =>
    (document.kind === 'test' ? stepsNaming(document, node) : placesNaming(document, node)).map((path) =>
      toUse(document, path),
    ),
  );
}

/** A key of a node means one of this workflow here alone: tasks and ladders are shared, and others have keys of their own. */
function documentsAbout(configuration: Configuration, workflow: WorkflowDocument): AnyDocument[] {
  const nodes = Object.values(workflow.nodes).flatMap((node) => (node.type === 'task' ? [node] : []));
  const tasks = [...new Set(nodes.map(({ task }) => task))].flatMap((key) => configuration.task[key] ?? []);
  const ladders = [workflow, ...nodes, ...tasks, ...Object.values(workflow.clocks)].flatMap(({ ladder }) =>
    ladder === undefined ? [] : [ladder],
  );
  return [
    workflow,
    ...tasks,
    ...[...new Set(ladders)].flatMap((key) => configuration.ladder[key] ?? []),
    ...Object.values(configuration['service-type']).filter(({ actionPlan }) => actionPlan === workflow.key),
  ];
}

function testsOf(configuration: Configuration, workflow: string): AnyDocument[] {
  return Object.values(configuration.test).filter((test) => test.workflow === workflow);
}

interface NamedNode {
  node: string;
  path: string[];
}

function placesNaming(document: AnyDocument, node: string): string[][] {
  return namedNodesIn(document).flatMap((named) => (named.node === node ? [named.path] : []));
}

function namedNodesIn(document: AnyDocument): readonly NamedNode[] {
  const known = namedIn.get(document);
  if (known) return known;
  const found: NamedNode[] = [];
  lookForNodes(document, [], found);
  namedIn.set(document, found);
  return found;
}

// A document never changes, and one after the other its nodes are asked for.
const namedIn = new WeakMap<AnyDocument, readonly NamedNode[]>();

/** Fields that hold the key of a node, and those that hold a list of them. */
const nodeFields = new Set(['node', 'taskOutcome']);
const nodeLists = new Set(['completionOf', 'mustContain', 'excludeOwnersOf', 'actionPath']);

/** `path` is one list for the whole walk: only what is found gets a copy. */
const lookForNodes = passingClean((value: object, path, found: NamedNode[]) => {
  for (const [name, child] of Object.entries(value)) {
    path.push(name);
    if (typeof child !== 'string') lookForNodes(child, path, found);
    else if (nodeFields.has(name) || nodeLists.has(path.at(-2) ?? '')) found.push({ node: child, path: [...path] });
    path.pop();
  }
});

/** The steps of a script that name a node, and its outcome as one: `HP05`, its second occurrence `HP05.2`, or `task:HP05`. */
function stepsNaming({ script = [], outcome }: DocumentOf<'test'>, node: string): string[][] {
  const name = new RegExp(`^(?:task:)?${node}(?:\\.\\d+)?$`);
  const steps = script.flatMap((step, at) => (isNamed(step, name) ? [['script', String(at)]] : []));
  return outcome && isNamed(outcome, name) ? [...steps, ['outcome']] : steps;
}

function isNamed(value: unknown, name: RegExp): boolean {
  if (typeof value === 'string') return name.test(value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, child]) => key !== 'answers' && (name.test(key) || isNamed(child, name)));
}
