import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compileNetwork,
  computeSchedule,
  fingerprintSchedule,
  generateNetwork,
  IncrementalSchedule,
  type LinkType,
  type Network,
  type NetworkLink,
  type NetworkTask,
  type Plan,
  schedulePairs,
  schedulePlan,
} from '../../../../runtime/engine/index.ts';

const types: readonly LinkType[] = ['FS', 'SS', 'FF', 'SF'];
const networks = fc
  .record({
    durations: fc.array(fc.nat(20), { maxLength: 30 }),
    picks: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat(3), fc.integer({ min: -4, max: 8 }))),
  })
  .map(({ durations, picks }) => {
    const tasks: NetworkTask[] = durations.map((duration, i) => ({ id: `t${i}`, duration }));
    const links: NetworkLink[] = [];
    for (const [a, b, type, lag] of tasks.length > 1 ? picks : []) {
      const [from, to] = [a % tasks.length, b % tasks.length].sort((x, y) => x - y) as [number, number];
      if (from !== to) links.push({ from: `t${from}`, to: `t${to}`, type: types[type] as LinkType, lag });
    }
    return { tasks, links };
  });

describe('any network', () => {
  it('keeps every link and every task within launch and finish, early and late', () => {
    fc.assert(
      fc.property(networks, ({ tasks, links }) => {
        const schedule = computeSchedule(compile(tasks, links));
        for (const start of schedule.earlyStart) expect(start).toBeGreaterThanOrEqual(0);
        for (const finish of schedule.lateFinish) expect(finish).toBeLessThanOrEqual(schedule.makespan);
        for (const float of schedule.linkFloat) expect(float).toBeGreaterThanOrEqual(0);
        for (const float of schedule.totalFloat) expect(float).toBeGreaterThanOrEqual(0);
        for (const [i, free] of schedule.freeFloat.entries())
          expect(free).toBeLessThanOrEqual(schedule.totalFloat[i] as number);
        expect(tasks.length === 0 || schedule.totalFloat.some((float) => float === 0)).toBe(true);
      }),
    );
  });

  it('gives the same dates whatever the order in which tasks and links are listed', () => {
    fc.assert(
      fc.property(networks, ({ tasks, links }) => {
        const there = compile(tasks, links);
        const back = compile(tasks.toReversed(), links.toReversed());
        expect(datesById(back)).toEqual(datesById(there));
      }),
    );
  });

  it('moves as a whole when everything may start later by the same time', () => {
    fc.assert(
      fc.property(networks, fc.nat(50), ({ tasks, links }, shift) => {
        const network = compile(
          tasks,
          links
            .map((link) => ({ ...link, lag: Math.max(0, link.lag) }))
            .filter(({ type }) => type === 'FS' || type === 'SS'),
        );
        const plain = computeSchedule(network);
        const late = computeSchedule(network, { notBefore: new Float64Array(network.taskCount).fill(shift) });
        expect([...late.earlyStart]).toEqual(Array.from(plain.earlyStart, (start) => start + shift));
        expect([...late.totalFloat]).toEqual([...plain.totalFloat]);
      }),
    );
  });

  it('is the same on pairs of fixed length as on plain numbers', () => {
    fc.assert(
      fc.property(networks, ({ tasks, links }) => {
        const plain = computeSchedule(compile(tasks, links));
        const { schedule } = schedulePairs(
          tasks.map(({ id, duration }) => ({
            id,
            finishFor: (start) => start + duration,
            latestStartFor: (finish) => finish - duration,
          })),
          links.map(({ from, to, type, lag }) => ({
            from,
            to,
            type,
            after: (end) => end + lag,
            before: (bound) => bound - lag,
          })),
          0,
        );
        expect(schedule?.dates.map((dates) => [dates.earlyStart, dates.lateStart, dates.totalFloat])).toEqual(
          tasks.map((_, i) => [plain.earlyStart[i], plain.lateStart[i], plain.totalFloat[i]]),
        );
        expect(schedule?.startClampActive).toBe(plain.startClampActive);
      }),
    );
  });
});

describe('incremental edits', () => {
  it('give the schedule of a full run after every edit, and refuse every link that closes a cycle', () => {
    fc.assert(
      fc.property(
        fc.nat(1_000_000),
        fc.array(fc.tuple(fc.nat(2), fc.nat(), fc.nat(), fc.integer({ min: -3, max: 9 })), { maxLength: 25 }),
        (seed, edits) => {
          const { tasks, links } = generateNetwork({ n: 25, seed, window: 8, maxPred: 3, kinds: 'ALL', leads: true });
          const live = new IncrementalSchedule(compile(tasks, links));
          const state = { tasks: [...tasks], links: [...links] };
          for (const [kind, a, b, amount] of edits) {
            edit(live, state, [kind, a, b, amount]);
            const full = computeSchedule(compile(state.tasks, state.links));
            expect(live.fingerprint()).toBe(fingerprintSchedule(full));
            expect(live.makespan).toBe(full.makespan);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('name the cycle that a refused link would close', () => {
    const chain = compile(
      ['a', 'b', 'c'].map((id) => ({ id, duration: 1 })),
      [link('a', 'b'), link('b', 'c')],
    );
    const live = new IncrementalSchedule(chain);
    expect(live.addLink(link('c', 'a'))).toEqual({ made: false, cycle: ['a', 'b', 'c'] });
    expect(live.addLink(link('a', 'a'))).toEqual({ made: false, cycle: ['a'] });
    expect(live.makespan).toBe(3);
  });
});

describe('the fast path of one calendar', () => {
  it('gives the dates that walking from date to date gives', () => {
    fc.assert(
      fc.property(networks, ({ tasks, links }) => {
        const plan = planOf(tasks, links);
        const walked = {
          ...plan,
          calendars: [...plan.calendars, { ...(plan.calendars[0] as Plan['calendars'][number]), id: 'same' }],
        };
        const fast = schedulePlan(plan).schedule;
        const slow = schedulePlan({
          ...walked,
          tasks: plan.tasks.map((task) => ({ ...task, calendar: 'same' })),
        }).schedule;
        expect([...(slow?.totalFloat ?? [])]).toEqual([...(fast?.totalFloat ?? [])]);
        expect([...(slow?.earlyFinish ?? [])].map(nextOpen)).toEqual([...(fast?.earlyFinish ?? [])].map(nextOpen));
        expect([...(slow?.lateStart ?? [])].map(nextOpen)).toEqual([...(fast?.lateStart ?? [])].map(nextOpen));
      }),
    );
  });
});

interface Drawn {
  tasks: NetworkTask[];
  links: NetworkLink[];
}

function edit(live: IncrementalSchedule, state: Drawn, [kind, a, b, amount]: [number, number, number, number]): void {
  const from = `T${a % state.tasks.length}`;
  const to = `T${b % state.tasks.length}`;
  if (kind === 0) {
    live.setDuration(from, Math.abs(amount));
    state.tasks = state.tasks.map((task) => (task.id === from ? { ...task, duration: Math.abs(amount) } : task));
    return;
  }
  const old = state.links[a % Math.max(1, state.links.length)];
  if (kind === 1 && old !== undefined) {
    live.removeLink(old.from, old.to);
    state.links = state.links.filter((link) => link !== old);
    return;
  }
  if (live.hasLink(from, to)) {
    live.setLag(from, to, amount);
    state.links = state.links.map((link) => (link.from === from && link.to === to ? { ...link, lag: amount } : link));
    return;
  }
  const added: NetworkLink = { from, to, type: types[b % 4] as LinkType, lag: amount };
  const closesCycle = compileNetwork(state.tasks, [...state.links, added]).network === undefined;
  expect(live.addLink(added).made).toBe(!closesCycle);
  if (!closesCycle) state.links.push(added);
}

function link(from: string, to: string): NetworkLink {
  return { from, to, type: 'FS', lag: 0 };
}

function compile(tasks: readonly NetworkTask[], links: readonly NetworkLink[]): Network {
  const { network } = compileNetwork(tasks, links);
  if (network === undefined) throw new Error('expected a network without a cycle');
  return network;
}

function datesById(network: Network): unknown {
  const schedule = computeSchedule(network);
  const rows = network.ids.map((id, i) => [id, [schedule.earlyStart[i], schedule.lateStart[i], schedule.freeFloat[i]]]);
  return Object.fromEntries(rows as [string, unknown][]);
}

function planOf(tasks: readonly NetworkTask[], links: readonly NetworkLink[]): Plan {
  const hours = [['09:00', '12:30'] as const, ['13:00', '17:00'] as const];
  return {
    projectStart: '2026-03-30T09:00',
    defaultCalendar: 'one',
    calendars: [{ id: 'one', week: { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours } }],
    tasks: tasks.map(({ id, duration }) => ({ id, durationMinutes: duration * 30 })),
    links: links.map(({ from, to, type, lag }) => ({ from, to, type, lagMinutes: lag * 30 })),
  };
}

/** The next opening of those hours, by stepping half hours: an answer of the test's own. */
function nextOpen(minute: number): number {
  for (let at = minute; ; at += 30) {
    const day = Math.floor(at / 1440);
    const clock = at - day * 1440;
    const weekday = (day + 3) % 7;
    if (weekday < 5 && ((clock >= 540 && clock < 750) || (clock >= 780 && clock < 1020))) return at;
  }
}
