import { describe, expect, it } from 'vitest';
import { allowedCommands } from '../../../../runtime/engine/run/allowed.ts';
import type { CaseCommand, CaseCommandType } from '../../../../schemas/case-command.ts';
import type { Player } from './case-player.ts';
import { compiled, HOUR, launchedCase, lives, MONDAY } from './drawing.ts';

/** A is worked on; B comes after it; C is added by hand; D only happens on a branch not taken. */
const drawing = {
  nodes: {
    A: { task: { ladder: 'L', fields: { rent: { order: 1, type: 'money', label: 'Rent', mandatory: false } } } },
    B: {},
    C: { activation: 'manual' },
    G: {
      type: 'decision',
      branches: { yes: { order: 1, when: { op: 'is', of: { question: 'q' }, value: 'y' }, label: 'yes' } },
      otherwise: { label: 'no' },
    },
    D: {},
  },
  links: ['A>B', { from: 'G', to: 'D', branch: 'yes' }],
  ladders: { L: { rungs: { amber: { trigger: { on: 'warning' } } } } },
  workflow: { money: { budget: { order: 1, label: 'Budget' } } },
};
const bundle = compiled(drawing);

type Road = readonly [task: string, lead: (player: Player) => void];
const on = (command: CaseCommand) => (player: Player) => void player.send(MONDAY, command);

/** The nine states a task can be in, and how this drawing brings one there. */
const states: Record<string, Road> = {
  notAdded: ['C', () => undefined],
  pending: ['B', () => undefined],
  notApplicable: ['D', () => undefined],
  ready: ['A', () => undefined],
  inProgress: ['A', on({ type: 'startTask', task: 'A' })],
  onHold: ['A', on({ type: 'holdTask', task: 'A', reason: 'waiting' })],
  complete: ['A', on({ type: 'completeTask', task: 'A' })],
  bypassed: ['A', on({ type: 'bypassTask', task: 'A', reason: 'x' })],
  cancelled: ['A', on({ type: 'cancelTask', task: 'A', reason: 'x', confirmed: ['B'] })],
};

/** Every action on a task, asked for properly, so that only the state can refuse it. */
const actions = (task: string): Record<string, CaseCommand> => ({
  startTask: { type: 'startTask', task },
  completeTask: { type: 'completeTask', task },
  holdTask: { type: 'holdTask', task, reason: 'court' },
  resumeTask: { type: 'resumeTask', task },
  bypassTask: { type: 'bypassTask', task, reason: 'x' },
  cancelTask: { type: 'cancelTask', task, reason: 'x', confirmed: task === 'A' ? ['B'] : [] },
  reopenTask: { type: 'reopenTask', task, reason: 'x' },
  reassignTask: { type: 'reassignTask', task, to: 'ben', reason: 'x' },
  claimTask: { type: 'claimTask', task },
  releaseTask: { type: 'releaseTask', task },
  delegateTask: { type: 'delegateTask', task, to: 'ben' },
  returnTask: { type: 'returnTask', task },
  retargetTask: { type: 'retargetTask', task, dueOn: '2027-01-20', reason: 'x', shiftSuccessors: true },
  acknowledge: { type: 'acknowledge', task },
  recordFields: { type: 'recordFields', task, fields: {} },
  recordReferral: { type: 'recordReferral', task, agency: 'shelter' },
  addNote: { type: 'addNote', task, text: 'x' },
  logContact: { type: 'logContact', task, channel: 'call', direction: 'in', text: 'x' },
  attachDocument: { type: 'attachDocument', task, document: 'd1', name: 'letter.pdf' },
});

const y = 'taken';
const nobody = 'Task Task A belongs to nobody, so there is nothing to release.';
const notDelegated = 'Task Task A is not delegated.';
const isState: Record<string, string> = {
  notAdded: 'Task Task C has not been added yet',
  pending: 'Task Task B waits for its predecessors',
  notApplicable: 'Task Task D is not applicable',
  ready: 'Task Task A is ready to be started',
  inProgress: 'Task Task A is in progress',
  onHold: 'Task Task A is on hold',
  complete: 'Task Task A is complete',
  bypassed: 'Task Task A was bypassed',
  cancelled: 'Task Task A was cancelled',
};

/** The end of the sentence a person reads. */
const cannot: Record<string, string> = {
  startTask: 'it cannot be started',
  completeTask: 'it cannot be completed',
  holdTask: 'it cannot be put on hold',
  resumeTask: 'it cannot be resumed',
  bypassTask: 'it cannot be bypassed',
  cancelTask: 'it cannot be cancelled',
  reopenTask: 'it cannot be reopened',
  reassignTask: 'it cannot be reassigned',
  claimTask: 'it cannot be claimed',
  releaseTask: 'it cannot be released',
  delegateTask: 'it cannot be delegated',
  returnTask: 'it cannot be returned',
  retargetTask: 'its target cannot be changed',
  acknowledge: 'its escalation cannot be acknowledged',
  recordFields: 'its fields cannot be filled in',
  recordReferral: 'no referral can be recorded',
  addNote: 'no note can be added',
  logContact: 'no contact can be logged',
  attachDocument: 'no document can be attached',
  holdCase: 'it cannot be put on hold',
  resumeCase: 'it cannot be resumed',
  changeCaseOwner: 'its owner cannot be changed',
  recordMoney: 'no amounts can be recorded',
  addTask: 'no task can be added',
  closeCase: 'it cannot be closed',
  cancelCase: 'it cannot be cancelled',
  reopenCase: 'it cannot be reopened',
};

/** What each state answers to each action: taken, the state as the reason (empty), or another reason. */
const table: Record<string, Record<string, string>> = {
  //             not added  pending  n/a    ready          inProgress     onHold         complete bypassed cancelled
  startTask: row('', '', '', y, '', '', '', '', ''),
  completeTask: row('', '', '', y, y, '', '', '', ''),
  holdTask: row('', '', '', y, y, y, '', '', ''),
  resumeTask: row('', '', '', '', '', y, '', '', ''),
  bypassTask: row('', y, '', y, y, y, '', '', ''),
  cancelTask: row('', y, '', y, y, y, '', '', ''),
  reopenTask: row('', '', '', '', '', '', y, y, y),
  reassignTask: row('', y, '', y, y, y, '', '', ''),
  claimTask: row('', '', '', y, y, y, '', '', ''),
  releaseTask: row('', '', '', nobody, nobody, nobody, '', '', ''),
  delegateTask: row('', '', '', y, y, y, '', '', ''),
  returnTask: row('', '', '', notDelegated, notDelegated, notDelegated, '', '', ''),
  retargetTask: row('', '', '', y, y, y, '', '', ''),
  acknowledge: row('', '', '', y, y, y, '', '', ''),
  recordFields: row('', '', '', y, y, y, '', '', ''),
  recordReferral: row('', '', '', y, y, y, '', '', ''),
  addNote: row('', y, y, y, y, y, y, y, y),
  logContact: row('', y, y, y, y, y, y, y, y),
  attachDocument: row('', y, y, y, y, y, y, y, y),
};

function row(...cells: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.keys(states).map((state, at) => [state, cells[at] ?? '']));
}

const cells = Object.entries(states).flatMap(([state, [task, lead]]) =>
  Object.entries(actions(task)).map(([action, command]) => ({ state, task, lead, action, command })),
);

describe('every action in every state of a task', () => {
  it.each(cells.map((cell) => [cell.action, cell.state, cell] as const))('%s on %s', (action, state, cell) => {
    const player = launchedCase(drawing, { bundle });
    cell.lead(player);
    expect(lives(player)[cell.task]).toBe(state);
    const expected = table[action]?.[state] ?? '';
    const before = player.state;
    const { tasks } = allowedCommands(bundle, player.state, { ...player.env, now: MONDAY + HOUR });
    if (expected === y) {
      player.send(MONDAY + HOUR, cell.command);
      return;
    }
    const { reason, allowed, code } = player.refused(MONDAY + HOUR, cell.command);
    expect(reason).toBe(expected || `${isState[state]}, so ${cannot[action]}.`);
    expect(code).toMatch(/^[A-Z_]+$/);
    expect(allowed).not.toContain(action);
    expect(tasks[cell.task]).not.toContain(action);
    expect(player.state).toBe(before);
  });

  it('offers exactly the actions it would take, where only the state decides', () => {
    const player = launchedCase(drawing, { bundle });
    const { tasks } = allowedCommands(bundle, player.state, { ...player.env, now: MONDAY });
    const taken = Object.entries(table).flatMap(([action, row]) => (row['ready'] === y ? [action] : []));
    expect([...(tasks['A'] ?? [])].sort()).toEqual(taken.sort());
  });
});

const roads: Record<string, (player: Player) => void> = {
  open: () => undefined,
  onHold: on({ type: 'holdCase', reason: 'court' }),
  closed: on({ type: 'closeCase', outcome: 'done' }),
  cancelled: on({ type: 'cancelCase', reason: 'x' }),
};
const caseActions: Record<string, CaseCommand> = {
  launch: { type: 'launch', answers: {} },
  holdCase: { type: 'holdCase', reason: 'court' },
  resumeCase: { type: 'resumeCase' },
  changeCaseOwner: { type: 'changeCaseOwner', to: 'ben', reason: 'x' },
  linkCase: { type: 'linkCase', other: 'c2', relation: 'same household' },
  correctAnswers: { type: 'correctAnswers', answers: { q: 'y' }, reason: 'x' },
  recordMoney: { type: 'recordMoney', amounts: { budget: 5 } },
  addTask: { type: 'addTask', node: 'C' },
  closeCase: { type: 'closeCase', outcome: 'done' },
  cancelCase: { type: 'cancelCase', reason: 'x' },
  reopenCase: { type: 'reopenCase', reason: 'x' },
  addNote: { type: 'addNote', text: 'x' },
};
const once = 'The case is launched already.';
const caseTable: Record<string, readonly string[]> = {
  //               open  on hold  closed  cancelled
  launch: [once, once, once, once],
  holdCase: [y, '', '', ''],
  resumeCase: ['', y, '', ''],
  changeCaseOwner: [y, y, '', ''],
  linkCase: [y, y, y, y],
  correctAnswers: [y, y, y, y],
  recordMoney: [y, y, '', ''],
  addTask: [y, y, '', ''],
  closeCase: [y, y, '', ''],
  cancelCase: [y, y, '', ''],
  reopenCase: ['', '', y, y],
  addNote: [y, y, y, y],
};
const caseIs = ['The case is open', 'The case is on hold', 'The case is closed', 'The case was cancelled'];

describe('every action in every state of a case', () => {
  it.each(
    Object.keys(roads).flatMap((state, at) => Object.keys(caseActions).map((action) => [action, state, at] as const)),
  )('%s on a case that is %s', (action, state, at) => {
    const player = launchedCase(drawing, { bundle });
    roads[state]?.(player);
    expect(player.state.status).toBe(state);
    const expected = caseTable[action]?.[at] ?? '';
    const command = caseActions[action] as CaseCommand;
    if (expected === y) {
      player.send(MONDAY + HOUR, command);
      return;
    }
    const { reason, allowed } = player.refused(MONDAY + HOUR, command);
    expect(reason).toBe(expected || `${caseIs[at]}, so ${cannot[action]}.`);
    expect(allowed).not.toContain(action as CaseCommandType);
  });

  it.each(['closed', 'cancelled'])('a task of a case that is %s takes notes and documents only', (state) => {
    const taken = ['addNote', 'logContact', 'attachDocument'];
    for (const [action, command] of Object.entries(actions('A'))) {
      const player = launchedCase(drawing, { bundle });
      roads[state]?.(player);
      if (taken.includes(action)) player.send(MONDAY + HOUR, command);
      else
        expect(player.refused(MONDAY + HOUR, command)).toMatchObject({
          code: 'CASE_NOT_OPEN',
          reason: `The case is ${state}, so its tasks cannot be worked.`,
        });
    }
  });

  it('nothing but a launch is taken by a case that was never launched, and no task that is not there', () => {
    const player = launchedCase(drawing, { bundle });
    for (const command of Object.values(actions('NOWHERE'))) {
      expect(player.refused(MONDAY, command)).toMatchObject({
        code: 'UNKNOWN_TASK',
        reason: 'There is no task "NOWHERE" in this case.',
      });
    }
  });
});
