import { useMemo } from 'react';
import type { Configuration } from '../../schemas/configuration.ts';
import type { Finding } from '../../schemas/finding.ts';
import type { WorkflowDocument } from '../../schemas/workflow.ts';
import type { EditCommand, EditResult } from '../document/engine.ts';
import { EditorContext, type EditorProps } from '../document-editor/editor.ts';
import { DocumentFields } from '../document-editor/generic-form.tsx';
import { toSetCommand } from '../document-editor/set-command.ts';

/** What the drawing, the summary and the advice screens show already. */
const elsewhere = ['nodes', 'links', 'sla', 'form', 'clocks', 'adviceRules'];

/** Every other field of the workflow: its calendar, owner rules, outcomes, lanes, hold reasons and the rest. */
export default function WorkflowSettings({
  workflow,
  configuration,
  findings,
  onRun,
}: {
  workflow: WorkflowDocument;
  configuration: Configuration;
  findings: readonly Finding[];
  onRun: (command: EditCommand) => EditResult;
}) {
  const editor = useMemo(
    (): EditorProps => ({
      document: workflow,
      configuration,
      findings: findings.filter(({ document }) => document === `workflow/${workflow.key}`),
      run: onRun,
      set: (path, value) => onRun(toSetCommand(workflow, path, value)),
    }),
    [workflow, configuration, findings, onRun],
  );
  return (
    <EditorContext value={editor}>
      <DocumentFields document={workflow} leaveOut={elsewhere} />
    </EditorContext>
  );
}
