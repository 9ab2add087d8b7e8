// Prints the cost of schedules and of single edits beside their limits and a plain textbook scheduler in the same run (S9).
// Run: npx tsx test/bench/schedule.bench.ts

import { type Plan, schedulePlan } from '../../runtime/engine/schedule/calendar-schedule.ts';
import { generateNetwork } from '../../runtime/engine/schedule/generate.ts';
import { IncrementalSchedule } from '../../runtime/engine/schedule/incremental.ts';
import {
  compileNetwork,
  type Network,
  type NetworkLink,
  type NetworkTask,
} from '../../runtime/engine/schedule/network.ts';
import { computeSchedule } from '../../runtime/engine/schedule/pass.ts';

interface Drawing {
  readonly tasks: readonly NetworkTask[];
  readonly links: readonly NetworkLink[];
}

const EDITS = 5000;
const small = drawing(10_000, 200);
const large = drawing(100_000, 2000);

const peer = milliseconds(15, () => scheduleByTheBook(small));
report(
  '10,000 tasks',
  milliseconds(60, () => scheduleAll(small)),
  5,
  peer,
);
report(
  '10,000 tasks on a minute calendar',
  milliseconds(60, () => schedulePlan(planOf(small))),
  20,
  peer,
);
report(
  '100,000 tasks',
  milliseconds(20, () => scheduleAll(large)),
  100,
  milliseconds(5, () => scheduleByTheBook(large)),
);
const edits = timeEdits(small);
report('one edit at 10,000 tasks, median', edits[EDITS / 2] ?? NaN, 0.1, peer);
report('one edit at 10,000 tasks, 95 in 100', edits[EDITS * 0.95] ?? NaN, 2, peer);

function drawing(n: number, window: number): Drawing {
  const settings = { n, seed: 3, window, maxPred: 3, kinds: 'ALL', leads: true };
  // As read from a file: that is how drawings arrive.
  return JSON.parse(JSON.stringify(generateNetwork(settings))) as Drawing;
}

function compile({ tasks, links }: Drawing): Network {
  const { network } = compileNetwork(tasks, links);
  if (network === undefined) throw new Error('expected a network without a cycle');
  return network;
}

/** Ids to dates and floats: compiling counts. */
function scheduleAll(drawn: Drawing): number {
  return computeSchedule(compile(drawn)).makespan;
}

function planOf({ tasks, links }: Drawing): Plan {
  const hours = [['09:00', '12:30'] as const, ['13:00', '17:00'] as const];
  return {
    projectStart: '2026-03-30T09:00',
    defaultCalendar: 'office',
    calendars: [{ id: 'office', week: { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours } }],
    tasks: tasks.map(({ id, duration }) => ({ id, durationMinutes: duration * 37 })),
    links: links.map(({ from, to, type, lag }) => ({ from, to, type, lagMinutes: lag * 37 })),
  };
}

/** Sorted times of single edits in ms: durations, lags, new and removed links, each with its makespan. */
function timeEdits(drawn: Drawing): Float64Array {
  const schedule = new IncrementalSchedule(compile(drawn));
  const draw = generator(7);
  const times = new Float64Array(EDITS);
  for (let i = 0; i < EDITS; i++) {
    const edit = drawEdit(schedule, drawn, draw);
    const before = performance.now();
    edit();
    if (schedule.makespan < 0) throw new Error('expected a makespan of 0 or more');
    times[i] = performance.now() - before;
  }
  return times.sort();
}

function drawEdit(schedule: IncrementalSchedule, { tasks, links }: Drawing, draw: () => number): () => unknown {
  const task = draw() % (tasks.length - 60);
  const [from, to] = [`T${task}`, `T${task + 1 + (draw() % 50)}`];
  const old = links[draw() % links.length] as NetworkLink;
  const amount = draw() % 20;
  const kind = draw() % 3;
  if (kind === 0) return () => schedule.setDuration(from, amount);
  if (kind === 1 && schedule.hasLink(old.from, old.to)) return () => schedule.setLag(old.from, old.to, amount - 4);
  if (schedule.hasLink(from, to)) return () => schedule.removeLink(from, to);
  return () => schedule.addLink({ from, to, type: 'FS', lag: 0 });
}

/** The peer: records, maps and recursion-free passes as a textbook has them, early and late dates only. */
function scheduleByTheBook({ tasks, links }: Drawing): number {
  const nodes = new Map(
    tasks.map(({ id, duration }) => [id, { duration, es: 0, ls: Infinity, waiting: 0, out: [] as NetworkLink[] }]),
  );
  const node = (id: string) => nodes.get(id) as NonNullable<ReturnType<typeof nodes.get>>;
  for (const link of links) {
    node(link.from).out.push(link);
    node(link.to).waiting++;
  }
  const weight = ({ from, to, type, lag }: NetworkLink): number =>
    lag +
    (type === 'FS' || type === 'FF' ? node(from).duration : 0) -
    (type === 'FF' || type === 'SF' ? node(to).duration : 0);
  const order = tasks.map(({ id }) => id).filter((id) => node(id).waiting === 0);
  for (const id of order) {
    for (const link of node(id).out) {
      const next = node(link.to);
      next.es = Math.max(next.es, node(id).es + weight(link));
      next.waiting--;
      if (next.waiting === 0) order.push(link.to);
    }
  }
  const makespan = order.reduce((last, id) => Math.max(last, node(id).es + node(id).duration), 0);
  for (const id of order.reverse()) {
    const bounds = node(id).out.map((link) => node(link.to).ls - weight(link));
    node(id).ls = Math.min(makespan - node(id).duration, ...bounds);
  }
  return makespan;
}

/** Middle of some runs in processor time, so that what else runs on the machine counts little. */
function milliseconds(runs: number, work: () => unknown): number {
  const times = Array.from({ length: runs }, () => {
    const before = process.cpuUsage().user;
    work();
    return (process.cpuUsage().user - before) / 1000;
  });
  return times.sort((a, b) => a - b)[runs >> 1] ?? NaN;
}

function report(what: string, taken: number, limit: number, beside: number): void {
  const shown = `${taken.toPrecision(3)} ms, ${(taken / limit).toFixed(2)} of the limit of ${limit} ms`;
  console.log(`${what}: ${shown}, ${(taken / beside).toPrecision(2)} of the textbook's ${beside.toFixed(1)} ms`);
  if (taken > limit) process.exitCode = 1;
}

function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state >>> 8;
  };
}
