import { describe, expect, it } from 'vitest';
import { DAY, HOUR, launchedCase, lives, MONDAY } from './drawing.ts';

const yes = { op: 'is', of: { question: 'arrears' }, value: 'yes' } as const;

describe('a task with a predecessor', () => {
  it('waits for its finish (FS)', () => {
    const player = launchedCase({ nodes: { A: {}, B: {} }, links: ['A>B'] });
    expect(lives(player)).toEqual({ A: 'ready', B: 'pending' });
    player.send(MONDAY + HOUR, { type: 'completeTask', task: 'A' });
    expect(lives(player)).toEqual({ A: 'complete', B: 'ready' });
  });

  it('starts with its start (SS) and may not finish before it (FF)', () => {
    const player = launchedCase({ nodes: { A: {}, B: {}, C: {} }, links: ['A>B SS', 'A>C FF'] });
    expect(lives(player)).toEqual({ A: 'ready', B: 'pending', C: 'ready' });
    expect(player.refused(MONDAY + 1, { type: 'completeTask', task: 'C' }).code).toBe('COMPLETION_REFUSED');
    player.send(MONDAY + HOUR, { type: 'startTask', task: 'A' });
    expect(lives(player)['B']).toBe('ready');
    player.send(MONDAY + 2 * HOUR, { type: 'completeTask', task: 'A' });
    player.send(MONDAY + 2 * HOUR, { type: 'completeTask', task: 'C' });
    expect(lives(player)['C']).toBe('complete');
  });

  it('waits out an elapsed lag and wakes by itself at its end', () => {
    const lag = { value: 14, unit: 'calendarDays', basis: 'elapsed' };
    const player = launchedCase({ nodes: { A: {}, B: {} }, links: [{ from: 'A', to: 'B', lag }] });
    player.send(MONDAY + HOUR, { type: 'completeTask', task: 'A' });
    expect(player.state.releases).toEqual({ B: MONDAY + HOUR + 14 * DAY });
    player.runTo(MONDAY + HOUR + 14 * DAY);
    expect(lives(player)['B']).toBe('pending');
    player.runTo(MONDAY + HOUR + 14 * DAY + 1);
    expect(player.state.tasks['B']).toMatchObject({ life: 'ready', activeAt: MONDAY + HOUR + 14 * DAY });
  });

  it('starts at its true time when the ticker slept through it (D1)', () => {
    const lag = { value: 2, unit: 'workingDays', basis: 'working' };
    const player = launchedCase({ nodes: { A: {}, B: {} }, links: [{ from: 'A', to: 'B', lag }] });
    player.send(MONDAY, { type: 'completeTask', task: 'A' });
    player.send(MONDAY + 30 * DAY, { type: 'advance' });
    // Two working days after Monday: the close of business of Wednesday.
    expect(player.state.tasks['B']?.activeAt).toBe(Date.parse('2027-01-06T17:00:00Z') / 1000);
  });

  it('goes on when the predecessor is bypassed or cancelled, its lag left out (P5)', () => {
    const lag = { value: 14, unit: 'calendarDays', basis: 'elapsed' };
    const nodes = { A: {}, B: {} };
    const links = [{ from: 'A', to: 'B', lag }];
    const bypassed = launchedCase({ nodes, links });
    bypassed.send(MONDAY + HOUR, { type: 'bypassTask', task: 'A', reason: 'not needed' });
    expect(bypassed.state.tasks['B']).toMatchObject({ life: 'ready', activeAt: MONDAY + HOUR });
  });
});

describe('activation', () => {
  it('leaves a task out whose condition is not true, and its successors go on (P4, P5)', () => {
    const drawing = { nodes: { A: {}, B: { activation: { when: yes } }, C: {} }, links: ['A>B', 'B>C'] };
    const without = launchedCase(drawing);
    without.send(MONDAY, { type: 'completeTask', task: 'A' });
    expect(lives(without)).toEqual({ A: 'complete', B: 'notApplicable', C: 'ready' });
    const player = launchedCase(drawing, { answers: { arrears: 'yes' } });
    player.send(MONDAY, { type: 'completeTask', task: 'A' });
    expect(lives(player)).toEqual({ A: 'complete', B: 'ready', C: 'pending' });
  });

  it('passes through a manual task until somebody adds it (P5)', () => {
    const drawing = { nodes: { A: {}, B: { activation: 'manual' }, C: {} }, links: ['A>B', 'B>C'] };
    const player = launchedCase(drawing);
    expect(lives(player)).toEqual({ A: 'ready', B: 'notAdded', C: 'pending' });
    player.send(MONDAY, { type: 'addTask', node: 'B' });
    player.send(MONDAY, { type: 'completeTask', task: 'A' });
    expect(lives(player)).toEqual({ A: 'complete', B: 'ready', C: 'pending' });
    const never = launchedCase(drawing);
    never.send(MONDAY, { type: 'completeTask', task: 'A' });
    expect(lives(never)).toEqual({ A: 'complete', B: 'notAdded', C: 'ready' });
  });

  it('adds a repeatable task again, with predecessors of its own, and refuses a circle (P7)', () => {
    const drawing = {
      nodes: { A: { activation: 'manual', task: { repeatable: true } }, B: {}, C: {} },
      links: ['A>C'],
    };
    const player = launchedCase(drawing);
    player.send(MONDAY, { type: 'addTask', node: 'A' });
    player.send(MONDAY, { type: 'addTask', node: 'A', predecessors: [{ task: 'B' }] });
    // C comes after A and nobody has begun it, so it waits as well (P5).
    expect(lives(player)).toEqual({ A: 'ready', B: 'ready', C: 'pending', 'A.2': 'pending' });
    expect(player.refused(MONDAY, { type: 'addTask', node: 'A', predecessors: [{ task: 'C' }] }).code).toBe(
      'PLAN_CYCLE',
    );
    expect(player.refused(MONDAY, { type: 'addTask', node: 'B' }).code).toBe('ALREADY_IN_CASE');
    player.send(MONDAY, { type: 'completeTask', task: 'B' });
    expect(lives(player)['A.2']).toBe('ready');
  });
});

describe('a decision', () => {
  const nodes = {
    A: {},
    D: {
      type: 'decision',
      branches: { owes: { order: 1, when: yes, label: 'owes rent' } },
      otherwise: { label: 'no arrears' },
    },
    B: {},
    C: {},
    E: {},
    J: {},
  };
  const links = [
    'A>D',
    { from: 'D', to: 'B', branch: 'owes' },
    { from: 'D', to: 'C', branch: 'otherwise' },
    'B>E',
    'E>J',
    'C>J',
  ];

  it('kills the branches not taken, and the join waits for live links only (P6)', () => {
    const player = launchedCase({ nodes, links });
    player.send(MONDAY, { type: 'completeTask', task: 'A' });
    expect(lives(player)).toEqual({
      A: 'complete',
      D: 'reached',
      B: 'notApplicable',
      C: 'ready',
      E: 'notApplicable',
      J: 'pending',
    });
    player.send(MONDAY, { type: 'completeTask', task: 'C' });
    expect(lives(player)['J']).toBe('ready');
  });

  it('takes the first branch whose condition is true', () => {
    const player = launchedCase({ nodes, links }, { answers: { arrears: 'yes' } });
    player.send(MONDAY, { type: 'completeTask', task: 'A' });
    expect(lives(player)).toMatchObject({ B: 'ready', C: 'notApplicable', E: 'pending', J: 'pending' });
  });
});

describe('the other nodes', () => {
  const nodes = {
    A: { mandatory: true },
    M: { type: 'milestone', stage: 'Accepted' },
    L: { type: 'communication', template: 'welcome', to: ['customer'], channel: 'letter' },
    Z: { type: 'end', outcome: 'done' },
  };

  it('reach their stage, send their letter and close the case', () => {
    const player = launchedCase({ nodes, links: ['A>M', 'M>L', 'L>Z'] });
    player.send(MONDAY, { type: 'completeTask', task: 'A' });
    expect(player.state).toMatchObject({ stage: 'Accepted', status: 'closed', outcome: 'done' });
    expect(player.events.find(({ type }) => type === 'messageQueued')?.payload).toMatchObject({
      to: 'customer',
      channel: 'letter',
    });
  });

  it('only propose the closing while a mandatory task is open (P9)', () => {
    const player = launchedCase({ nodes: { ...nodes, B: { mandatory: true } }, links: ['A>Z'] });
    player.send(MONDAY, { type: 'completeTask', task: 'A' });
    expect(player.state).toMatchObject({ status: 'open', proposedOutcome: 'done' });
    expect(player.refused(MONDAY, { type: 'closeCase' })).toMatchObject({ code: 'CLOSING_REFUSED' });
    player.send(MONDAY, { type: 'closeCase', reason: 'moved away' });
    expect(player.state).toMatchObject({ status: 'closed', outcome: 'done' });
    expect(lives(player)['B']).toBe('cancelled');
  });
});
