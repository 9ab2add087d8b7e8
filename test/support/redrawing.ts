// What a workflow says, apart from the keys its author chose: to compare one that was drawn again with its model.

import { compileCalendars, planWorkflow, shippedBankHolidays } from '../../runtime/engine/index.ts';
import type { OwnerRules } from '../../schemas/allocation.ts';
import type { Condition } from '../../schemas/condition.ts';
import type { Configuration } from '../../schemas/configuration.ts';
import { inOrder } from '../../schemas/document.ts';
import type { Sla, SlaSet } from '../../schemas/period.ts';
import type { WorkflowNode } from '../../schemas/workflow.ts';

/** Nodes, links, clocks and promises of a workflow in plain terms; nodes are named by their place in its order. */
export function meaningOf(configuration: Configuration, key: string) {
  const workflow = configuration.workflow[key];
  if (!workflow) throw new Error(`there is no workflow ${key}`);
  const nodes = inOrder(workflow.nodes);
  const placeOf = (node: string) => nodes.findIndex((other) => other.key === node) + 1;
  return {
    form: workflow.form,
    audience: workflow.audience,
    calendar: workflow.calendar,
    start: workflow.start,
    source: workflow.source,
    sla: slaOf(workflow.sla),
    owner: ownersOf(workflow.ownerRules),
    nodes: nodes.map((node) => nodeOf(node, configuration)),
    links: Object.values(workflow.links)
      .map(({ from, to, type, lag, branch, calendar }) => ({
        from: placeOf(from),
        to: placeOf(to),
        type,
        lag,
        branch,
        calendar,
      }))
      .sort((a, b) => a.from - b.from || a.to - b.to),
    clocks: inOrder(workflow.clocks).map(({ key: _, order: __, anchor, mustContain, ...clock }) => ({
      ...clock,
      anchor: 'completionOf' in anchor ? anchor.completionOf.map(placeOf) : 'launch',
      mustContain: mustContain?.map(placeOf),
    })),
  };
}

function nodeOf({ key: _, order: __, ...node }: WorkflowNode & { key: string }, configuration: Configuration) {
  if (node.type !== 'task') return node;
  const task = configuration.task[node.task];
  return {
    type: node.type,
    title: node.title ?? task?.title,
    work: task?.type,
    activation:
      typeof node.activation === 'string' ? node.activation : { when: withoutGroupsOfOne(node.activation.when) },
    mandatory: node.mandatory,
    outsideSla: node.outsideSla ?? false,
    notBefore: node.notBefore,
    source: node.source ?? task?.source,
    sla: slaOf(node.sla ?? task?.sla),
    ladder: node.ladder ?? task?.ladder,
    owner: ownersOf(node.ownerRules ?? task?.ownerRules),
    estimate: node.estimate ?? task?.estimate,
    recurrence: node.recurrence ?? task?.recurrence,
  };
}

/** A group of one condition says what that condition says. */
function withoutGroupsOfOne(condition: Condition): Condition {
  if (condition.op === 'not') return { ...condition, condition: withoutGroupsOfOne(condition.condition) };
  if (!('conditions' in condition)) return condition;
  const conditions = condition.conditions.map(withoutGroupsOfOne);
  const [only] = conditions;
  return only && conditions.length === 1 ? only : { ...condition, conditions };
}

/** With what is meant where nothing is said: counted from the next day, until the office closes. */
function slaOf(set: SlaSet | undefined) {
  const { target, amber } = (set ?? {}) as Sla;
  return set && { target: { dayOne: 'next', dueAt: 'closeOfBusiness', ...target }, amber };
}

function ownersOf(rules: OwnerRules | undefined) {
  return inOrder(rules ?? {}).map(({ when, to }) => ({ when, to }));
}

/** Its plan from a day: dates, floats and the critical path, tasks again by their place. */
export function planOfDrawing(configuration: Configuration, key: string, start: string) {
  const calendars = compileCalendars(configuration, shippedBankHolidays);
  const planned = planWorkflow(configuration, key, start, calendars);
  if (!planned.ok) throw new Error(`${key} has no plan`);
  const order = inOrder(configuration.workflow[key]?.nodes ?? {}).map((node) => node.key);
  const placeOf = (node: string) => order.indexOf(node) + 1;
  const { tasks, criticalPath, finish } = planned.plan;
  return {
    finish,
    criticalPath: criticalPath.map(placeOf),
    tasks: Object.entries(tasks)
      .map(([node, { start: from, finish: to, float, critical }]) => ({
        place: placeOf(node),
        from,
        to,
        float,
        critical,
      }))
      .sort((a, b) => a.place - b.place),
  };
}
