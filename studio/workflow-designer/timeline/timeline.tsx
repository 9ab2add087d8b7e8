import { EmptyState } from '../../ui/notice.tsx';
import type { DesignerState } from '../use-designer.ts';

/** The plan as bars over time. */
export function Timeline({ designer }: { designer: DesignerState }) {
  return (
    <EmptyState title="No timeline yet">
      {designer.workflow?.title} is planned from {designer.start}.
    </EmptyState>
  );
}
