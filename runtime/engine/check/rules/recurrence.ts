import type { AnyDocument } from '../../../../schemas/configuration.ts';
import type { LocalDate } from '../../../../schemas/ids.ts';
import type { Recurrence } from '../../../../schemas/task.ts';
import { dateInWords } from '../../calendar/dates.ts';
import { defineCommonRule, type RuleFinding } from '../rule.ts';

/** A recurrence ends: by date, by an outcome the task has, or by its maximum (P7). */
export const recurrence = defineCommonRule({
  name: 'recurrence',
  reads: ['task'],
  codes: [
    {
      code: 'RECURRENCE_WITHOUT_END',
      severity: 'error',
      means: 'A task recurs without an end.',
      cure: 'Give it a date, an outcome or a maximum.',
      fixed: true,
    },
    {
      code: 'RECURRENCE_ZERO',
      severity: 'error',
      means: 'A task recurs after no time at all.',
      cure: 'Give the interval a length.',
      fixed: true,
    },
    {
      code: 'RECURRENCE_OUTCOME_UNKNOWN',
      severity: 'error',
      means: 'A recurrence ends at an outcome that the task does not have, so that it never ends.',
      cure: 'Add the outcome to the task or name another.',
    },
    {
      code: 'RECURRENCE_PAST',
      severity: 'warning',
      means: 'A recurrence ended before today, so that the task comes only once.',
      cure: 'Give it a later date, or leave the recurrence out.',
    },
  ],
  check: (document, { configuration, from }) =>
    placed(document).flatMap(({ recurrence: rule, path, task }) => [
      ...recurrenceFindings(document, rule, path, configuration.task[task]?.outcomes ?? {}),
      ...pastFindings(rule, path, from),
    ]),
});

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

function pastFindings({ until }: Recurrence, path: string[], from: LocalDate): RuleFinding[] {
  if (typeof until !== 'object' || !('date' in until) || until.date >= from) return [];
  const message = `The recurrence ended on ${dateInWords(until.date)}, so the task comes only once. Give it a later date, or leave the recurrence out.`;
  return [
    {
      code: 'RECURRENCE_PAST',
      severity: 'warning',
      path: [...path, 'until', 'date'],
      values: { date: until.date },
      message,
    },
  ];
}

function recurrenceFindings(
  document: AnyDocument,
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
        fix: {
          type: 'setDocumentField',
          kind: document.kind,
          key: document.key,
          path: [...path, 'max'],
          value: 12,
        },
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
        fix: {
          type: 'setDocumentField',
          kind: document.kind,
          key: document.key,
          path: [...path, 'every', 'value'],
          value: 1,
        },
      },
    ];
  }
  if (typeof rule.until === 'object' && 'outcome' in rule.until && !Object.hasOwn(outcomes, rule.until.outcome)) {
    const message = `The recurrence ends at outcome "${rule.until.outcome}", which the task does not have. Add the outcome or choose another.`;
    return [
      {
        code: 'RECURRENCE_OUTCOME_UNKNOWN',
        severity: 'error',
        path: [...path, 'until', 'outcome'],
        values: { outcome: rule.until.outcome },
        message,
      },
    ];
  }
  return [];
}
