import type { AnswerValue } from '../../../schemas/condition.ts';
import type { InformationField, TaskDocument } from '../../../schemas/task.ts';

/** Something of the right kind in every field that must be filled in; undefined where none must. */
export function sampleFields(task: TaskDocument | undefined): Record<string, AnswerValue> | undefined {
  const mandatory = Object.entries(task?.fields ?? {}).filter(([, field]) => field.mandatory);
  if (mandatory.length === 0) return undefined;
  return Object.fromEntries(mandatory.map(([key, field]) => [key, sampleOf(field)]));
}

function sampleOf(field: InformationField): AnswerValue {
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
    case 'agency':
      return 'x';
  }
}
