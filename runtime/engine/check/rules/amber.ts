import type { AnyDocument } from '../../../../schemas/configuration.ts';
import type { Period, Sla } from '../../../../schemas/period.ts';
import { defineCommonRule, type RuleFinding } from '../rule.ts';
import { slasIn } from '../slas.ts';

/** The amber warning lies strictly inside its target, and a target is longer than nothing (T8). */
export const amber = defineCommonRule({
  name: 'amber',
  reads: [],
  codes: [
    {
      code: 'AMBER_OUTSIDE_TARGET',
      severity: 'error',
      means: 'The amber warning would start before, or together with, the time it warns about.',
      cure: 'Make the warning shorter than the target.',
    },
    {
      code: 'TARGET_ZERO',
      severity: 'error',
      means: 'A target is nothing at all: nothing can be done in no time.',
      cure: 'Give the target at least 1.',
      fixed: true,
    },
  ],
  check: (document) =>
    document.kind === 'task' || document.kind === 'workflow'
      ? slasIn(document).flatMap(({ sla, path }) => slaFindings(document, sla, path))
      : [],
});

function slaFindings(document: AnyDocument, sla: Sla, path: string[]): RuleFinding[] {
  if (sla.target.value === 0) {
    const message = `The target at /${path.join('/')} is 0 ${sla.target.unit}: nothing can be done in no time. Give it at least 1.`;
    return [
      {
        code: 'TARGET_ZERO',
        severity: 'error',
        path: [...path, 'target', 'value'],
        values: { unit: sla.target.unit },
        message,
        fix: {
          type: 'setDocumentField',
          kind: document.kind,
          key: document.key,
          path: [...path, 'target', 'value'],
          value: 1,
        },
      },
    ];
  }
  if (!sla.amber || !('before' in sla.amber) || sla.amber.before.value === 0) return [];
  const before = sla.amber.before;
  const inside =
    sla.target.unit === before.unit
      ? before.value < sla.target.value
      : toOfficeHours(before) < toOfficeHours(sla.target);
  if (inside) return [];
  const message = `The amber warning ${words(before)} before the deadline is not inside the target of ${words(sla.target)}. Make the warning shorter than the target.`;
  return [
    {
      code: 'AMBER_OUTSIDE_TARGET',
      severity: 'error',
      path: [...path, 'amber', 'before'],
      values: { before, target: sla.target },
      message,
    },
  ];
}

/** Office hours of a unit, for comparing different units: a working day counts as 7 hours. */
const officeHours: Record<Period['unit'], number> = {
  minutes: 1 / 60,
  hours: 1,
  workingDays: 7,
  calendarDays: 7,
  weeks: 28,
  months: 126,
};

function toOfficeHours({ value, unit }: Period): number {
  return value * officeHours[unit];
}

function words({ value, unit }: Period): string {
  const names = {
    minutes: 'minutes',
    hours: 'hours',
    workingDays: 'working days',
    calendarDays: 'calendar days',
    weeks: 'weeks',
    months: 'months',
  };
  return `${value} ${value === 1 ? names[unit].slice(0, -1) : names[unit]}`;
}
