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
      const tasks = tasksOf(nodes);
      const own = `workflow/${key}`;
      return all.filter(
        ({ document }) => document === own || (document.startsWith(TASK) && tasks.has(document.slice(TASK.length))),
      );
    }, [all, nodes, key]),
  );
}

const taskNames = new WeakMap<WorkflowDocument['nodes'], ReadonlySet<string>>();

const TASK = 'task/';

/** The task documents of a drawing, by key. */
function tasksOf(nodes: WorkflowDocument['nodes']): ReadonlySet<string> {
  const known = taskNames.get(nodes);
  if (known) return known;
  const names = new Set<string>();
  for (const node of Object.values(nodes)) if (node.type === 'task') names.add(node.task);
  taskNames.set(nodes, names);
  return names;
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
