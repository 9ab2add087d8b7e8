import { FORMAT } from '../../../schemas/document.ts';
import type { TaskDocument } from '../../../schemas/task.ts';

/** A task document to start from: 5 working days, amber one working day before, owned by the case owner. */
export function newTaskDocument(key: string, title: string): TaskDocument {
  return {
    kind: 'task',
    format: FORMAT,
    key,
    title,
    type: 'other',
    sla: {
      target: { value: 5, unit: 'workingDays', dayOne: 'next', dueAt: 'closeOfBusiness' },
      amber: { before: { value: 1, unit: 'workingDays' } },
    },
    ownerRules: { owner: { order: 1, to: { by: 'caseOwner' } } },
    repeatable: false,
    fields: {},
    outcomes: {},
    checklist: {},
    holdReasons: {},
  };
}
