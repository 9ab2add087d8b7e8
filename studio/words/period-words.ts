import type { PeriodUnit, Sla, SlaSet, Target } from '../../schemas/period.ts';
import type { Lag, Link } from '../../schemas/workflow.ts';

const units: Readonly<Record<PeriodUnit, [one: string, many: string, short: string]>> = {
  minutes: ['minute', 'minutes', 'min'],
  hours: ['hour', 'hours', 'h'],
  workingDays: ['working day', 'working days', 'wd'],
  calendarDays: ['calendar day', 'calendar days', 'cd'],
  weeks: ['week', 'weeks', 'wk'],
  months: ['month', 'months', 'mo'],
};

export const unitChoices = (Object.keys(units) as PeriodUnit[]).map((unit) => ({ value: unit, label: units[unit][1] }));

/** `5 working days`, `1 hour`. */
export function periodInWords(period: { value: number; unit: PeriodUnit }): string {
  const [one, many] = units[period.unit];
  return `${period.value} ${Math.abs(period.value) === 1 ? one : many}`;
}

/** `5 wd`: where space is dear; the long form belongs in the accessible name. */
export function periodInShort(period: { value: number; unit: PeriodUnit }): string {
  return `${period.value} ${units[period.unit][2]}`;
}

/** `lag 2 working days`, `lead 1 week`, `no lag`. */
export function lagInWords(lag: Lag | undefined): string {
  if (!lag || lag.value === 0) return 'no lag';
  const length = periodInWords({ value: Math.abs(lag.value), unit: lag.unit });
  return `${lag.value < 0 ? 'lead' : 'lag'} ${length}`;
}

/** What stands on a link: nothing for a plain finish-to-start link. */
export function linkLabel(link: Pick<Link, 'type' | 'lag' | 'branch'>): string {
  const lag =
    link.lag && link.lag.value !== 0
      ? `${link.lag.value > 0 ? '+' : '−'}${periodInShort({ ...link.lag, value: Math.abs(link.lag.value) })}`
      : '';
  return [link.branch, link.type === 'FS' ? '' : link.type, lag].filter(Boolean).join(' ');
}

export const linkTypeChoices = [
  { value: 'FS', label: 'Finish to start' },
  { value: 'SS', label: 'Start to start' },
  { value: 'FF', label: 'Finish to finish' },
  { value: 'SF', label: 'Start to finish' },
] as const;

/** The clock people plan by: the plain SLA, or the one named completion, or the first named one. */
export function mainSla(sla: SlaSet | undefined): Sla | undefined {
  if (!sla) return undefined;
  if (isPlainSla(sla)) return sla;
  return sla['completion'] ?? Object.values(sla)[0];
}

export function mainTarget(sla: SlaSet | undefined): Target | undefined {
  return mainSla(sla)?.target;
}

/** Every clock of an SLA (C14); the plain one has no name. */
export function namedClocks(sla: SlaSet): { name?: string; sla: Sla }[] {
  return isPlainSla(sla) ? [{ sla }] : Object.entries(sla).map(([name, one]) => ({ name, sla: one }));
}

function isPlainSla(sla: SlaSet): sla is Sla {
  return 'target' in sla && 'value' in sla.target && typeof sla.target.value === 'number';
}
