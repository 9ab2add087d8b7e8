import type { Configuration } from '../../../schemas/configuration.ts';
import type { LocalDate } from '../../../schemas/ids.ts';
import type { Period } from '../../../schemas/period.ts';
import type { Estimate } from '../../../schemas/task.ts';
import type { Lag, TaskNode } from '../../../schemas/workflow.ts';
import { dateInWords, type EpochDay, epochDayOf } from '../calendar/dates.ts';
import type { EditCommand } from '../edit/command.ts';
import { buildPlanNetwork, type Calendars, type PlanLink, type PlanNetwork, type PlanNode } from './network.ts';
import { boundOf, dayAt, type ForwardPass, finishOf, passForward } from './plan.ts';
import { type Workdays, workdaysOf } from './workdays.ts';

/** A bar taken hold of: which node of which workflow, planned from when. */
export interface HeldBar {
  readonly workflow: string;
  readonly node: string;
  readonly start: LocalDate;
}

/** The command that moves a bar, or why nothing does. */
export type BarGesture = { readonly ok: true; readonly command: EditCommand } | { readonly ok: false; reason: string };

/**
 * Moves the start of a bar to a date by the lag of the links that hold it (S3): a later start lengthens one of them, an earlier
 * one shortens all. A lag in working days lands on the next working day.
 */
export function moveBarStart(
  configuration: Configuration,
  bar: HeldBar,
  wanted: LocalDate,
  calendars: Calendars,
): BarGesture {
  const held = findHeld(configuration, bar, calendars);
  if ('reason' in held) return { ok: false, reason: held.reason };
  const { network, node, pass, at } = held;
  const drawn = configuration.workflow[bar.workflow]?.nodes[bar.node];
  const day = epochDayOf(wanted);
  const links = holdingLinks(node, pass, dayAt(pass.starts, at));
  if (links.length === 0) return moveFixedStart(bar, drawn?.type === 'task' ? drawn : undefined, wanted);
  const through = links.find((link) => !isDrawn(configuration, bar, link, network));
  if (through) {
    const by = configuration.workflow[bar.workflow]?.links[through.key]?.from ?? through.key;
    return {
      ok: false,
      reason: `${bar.node} waits through ${by}, which the plan leaves out: a lag there changes nothing.`,
    };
  }
  const changed = day > dayAt(pass.starts, at) ? links.slice(0, 1) : links;
  const commands = changed.map((link): EditCommand => {
    const lag = lagTo(link, node, pass, day);
    return { type: 'setLag', workflow: bar.workflow, link: link.key, ...(lag ? { lag } : {}) };
  });
  const [first, ...others] = commands;
  if (!first) return { ok: false, reason: `Nothing holds ${bar.node}.` };
  if (others.length === 0) return { ok: true, command: first };
  return { ok: true, command: { type: 'batch', label: `Start ${bar.node} on ${dateInWords(wanted)}`, commands } };
}

/** Moves the end of a bar to a date by the node's own likely estimate (P10); never before its start. */
export function moveBarFinish(
  configuration: Configuration,
  bar: HeldBar,
  wanted: LocalDate,
  calendars: Calendars,
): BarGesture {
  const held = findHeld(configuration, bar, calendars);
  if ('reason' in held) return { ok: false, reason: held.reason };
  const { network, node, pass, at } = held;
  const drawn = configuration.workflow[bar.workflow]?.nodes[bar.node];
  if (drawn?.type !== 'task') return { ok: false, reason: `${bar.node} takes no time: only tasks have a length.` };
  const start = dayAt(pass.starts, at);
  const before = drawn.estimate ?? configuration.task[drawn.task]?.estimate;
  const likely = lengthTo(node.target, start, Math.max(start, epochDayOf(wanted)), workdaysOf(network.calendar));
  return { ok: true, command: setEstimate(bar, withLikely(before, likely)) };
}

/** The command that gives a node its own estimate. */
export function setEstimate(bar: Pick<HeldBar, 'workflow' | 'node'>, estimate: Estimate): EditCommand {
  return { type: 'setNodeField', workflow: bar.workflow, node: bar.node, field: 'estimate', value: estimate };
}

interface Held {
  readonly network: PlanNetwork;
  readonly node: PlanNode;
  readonly pass: ForwardPass;
  readonly at: number;
}

function findHeld(configuration: Configuration, bar: HeldBar, calendars: Calendars): Held | { reason: string } {
  const workflow = configuration.workflow[bar.workflow];
  const built = workflow && buildPlanNetwork(configuration, workflow, calendars);
  if (!built || !('network' in built)) return { reason: 'The drawing cannot be planned as it stands.' };
  const { network } = built;
  const at = network.nodes.findIndex((node) => node.key === bar.node);
  const node = network.nodes[at];
  if (!node)
    return { reason: `${bar.node} is left out of the plan: it is added by hand, recurs or lies outside the SLA.` };
  return { network, node, at, pass: passForward(network, epochDayOf(bar.start)) };
}

function holdingLinks(node: PlanNode, pass: ForwardPass, start: EpochDay): PlanLink[] {
  return node.incoming.filter((link) => holds(link, node, pass, start));
}

/** Whether a link holds its node at the day it starts: without it the node could start earlier. */
export function holds(link: PlanLink, node: PlanNode, pass: ForwardPass, start: EpochDay): boolean {
  const bound = boundOf(link, pass.starts, pass.finishes);
  if (link.type === 'FS' || link.type === 'SS') return bound === start;
  return finishOf(node, start - 1) < bound;
}

/** A start that no link holds: only a date of its own can move. */
function moveFixedStart(bar: HeldBar, node: TaskNode | undefined, wanted: LocalDate): BarGesture {
  if (node?.notBefore === undefined) {
    const reason = `${bar.node} starts with the case: link it to another task, and the lag of that link moves it.`;
    return { ok: false, reason };
  }
  const { workflow, node: key } = bar;
  return { ok: true, command: { type: 'setNodeField', workflow, node: key, field: 'notBefore', value: wanted } };
}

/** Whether the link itself is planned, and not the way through a node that is left out. */
function isDrawn(configuration: Configuration, bar: HeldBar, link: PlanLink, network: PlanNetwork): boolean {
  return configuration.workflow[bar.workflow]?.links[link.key]?.from === network.nodes[link.from]?.key;
}

/** The lag with which a link lets its node start on a day. */
function lagTo(link: PlanLink, node: PlanNode, pass: ForwardPass, day: EpochDay): Lag | undefined {
  const byFinish = link.type === 'FS' || link.type === 'FF';
  const from = byFinish ? dayAt(pass.finishes, link.from) : dayAt(pass.starts, link.from);
  const to = link.type === 'FS' || link.type === 'SS' ? day : finishOf(node, day);
  return lagBetween(link.lag, from, to, workdaysOf(link.calendar));
}

/** A lag from one day to another in the unit of the lag it replaces where that fits, by default in working days. */
function lagBetween(before: Lag | undefined, from: EpochDay, to: EpochDay, workdays: Workdays): Lag | undefined {
  const { unit = 'workingDays', basis = 'working' } = before ?? {};
  if (unit === 'workingDays') {
    const value = workdays.between(from, workdays.atOrAfter(to));
    return value === 0 ? undefined : { value, unit, basis };
  }
  const days = to - from;
  if (days === 0) return undefined;
  if (unit === 'weeks' && days % 7 === 0) return { value: days / 7, unit, basis };
  return { value: days, unit: 'calendarDays', basis: unit === 'calendarDays' ? basis : 'elapsed' };
}

/** A length from one day to another in the unit of the one it replaces where that fits, else in working days. */
function lengthTo(before: Period | undefined, from: EpochDay, to: EpochDay, workdays: Workdays): Period {
  const days = to - from;
  if (before?.unit === 'calendarDays') return { value: days, unit: 'calendarDays' };
  if (before?.unit === 'weeks' && days % 7 === 0) return { value: days / 7, unit: 'weeks' };
  return { value: Math.max(0, workdays.between(from, workdays.atOrAfter(to))), unit: 'workingDays' };
}

/** The shortest and longest time make room for the likely one; those of another unit become it. */
function withLikely(before: Estimate | undefined, likely: Period): Estimate {
  const keep = (bound: Period | undefined, choose: (a: number, b: number) => number): Period =>
    bound?.unit === likely.unit ? { value: choose(bound.value, likely.value), unit: likely.unit } : likely;
  return { minimum: keep(before?.minimum, Math.min), likely, maximum: keep(before?.maximum, Math.max) };
}
