import type { WorkflowDocument } from '../../schemas/workflow.ts';
import type { Position, WorkflowPlan } from '../document/engine.ts';
import { daysBetween } from '../words/date-words.ts';
import { CARD } from './layout.ts';

export type Edge = 'left' | 'centre' | 'right' | 'top' | 'middle' | 'bottom';
type Positions = Readonly<Record<string, Position>>;

/** Puts one edge of the cards in line; all cards are of one size, so centres and both edges go together. */
export function alignCards(positions: Positions, nodes: readonly string[], edge: Edge): Record<string, Position> {
  const here = nodes.flatMap((node) => (positions[node] ? [{ node, ...positions[node] }] : []));
  const across = edge === 'left' || edge === 'centre' || edge === 'right';
  const values = here.map(({ x, y }) => (across ? x : y));
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const target =
    edge === 'left' || edge === 'top' ? least : edge === 'right' || edge === 'bottom' ? most : (least + most) / 2;
  return Object.fromEntries(here.map(({ node, x, y }) => [node, across ? { x: target, y } : { x, y: target }]));
}

/** Equal distances between the outermost cards. */
export function spreadCards(
  positions: Positions,
  nodes: readonly string[],
  along: 'x' | 'y',
): Record<string, Position> {
  const here = nodes
    .flatMap((node) => (positions[node] ? [{ node, ...positions[node] }] : []))
    .sort((a, b) => a[along] - b[along]);
  const [first, last] = [here[0], here.at(-1)];
  if (!first || !last || here.length < 3) return Object.fromEntries(here.map(({ node, x, y }) => [node, { x, y }]));
  const step = (last[along] - first[along]) / (here.length - 1);
  return Object.fromEntries(
    here.map(({ node, x, y }, at) => [node, { x, y, [along]: first[along] + step * at } as Position]),
  );
}

const GAP = { x: 28, y: 36 };

/** From left to right by earliest start, in rows that do not touch; what no plan dates stands below. */
export function layoutByTime(workflow: WorkflowDocument, plan: WorkflowPlan): Record<string, Position> {
  const dated = Object.entries(plan.tasks)
    .filter(([node]) => Object.hasOwn(workflow.nodes, node))
    .sort(
      ([a, one], [b, other]) => compare(one.start, other.start) || compare(one.finish, other.finish) || compare(a, b),
    );
  const first = dated[0]?.[1].start;
  if (first === undefined) return {};
  const starts = [...new Set(dated.map(([, task]) => task.start))];
  // Days are as wide as keeps neighbouring starts apart, but a long pause is not drawn in full.
  const columns = new Map<string, number>();
  let x = 0;
  starts.forEach((start, at) => {
    const before = starts[at - 1];
    if (before !== undefined) x += CARD.width + GAP.x + Math.min(120, Math.max(0, daysBetween(before, start) - 3) * 8);
    columns.set(start, x);
  });
  const rowEnds: number[] = [];
  const positions: Record<string, Position> = {};
  for (const [node, task] of dated) {
    const left = columns.get(task.start) ?? 0;
    const free = rowEnds.findIndex((end) => end <= left);
    const row = free < 0 ? rowEnds.length : free;
    rowEnds[row] = left + CARD.width + GAP.x;
    positions[node] = { x: left, y: row * (CARD.height + GAP.y) };
  }
  const rest = Object.keys(workflow.nodes).filter((node) => !positions[node]);
  rest.forEach((node, at) => {
    positions[node] = { x: at * (CARD.width + GAP.x), y: (rowEnds.length + 0.5) * (CARD.height + GAP.y) };
  });
  return positions;
}

/** A lane of the drawing: who, and from where to where it reaches. */
export interface Lane {
  key: string;
  title: string;
  x: number;
  width: number;
  height: number;
}

/** One column a lane, in the order their work begins; within it each card below its predecessors. */
export function layoutByLane(
  ranked: Positions,
  laneOf: Readonly<Record<string, { key: string; title: string }>>,
): { positions: Record<string, Position>; lanes: Lane[] } {
  const nodes = Object.keys(ranked).sort(
    (a, b) => (ranked[a]?.y ?? 0) - (ranked[b]?.y ?? 0) || (ranked[a]?.x ?? 0) - (ranked[b]?.x ?? 0),
  );
  const rows = [...new Set(nodes.map((node) => ranked[node]?.y ?? 0))];
  const order = [...new Set(nodes.map((node) => laneOf[node]?.key ?? ''))];
  // A row with several cards of one lane is as wide as the widest such row of it.
  const cells = new Map<string, string[]>();
  for (const node of nodes) {
    const cell = `${laneOf[node]?.key ?? ''} ${ranked[node]?.y ?? 0}`;
    cells.set(cell, [...(cells.get(cell) ?? []), node]);
  }
  const height = rows.length * (CARD.height + GAP.y) + LANE_HEAD;
  const lanes: Lane[] = [];
  const positions: Record<string, Position> = {};
  let x = 0;
  for (const key of order) {
    const width = Math.max(1, ...rows.map((y) => cells.get(`${key} ${y}`)?.length ?? 0)) * (CARD.width + GAP.x) + GAP.x;
    rows.forEach((y, row) => {
      cells.get(`${key} ${y}`)?.forEach((node, at) => {
        positions[node] = { x: x + GAP.x + at * (CARD.width + GAP.x), y: row * (CARD.height + GAP.y) };
      });
    });
    const title = nodes.map((node) => laneOf[node]).find((lane) => lane?.key === key)?.title ?? '';
    lanes.push({ key, title, x, width, height });
    x += width;
  }
  return { positions, lanes };
}

/** Room above the cards for the name of a lane. */
export const LANE_HEAD = 52;

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
