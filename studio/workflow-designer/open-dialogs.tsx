import { ConnectDialog } from './connect-dialog.tsx';
import { RepairDialog, RowsDialog, UnreadableDialog } from './paste-dialog.tsx';
import type { DesignerState } from './use-designer.ts';

/** The dialogs that gestures open: linking, and what pasting asks. */
export function OpenDialogs({ designer }: { designer: DesignerState }) {
  const { workflow, configuration, session, setSession } = designer;
  if (!workflow) return null;
  return (
    <>
      {session ? (
        <ConnectDialog
          session={session}
          workflow={workflow}
          configuration={configuration}
          onChoose={(to) => setSession({ ...session, to })}
          onLink={designer.link}
          onClose={() => setSession(undefined)}
        />
      ) : null}
      <PasteDialogs designer={designer} />
    </>
  );
}

function PasteDialogs({ designer }: { designer: DesignerState }) {
  const { pendingPaste: pending, setPendingPaste } = designer;
  const close = () => setPendingPaste(undefined);
  switch (pending?.kind) {
    case undefined:
      return null;
    case 'unreadable':
      return <UnreadableDialog reason={pending.reason} onClose={close} />;
    case 'rows':
      return (
        <RowsDialog
          rows={pending.rows}
          plan={designer.planOfRows(pending.rows)}
          onPaste={() => designer.pasteRows(pending.rows)}
          onClose={close}
        />
      );
    case 'nodes': {
      const { bundle, choices } = pending;
      const plan = designer.planOfNodes(bundle, choices);
      return (
        <RepairDialog
          count={plan.nodes.length}
          from={bundle.from.title}
          repairs={plan.repairs}
          onChoose={(name, choice) => setPendingPaste({ ...pending, choices: { ...choices, [name]: choice } })}
          onPaste={() => designer.pasteNodes(bundle, choices)}
          onClose={close}
        />
      );
    }
  }
}
