import type { Finding } from '../../schemas/finding.ts';
import type { Lag, LinkType } from '../../schemas/workflow.ts';
import type { EditCommand } from '../document/engine.ts';
import { lagInWords } from '../words/period-words.ts';
import { useArrange } from './use-arrange.ts';
import { useClipboard } from './use-clipboard.ts';
import { useDesignerCore } from './use-designer-core.ts';
import { focusNode, useNodeActions } from './use-node-actions.ts';

/** What every view of the designer is given. */
export type DesignerState = ReturnType<typeof useDesigner>;

/** What the designer knows and can do; what is derived is derived from the draft at once. */
export function useDesigner(key: string) {
  const core = useDesignerCore(key);
  const { session, setSession, run } = core;
  const nodeActions = useNodeActions(core);
  const clipboard = useClipboard(core);

  const link = (settings: { linkType: LinkType; lag?: Lag; branch?: string }) => {
    if (!session?.to) return;
    const { from, to } = session;
    run(
      { type: 'linkTasks', workflow: key, from, to, ...settings },
      `Linked ${from} to ${to}, ${settings.linkType}, ${lagInWords(settings.lag)}`,
    );
    setSession(undefined);
    focusNode(from);
  };

  /** Applies the mechanical cure of a finding. */
  const fix = (finding: Finding) => {
    if (finding.fix) run(finding.fix as unknown as EditCommand);
  };

  return {
    ...core,
    ...nodeActions,
    ...clipboard,
    ...useArrange(core),
    link,
    fix,
  };
}
