import type { OwnerStrategy } from '../../../schemas/allocation.ts';
import type { Condition } from '../../../schemas/condition.ts';
import type { Lag } from '../../../schemas/workflow.ts';
import { isCondition } from '../check/is-condition.ts';
import { printCondition } from '../condition/text/print.ts';

const units: Readonly<Record<string, readonly [string, string]>> = {
  minutes: ['minute', 'minutes'],
  hours: ['hour', 'hours'],
  workingDays: ['working day', 'working days'],
  calendarDays: ['day', 'days'],
  weeks: ['week', 'weeks'],
  months: ['month', 'months'],
};

/** A change as a sentence: a capital in front, a full stop behind. */
export function asSentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

/** `35 days`, `1 working day`. */
export function periodWords({ value, unit }: { value: number; unit: string }): string {
  const [one, many] = units[unit] ?? [unit, unit];
  return `${value} ${Math.abs(value) === 1 ? one : many}`;
}

/** `35 days after`, `at once after`, `2 hours before`. */
export function lagWords(lag: Lag | undefined): string {
  if (!lag || lag.value === 0) return 'at once after';
  return lag.value < 0 ? `${periodWords({ ...lag, value: -lag.value })} before` : `${periodWords(lag)} after`;
}

export function conditionWords(condition: Condition | undefined): string {
  return condition === undefined ? 'always' : `when ${printCondition(condition)}`;
}

/** Any value of a document in words: periods and conditions as people read them, long texts cut. */
export function valueWords(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return `"${value.length > 60 ? `${value.slice(0, 57)}...` : value}"`;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map((one) => valueWords(one)).join(', ');
  if (isCondition(value)) return printCondition(value);
  if (isPeriod(value)) return periodWords(value);
  if ('target' in value && isPeriod(value.target)) return periodWords(value.target);
  if ('by' in value && typeof value.by === 'string') return strategyWords(value as OwnerStrategy);
  return cut(mapWords(value as Record<string, unknown>), 240);
}

/** A map by key as a list: what an entry holds stands behind it, in brackets where it is a map itself. */
function mapWords(map: Readonly<Record<string, unknown>>): string {
  const told = Object.entries(map)
    .filter(([field]) => field !== 'order')
    .map(([field, value]) => {
      if (isPlainMap(value)) return `${field} (${mapWords(value)})`;
      return isTree(value) ? `${fieldWords(field)} ${valueWords(value)}` : `${fieldWords(field)}: ${valueWords(value)}`;
    });
  return told.length === 0 ? 'none' : told.join(', ');
}

function isPlainMap(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !isTree(value) &&
    !isPeriod(value) &&
    !('by' in value)
  );
}

function isTree(value: unknown): value is Condition {
  return typeof value === 'object' && value !== null && isCondition(value);
}

/** Who gets work, by the keys of teams and people (L2). */
function strategyWords(to: OwnerStrategy): string {
  switch (to.by) {
    case 'user':
      return to.user;
    case 'group':
      return `the queue of ${to.group}`;
    case 'role':
      return `role ${to.role}`;
    case 'roundRobin':
      return `${to.team} in turn`;
    case 'leastLoaded':
      return `the least loaded of ${to.team}`;
    case 'skill':
      return `${to.team} with ${to.skills.join(', ')}`;
    case 'sameAs':
      return `the owner of ${to.node}`;
    case 'caseOwner':
      return 'the case owner';
    case 'locality':
      return `${to.team} by area`;
    case 'lastOfficer':
      return `the last officer of ${to.team}`;
    case 'manual':
      return `${to.team}, chosen by hand`;
  }
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, text.lastIndexOf(' ', most - 3))} ...`;
}

/** `sla target` of `slaTarget`: a field as people say it. */
export function fieldWords(field: string): string {
  return field === 'sla' ? 'SLA' : field.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}

function isPeriod(value: unknown): value is { value: number; unit: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'value' in value &&
    typeof value.value === 'number' &&
    'unit' in value &&
    typeof value.unit === 'string'
  );
}
