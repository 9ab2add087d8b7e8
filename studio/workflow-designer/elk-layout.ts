import ELK from 'elkjs/lib/elk-api';
import type { WorkflowDocument } from '../../schemas/workflow.ts';
import type { Position } from '../document/engine.ts';
import { CARD } from './layout.ts';

let elk: InstanceType<typeof ELK> | undefined;

/** Lays a drawing out by its links, with few crossings, in a worker of its own. */
export async function layoutByElk(workflow: WorkflowDocument): Promise<Record<string, Position>> {
  elk ??= new ELK({
    workerFactory: () => new Worker(new URL('elkjs/lib/elk-worker.min.js', import.meta.url)),
  });
  const laid = await elk.layout({
    id: 'drawing',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': 'DOWN',
      // Each card right below its predecessors, as the drawing arranges itself.
      'elk.layered.layering.strategy': 'LONGEST_PATH_SOURCE',
      'elk.spacing.nodeNode': '32',
      'elk.layered.spacing.nodeNodeBetweenLayers': '48',
      'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
      'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
    },
    children: Object.keys(workflow.nodes).map((id) => ({ id, ...CARD })),
    edges: Object.entries(workflow.links)
      .filter(([, link]) => workflow.nodes[link.from] && workflow.nodes[link.to])
      .map(([id, link]) => ({ id, sources: [link.from], targets: [link.to] })),
  });
  return Object.fromEntries((laid.children ?? []).map(({ id, x = 0, y = 0 }) => [id, { x, y }]));
}
