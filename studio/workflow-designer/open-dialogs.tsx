import { ConnectDialog } from './connect-dialog.tsx';
import { LaneDialog } from './lane-dialog.tsx';
import { laneChoices } from './lane-moves.ts';
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
      {designer.moving.length > 0 ? (
        <LaneDialog
          nodes={designer.moving}
          choices={laneChoices(workflow, configuration)}
          onMove={(choice) => {
            designer.setMoving([]);
            designer.moveToLane(designer.moving, choice);
          }}
          onClose={() => designer.setMoving([])}
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
          verb={pending.verb}
          count={plan.nodes.length}
          from={bundle.from.title}
          repairs={plan.repairs}
          onChoose={(name, choice) => setPendingPaste({ ...pending, choices: { ...choices, [name]: choice } })}
          onPaste={() => designer.pasteNodes(bundle, choices, pending.verb)}
          onClose={close}
        />
      );
    }
  }
}
