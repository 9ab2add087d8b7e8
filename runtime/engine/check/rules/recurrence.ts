import type { AnyDocument } from '../../../../schemas/configuration.ts';
import type { Recurrence } from '../../../../schemas/task.ts';
import type { CheckRule, RuleFinding } from '../rule.ts';

/** A recurrence ends: by date, by an outcome the task has, or by its maximum (P7). */
export const recurrence: CheckRule = {
  name: 'recurrence',
  kind: 'task',
  reads: ['task'],
  check: (document, { configuration }) =>
    placed(document).flatMap(({ recurrence: rule, path, task }) =>
      recurrenceFindings(rule, path, configuration.task[task]?.outcomes ?? {}),
    ),
};

function placed(document: AnyDocument): { recurrence: Recurrence; path: string[]; task: string }[] {
  if (document.kind === 'task' && document.recurrence)
    return [{ recurrence: document.recurrence, path: ['recurrence'], task: document.key }];
  if (document.kind !== 'workflow') return [];
  return Object.entries(document.nodes).flatMap(([key, node]) =>
    node.type === 'task' && node.recurrence
      ? [{ recurrence: node.recurrence, path: ['nodes', key, 'recurrence'], task: node.task }]
      : [],
  );
}

function recurrenceFindings(
  rule: Recurrence,
  path: string[],
  outcomes: Readonly<Record<string, unknown>>,
): RuleFinding[] {
  if (rule.until === 'none' && rule.max === undefined) {
    const message = 'This task recurs without an end. Give it a date, an outcome or a maximum.';
    return [
      {
        code: 'RECURRENCE_WITHOUT_END',
        severity: 'error',
        path,
        values: {},
        message,
        fix: { type: 'setField', path: [...path, 'max'], value: 12 },
      },
    ];
  }
  if (rule.every.value === 0) {
    return [
      {
        code: 'RECURRENCE_ZERO',
        severity: 'error',
        path: [...path, 'every'],
        values: {},
        message: 'This task recurs every 0 time units. Give the interval a length.',
      },
    ];
  }
  if (typeof rule.until === 'object' && 'outcome' in rule.until && !Object.hasOwn(outcomes, rule.until.outcome)) {
    const message = `The recurrence ends at outcome "${rule.until.outcome}", which the task does not have. Add the outcome or choose another.`;
    return [
      {
        code: 'OUTCOME_UNKNOWN',
        severity: 'error',
        path: [...path, 'until', 'outcome'],
        values: { outcome: rule.until.outcome },
        message,
      },
    ];
  }
  return [];
}
