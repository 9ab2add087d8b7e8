import type { CompiledWorkflow } from '../compile/compiled-workflow.ts';
import { strategiesOf } from './strategies.ts';

/** Names of the round robin cursors that a case of this workflow may move (L4): those of its rules and of its rungs. */
export function roundRobinCursors(bundle: CompiledWorkflow): string[] {
  return [...new Set(strategiesOf(bundle).flatMap(({ name, to }) => (to.by === 'roundRobin' ? [name] : [])))];
}
