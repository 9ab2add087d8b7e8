import { describe, expect, it } from 'vitest';
import { toTaskRows, wakeAt } from '../../../../runtime/engine/run/rows.ts';
import type { DirectoryUser } from '../../../../runtime/engine/run/types.ts';
import type { CaseEvent } from '../../../../schemas/case-event.ts';
import { DAY, HOUR, launchedCase, MONDAY, staff } from './drawing.ts';

// The office is open Monday to Friday, 09:00 to 17:00; every case is launched on Monday at 10:00.
const hours = (value: number) => ({ value, unit: 'hours' });
const to = (user: string) => ({ last: { order: 1, to: { by: 'user', user } } });
const rungs = (player: { events: readonly CaseEvent[] }) =>
  player.events.flatMap((event) => (event.type === 'rungFired' ? [[event.payload.rung, event.effectiveAt]] : []));
const ladderKinds = (player: { events: readonly CaseEvent[] }) =>
  player.events.flatMap((event) => (event.type === 'ladderFact' ? [event.payload.kind] : []));
const row = (player: ReturnType<typeof launchedCase>, task: string) =>
  toTaskRows(player.state).find(({ id }) => id === task);

function people(changes: Record<string, Partial<DirectoryUser>>) {
  const users = Object.entries(staff.users).map(([id, person]) => [id, { ...person, ...changes[id] }] as const);
  return { directory: { users: Object.fromEntries(users) } };
}

describe('an extension granted after the breach', () => {
  it('recolours the work, which turns amber and exceeds again in its time without another fact (C8, C9)', () => {
    const player = launchedCase({ nodes: { A: { task: { sla: { target: hours(4), amber: { percent: 50 } } } } } });
    // Breached at 14:00. Ten hours from Monday 10:00 are Tuesday 12:00; half of them are used up on Monday at 15:00.
    const at = MONDAY + 4.5 * HOUR;
    player.runTo(at);
    player.send(at, { type: 'retargetTask', task: 'A', target: { value: 10, unit: 'hours' }, reason: 'agreed' });
    expect([row(player, 'A')?.slaState, wakeAt(player.state)]).toEqual(['onTrack', MONDAY + 5 * HOUR]);
    player.runTo(MONDAY + 5 * HOUR + 1);
    const due = MONDAY + DAY + 2 * HOUR;
    expect([row(player, 'A')?.slaState, row(player, 'A')?.dueAt]).toEqual(['amber', due]);
    player.runTo(due + 1);
    expect(row(player, 'A')?.slaState).toBe('amber');
    player.runTo(due + 2);
    expect(row(player, 'A')).toMatchObject({ slaState: 'exceeded', breachedAt: MONDAY + 4 * HOUR });
    const facts = player.events.filter(({ type }) => type === 'slaAmber' || type === 'slaBreached');
    expect(facts.map(({ type, effectiveAt }) => [type, effectiveAt])).toEqual([
      ['slaAmber', MONDAY + 2 * HOUR],
      ['slaBreached', MONDAY + 4 * HOUR],
    ]);
  });
});

describe('pauses with review dates', () => {
  const task = { ladder: 'L', ownerRules: to('amira') };
  const ladders = { L: { rungs: { review: { trigger: { on: 'pausedTooLong' } } } } };
  const friday = MONDAY + 4 * DAY + 7 * HOUR;

  it('are reviewed at the earliest date, also after a later hold of the case was added (C13)', () => {
    const player = launchedCase({ nodes: { A: { task } }, ladders });
    player.send(MONDAY, { type: 'holdTask', task: 'A', reason: 'waiting', reviewOn: '2027-01-08' });
    player.send(MONDAY + HOUR, { type: 'holdCase', reason: 'court', reviewOn: '2027-01-20' });
    player.runTo(MONDAY + 10 * DAY);
    expect(rungs(player)).toEqual([['review', friday]]);
  });

  it('keep the review of the hold that remains when the case goes on (C6, C13)', () => {
    const player = launchedCase({ nodes: { A: { task } }, ladders });
    player.send(MONDAY, { type: 'holdTask', task: 'A', reason: 'waiting', reviewOn: '2027-01-08' });
    player.send(MONDAY + HOUR, { type: 'holdCase', reason: 'court', reviewOn: '2027-01-20' });
    player.send(MONDAY + DAY, { type: 'resumeCase' });
    player.runTo(MONDAY + 30 * DAY);
    expect(rungs(player)).toEqual([['review', friday]]);
  });

  it('are reviewed once more at the next date, and the exhausted ladder says so although it is paused (C13, E6)', () => {
    const player = launchedCase({ nodes: { A: { task } }, ladders });
    player.send(MONDAY, { type: 'holdTask', task: 'A', reason: 'waiting', reviewOn: '2027-01-08' });
    player.runTo(friday + 1);
    expect(ladderKinds(player)).toEqual(['exhausted']);
    player.send(friday + 1, { type: 'holdTask', task: 'A', reason: 'waiting', reviewOn: '2027-01-11' });
    player.runTo(MONDAY + 30 * DAY);
    expect(rungs(player)).toEqual([
      ['review', friday],
      ['review', MONDAY + 7 * DAY + 7 * HOUR],
    ]);
  });

  it('stop work that is opened again while its case is on hold (C11, C13)', () => {
    const player = launchedCase({ nodes: { A: { task: { sla: { target: hours(4) } } }, B: {} } });
    player.send(MONDAY + HOUR, { type: 'completeTask', task: 'A' });
    player.send(MONDAY + 2 * HOUR, { type: 'holdCase', reason: 'court' });
    player.send(MONDAY + 3 * HOUR, { type: 'reopenTask', task: 'A', reason: 'wrong' });
    expect(row(player, 'A')).toMatchObject({ paused: true, dueAt: null });
    player.send(MONDAY + 4 * HOUR, { type: 'resumeCase' });
    // One of four hours was used before it was completed: three are left from 14:00.
    expect(row(player, 'A')).toMatchObject({ paused: false, dueAt: MONDAY + 7 * HOUR });
  });
});

describe('work attached late to record only', () => {
  it('climbs no rung for what is past, whatever its trigger (C12)', () => {
    const sla = { target: { value: 2, unit: 'workingDays' }, onAttachOverdue: 'recordOnly' };
    const triggers = {
      late: { on: 'breached' },
      idle: { on: 'stagnant', for: hours(8) },
      new: { on: 'notStarted', for: hours(4) },
    };
    const own = Object.fromEntries(Object.entries(triggers).map(([key, trigger]) => [key, { trigger }]));
    const player = launchedCase(
      { nodes: { A: { task: { sla, ladder: 'L', ownerRules: to('amira') } } }, ladders: { L: { rungs: own } } },
      { receivedAt: MONDAY - 7 * DAY },
    );
    player.runTo(MONDAY + DAY);
    expect(player.events.filter(({ type }) => type === 'slaBreached')).toHaveLength(1);
    expect(rungs(player)).toEqual([]);
  });
});

describe('a rung that gives work away', () => {
  const stale = {
    L: {
      rungs: { stale: { trigger: { on: 'stagnant', for: hours(2) }, actions: [{ do: 'reassign', to: 'user:ben' }] } },
    },
  };

  it('is no staff activity, so that it does not begin another episode; a person who reassigns does (E4)', () => {
    const nodes = { A: { task: { ladder: 'L', ownerRules: to('amira') } } };
    const player = launchedCase({ nodes, ladders: stale });
    player.runTo(MONDAY + DAY + HOUR);
    expect(rungs(player)).toEqual([['stale', MONDAY + 2 * HOUR]]);
    expect(player.state.tasks['A']?.owner).toBe('ben');
    // Tuesday 11:00 and two hours.
    player.send(MONDAY + DAY + HOUR, { type: 'reassignTask', task: 'A', to: 'cara', reason: 'hers' });
    player.runTo(MONDAY + 3 * DAY);
    expect(rungs(player).slice(1)).toEqual([['stale', MONDAY + DAY + 3 * HOUR]]);
  });

  const late = (action: object) => ({ L: { rungs: { late: { trigger: { on: 'breached' }, actions: [action] } } } });
  const first = { task: { ownerRules: to('ben') } };
  const second = (action: object) => ({
    nodes: {
      A: first,
      B: {
        task: {
          sla: { target: hours(4) },
          ladder: 'L',
          ownerRules: { last: { order: 1, to: { by: 'user', user: 'amira' }, excludeOwnersOf: ['A'] } },
        },
      },
    },
    ladders: late(action),
  });

  it('never gives it to whom it is kept apart from (L3)', () => {
    const byRule = launchedCase(second({ do: 'reassign', to: { by: 'roundRobin', team: 'officers' } }));
    byRule.env = { ...byRule.env, cursors: { 'rung/L/late/only': 'amira' } };
    byRule.runTo(MONDAY + 5 * HOUR);
    expect(byRule.state.tasks['B']?.owner).toBe('cara');
    const bySelector = launchedCase(second({ do: 'reassign', to: 'user:ben' }));
    bySelector.runTo(MONDAY + 5 * HOUR);
    expect(bySelector.state.tasks['B']?.owner).toBe('amira');
    expect(ladderKinds(bySelector)).toContain('actionFailed');
  });

  const toManager = {
    nodes: { A: { task: { sla: { target: hours(4) }, ladder: 'L', ownerRules: to('amira') } } },
    ladders: late({ do: 'reassign', to: 'manager-of:owner' }),
  };
  const leeAway = people({ lee: { absences: [{ from: MONDAY, to: MONDAY + DAY - HOUR / 2 }] } });

  it('is tried again every hour while nobody can have it (E14)', () => {
    const player = launchedCase(toManager, leeAway);
    // Breached on Monday at 14:00; Lee is back on Tuesday at 09:30, the next hour after that is 10:00.
    player.runTo(MONDAY + DAY);
    expect([player.state.tasks['A']?.owner, ladderKinds(player).filter((kind) => kind === 'actionFailed')]).toEqual([
      'amira',
      ['actionFailed'],
    ]);
    player.runTo(MONDAY + DAY + 1);
    expect(player.state.tasks['A']?.owner).toBe('lee');
    expect(wakeAt(player.state)).toBeGreaterThan(MONDAY + 3 * DAY);
  });

  it('is not taken from a person who was given it meanwhile (E14)', () => {
    const player = launchedCase(toManager, leeAway);
    player.runTo(MONDAY + 5 * HOUR);
    player.send(MONDAY + 5 * HOUR, { type: 'reassignTask', task: 'A', to: 'cara', reason: 'hers' });
    player.runTo(MONDAY + 3 * DAY);
    expect(player.state.tasks['A']?.owner).toBe('cara');
  });
});

describe('the owner of a case', () => {
  it('who is new hears of it, although the case has no ladder (E9)', () => {
    const player = launchedCase({ nodes: { A: {} } });
    const news = player.send(MONDAY, { type: 'changeCaseOwner', to: 'cara', reason: 'hers' });
    const told = news.flatMap((event) => (event.type === 'messageQueued' ? [event.payload] : []));
    expect(told.map(({ to: whom, rung, item }) => [whom, rung, item])).toContainEqual(['cara', 'assigned', 'case:']);
  });
});

describe('a live ticker', () => {
  it('leaves what is due at this very instant to the commands of this instant (C2)', () => {
    const player = launchedCase({ nodes: { A: { task: { sla: { target: hours(4) } } } } });
    player.env = { ...player.env, isLive: true };
    expect(player.send(MONDAY + 4 * HOUR, { type: 'advance' })).toEqual([]);
    player.send(MONDAY + 4 * HOUR, { type: 'completeTask', task: 'A' });
    expect(player.events.filter(({ type }) => type === 'slaBreached')).toEqual([]);
  });

  it('takes it a second later, with its true time (C4)', () => {
    const player = launchedCase({ nodes: { A: { task: { sla: { target: hours(4) } } } } });
    player.env = { ...player.env, isLive: true };
    const [fact] = player.send(MONDAY + 4 * HOUR + 1, { type: 'advance' });
    expect([fact?.type, fact?.effectiveAt]).toEqual(['slaBreached', MONDAY + 4 * HOUR]);
  });
});
