import type { Configuration } from '../../../schemas/configuration.ts';
import type { WorkflowDocument } from '../../../schemas/workflow.ts';

/** A workflow without its escalation: ladders and messages decide nothing about what may start, and cases are lived faster without. */
export function withoutLadders(configuration: Configuration, workflow: WorkflowDocument): Configuration {
  const { ladder: _ladder, ...bare } = workflow;
  return { ...configuration, workflow: { [workflow.key]: bare }, ladder: {} };
}
