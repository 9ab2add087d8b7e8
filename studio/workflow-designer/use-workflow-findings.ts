import { useMemo, useRef } from 'react';
import type { Finding } from '../../schemas/finding.ts';
import type { WorkflowDocument } from '../../schemas/workflow.ts';
import { useFindingList } from '../document/draft-context.tsx';

const none: WorkflowDocument['nodes'] = {};

/**
 * Findings of a drawing and of its tasks; the very list of before while it holds the same. Whoever shows findings asks for them
 * itself: when the rules have their say, nothing else is drawn anew.
 */
export function useWorkflowFindings({
  key,
  nodes = none,
}: {
  key: string;
  nodes?: WorkflowDocument['nodes'] | undefined;
}): readonly Finding[] {
  const all = useFindingList();
  return useKeptList(
    useMemo(() => {
      const names = new Set(Object.values(nodes).map((node) => (node.type === 'task' ? `task/${node.task}` : '')));
      names.add(`workflow/${key}`);
      return all.filter(({ document }) => names.has(document));
    }, [all, nodes, key]),
  );
}

/** Those of them that stand at a place of the drawing or below it. */
export function useFindingsAt(workflow: WorkflowDocument, pointer: string): readonly Finding[] {
  const all = useFindingList();
  const name = `workflow/${workflow.key}`;
  return useKeptList(
    useMemo(
      () => all.filter((one) => one.document === name && `${one.pointer}/`.startsWith(`${pointer}/`)),
      [all, name, pointer],
    ),
  );
}

/** The checker tells a finding that still holds as the very one it was. */
function useKeptList(found: readonly Finding[]): readonly Finding[] {
  const before = useRef<readonly Finding[]>([]);
  const isSame = found.length === before.current.length && found.every((one, at) => one === before.current[at]);
  if (!isSame) before.current = found;
  return before.current;
}
