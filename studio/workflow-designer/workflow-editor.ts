import type { Configuration } from '../../schemas/configuration.ts';
import type { Finding } from '../../schemas/finding.ts';
import type { WorkflowDocument } from '../../schemas/workflow.ts';
import type { EditCommand, EditResult } from '../document/engine.ts';
import type { EditorProps } from '../document-editor/editor.ts';
import { toSetCommand } from '../document-editor/set-command.ts';

/** The open workflow as the fields of document editors take it, so that they stand beside the drawing too. */
export function workflowEditor(
  workflow: WorkflowDocument,
  configuration: Configuration,
  findings: readonly Finding[],
  onRun: (command: EditCommand) => EditResult,
): EditorProps {
  return {
    document: workflow,
    configuration,
    findings: findings.filter(({ document }) => document === `workflow/${workflow.key}`),
    run: onRun,
    set: (path, value) => onRun(toSetCommand(workflow, path, value)),
  };
}
