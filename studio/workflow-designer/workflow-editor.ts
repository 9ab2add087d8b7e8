import { useMemo } from 'react';
import type { Configuration } from '../../schemas/configuration.ts';
import type { WorkflowDocument } from '../../schemas/workflow.ts';
import type { EditCommand, EditResult } from '../document/engine.ts';
import type { EditorProps } from '../document-editor/editor.ts';
import { toSetCommand } from '../document-editor/set-command.ts';
import { useFindingsAt } from './use-workflow-findings.ts';

/** The open workflow as the fields of document editors take it, so that they stand beside the drawing too. */
export function useWorkflowEditor(
  workflow: WorkflowDocument,
  configuration: Configuration,
  onRun: (command: EditCommand) => EditResult,
): EditorProps {
  const findings = useFindingsAt(workflow, '');
  return useMemo(
    () => ({
      document: workflow,
      configuration,
      findings,
      run: onRun,
      set: (path, value) => onRun(toSetCommand(workflow, path, value)),
    }),
    [workflow, configuration, findings, onRun],
  );
}
