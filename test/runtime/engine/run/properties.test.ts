import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { caseSchedule } from '../../../../runtime/engine/observe/case-schedule.ts';
import { caseTimeline } from '../../../../runtime/engine/observe/case-timeline.ts';
import { allowedCommands } from '../../../../runtime/engine/run/allowed.ts';
import { replay } from '../../../../runtime/engine/run/evolve.ts';
import { isOpenCase, isOpenTask, toCaseRow, toTaskRows, wakeAt } from '../../../../runtime/engine/run/rows.ts';
import type { CaseState, TaskState } from '../../../../runtime/engine/run/types.ts';
import type { CaseCommand, CaseCommandType } from '../../../../schemas/case-command.ts';
import { CaseEvent } from '../../../../schemas/case-event.ts';
import type { Player } from './case-player.ts';
import { compiled, HOUR, launchedCase, MONDAY } from './drawing.ts';

const hours = (value: number) => ({ value, unit: 'hours' });
const elapsed = (value: number) => ({ ...hours(value), basis: 'elapsed' });
const outcomes = {
  again: { order: 1, label: 'Again', kind: 'neutral' },
  enough: { order: 2, label: 'Enough', kind: 'success' },
};

/** Every kind of node, link, activation and recurrence; lags are hours that anybody can add up. */
const drawing = {
  nodes: {
    A: {
      mandatory: true,
      task: {
        ladder: 'L',
        sla: { target: hours(6), amber: { percent: 50 } },
        fields: { note: { order: 1, type: 'text', label: 'Note', mandatory: true } },
      },
    },
    B: { activation: { when: { op: 'is', of: { question: 'q' }, value: 'x' } } },
    C: { activation: 'manual', task: { repeatable: true, ladder: 'L' } },
    D: {
      type: 'decision',
      branches: { b: { order: 1, when: { op: 'is', of: { question: 'q' }, value: 'y' }, label: 'b' } },
      otherwise: { label: 'o' },
    },
    E: { task: { ladder: 'L' } },
    F: {},
    M: { type: 'milestone', stage: 'late' },
    R: {
      task: {
        outcomes,
        recurrence: { every: hours(5), anchor: 'completion', until: { outcome: 'enough' }, max: 3 },
      },
    },
    S: {
      task: { recurrence: { every: { value: 2, unit: 'calendarDays' }, anchor: 'schedule', until: 'none', max: 4 } },
    },
    Z: { type: 'end', outcome: 'done' },
  },
  links: [
    { from: 'A', to: 'B', lag: elapsed(3) },
    'B>C',
    'A>D',
    { from: 'D', to: 'E', branch: 'otherwise' },
    { from: 'D', to: 'F', branch: 'b' },
    { from: 'E', to: 'M', lag: elapsed(2) },
    'F>M',
    { from: 'A', to: 'R', type: 'SS', lag: elapsed(1) },
    'C>F FF',
    'M>Z',
  ],
  ladders: {
    L: {
      rungs: {
        amber: { trigger: { on: 'warning' } },
        late: {
          trigger: { on: 'breached' },
          to: ['group:leaders'],
          actions: [{ do: 'notify' }, { do: 'reassign', to: 'group:leaders' }],
        },
        stuck: { trigger: { on: 'stagnant', for: hours(5) }, repeat: { every: hours(2), max: 3 } },
      },
    },
  },
  workflow: { money: { grant: { order: 1, label: 'Grant' } } },
};
const bundle = compiled(drawing);

const step = fc.record({
  wait: fc.integer({ min: 0, max: 40 * HOUR }),
  pick: fc.nat(1000),
  task: fc.nat(1000),
  wrong: fc.nat(1000),
});

function commandFor(type: string, task: string, node: string, pick: number): CaseCommand {
  const more: Record<string, object> = {
    completeTask: {
      ...(task.startsWith('R') ? { outcome: pick % 2 ? 'again' : 'enough' } : {}),
      ...(task === 'A' ? { fields: { note: 'done' } } : {}),
    },
    holdTask: { reason: 'waiting' },
    bypassTask: { reason: 'x' },
    cancelTask: { reason: 'x', confirmed: [] },
    reopenTask: { reason: 'x' },
    reassignTask: { to: 'ben', reason: 'x' },
    delegateTask: { to: 'cara' },
    retargetTask: { target: hours(4 + (pick % 40)), reason: 'x', shiftSuccessors: true },
    recordFields: { fields: { note: pick % 3 ? 'x' : '' } },
    addNote: { text: 'x' },
    logContact: { channel: 'call', direction: 'in', text: 'x' },
    recordReferral: { agency: 'a' },
    attachDocument: { document: 'd', name: 'n' },
    holdCase: { reason: 'court' },
    closeCase: { reason: 'x' },
    cancelCase: { reason: 'x' },
    reopenCase: { reason: 'x' },
    changeCaseOwner: { to: 'cara', reason: 'x' },
    linkCase: { other: 'c2', relation: 'same household' },
    correctAnswers: { answers: { q: pick % 2 ? 'x' : 'y' }, reason: 'x' },
    recordMoney: { amounts: { grant: pick } },
    addTask: { node, predecessors: pick % 2 ? [] : [{ task: 'A', lag: elapsed(pick % 9) }] },
    launch: { answers: {} },
  };
  return { type, ...(task === '' ? {} : { task }), ...more[type] } as CaseCommand;
}

const onTasks: readonly CaseCommandType[] = [
  'startTask',
  'completeTask',
  'holdTask',
  'resumeTask',
  'bypassTask',
  'reopenTask',
  'reassignTask',
  'claimTask',
  'releaseTask',
  'delegateTask',
  'returnTask',
  'retargetTask',
  'acknowledge',
  'addNote',
];

/** Sends one allowed command; answers false where only its dates or its owner were wrong. */
function act(player: Player, now: number, pick: number, task: number): boolean {
  const allowed = allowedCommands(bundle, player.state, { ...player.env, now });
  const tasks = Object.entries(allowed.tasks).filter(([, types]) => types.length > 0);
  const [id, own] = tasks[task % Math.max(1, tasks.length)] ?? ['', []];
  const choices = [...own.map((type) => [type, id]), ...allowed.case.map((type) => [type, ''])];
  const [type = 'advance', target = ''] = choices[pick % Math.max(1, choices.length)] ?? [];
  let command = commandFor(type, target, allowed.addable[pick % Math.max(1, allowed.addable.length)] ?? 'C', pick);
  for (;;) {
    try {
      player.send(now, command);
      return true;
    } catch {
      const { code, cascade } = player.refused(now, command);
      if (code === 'CASCADE_UNCONFIRMED' && command.type === 'cancelTask' && command.confirmed?.length === 0) {
        command = { ...command, confirmed: [...(cascade ?? [])] };
        continue;
      }
      // Allowed says that the action is possible now: what was sent along may still be wrong.
      const aboutWords = ['TASK_TARGET_AFTER_CASE_TARGET', 'COMPLETION_REFUSED', 'TARGET_MISSING'];
      expect([...aboutWords, 'ALREADY_DELEGATED', 'NOT_ELIGIBLE']).toContain(code);
      return false;
    }
  }
}

/** Sends something the state does not take: it says why, says what else, and changes nothing. */
function refuse(player: Player, now: number, wrong: number): void {
  const before = player.state;
  const allowed = allowedCommands(bundle, before, { ...player.env, now }).tasks;
  const refused = Object.entries(allowed).flatMap(([task, own]) =>
    onTasks.filter((type) => !own.includes(type)).map((type) => [type, task] as const),
  );
  const [type, task] = refused[wrong % Math.max(1, refused.length)] ?? [];
  if (type === undefined || task === undefined) return;
  const rejection = player.refused(now, commandFor(type, task, 'C', wrong));
  expect(rejection.reason.length).toBeGreaterThan(15);
  expect(rejection.reason).not.toMatch(/undefined|null|\[object/);
  expect(rejection.allowed).not.toContain(type);
  expect(player.state).toBe(before);
}

const bound: Record<string, (tasks: CaseState['tasks'], steps: CaseState['steps']) => number> = {
  B: (tasks) => endOf(tasks['A'], 3),
  R: (tasks) => (isSkipped(tasks['A']) ? 0 : (tasks['A']?.startedAt ?? Infinity) + HOUR),
  E: (_tasks, steps) => (steps['D']?.branch === 'otherwise' ? (steps['D'].endedAt ?? Infinity) : Infinity),
  // Also reached past C, which nobody need add: a join waits for its live links, and for the decision to be taken (P6).
  F: (_tasks, steps) => steps['D']?.endedAt ?? Infinity,
};

const isSkipped = (task: TaskState | undefined): boolean =>
  task !== undefined && ['bypassed', 'cancelled', 'notApplicable'].includes(task.life);

function endOf(task: TaskState | undefined, lag: number): number {
  if (isSkipped(task)) return 0;
  return task?.life === 'complete' ? (task.endedAt ?? Infinity) + lag * HOUR : Infinity;
}

/** Nothing becomes ready before its predecessors and their lags, as the drawing says and in the state of that moment. */
function startsInOrder(player: Player): void {
  player.events.forEach((event, at) => {
    if (event.type !== 'taskReady') return;
    const { tasks, steps, releases } = replay(player.events.slice(0, at));
    const task = tasks[event.payload.task];
    if (!task) throw new Error('a task became ready that is not there');
    if (task.occurrence === 1) expect(event.effectiveAt).toBeGreaterThanOrEqual(bound[task.node]?.(tasks, steps) ?? 0);
    expect(event.effectiveAt).toBeGreaterThanOrEqual(task.notBefore ?? 0);
    for (const { task: before, lag } of task.added) {
      const end = endOf(tasks[before], (lag?.['value'] as number | undefined) ?? 0);
      expect(event.effectiveAt).toBeGreaterThanOrEqual(end);
    }
    expect(releases[task.id] ?? 0).toBeLessThanOrEqual(event.effectiveAt);
  });
}

/** What must hold of a case whatever was done to it. */
function holds(player: Player, now: number): void {
  const { state, events } = player;
  const again = replay(events);
  expect(again).toEqual(state);
  expect([toCaseRow(again), toTaskRows(again)]).toEqual([toCaseRow(state), toTaskRows(state)]);
  expect(state.revision).toBe(events.length);
  expect(events.every((event) => CaseEvent.safeParse(event).success)).toBe(true);
  const tasks = Object.values(state.tasks);
  for (const node of ['A', 'B', 'E', 'F']) expect(tasks.filter((task) => task.node === node).length).toBe(1);
  for (const [node, max] of [
    ['R', 3],
    ['S', 4],
  ] as const) {
    const series = tasks.filter((task) => task.node === node);
    expect(series.length).toBeLessThanOrEqual(max);
    expect(series.map(({ occurrence }) => occurrence)).toEqual(series.map((_, at) => at + 1));
  }
  const breaches = events.flatMap((event) =>
    event.type === 'slaBreached'
      ? [`${event.payload.item}/${event.payload.clock}/${event.payload.detail['cycle']}`]
      : [],
  );
  expect(new Set(breaches).size).toBe(breaches.length);
  const fired = events.flatMap((event) => (event.type === 'rungFired' ? [event.payload.firing] : []));
  expect(new Set(fired).size).toBe(fired.length);
  if (!isOpenCase(state)) expect([wakeAt(state), tasks.filter(isOpenTask)]).toEqual([null, []]);
  const sentences = caseTimeline(bundle, events).map(({ text }) => text);
  expect(sentences.filter((text) => /undefined|null|\[object|NaN/.test(text))).toEqual([]);
  const schedule = caseSchedule(bundle, state, { now, calendars: player.env.calendars });
  for (const { start, finish, state: how } of Object.values(schedule.items)) {
    expect(finish).toBeGreaterThanOrEqual(how === 'done' ? start : now);
    if (how === 'open') expect(finish).toBeGreaterThanOrEqual(start);
  }
}

/** The case asks to be woken in time: nothing of its clocks is due before, and woken it has something to say. */
function wakesRight(player: Player, now: number): void {
  player.send(now, { type: 'advance' });
  expect(player.send(now, { type: 'advance' })).toEqual([]);
  const wake = wakeAt(player.state);
  if (wake === null) return;
  expect(wake).toBeGreaterThan(now);
  const open = Object.values(player.state.time).flatMap(({ rows }) => Object.values(rows));
  const due = open.flatMap(({ outcome, dueAt, breachedAt }) =>
    outcome === 'open' && dueAt !== null && breachedAt === null ? [dueAt] : [],
  );
  // A deadline is met at its very instant, and missed a second later (C2).
  for (const at of due) expect(wake).toBeLessThanOrEqual(at + 1);
  expect(player.send(wake, { type: 'advance' }).length).toBeGreaterThan(0);
}

describe('from any state, any sequence of commands', () => {
  it('keeps the rules of a case: once-only tasks once, no start before its predecessors, rows as replayed, woken in time', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 16 }), fc.constantFrom<'x' | 'y'>('x', 'y'), (steps, q) => {
        const player = launchedCase(drawing, { bundle, answers: { q } });
        let now = MONDAY;
        for (const { wait, pick, task, wrong } of steps) {
          now += wait;
          player.runTo(now);
          refuse(player, now, wrong);
          act(player, now, pick, task);
        }
        holds(player, now);
        startsInOrder(player);
        wakesRight(player, now);
      }),
      { numRuns: 120 },
    );
  }, 240_000);
});
