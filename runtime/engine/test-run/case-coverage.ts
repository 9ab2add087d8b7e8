import type { Configuration } from '../../../schemas/configuration.ts';
import type { LadderDocument } from '../../../schemas/ladder.ts';
import type { CompiledWorkflow } from '../compile/compiled-workflow.ts';
import type { PlayedCase } from '../simulate/case.ts';
import { type Covered, compareCovered } from './covered.ts';
import type { RanScript } from './run-script.ts';

/** What the scripts have lived, and what of the drawings no script has. */
export interface CaseCoverage {
  /** Nodes reached: tasks opened, steps taken. */
  nodes: Covered;
  /** Links along which work went on. */
  links: Covered;
  /** Branches of decisions taken. */
  branches: Covered;
  /** Rungs of the ladders in use that fired. */
  rungs: Covered;
}

interface Sets {
  readonly nodes: Set<string>;
  readonly links: Set<string>;
  readonly branches: Set<string>;
  readonly rungs: Set<string>;
}

/** Nodes, links and branches by `workflow/key`, rungs by `ladder/rung`. */
export function measureCaseCoverage(configuration: Configuration, ran: readonly RanScript[]): CaseCoverage {
  const all = drawn(configuration);
  const hit: Sets = { nodes: new Set(), links: new Set(), branches: new Set(), rungs: new Set() };
  for (const { bundle, played } of ran) noteLived(bundle, played, hit);
  return {
    nodes: compareCovered(all.nodes, hit.nodes),
    links: compareCovered(all.links, hit.links),
    branches: compareCovered(all.branches, hit.branches),
    rungs: compareCovered(all.rungs, hit.rungs),
  };
}

function drawn(configuration: Configuration): Sets {
  const sets: Sets = { nodes: new Set(), links: new Set(), branches: new Set(), rungs: new Set() };
  const ladders = new Set<string>();
  const use = (ladder: string | undefined): void => {
    if (ladder !== undefined) ladders.add(ladder);
  };
  for (const workflow of Object.values(configuration.workflow)) {
    use(workflow.ladder);
    for (const clock of Object.values(workflow.clocks)) use(clock.ladder);
    for (const [key, node] of Object.entries(workflow.nodes)) {
      sets.nodes.add(`${workflow.key}/${key}`);
      if (node.type === 'task') use(node.ladder ?? configuration.task[node.task]?.ladder);
      if (node.type !== 'decision') continue;
      for (const branch of Object.keys(node.branches)) sets.branches.add(`${workflow.key}/${key}:${branch}`);
      if (node.otherwise) sets.branches.add(`${workflow.key}/${key}:otherwise`);
    }
    for (const key of Object.keys(workflow.links)) sets.links.add(`${workflow.key}/${key}`);
  }
  for (const ladder of ladders)
    for (const rung of Object.keys(configuration.ladder[ladder]?.rungs ?? {})) sets.rungs.add(`${ladder}/${rung}`);
  return sets;
}

function noteLived(bundle: CompiledWorkflow, played: PlayedCase, hit: Sets): void {
  const reached = new Set<string>();
  const branches = new Map<string, string>();
  for (const event of played.events) {
    if (event.type === 'taskReady') reached.add(nodeOf(event.payload.task));
    if (event.type === 'rungFired') noteRung(bundle, event.payload, hit);
    if (event.type !== 'stepReached') continue;
    reached.add(event.payload.node);
    if (event.payload.branch !== undefined) branches.set(event.payload.node, event.payload.branch);
  }
  for (const node of reached) hit.nodes.add(`${bundle.key}/${node}`);
  for (const [node, branch] of branches) hit.branches.add(`${bundle.key}/${node}:${branch}`);
  for (const [key, link] of Object.entries(bundle.workflow.links)) {
    const isTaken = link.branch === undefined || branches.get(link.from) === link.branch;
    if (isTaken && reached.has(link.from) && reached.has(link.to)) hit.links.add(`${bundle.key}/${key}`);
  }
}

function noteRung(bundle: CompiledWorkflow, fired: { item: string; rung: string }, hit: Sets): void {
  const ladder = ladderOf(bundle, fired.item);
  if (ladder) hit.rungs.add(`${ladder.key}/${fired.rung}`);
}

/** The ladder of `task:ID`, `clock:ID` or `case:`. */
function ladderOf(bundle: CompiledWorkflow, item: string): LadderDocument | null {
  const [kind, id = ''] = item.split(':');
  if (kind === 'case') return bundle.caseLadder;
  const key = nodeOf(id);
  return (kind === 'task' ? bundle.tasks[key]?.ladder : bundle.clocks[key]?.ladder) ?? null;
}

/** The second occurrence of a task and the clock of a completion carry a suffix. */
function nodeOf(id: string): string {
  return id.split('.')[0] ?? id;
}
