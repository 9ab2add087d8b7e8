import type { WorkflowDocument } from '../../../../schemas/workflow.ts';
import { defineRule, type RuleFinding } from '../rule.ts';
import { reachedNodes } from './reachable.ts';

/** A workflow does something, and its links say each thing once. */
export const workflowParts = defineRule({
  name: 'workflow-parts',
  kind: 'workflow',
  reads: [],
  sees: 'shape',
  codes: [
    {
      code: 'WORKFLOW_EMPTY',
      severity: 'error',
      means: 'A workflow has no node: its cases would have nothing to do and never end.',
      cure: 'Draw a task.',
    },
    {
      code: 'LINK_TWICE',
      severity: 'warning',
      means: 'Two links say the same: same ends, same type, same branch.',
      cure: 'Delete one of them.',
      fixed: true,
    },
    {
      code: 'LINK_FROM_END',
      severity: 'warning',
      means: 'A link leaves an end, after which nothing happens.',
      cure: 'Delete the link.',
      fixed: true,
    },
    {
      code: 'NODE_DETACHED',
      severity: 'warning',
      means:
        'An automatic node has no link at all while the others are linked, so that it starts at once and leads nowhere.',
      cure: 'Link it, or make it manual if it is done when wanted.',
    },
    {
      code: 'NOT_BEFORE_PAST',
      severity: 'info',
      means: 'A task may not start before a date that is past, which holds nothing back.',
      cure: 'Take the date out.',
      fixed: true,
    },
  ],
  check: (workflow, { from }) => [
    ...empty(workflow),
    ...linksTwice(workflow),
    ...detached(workflow),
    ...pastDates(workflow, from),
  ],
});

function empty(workflow: WorkflowDocument): RuleFinding[] {
  if (Object.keys(workflow.nodes).length > 0) return [];
  const message = `Workflow ${workflow.key} has no node: its cases would have nothing to do. Draw a task.`;
  return [{ code: 'WORKFLOW_EMPTY', severity: 'error', path: ['nodes'], values: {}, message }];
}

function linksTwice(workflow: WorkflowDocument): RuleFinding[] {
  const reached = reachedNodes(workflow);
  const seen = new Map<string, string>();
  return Object.entries(workflow.links).flatMap(([key, { from, to, type, branch }]): RuleFinding[] => {
    const fix = { type: 'unlink' as const, workflow: workflow.key, links: [key] };
    const path = ['links', key];
    if (workflow.nodes[from]?.type === 'end') {
      // Where the link is the only way to what it leads to, that is what is told.
      if (!reached.has(to)) return [];
      const message = `Link ${key} leaves the end ${from}, after which nothing happens. Delete the link.`;
      return [{ code: 'LINK_FROM_END', severity: 'warning', path, values: { link: key, end: from }, message, fix }];
    }
    const said = `${from}\n${to}\n${type}\n${branch ?? ''}`;
    const other = seen.get(said);
    seen.set(said, other ?? key);
    if (other === undefined) return [];
    const message = `Links ${other} and ${key} both lead from ${from} to ${to} as ${type}. Delete one of them.`;
    return [{ code: 'LINK_TWICE', severity: 'warning', path, values: { link: key, other }, message, fix }];
  });
}

function detached(workflow: WorkflowDocument): RuleFinding[] {
  const linked = new Set(Object.values(workflow.links).flatMap(({ from, to }) => [from, to]));
  if (linked.size < 2) return [];
  return Object.entries(workflow.nodes).flatMap(([key, node]): RuleFinding[] => {
    const waits = node.type === 'task' && (node.activation !== 'automatic' || node.notBefore !== undefined);
    if (linked.has(key) || waits) return [];
    const message = `${key} has no link: it starts with the case and nothing follows it. Link it, or make it manual if it is done when wanted.`;
    return [{ code: 'NODE_DETACHED', severity: 'warning', path: ['nodes', key], values: { node: key }, message }];
  });
}

function pastDates(workflow: WorkflowDocument, from: string): RuleFinding[] {
  return Object.entries(workflow.nodes).flatMap(([key, node]): RuleFinding[] => {
    if (node.type !== 'task' || node.notBefore === undefined || node.notBefore >= from) return [];
    const message = `${key} may not start before ${node.notBefore}, which is past. Take the date out.`;
    const fix = { type: 'setNodeField' as const, workflow: workflow.key, node: key, field: 'notBefore' };
    const path = ['nodes', key, 'notBefore'];
    return [{ code: 'NOT_BEFORE_PAST', severity: 'info', path, values: { date: node.notBefore }, message, fix }];
  });
}
