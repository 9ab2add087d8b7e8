import type { OwnerStrategy } from '../../../../schemas/allocation.ts';
import type { Condition } from '../../../../schemas/condition.ts';
import type { Trigger } from '../../../../schemas/ladder.ts';
import type { Period, PeriodUnit } from '../../../../schemas/period.ts';
import type { PackTrigger } from './pack.ts';

/** The furthest the pack's day comparisons look; longer than any life. */
const FAR = 40_000;
const units: Record<string, PeriodUnit> = {
  h: 'hours',
  cd: 'calendarDays',
  wd: 'workingDays',
  month: 'months',
  months: 'months',
};

/** `5wd`, `24h`, `84cd`, `1 month`; throws on anything else. */
export function toPeriod(text: string): Period {
  const match = /^(\d+) ?(h|cd|wd|months?)$/.exec(text);
  const unit = units[match?.[2] ?? ''];
  if (!match || !unit) throw new Error(`expected a period such as 5wd, 24h or 84cd, got "${text}"`);
  return { value: Number(match[1]), unit };
}

/** The pack's trigger as a condition; undefined for `always`. */
export function toCondition(trigger: PackTrigger): Condition | undefined {
  return trigger[0] === 'always' ? undefined : condition(trigger);
}

function condition(trigger: PackTrigger): Condition {
  const [op, first, second] = trigger;
  const of = { question: String(first) };
  switch (op) {
    case 'eq':
      return { op: 'is', of, value: second as string };
    case 'ne':
      return { op: 'not', condition: { op: 'is', of, value: second as string } };
    case 'in':
      return { op: 'isOneOf', of, values: second as string[] };
    case 'has': {
      const values = second as string[];
      return values.length === 1 ? { op: 'includes', of, value: values[0] ?? '' } : { op: 'includesAny', of, values };
    }
    case 'lt':
      return { op: 'lessThan', of, value: second as number };
    case 'gt':
      return { op: 'moreThan', of, value: second as number };
    case 'ge':
      return { op: 'atLeast', of, value: second as number };
    case 'le':
      return { op: 'atMost', of, value: second as number };
    case 'not':
      return { op: 'not', condition: condition(first as PackTrigger) };
    case 'and':
      return { op: 'all', conditions: daysTogether(trigger.slice(1) as PackTrigger[]) };
    case 'or':
      return { op: 'any', conditions: (trigger.slice(1) as PackTrigger[]).map(condition) };
    case 'days>':
      return daysMoreThan(of, second as number);
    case 'days<=':
      return { op: 'not', condition: daysMoreThan(of, second as number) };
    default:
      throw new Error(`the pack uses the operator "${op}", which this importer does not know`);
  }
}

/** `days> -1` beside `days<= n` on one question is "within n days after the as-at date". */
function daysTogether(parts: readonly PackTrigger[]): Condition[] {
  const fromToday = parts.find(([op, , days]) => op === 'days>' && days === -1);
  const upTo = fromToday && parts.find(([op, question]) => op === 'days<=' && question === fromToday[1]);
  if (!fromToday || !upTo) return parts.map(condition);
  const within: Condition = { op: 'withinDaysAfter', of: { question: String(upTo[1]) }, days: upTo[2] as number };
  return parts.filter((part) => part !== fromToday).map((part) => (part === upTo ? within : condition(part)));
}

function daysMoreThan(of: { question: string }, days: number): Condition {
  if (days < 0) return { op: 'withinDaysAfter', of, days: FAR };
  const within = (limit: number): Condition => ({ op: 'withinDaysAfter', of, days: limit });
  return { op: 'all', conditions: [within(FAR), { op: 'not', condition: within(days) }] };
}

/** `needs not none`, `dis_age>=18`, `immediate=yes or hazard=gas` after the word `rule: `. */
export function toActivationRule(text: string): Condition {
  const parts = text.split(' or ').map(activationLeaf);
  return parts.length === 1 && parts[0] ? parts[0] : { op: 'any', conditions: parts };
}

function activationLeaf(text: string): Condition {
  const match = /^(\w+) ?(=|>=| has | not )(\w+)$/.exec(text) ?? /^(\w+)(=|>=| has | not )(\w+)$/.exec(text);
  const [, question = '', sign = '', value = ''] = match ?? [];
  const of = { question };
  switch (sign.trim()) {
    case '=':
      return { op: 'is', of, value };
    case '>=':
      return { op: 'atLeast', of, value: Number(value) };
    case 'has':
      return { op: 'includes', of, value };
    case 'not':
      return { op: 'not', condition: { op: 'includes', of, value } };
    default:
      throw new Error(`expected a rule such as "medical=yes", got "${text}"`);
  }
}

/** The pack's owner: `role:HOO round-robin`, `group:TSO workload`, `case owner`, `assignee chosen`. */
export function toOwner(text: string): OwnerStrategy {
  if (text === 'case owner') return { by: 'caseOwner' };
  if (text === 'assignee chosen') return { by: 'manual', team: 'TSO' };
  const match = /^(role|group):(\w+)(?: (round-robin|workload))?$/.exec(text);
  const [, kind, team = '', how] = match ?? [];
  if (!match) throw new Error(`expected an owner such as role:TL, got "${text}"`);
  if (how === 'round-robin') return { by: 'roundRobin', team };
  if (how === 'workload') return { by: 'leastLoaded', team };
  return kind === 'role' ? { by: 'role', role: team } : { by: 'group', group: team };
}

/** `owner + role:TL + stakeholder group` as selectors (E10). */
export function toSelectors(text: string): string[] {
  return text
    .split(' + ')
    .map((part) =>
      part === 'case owner' ? 'caseOwner' : part === 'stakeholder group' ? 'stakeholders:SERVICE-BOARD' : part,
    );
}

/** `amber`, `target+2wd`, `clock-14cd` as triggers. */
export function toTrigger(at: string): Trigger {
  const match = /^(amber|target|clock)(?:([+-])(\w+))?$/.exec(at);
  const [, what, sign, length] = match ?? [];
  if (!match) throw new Error(`expected a rung such as target+2wd, got "${at}"`);
  const on = what === 'amber' ? 'warning' : what === 'clock' ? 'clockEnd' : 'breached';
  if (!sign || !length) return { on };
  const { value, unit } = toPeriod(length);
  return { on, offset: { value: sign === '-' ? -value : value, unit } };
}
