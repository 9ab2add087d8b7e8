import type { AnswerValue } from '../../../schemas/condition.ts';
import type { InformationField } from '../../../schemas/task.ts';
import type { CompiledWorkflow } from '../compile/compiled-workflow.ts';

/** Something of the right kind in every field that must be filled in on a node's task; undefined where none must. */
export function sampleFields(bundle: CompiledWorkflow, node: string): Record<string, AnswerValue> | undefined {
  const mandatory = Object.entries(bundle.tasks[node]?.task.fields ?? {}).filter(([, field]) => field.mandatory);
  if (mandatory.length === 0) return undefined;
  const [agency = 'x'] = Object.keys(bundle.agencies);
  return Object.fromEntries(mandatory.map(([key, field]) => [key, sampleOf(field, agency)]));
}

function sampleOf(field: InformationField, agency: string): AnswerValue {
  const [option = 'x'] = Object.keys(field.options ?? {});
  switch (field.type) {
    case 'number':
    case 'money':
      return 1;
    case 'yesNo':
      return true;
    case 'date':
      return '2027-01-04';
    case 'time':
      return '09:00';
    case 'choice':
      return option;
    case 'multiChoice':
      return [option];
    case 'text':
    case 'longText':
    case 'file':
    case 'person':
      return 'x';
    case 'agency':
      return agency;
  }
}
