import { inOrder } from '../../../schemas/document.ts';
import type { WorkflowDocument } from '../../../schemas/workflow.ts';

/**
 * The branch that a new link from a node takes when nobody says which: of a decision the first that leads nowhere yet, its
 * default where all lead somewhere; of any other node none.
 */
export function nextBranch(
  { nodes, links }: Pick<WorkflowDocument, 'nodes' | 'links'>,
  from: string,
): { branch?: string } {
  const source = nodes[from];
  if (source?.type !== 'decision') return {};
  const led = new Set(Object.values(links).flatMap((link) => (link.from === from ? [link.branch] : [])));
  const branches = [...inOrder(source.branches).map(({ key }) => key), 'otherwise'];
  return { branch: branches.find((branch) => !led.has(branch)) ?? 'otherwise' };
}
