import type { AnswerValue } from '../../../../schemas/condition.ts';
import { LocalDate } from '../../../../schemas/ids.ts';
import type { InformationField } from '../../../../schemas/task.ts';
import { refusal } from '../refusal.ts';
import { emit, personal, taskItem, taskOf, type Work } from '../work.ts';
import { ask, type Handler, noteActivity } from './handler.ts';

/** Fields that are filled in, and those of them that hold a value of the wrong kind. */
export function readFields(work: Work, task: string, fields: Readonly<Record<string, AnswerValue>>) {
  const defined = work.bundle.tasks[taskOf(work, task).node]?.task.fields ?? {};
  const given = Object.entries(fields).filter(([, value]) => !isBlank(value));
  return {
    given: given.map(([key]) => key),
    wrongFields: given.flatMap(([key, value]) => (isOfType(work, defined[key], value) ? [] : [key])),
    unknown: given.flatMap(([key]) => (Object.hasOwn(defined, key) ? [] : [key])),
  };
}

function isBlank(value: AnswerValue): boolean {
  return typeof value === 'string' ? value.trim() === '' : Array.isArray(value) && value.length === 0;
}

/** Filled fields go apart from the events, under references; blank ones are cleared. */
export function storedFields(work: Work, fields: Readonly<Record<string, AnswerValue>>) {
  const filled = Object.entries(fields).filter(([, value]) => !isBlank(value));
  const refs: Record<string, string> = {};
  const values: Record<string, AnswerValue> = {};
  for (const [field, value] of filled) {
    const { ref } = personal(work, value);
    refs[field] = ref;
    values[ref] = value;
  }
  return { refs, values, cleared: Object.keys(fields).filter((field) => !Object.hasOwn(refs, field)) };
}

/** Fields filled in on the way; the completion asks only for what is still missing (P8, E4). */
export const recordFields: Handler<'recordFields'> = (work, { task, fields }) => {
  const { unknown, wrongFields } = readFields(work, task, fields);
  if (unknown.length > 0) return refusal('UNKNOWN_FIELD', `This task has no field ${unknown.join(', ')}.`);
  if (wrongFields.length > 0)
    return refusal('FIELD_INVALID', `These fields hold a value of the wrong kind: ${wrongFields.join(', ')}.`);
  const { refs, cleared, values } = storedFields(work, fields);
  return ask(work, taskItem(task), { type: 'FIELDS' }, () => {
    const told = { task, fields: refs, ...(cleared.length > 0 ? { cleared } : {}) };
    emit(work, 'fieldsRecorded', told, { personal: values });
    noteActivity(work, taskItem(task));
  });
};

/** An unknown field is named by the guard, so it counts as fitting here. */
function isOfType(work: Work, field: InformationField | undefined, value: AnswerValue): boolean {
  const options = Object.keys(field?.options ?? {});
  switch (field?.type) {
    case 'yesNo':
      return typeof value === 'boolean' || value === 'yes' || value === 'no';
    case 'number':
      return typeof value === 'number' && Number.isFinite(value);
    case 'money':
      return typeof value === 'number' && Number.isInteger(value);
    case 'date':
      return typeof value === 'string' && LocalDate.safeParse(value).success;
    case 'time':
      return typeof value === 'string' && /^([01]\d|2[0-3]):[0-5]\d$/.test(value);
    case 'choice':
      return typeof value === 'string' && options.includes(value);
    case 'multiChoice':
      return (
        Array.isArray(value) && value.every((one) => options.includes(one)) && new Set(value).size === value.length
      );
    case 'agency': {
      const known = work.bundle.agencies ?? {};
      return typeof value === 'string' && (Object.keys(known).length === 0 || Object.hasOwn(known, value));
    }
    case 'text':
    case 'longText':
    case 'file':
    case 'person':
      return typeof value === 'string';
    case undefined:
      return true;
  }
}
