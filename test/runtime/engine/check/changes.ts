import type { Configuration } from '../../../../schemas/configuration.ts';
import type { WorkflowDocument } from '../../../../schemas/workflow.ts';
import type { Mutable } from '../../../support/configuration.ts';

export type Copy = Mutable<Configuration>;

export const is = (question: string, value: string) => ({ op: 'is' as const, of: { question }, value });
export const never = { op: 'all' as const, conditions: [is('pregnant', 'yes'), is('pregnant', 'no')] };

export function flow(copy: Copy, key: string): Mutable<WorkflowDocument> {
  const found = copy.workflow[key];
  if (!found) throw new Error(`expected a workflow ${key}`);
  return found;
}

export function node(copy: Copy, key: string, at: string, fields: object): void {
  Object.assign(flow(copy, key).nodes[at] ?? {}, fields);
}

export function when(copy: Copy, condition: object): void {
  node(copy, 'HP', 'HP06', { activation: { when: condition } });
}

export function task(copy: Copy, key: string, fields: object): void {
  Object.assign(copy.task[key] ?? {}, fields);
}

export function advice(copy: Copy, key: string, fields: object): void {
  Object.assign(copy.advice[key] ?? {}, fields);
}

export function rule(copy: Copy, key: string, at: string, fields: object): void {
  Object.assign(flow(copy, key).adviceRules[at] ?? {}, fields);
}

export function question(copy: Copy, key: string, at: string, fields: object): void {
  Object.assign(copy.form[key]?.questions[at] ?? {}, fields);
}

export function service(copy: Copy, fields: object): void {
  Object.assign(copy['service-type']['TRAINING'] ?? {}, fields);
}

export function link(copy: Copy, key: string, at: string, from: string, to: string, branch?: string): void {
  flow(copy, key).links[at] = { order: 99, from, to, type: 'FS', ...(branch ? { branch } : {}) };
}

export function end(copy: Copy, key: string, at: string, after: string, outcome: string): void {
  flow(copy, key).nodes[at] = { type: 'end', order: 97, outcome };
  link(copy, key, `${after}-${at}`, after, at);
}

/** A decision after a node, with a branch "yes" and the default. */
export function decision(
  copy: Copy,
  key: string,
  at: string,
  after: string,
  yes: object,
  to: string,
  otherwise: string,
): void {
  flow(copy, key).nodes[at] = {
    type: 'decision',
    order: 96,
    branches: { yes: { order: 1, when: yes as never, label: 'Yes' } },
    otherwise: { label: 'No' },
  };
  link(copy, key, `${after}-${at}`, after, at);
  link(copy, key, `${at}-yes`, at, to, 'yes');
  link(copy, key, `${at}-otherwise`, at, otherwise, 'otherwise');
}

export function lag(copy: Copy, key: string, at: string, value: number): void {
  const found = flow(copy, key).links[at]?.lag;
  if (!found) throw new Error(`expected a lag on ${at}`);
  found.value = value;
}

export function sla(copy: Copy, key: string, value: number, unit = 'workingDays', before?: number): void {
  task(copy, key, {
    sla: { target: { value, unit }, ...(before ? { amber: { before: { value: before, unit } } } : {}) },
  });
}

export function caseSla(copy: Copy, key: string, value: number): void {
  flow(copy, key).sla = { target: { value, unit: 'calendarDays' } };
}

export function clock(copy: Copy, key: string, at: string, fields: object): void {
  Object.assign(flow(copy, key).clocks[at] ?? {}, fields);
}

export function owners(copy: Copy, key: string, to: object): void {
  Object.assign(flow(copy, key).ownerRules['default'] ?? {}, { to });
}

export function recurs(copy: Copy, fields: object): void {
  task(copy, 'SP02', { recurrence: { every: { value: 7, unit: 'calendarDays' }, anchor: 'schedule', ...fields } });
}

export function ladder(copy: Copy, key: string, fields: object): void {
  Object.assign(copy.ladder[key] ?? {}, fields);
}

function rungsOf(copy: Copy, key: string) {
  return Object.entries(copy.ladder[key]?.rungs ?? {}).sort(([, a], [, b]) => a.order - b.order);
}

export function rung(copy: Copy, key: string, at: number, fields: object): void {
  Object.assign(rungsOf(copy, key)[at]?.[1] ?? {}, fields);
}

export function follow(copy: Copy, key: string, at: number, after: number): void {
  rung(copy, key, at, { trigger: { on: 'followOn', after: rungsOf(copy, key)[after]?.[0], for: hours(4) } });
}

export function hours(value: number) {
  return { value, unit: 'hours' };
}

export function offerLetter(copy: Copy, letter: string): void {
  Object.assign(copy.template['offer-made']?.channels ?? {}, { letter });
}

export function sms(copy: Copy, text: string): void {
  Object.assign(copy.template['overdue']?.channels ?? {}, { sms: text });
}
