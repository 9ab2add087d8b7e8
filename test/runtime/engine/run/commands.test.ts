import { describe, expect, it } from 'vitest';
import { DAY, HOUR, launchedCase, lives, MONDAY } from './drawing.ts';

const ladders = { L: { rungs: { amber: { trigger: { on: 'warning' } } } } };
const drawing = {
  nodes: { A: { task: { ladder: 'L' } }, B: {}, C: { activation: 'manual' } },
  links: ['A>B'],
  ladders,
};

describe('a task that waits', () => {
  it('takes no work, but may be bypassed, cancelled, given to somebody, noted', () => {
    const player = launchedCase(drawing);
    expect(player.refused(MONDAY, { type: 'startTask', task: 'B' })).toMatchObject({
      code: 'COMMAND_NOT_ALLOWED',
      reason: 'Task Task B waits for its predecessors, so it cannot be started.',
      allowed: ['bypassTask', 'cancelTask', 'reassignTask', 'addNote', 'logContact', 'attachDocument'],
    });
  });
});

describe('completion', () => {
  const task = {
    outcomes: {
      yes: { order: 1, label: 'Yes', kind: 'success' },
      plan: { order: 2, label: 'Plan', kind: 'success', raises: 'SP' },
    },
    fields: { rent: { order: 1, type: 'money', label: 'Rent', mandatory: true } },
  };
  const asking = { nodes: { A: { task } } };

  it.each([
    ['no outcome', {}, /an outcome is needed: yes, plan/],
    ['an outcome that does not exist', { outcome: 'maybe', fields: { rent: 1 } }, /"maybe" is not an outcome/],
    ['a mandatory field empty', { outcome: 'yes' }, /these fields must be filled in: rent/],
    ['a field of the wrong kind', { outcome: 'yes', fields: { rent: 'much' } }, /wrong kind: rent/],
    ['an unknown field', { outcome: 'yes', fields: { rent: 1, colour: 'red' } }, /no field colour/],
  ])('is refused with %s', (_, more, reason) => {
    const rejection = launchedCase(asking).refused(MONDAY, { type: 'completeTask', task: 'A', ...more });
    expect(rejection).toMatchObject({ code: 'COMPLETION_REFUSED', reason: expect.stringMatching(reason) });
  });

  it('keeps field values out of the events and raises the plan its outcome asks for (P12)', () => {
    const player = launchedCase(asking);
    const news = player.send(MONDAY, { type: 'completeTask', task: 'A', outcome: 'plan', fields: { rent: 54_321 } });
    expect(JSON.stringify(player.events)).not.toContain('54321');
    expect(Object.values(news[0]?.personal ?? {})).toEqual([54_321]);
    expect(news.find(({ type }) => type === 'caseRaised')?.payload).toEqual({
      workflow: 'SP',
      task: 'A',
      outcome: 'plan',
    });
  });
});

describe('cancelling', () => {
  it('lists the dependants first and cancels them when they are confirmed', () => {
    const player = launchedCase(drawing);
    expect(player.refused(MONDAY, { type: 'cancelTask', task: 'A', reason: 'x' })).toMatchObject({
      code: 'CASCADE_UNCONFIRMED',
      cascade: ['B'],
    });
    expect(player.refused(MONDAY, { type: 'cancelTask', task: 'A', reason: 'x', confirmed: [] }).code).toBe(
      'CASCADE_UNCONFIRMED',
    );
    player.send(MONDAY, { type: 'cancelTask', task: 'A', reason: 'x', confirmed: ['B'] });
    expect(lives(player)).toEqual({ A: 'cancelled', B: 'cancelled', C: 'notAdded' });
  });
});

describe('owners', () => {
  it('a second claim hears who was first (L8)', () => {
    const player = launchedCase(drawing);
    player.send(MONDAY, { type: 'claimTask', task: 'A' }, 'amira');
    expect(player.refused(MONDAY, { type: 'claimTask', task: 'A' }, 'ben')).toMatchObject({
      code: 'ALREADY_CLAIMED',
      reason: 'Task Task A already belongs to Amira.',
    });
    player.send(MONDAY, { type: 'releaseTask', task: 'A' });
    player.send(MONDAY, { type: 'claimTask', task: 'A' }, 'ben');
    expect(player.state.tasks['A']).toMatchObject({ owner: 'ben', group: 'officers' });
  });

  it('a delegate works while the owner stays, and returns the task (L8)', () => {
    const player = launchedCase(drawing);
    player.send(MONDAY, { type: 'claimTask', task: 'A' }, 'amira');
    player.send(MONDAY, { type: 'delegateTask', task: 'A', to: 'ben' });
    expect(player.state.tasks['A']).toMatchObject({ owner: 'amira', delegate: 'ben' });
    player.send(MONDAY, { type: 'returnTask', task: 'A' }, 'ben');
    expect(player.state.tasks['A']).toMatchObject({ owner: 'amira', delegate: null });
  });

  it('a reassignment tells the new owner (E9), and unknown people and teams are refused', () => {
    const player = launchedCase(drawing);
    const news = player.send(MONDAY, { type: 'reassignTask', task: 'A', to: 'cara', reason: 'speaks Welsh' });
    const messages = news.flatMap((event) => (event.type === 'messageQueued' ? [event.payload] : []));
    expect(messages.map(({ to, channel, rung }) => [to, channel, rung])).toEqual([
      ['cara', 'inApp', 'assigned'],
      ['cara', 'email', 'assigned'],
    ]);
    expect(JSON.stringify(player.events)).not.toContain('Welsh');
    expect(player.refused(MONDAY, { type: 'reassignTask', task: 'A', to: 'nobody', reason: 'x' }).code).toBe(
      'UNKNOWN_USER',
    );
    expect(player.refused(MONDAY, { type: 'reassignTask', task: 'A', to: 'group:none', reason: 'x' }).code).toBe(
      'UNKNOWN_TEAM',
    );
  });
});

describe('a hold', () => {
  it('has a known reason and a review date that lies ahead, five working days on by default (C13)', () => {
    const player = launchedCase(drawing);
    expect(player.refused(MONDAY, { type: 'holdTask', task: 'A', reason: 'lunch' }).code).toBe('UNKNOWN_REASON');
    expect(player.refused(MONDAY, { type: 'holdTask', task: 'A', reason: 'court', reviewOn: '2027-01-03' }).code).toBe(
      'REVIEW_DATE_PAST',
    );
    player.send(MONDAY, { type: 'holdTask', task: 'A', reason: 'court' });
    expect(player.state.tasks['A']?.holds).toEqual({ court: Date.parse('2027-01-11T17:00:00Z') / 1000 });
  });
});

describe('reopening', () => {
  it('a task goes on where it was, the time between left out (C11), and holds back what nobody has begun (P5)', () => {
    const player = launchedCase(drawing);
    player.send(MONDAY, { type: 'startTask', task: 'A' });
    player.send(MONDAY + HOUR, { type: 'completeTask', task: 'A' });
    player.send(MONDAY + DAY, { type: 'reopenTask', task: 'A', reason: 'signed by the wrong person' });
    expect(lives(player)).toMatchObject({ A: 'inProgress', B: 'pending' });
  });

  it('a case brings back what ended with it, and nothing else', () => {
    const player = launchedCase(drawing);
    player.send(MONDAY, { type: 'completeTask', task: 'A' });
    player.send(MONDAY, { type: 'cancelCase', reason: 'moved away' });
    expect(lives(player)).toEqual({ A: 'complete', B: 'cancelled', C: 'notAdded' });
    expect(player.refused(MONDAY, { type: 'startTask', task: 'B' }).code).toBe('CASE_NOT_OPEN');
    player.send(MONDAY + HOUR, { type: 'reopenCase', reason: 'came back' });
    expect(lives(player)).toEqual({ A: 'complete', B: 'ready', C: 'notAdded' });
    expect(player.state.status).toBe('open');
  });
});

describe('a target set by hand', () => {
  const dueOf = (player: ReturnType<typeof launchedCase>, task: string) =>
    player.state.time[`task:${task}`]?.rows['completion']?.dueAt;
  const office = (date: string): number => Date.parse(`${date}T17:00:00Z`) / 1000;

  it('moves the due date where nothing follows, and is refused after the case is due (T11)', () => {
    const player = launchedCase({ nodes: { A: {} } });
    player.send(MONDAY, { type: 'retargetTask', task: 'A', dueOn: '2027-01-20', reason: 'agreed' });
    expect(dueOf(player, 'A')).toBe(office('2027-01-20'));
    const rejection = player.refused(MONDAY, { type: 'retargetTask', task: 'A', dueOn: '2027-12-31', reason: 'x' });
    expect(rejection).toMatchObject({
      code: 'TASK_TARGET_AFTER_CASE_TARGET',
      reason: expect.stringMatching(/2027-12-31.*2027-03-29/),
    });
  });

  it('is refused where tasks that follow would move, naming them, or moves them on request (T11)', () => {
    const player = launchedCase({ nodes: { A: {}, B: {}, C: {} }, links: ['A>B'] });
    const retarget = { type: 'retargetTask', task: 'A', dueOn: '2027-01-20', reason: 'agreed' } as const;
    const moves = [{ task: 'B', from: office('2027-01-18'), to: office('2027-01-27') }];
    expect(player.refused(MONDAY, retarget)).toMatchObject({
      code: 'SUCCESSORS_WOULD_MOVE',
      reason: expect.stringMatching(/Task B from 2027-01-18 to 2027-01-27/),
      moves,
    });
    const news = player.send(MONDAY, { ...retarget, shiftSuccessors: true });
    expect(news.find(({ type }) => type === 'taskRetargeted')?.payload).toMatchObject({ shifted: ['B'], moves });
  });

  it('leaves alone what has room enough, and shortens without asking', () => {
    const player = launchedCase({
      nodes: { A: {}, B: { task: { sla: { target: { value: 20, unit: 'workingDays' } } } }, C: {} },
      links: ['A>C', 'B>C'],
    });
    player.send(MONDAY, { type: 'retargetTask', task: 'A', dueOn: '2027-01-20', reason: 'agreed' });
    player.send(MONDAY, { type: 'retargetTask', task: 'B', dueOn: '2027-01-06', reason: 'sooner' });
    expect([dueOf(player, 'A'), dueOf(player, 'B')]).toEqual([office('2027-01-20'), office('2027-01-06')]);
  });

  it('gives work under way that may not finish before it the new date too', () => {
    const player = launchedCase({ nodes: { A: {}, B: {} }, links: ['A>B FF'] });
    player.send(MONDAY, {
      type: 'retargetTask',
      task: 'A',
      dueOn: '2027-01-20',
      reason: 'agreed',
      shiftSuccessors: true,
    });
    expect([dueOf(player, 'A'), dueOf(player, 'B')]).toEqual([office('2027-01-20'), office('2027-01-20')]);
  });

  it('is refused where a task that follows would end after the case, however asked (T11)', () => {
    const player = launchedCase({ nodes: { A: {}, B: {} }, links: ['A>B'] });
    const retarget = { type: 'retargetTask', task: 'A', dueOn: '2027-03-26', reason: 'x' } as const;
    const reason = expect.stringMatching(/2027-03-29.*Task B from 2027-01-18 to 2027-04-0/);
    expect(player.refused(MONDAY, { ...retarget, shiftSuccessors: true })).toMatchObject({
      code: 'TASK_TARGET_AFTER_CASE_TARGET',
      reason,
    });
  });
});

describe('corrected answers', () => {
  it('re-open nothing, but list what would differ', () => {
    const when = { op: 'is', of: { question: 'arrears' }, value: 'yes' };
    const player = launchedCase({ nodes: { A: { activation: { when } } } });
    expect(lives(player)['A']).toBe('notApplicable');
    const [event] = player.send(MONDAY, { type: 'correctAnswers', answers: { arrears: 'yes' }, reason: 'misread' });
    expect(event?.payload).toMatchObject({ questions: ['arrears'], differs: ['A'] });
    expect(lives(player)['A']).toBe('notApplicable');
  });
});

describe('a case', () => {
  it('is launched once, and only then takes commands', () => {
    const player = launchedCase(drawing);
    expect(player.refused(MONDAY, { type: 'launch', answers: {} }).code).toBe('ALREADY_LAUNCHED');
    expect(player.refused(MONDAY, { type: 'startTask', task: 'Z' }).code).toBe('UNKNOWN_TASK');
    expect(player.refused(MONDAY, { type: 'startTask', task: 'toString' }).code).toBe('UNKNOWN_TASK');
  });
});

describe('fields filled in on the way', () => {
  const fields = {
    rent: { order: 1, type: 'money', label: 'Rent', mandatory: true },
    agreed: { order: 2, type: 'date', label: 'Agreed on', mandatory: false },
    who: { order: 3, type: 'agency', label: 'Agency', mandatory: false },
  };
  const asking = { nodes: { A: { task: { fields } } } };

  it('are kept, count at completion, and stay out of the events (P8)', () => {
    const player = launchedCase(asking);
    player.send(MONDAY, { type: 'recordFields', task: 'A', fields: { rent: 54_321, agreed: '2027-01-04' } });
    expect(Object.keys(player.state.tasks['A']?.fields ?? {})).toEqual(['rent', 'agreed']);
    player.send(MONDAY, { type: 'recordFields', task: 'A', fields: { agreed: ' ' } });
    const [event] = player.send(MONDAY, { type: 'completeTask', task: 'A' });
    expect(event).toMatchObject({ type: 'taskCompleted', payload: { fields: { rent: expect.any(String) } } });
    expect(Object.keys(player.state.tasks['A']?.fields ?? {})).toEqual(['rent']);
    expect(JSON.stringify(player.events)).not.toContain('54321');
  });

  it('that were cleared again are missing at completion', () => {
    const player = launchedCase(asking);
    player.send(MONDAY, { type: 'recordFields', task: 'A', fields: { rent: 1 } });
    player.send(MONDAY, { type: 'recordFields', task: 'A', fields: { rent: '' } });
    expect(player.refused(MONDAY, { type: 'completeTask', task: 'A' }).reason).toBe(
      'Task Task A cannot be completed: these fields must be filled in: rent.',
    );
  });

  it.each([
    ['an unknown field', { colour: 'red' }, 'UNKNOWN_FIELD'],
    ['a date that does not exist', { agreed: '2027-02-30' }, 'FIELD_INVALID'],
    ['an amount that is no number', { rent: 'much' }, 'FIELD_INVALID'],
  ])('are refused with %s', (_what, wrong, code) => {
    const player = launchedCase(asking);
    expect(player.refused(MONDAY, { type: 'recordFields', task: 'A', fields: wrong }).code).toBe(code);
    expect(player.refused(MONDAY, { type: 'completeTask', task: 'A', fields: { rent: 1, ...wrong } }).code).toBe(
      'COMPLETION_REFUSED',
    );
  });

  it.each([
    ['blank text', '   '],
    ['an empty list', []],
  ])('that are mandatory do not count as filled with %s', (_what, value) => {
    const player = launchedCase({
      nodes: { A: { task: { fields: { note: { order: 1, type: 'text', label: 'Note', mandatory: true } } } } },
    });
    expect(player.refused(MONDAY, { type: 'completeTask', task: 'A', fields: { note: value } }).code).toBe(
      'COMPLETION_REFUSED',
    );
  });
});

describe('a delegated task', () => {
  it('is completed only after the delegate has returned it (L8)', () => {
    const player = launchedCase(drawing);
    player.send(MONDAY, { type: 'claimTask', task: 'A' }, 'amira');
    player.send(MONDAY, { type: 'delegateTask', task: 'A', to: 'ben' });
    expect(player.refused(MONDAY, { type: 'completeTask', task: 'A' }).reason).toBe(
      'Task Task A cannot be completed: it is delegated to Ben, who returns it first.',
    );
    player.send(MONDAY, { type: 'returnTask', task: 'A' }, 'ben');
    player.send(MONDAY, { type: 'completeTask', task: 'A' });
    expect(lives(player)['A']).toBe('complete');
  });
});

describe('closing', () => {
  it('counts a mandatory task that was cancelled as not complete, and tells the owner who must decide (P9)', () => {
    const nodes = { A: { mandatory: true }, B: {}, Z: { type: 'end', outcome: 'done' } };
    const player = launchedCase({ nodes, links: ['A>Z'] });
    const news = player.send(MONDAY, { type: 'cancelTask', task: 'A', reason: 'double' });
    expect(news.find(({ type }) => type === 'closingProposed')?.payload).toEqual({ outcome: 'done', open: ['A'] });
    const told = news.flatMap((event) => (event.type === 'messageQueued' ? [event.payload] : []));
    expect(told.map(({ to, channel, item }) => [to, channel, item])).toEqual([[player.state.owner, 'inApp', 'case:']]);
    expect(player.refused(MONDAY, { type: 'closeCase' }).reason).toMatch(/mandatory tasks are not complete: Task A/);
    player.send(MONDAY, { type: 'closeCase', reason: 'no longer wanted' });
    expect(player.state).toMatchObject({ status: 'closed', outcome: 'done' });
  });

  it('does not wait for a mandatory task whose path was not taken, nor for a manual one nobody added', () => {
    const when = { op: 'is', of: { question: 'q' }, value: 'y' };
    const player = launchedCase({
      nodes: {
        A: {},
        B: { mandatory: true, activation: { when } },
        C: { mandatory: true, activation: 'manual' },
        Z: { type: 'end', outcome: 'done' },
      },
      links: ['A>Z', 'B>Z'],
    });
    player.send(MONDAY, { type: 'completeTask', task: 'A' });
    expect(player.state.status).toBe('closed');
  });
});

describe('adding a task', () => {
  const nodes = { A: {}, B: { activation: 'manual', task: { repeatable: true } }, M: { activation: 'manual' } };

  it('with predecessors and a lag starts it no earlier (P8)', () => {
    const lag = { value: 2, unit: 'calendarDays', basis: 'elapsed' } as const;
    const player = launchedCase({ nodes });
    player.send(MONDAY, { type: 'addTask', node: 'B', predecessors: [{ task: 'A', lag }] });
    player.send(MONDAY + HOUR, { type: 'completeTask', task: 'A' });
    player.runTo(MONDAY + 9 * DAY);
    expect(player.state.tasks['B']?.activeAt).toBe(MONDAY + HOUR + 2 * DAY);
  });

  it('that waits for one nobody ever adds is not held back by it (P5)', () => {
    const player = launchedCase({ nodes });
    player.send(MONDAY, { type: 'addTask', node: 'B', predecessors: [{ task: 'M' }] });
    expect(lives(player)['B']).toBe('ready');
    player.send(MONDAY, { type: 'addTask', node: 'M' });
    expect(lives(player)['B']).toBe('pending');
  });

  it('is refused for one that is not there, for a circle, and for a second of a kind that comes once (P7)', () => {
    const player = launchedCase({ nodes });
    const add = (node: string, task?: string) =>
      player.refused(MONDAY, { type: 'addTask', node, ...(task ? { predecessors: [{ task }] } : {}) }).code;
    expect([add('Q'), add('B', 'NOPE'), add('B', 'B'), add('A')]).toEqual([
      'UNKNOWN_NODE',
      'UNKNOWN_TASK',
      'PLAN_CYCLE',
      'ALREADY_IN_CASE',
    ]);
    const once = launchedCase({ nodes, workflow: { category: 'housing-options' } });
    once.send(MONDAY, { type: 'addTask', node: 'B' });
    expect(once.refused(MONDAY, { type: 'addTask', node: 'B' }).code).toBe('ALREADY_IN_CASE');
  });

  it('gives what is held back and released again a clock of its own cycle', () => {
    const player = launchedCase({ nodes: { A: { activation: 'manual' }, B: {} }, links: ['A>B'] });
    player.send(MONDAY + DAY, { type: 'addTask', node: 'A' });
    expect(player.state.tasks['B']).toMatchObject({ life: 'pending', activeAt: null });
    expect(player.state.time['task:B']?.nextDueAt).toBeNull();
    player.send(MONDAY + 2 * DAY, { type: 'completeTask', task: 'A' });
    // Five working days from Wednesday 6 January.
    expect(player.state.time['task:B']?.rows['completion']?.dueAt).toBe(Date.parse('2027-01-13T17:00:00Z') / 1000);
  });
});

describe('money of a support plan', () => {
  it('is recorded by field, apart from the events, and only fields of the workflow are taken', () => {
    const player = launchedCase({ nodes: { A: {} }, workflow: { money: { grant: { order: 1, label: 'Grant' } } } });
    player.send(MONDAY, { type: 'recordMoney', amounts: { grant: 98_765 } });
    expect(JSON.stringify(player.events)).not.toContain('98765');
    expect(Object.keys(player.state.money)).toEqual(['grant']);
    expect(player.refused(MONDAY, { type: 'recordMoney', amounts: { other: 1 } }).code).toBe('UNKNOWN_MONEY_FIELD');
    expect(player.refused(MONDAY, { type: 'recordMoney', amounts: {} }).code).toBe('UNKNOWN_MONEY_FIELD');
  });
});
