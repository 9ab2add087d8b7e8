import { describe, expect, it } from 'vitest';
import { toCaseRow, toClockViews, toTaskRows, wakeAt } from '../../../../runtime/engine/run/rows.ts';
import { DAY, HOUR, launchedCase, MONDAY, staff } from './drawing.ts';

const hours = (value: number) => ({ value, unit: 'hours' });
const ladders = {
  L: {
    rungs: {
      amber: { trigger: { on: 'warning' } },
      late: { trigger: { on: 'breached' }, to: ['manager-of:owner'] },
      later: {
        trigger: { on: 'breached', offset: hours(1) },
        to: ['group:leaders'],
        repeat: { every: hours(1), max: 2 },
      },
    },
  },
};
const task = {
  ladder: 'L',
  sla: { target: hours(4), amber: { percent: 50 } },
  ownerRules: { last: { order: 1, to: { by: 'user', user: 'amira' } } },
};
const drawing = { nodes: { A: { task } }, ladders };
const facts = (events: readonly { type: string; effectiveAt: number; payload: object }[]) =>
  events.flatMap(({ type, effectiveAt, payload }) => {
    if (type === 'slaAmber' || type === 'slaBreached') return [[type, effectiveAt]];
    return type === 'rungFired' ? [[(payload as { rung: string }).rung, effectiveAt]] : [];
  });

describe('a running task', () => {
  it('turns amber, exceeds its target and climbs its ladder at the true times', () => {
    const player = launchedCase(drawing);
    player.runTo(MONDAY + 10 * DAY);
    // Monday 10:00 + 4 open hours = 14:00; the office closes at 17:00.
    expect(facts(player.events)).toEqual([
      ['slaAmber', MONDAY + 2 * HOUR],
      ['amber', MONDAY + 2 * HOUR],
      ['slaBreached', MONDAY + 4 * HOUR],
      ['late', MONDAY + 4 * HOUR],
      ['later', MONDAY + 5 * HOUR],
      ['later', MONDAY + 6 * HOUR],
    ]);
    expect(toTaskRows(player.state)[0]).toMatchObject({ slaState: 'exceeded', breachedAt: MONDAY + 4 * HOUR });
  });

  it('tells the same facts after downtime, fires once, and bundles the messages of one person (D4)', () => {
    const player = launchedCase(drawing);
    const news = player.send(MONDAY + 2 * DAY, { type: 'advance' });
    expect(facts(news).filter(([kind]) => kind === 'slaAmber' || kind === 'slaBreached')).toEqual([
      ['slaAmber', MONDAY + 2 * HOUR],
      ['slaBreached', MONDAY + 4 * HOUR],
    ]);
    const messages = news.flatMap((event) => (event.type === 'messageQueued' ? [event.payload] : []));
    expect(messages.map(({ to, rung }) => [to, rung])).toEqual([
      ['amira', 'amber'],
      ['lee', 'later'],
    ]);
    expect(messages[1]?.variables['earlier']).toEqual([{ rung: 'late', occurrence: 1 }]);
  });

  it('hears nothing new from a second advance', () => {
    const player = launchedCase(drawing);
    player.send(MONDAY + 2 * DAY, { type: 'advance' });
    expect(player.send(MONDAY + 2 * DAY, { type: 'advance' })).toEqual([]);
  });

  it('is met when completed at the very instant of its deadline, exceeded a second later (C2)', () => {
    const met = launchedCase({ nodes: { A: { task: { sla: task.sla } } } });
    met.send(MONDAY + 4 * HOUR, { type: 'completeTask', task: 'A' });
    expect(facts(met.events)).toEqual([['slaAmber', MONDAY + 2 * HOUR]]);
    const late = launchedCase({ nodes: { A: { task: { sla: task.sla } } } });
    late.send(MONDAY + 4 * HOUR + 1, { type: 'completeTask', task: 'A' });
    expect(facts(late.events).map(([kind]) => kind)).toEqual(['slaAmber', 'slaBreached']);
  });

  it('ends its ladder with the work and drops what was not sent (E8)', () => {
    const player = launchedCase(drawing);
    player.runTo(MONDAY + 3 * HOUR);
    const news = player.send(MONDAY + 3 * HOUR, { type: 'completeTask', task: 'A' });
    expect(news.map(({ type }) => type)).toContain('messagesDropped');
    player.runTo(MONDAY + 30 * DAY);
    expect(facts(player.events).map(([kind]) => kind)).toEqual(['slaAmber', 'amber']);
  });

  it('stands still while on hold and counts on afterwards (C7, E3)', () => {
    const player = launchedCase(drawing);
    player.send(MONDAY + HOUR, { type: 'holdTask', task: 'A', reason: 'waiting' });
    expect(toTaskRows(player.state)[0]).toMatchObject({ paused: true, dueAt: null });
    player.runTo(MONDAY + DAY);
    player.send(MONDAY + DAY, { type: 'resumeTask', task: 'A' });
    // One of four hours was used on Monday; three more from Tuesday 10:00.
    expect(toTaskRows(player.state)[0]).toMatchObject({ paused: false, dueAt: MONDAY + DAY + 3 * HOUR });
    expect(facts(player.events)).toEqual([]);
  });

  it('is released only when its last reason ends (C6)', () => {
    const player = launchedCase(drawing);
    player.send(MONDAY, { type: 'holdTask', task: 'A', reason: 'waiting' });
    player.send(MONDAY, { type: 'holdTask', task: 'A', reason: 'court' });
    player.send(MONDAY, { type: 'resumeTask', task: 'A', reason: 'waiting' });
    expect(player.state.tasks['A']?.life).toBe('onHold');
    player.send(MONDAY, { type: 'resumeTask', task: 'A', reason: 'court' });
    expect(player.state.tasks['A']?.life).toBe('ready');
  });

  it('stands still with its case, and its own hold outlasts that of the case (C13)', () => {
    const player = launchedCase(drawing);
    player.send(MONDAY + HOUR, { type: 'holdTask', task: 'A', reason: 'waiting' });
    player.send(MONDAY + HOUR, { type: 'holdCase', reason: 'court' });
    player.send(MONDAY + 2 * HOUR, { type: 'resumeTask', task: 'A' });
    expect(toTaskRows(player.state)[0]?.paused).toBe(true);
    expect(toCaseRow(player.state).paused).toBe(true);
    player.send(MONDAY + 3 * HOUR, { type: 'resumeCase' });
    expect(toTaskRows(player.state)[0]).toMatchObject({ paused: false, dueAt: MONDAY + 6 * HOUR });
  });
});

describe('a case received earlier than it was entered', () => {
  it('counts from the receipt and tells at once what is past (C12)', () => {
    const player = launchedCase(drawing, { receivedAt: MONDAY - 3 * DAY });
    // Received on Friday at 10:00: amber at 12:00, exceeded at 14:00.
    expect(facts(player.events).filter(([kind]) => kind !== 'amber' && kind !== 'late' && kind !== 'later')).toEqual([
      ['slaAmber', MONDAY - 3 * DAY + 2 * HOUR],
      ['slaBreached', MONDAY - 3 * DAY + 4 * HOUR],
    ]);
    expect(player.state).toMatchObject({ receivedAt: MONDAY - 3 * DAY });
  });
});

describe('a statutory clock', () => {
  const clocks = {
    DUTY: {
      order: 1,
      anchor: { completionOf: ['A'] },
      period: { value: 56, unit: 'calendarDays', dayOne: 'same', dueAt: 'endOfDay' },
      mustContain: ['B'],
      onEnd: 'the duty may be ended',
      source: 'HA96 s195(8)(b)',
      ladder: 'LC',
    },
  };
  const own = {
    nodes: { A: {}, B: {} },
    links: ['A>B'],
    workflow: { clocks },
    ladders: {
      LC: {
        subject: 'clock',
        rungs: {
          soon: { trigger: { on: 'clockEnd', offset: { value: -14, unit: 'calendarDays' } }, to: ['caseOwner'] },
        },
      },
    },
  };

  it('starts with the completion, runs through a hold, warns the case owner, and ends with what it contains', () => {
    const player = launchedCase(own);
    player.send(MONDAY + HOUR, { type: 'completeTask', task: 'A' });
    player.send(MONDAY + HOUR, { type: 'holdCase', reason: 'court', reviewOn: '2027-03-31' });
    // 56 days beginning with 4 January end with 28 February, at midnight.
    expect(toClockViews(player.state)).toMatchObject([
      { id: 'DUTY', dueAt: Date.parse('2027-03-01T00:00:00Z') / 1000, outcome: 'open' },
    ]);
    player.runTo(Date.parse('2027-02-16T00:00:00Z') / 1000);
    const [message] = player.events.flatMap((event) => (event.type === 'messageQueued' ? [event] : []));
    expect(message).toMatchObject({
      effectiveAt: Date.parse('2027-02-15T00:00:00Z') / 1000,
      payload: { to: 'amira', item: 'clock:DUTY' },
    });
    player.send(Date.parse('2027-02-16T09:00:00Z') / 1000, { type: 'completeTask', task: 'B' });
    expect(toClockViews(player.state)).toMatchObject([{ outcome: 'met' }]);
  });
});

describe('wakeAt', () => {
  it('names the next amber, breach or rung, and nothing once the case is closed', () => {
    const player = launchedCase(drawing);
    expect(wakeAt(player.state)).toBe(MONDAY + 2 * HOUR);
    player.send(MONDAY, { type: 'closeCase', outcome: 'done' });
    expect(wakeAt(player.state)).toBeNull();
  });
});

describe('owners', () => {
  it('are dealt in turn, the absent skipped (L4)', () => {
    const nodes = Object.fromEntries(
      ['A', 'B', 'C'].map((key) => [key, { task: { ownerRules: { turn: { order: 1, to: { by: 'caseOwner' } } } } }]),
    );
    const absences = [{ from: MONDAY - DAY, to: MONDAY + DAY }];
    const directory = {
      users: {
        ...staff.users,
        amira: { ...staff.users['amira'], name: 'Amira', teams: ['officers'], active: true, absences },
      },
    };
    const player = launchedCase({ nodes }, { directory });
    expect(player.state.owner).toBe('ben');
    expect(player.state.tasks['A']?.owner).toBe('ben');
    const allocated = player.events.find(({ type }) => type === 'allocated');
    expect(allocated?.payload).toMatchObject({
      cursor: { key: 'workflow/W/last', user: 'ben' },
      explanation: { excluded: [{ user: 'amira', why: 'absent' }], candidates: ['amira', 'ben', 'cara'] },
    });
  });

  it('leave the work in the queue when nobody is eligible (L6)', () => {
    const ownerRules = { s: { order: 1, to: { by: 'skill', team: 'officers', skills: ['bsl'] } } };
    const player = launchedCase({ nodes: { A: { task: { ownerRules } } } });
    expect(player.state.tasks['A']).toMatchObject({ owner: null, group: 'officers' });
  });

  it('are kept apart where the rule says so (L3)', () => {
    const apart = { s: { order: 1, to: { by: 'leastLoaded', team: 'officers' }, excludeOwnersOf: ['A'] } };
    const first = { s: { order: 1, to: { by: 'user', user: 'amira' } } };
    const player = launchedCase({
      nodes: { A: { task: { ownerRules: first } }, B: { task: { ownerRules: apart } } },
      links: ['A>B'],
    });
    player.send(MONDAY, { type: 'completeTask', task: 'A' });
    expect(player.state.tasks['B']?.owner).toBe('ben');
    expect(player.refused(MONDAY, { type: 'reassignTask', task: 'B', to: 'amira', reason: 'x' }).code).toBe(
      'NOT_ELIGIBLE',
    );
  });
});
