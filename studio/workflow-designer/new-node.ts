import type { Configuration } from '../../schemas/configuration.ts';
import type { WorkflowDocument, WorkflowNode } from '../../schemas/workflow.ts';
import type { EditCommand } from '../document/engine.ts';

/** The nodes people can draw, in the order of the palette. */
export const nodeKinds: readonly { type: WorkflowNode['type']; title: string; does: string }[] = [
  { type: 'task', title: 'Task', does: 'Work that somebody does, with an owner and a target' },
  { type: 'decision', title: 'Decision', does: 'Takes the first branch whose condition is true' },
  { type: 'communication', title: 'Message', does: 'Sends a template when it is reached' },
  { type: 'milestone', title: 'Milestone', does: 'The case reaches a stage' },
  { type: 'end', title: 'End', does: 'Closes the case with an outcome' },
];

type OtherType = Exclude<WorkflowNode['type'], 'task'>;

const letters: Readonly<Record<OtherType, string>> = { decision: 'D', communication: 'M', milestone: 'S', end: 'E' };

/** A new node that is whole enough to be kept, under a free key; an outcome it needs is made with it. */
export function newNode(
  type: OtherType,
  workflow: WorkflowDocument,
  configuration: Configuration,
): { node: string; value: WorkflowNode; commands: EditCommand[] } {
  const node = freeKey(workflow, letters[type]);
  const order = Math.max(0, ...Object.values(workflow.nodes).map((other) => other.order)) + 1;
  switch (type) {
    case 'decision':
      return {
        node,
        commands: [],
        value: {
          type,
          order,
          branches: { yes: { order: 1, label: 'Yes', when: { op: 'all', conditions: [] } } },
          otherwise: { label: 'Otherwise' },
        },
      };
    case 'communication': {
      const template = templateForCustomers(configuration);
      return { node, commands: [], value: { type, order, template, to: ['customer'], channel: 'email' } };
    }
    case 'milestone':
      return { node, commands: [], value: { type, order, stage: 'New stage' } };
    case 'end': {
      const outcome = Object.keys(workflow.outcomes)[0];
      if (outcome) return { node, commands: [], value: { type, order, outcome } };
      const path = ['outcomes', 'closed'];
      const value = { order: 1, label: 'Closed' };
      return {
        node,
        commands: [{ type: 'setDocumentField', kind: 'workflow', key: workflow.key, path, value }],
        value: { type, order, outcome: 'closed' },
      };
    }
  }
}

/** The first template written to customers, with an e-mail if there is one: a warning meant for staff must not reach them. */
function templateForCustomers({ template }: Configuration): string {
  const written = Object.values(template).filter(
    ({ purpose }) => purpose === 'customer' || purpose === 'communication',
  );
  const found = written.find(({ channels }) => channels.email) ?? written[0];
  return found?.key ?? Object.keys(template)[0] ?? 'template';
}

function freeKey(workflow: WorkflowDocument, letter: string): string {
  const taken = new Set(Object.keys(workflow.nodes).map((key) => key.toLowerCase()));
  for (let number = 1; ; number++) {
    const key = `${workflow.key}-${letter}${number}`;
    if (!taken.has(key.toLowerCase())) return key;
  }
}
