import { type RefObject, useEffect } from 'react';
import type { Finding } from '../../schemas/finding.ts';
import type { Use } from '../document/engine.ts';
import { useFocusPlace } from '../ui/use-focus-place.ts';
import type { DesignerState } from './use-designer.ts';

interface Ways {
  frame: RefObject<HTMLElement | null>;
  /** The place the address names. */
  pointer: string | undefined;
  /** Shows the fields of what is chosen. */
  onShowFields: () => void;
  onOpenElsewhere: (finding: Finding) => void;
}

/** The ways to a place of the open workflow: by its pointer, from what names it, from a finding. */
export function useGoTo(
  { key: workflowKey, workflow, setSelected }: DesignerState,
  { frame, pointer, onShowFields, onOpenElsewhere }: Ways,
) {
  const focusPlace = useFocusPlace(frame);
  const goTo = (at: string) => {
    const [, part, key] = at.split('/');
    setSelected(part === 'nodes' && key ? { node: key } : part === 'links' && key ? { link: key } : undefined);
    onShowFields();
    focusPlace(at);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address is followed once
  useEffect(() => {
    if (pointer) goTo(pointer);
  }, [pointer]);
  /** Answers false for a place of another document. */
  const goToUse = ({ document, pointer: at }: Pick<Use, 'document' | 'pointer'>): boolean => {
    // Rules of advice are written where their statement is.
    const isHere = document === `workflow/${workflowKey}` && !at.startsWith('/adviceRules');
    if (isHere) goTo(at);
    return isHere;
  };
  /** A finding about a task document is shown at the first node that stands for it. */
  const goToFinding = (finding: Finding) => {
    if (goToUse(finding)) return;
    const taskNode = Object.entries(workflow?.nodes ?? {}).find(
      ([, node]) => node.type === 'task' && finding.document === `task/${node.task}`,
    )?.[0];
    if (taskNode) goTo(`/nodes/${taskNode}${finding.pointer}`);
    else onOpenElsewhere(finding);
  };
  return { goTo, goToUse, goToFinding };
}
