import type { Configuration } from '../../schemas/configuration.ts';
import type { WorkflowDocument } from '../../schemas/workflow.ts';
import type { EditCommand, EditResult } from '../document/engine.ts';
import { EditorContext } from '../document-editor/editor.ts';
import { DocumentFields } from '../document-editor/generic-form.tsx';
import { useWorkflowEditor } from './workflow-editor.ts';

/** What the drawing, the summary and the advice screens show already. */
const elsewhere = ['nodes', 'links', 'sla', 'ownerRules', 'form', 'clocks', 'adviceRules'];

/** Every other field of the workflow: its calendar, outcomes, lanes, hold reasons and the rest. */
export default function WorkflowSettings({
  workflow,
  configuration,
  onRun,
}: {
  workflow: WorkflowDocument;
  configuration: Configuration;
  onRun: (command: EditCommand) => EditResult;
}) {
  const editor = useWorkflowEditor(workflow, configuration, onRun);
  return (
    <EditorContext value={editor}>
      <DocumentFields document={workflow} leaveOut={elsewhere} />
    </EditorContext>
  );
}
