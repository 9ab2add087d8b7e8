import { IconCheck, IconQuestionMark, IconX } from '@tabler/icons-react';
import type { TraceNode } from '../document/engine.ts';
import { Badge } from '../ui/badge.tsx';

/** What a clause comes to with the answers tried; its three values each have a word. */
export function TruthChip({ truth }: { truth: TraceNode['truth'] }) {
  if (truth === 'unknown')
    return (
      <Badge icon={<IconQuestionMark size={12} />} title="Not answered yet">
        Not known
      </Badge>
    );
  return truth ? (
    <Badge tone="good" icon={<IconCheck size={12} />}>
      True
    </Badge>
  ) : (
    <Badge tone="note" icon={<IconX size={12} />}>
      False
    </Badge>
  );
}
