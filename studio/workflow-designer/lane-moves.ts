import type { OwnerRules } from '../../schemas/allocation.ts';
import type { Configuration } from '../../schemas/configuration.ts';
import { inOrder } from '../../schemas/in-order.ts';
import type { WorkflowDocument } from '../../schemas/workflow.ts';
import type { EditCommand } from '../document/engine.ts';
import type { Lane } from './arrange.ts';
import { lanesOf } from './drawing.ts';
import { ownerChoice, ownerChoices, rulesOfChoice, withOwner } from './node-choices.ts';

/** Lanes that work can be moved to: those of the drawing, then everybody who can own a task. */
export function laneChoices(
  workflow: WorkflowDocument,
  configuration: Configuration,
): { value: string; label: string }[] {
  const drawn = inOrder(workflow.lanes).map(({ key, title }) => ({ value: `lane ${key}`, label: `Lane ${title}` }));
  return [...drawn, ...ownerChoices(configuration).map(({ value, label }) => ({ value: `owner ${value}`, label }))];
}

/** What a lane of the drawing stands for: itself, or the rules of those who own the work in it; undefined for what nobody owns. */
export function laneValue(workflow: WorkflowDocument, configuration: Configuration, lane: string): string | undefined {
  if (lane.startsWith('lane ')) return lane;
  const lanes = lanesOf(workflow, configuration);
  const title = Object.values(lanes).find(({ key }) => key === lane)?.title;
  const choice = ownerChoices(configuration).find(({ label }) => lane.startsWith('owner ') && label === title);
  if (choice) return `owner ${choice.value}`;
  // Rules with conditions: as those of a task that lies there.
  const there = Object.keys(lanes).find((node) => lanes[node]?.key === lane && workflow.nodes[node]?.type === 'task');
  return there && `like ${there}`;
}

/** Moves nodes into a lane as one step: who owns them changes, or the lane that they were put in; rules with conditions stay. Names those that cannot lie there, and those with rules that stay. */
export function moveToLane(
  workflow: WorkflowDocument,
  configuration: Configuration,
  nodes: readonly string[],
  { value, label }: { value: string; label: string },
): { command: Extract<EditCommand, { type: 'batch' }> | undefined; refused: string[]; kept: string[] } {
  const [kind, ...rest] = value.split(' ');
  const named = rest.join(' ');
  const set = (node: string, field: string, to?: unknown): EditCommand => ({
    type: 'setNodeField',
    workflow: workflow.key,
    node,
    field,
    ...(to === undefined ? {} : { value: to }),
  });
  const refused = nodes.filter((node) => kind !== 'lane' && workflow.nodes[node]?.type !== 'task');
  const kept = nodes.filter(
    (node) => kind !== 'lane' && !refused.includes(node) && hasConditions(rulesOf(workflow, configuration, node)),
  );
  const commands = nodes
    .filter((node) => !refused.includes(node))
    .flatMap((node) => {
      if (kind === 'lane') return [set(node, 'lane', named)];
      const there = kind === 'owner' ? rulesOfChoice(named) : rulesOf(workflow, configuration, named);
      const owner = kept.includes(node) ? ownerChoice(there) : undefined;
      const rules = owner === undefined ? there : withOwner(rulesOf(workflow, configuration, node), owner);
      const isPut = workflow.nodes[node]?.lane !== undefined;
      return [set(node, 'ownerRules', rules), ...(isPut ? [set(node, 'lane')] : [])];
    });
  const moved = nodes.length - refused.length;
  const what = moved === 1 ? nodes.find((node) => !refused.includes(node)) : `${moved} tasks`;
  return {
    command: moved === 0 ? undefined : { type: 'batch', label: `Move ${what} to ${label}`, commands },
    refused,
    kept,
  };
}

function hasConditions(rules: OwnerRules | undefined): boolean {
  return Object.values(rules ?? {}).some(({ when }) => when !== undefined);
}

function rulesOf(workflow: WorkflowDocument, configuration: Configuration, node: string): OwnerRules | undefined {
  const found = workflow.nodes[node];
  return found?.type === 'task' ? (found.ownerRules ?? configuration.task[found.task]?.ownerRules) : undefined;
}

/** The lane that lies under the middle of a card. */
export function laneUnder(lanes: readonly Lane[], middle: number): Lane | undefined {
  return lanes.find(({ x, width }) => middle >= x && middle < x + width);
}
