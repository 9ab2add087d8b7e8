import type { Configuration } from '../../../schemas/configuration.ts';
import { inOrder } from '../../../schemas/document.ts';
import { linkWords } from './drawing-svg.ts';
import { titleOf } from './workflow-plan.ts';

const shapes: Readonly<Record<string, readonly [string, string]>> = {
  task: ['[', ']'],
  communication: ['>', ']'],
  decision: ['{', '}'],
  milestone: ['([', '])'],
  end: ['((', '))'],
};

/** The drawing of a workflow as a Mermaid flowchart: nodes by their kind, links with type, lag and branch. */
export function writeFlowchart(configuration: Configuration, key: string): string {
  const workflow = configuration.workflow[key];
  const nodes = inOrder(workflow?.nodes ?? {});
  // Numbers, since keys such as `end` mean something to Mermaid.
  const ids = new Map(nodes.map((node, at) => [node.key, `n${at + 1}`]));
  const lines = nodes.map((node) => {
    const [open, close] = shapes[node.type] ?? ['[', ']'];
    return `  ${ids.get(node.key)}${open}"${label(`${node.key} ${titleOf(configuration, node)}`)}"${close}`;
  });
  const links = inOrder(workflow?.links ?? {}).flatMap((link) => {
    const [from, to] = [ids.get(link.from), ids.get(link.to)];
    const words = linkWords(link);
    return from && to ? [`  ${from} -->${words ? `|"${label(words)}"|` : ''} ${to}`] : [];
  });
  return ['flowchart TD', `  %% ${label(workflow?.title ?? key)}`, ...lines, ...links, ''].join('\n');
}

function label(text: string): string {
  return text.replaceAll('"', '#quot;').replaceAll(/[\r\n]+/g, ' ');
}
