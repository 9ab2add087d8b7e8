import { describe, expect, it } from 'vitest';
import { type AllocationView, allocate } from '../../../../runtime/engine/allocate/allocate.ts';
import type { DirectoryUser } from '../../../../runtime/engine/run/types.ts';
import type { OwnerRules, OwnerStrategy } from '../../../../schemas/allocation.ts';

const now = 1_800_000_000;
const person = (change: Partial<DirectoryUser> = {}): DirectoryUser => ({
  name: 'X',
  teams: ['T'],
  active: true,
  ...change,
});

function view(change: Partial<AllocationView> = {}, users: Record<string, DirectoryUser> = {}): AllocationView {
  return {
    at: now,
    directory: { users: { ann: person(), ben: person(), cat: person(), ...users } },
    loads: {},
    lastAllocated: {},
    cursors: {},
    holds: () => false,
    caseOwner: { owner: null, group: null },
    ownersOf: () => [],
    groupOf: () => null,
    answerOf: () => undefined,
    lastOfficer: undefined,
    skills: [],
    weight: 1,
    heldBy: null,
    amberAt: () => null,
    ...change,
  };
}

const rule = (to: OwnerStrategy, more: object = {}): OwnerRules => ({ r: { order: 0, to, ...more } });
const inTurn = rule({ by: 'roundRobin', team: 'T' });
const leastLoaded = rule({ by: 'leastLoaded', team: 'T' });
const owner = (rules: OwnerRules, seen: AllocationView) => allocate(rules, 'task/A', seen).owner;

describe('allocation rules', () => {
  it('are tried in order and the first whose condition holds wins (L1)', () => {
    const condition = { of: { question: 'q' }, op: 'is', value: 'yes' } as const;
    const rules: OwnerRules = {
      last: { order: 2, to: { by: 'user', user: 'cat' } },
      first: { order: 1, when: condition, to: { by: 'user', user: 'ben' } },
    };
    expect(owner(rules, view({ holds: () => true }))).toBe('ben');
    expect(owner(rules, view())).toBe('cat');
  });

  it('leave work of a group, a role or a queue to be taken (L2)', () => {
    for (const to of [
      { by: 'group', group: 'T' },
      { by: 'role', role: 'T' },
      { by: 'manual', team: 'T' },
    ] as const) {
      expect(allocate(rule(to), 'task/A', view())).toMatchObject({ owner: null, group: 'T' });
    }
  });

  it('follow the owner of the case or of another task (L2)', () => {
    expect(owner(rule({ by: 'caseOwner' }), view({ caseOwner: { owner: 'ben', group: 'T' } }))).toBe('ben');
    expect(owner(rule({ by: 'sameAs', node: 'N' }), view({ ownersOf: (node) => (node === 'N' ? ['cat'] : []) }))).toBe(
      'cat',
    );
  });

  it('give work to the last officer of the customer while they are in the team, else to the least loaded (L2)', () => {
    const rules = rule({ by: 'lastOfficer', team: 'T' });
    expect(owner(rules, view({ lastOfficer: 'cat', loads: { cat: 9 } }))).toBe('cat');
    expect(owner(rules, view({ lastOfficer: 'zoe', loads: { ann: 2, ben: 1, cat: 3 } }))).toBe('ben');
    const away = { cat: person({ absences: [{ from: now, to: now + 1 }] }) };
    expect(owner(rules, view({ lastOfficer: 'cat', loads: { ann: 2, ben: 1 } }, away))).toBe('ben');
  });

  it('ask for every skill of the rule and of the task (L3)', () => {
    const rules = rule({ by: 'skill', team: 'T', skills: ['debt'] });
    const users = { ann: person({ skills: ['debt'] }), ben: person({ skills: ['debt', 'welsh'] }) };
    expect(owner(rules, view({ skills: ['welsh'] }, users))).toBe('ben');
    const { explanation } = allocate(rules, 'task/A', view({ skills: ['welsh'] }, users));
    expect(explanation.excluded).toEqual([
      { user: 'ann', why: 'lacks welsh' },
      { user: 'cat', why: 'lacks welsh, debt' },
    ]);
  });

  it('match the ward of the enquiry with the officers who serve it (L2)', () => {
    const rules = rule({ by: 'locality', team: 'T', question: 'ward' });
    const users = { ben: person({ skills: ['north'] }) };
    expect(owner(rules, view({ answerOf: () => 'north' }, users))).toBe('ben');
    expect(allocate(rules, 'task/A', view({ answerOf: () => 'south' }, users))).toMatchObject({
      owner: null,
      group: 'T',
      explanation: { none: true },
    });
  });
});

describe('allocation in turn', () => {
  it('goes on from the cursor in the order of ids and begins again at the end (L4)', () => {
    const turnAfter = (user: string) => allocate(inTurn, 'task/A', view({ cursors: { 'task/A/r': user } }));
    expect([owner(inTurn, view()), turnAfter('ann').owner, turnAfter('ben').owner, turnAfter('cat').owner]).toEqual([
      'ann',
      'ben',
      'cat',
      'ann',
    ]);
    expect(turnAfter('ann').cursor).toEqual({ key: 'task/A/r', user: 'ben' });
  });

  it('skips the ineligible, who keep their place (L4)', () => {
    const away = { ben: person({ absences: [{ from: now - 10, to: now + 10 }] }) };
    const skipping = allocate(inTurn, 'task/A', view({ cursors: { 'task/A/r': 'ann' } }, away));
    expect(skipping.cursor).toEqual({ key: 'task/A/r', user: 'cat' });
    expect(owner(inTurn, view({ cursors: { 'task/A/r': 'ann' } }))).toBe('ben');
  });

  it('does not move the cursor where nobody is eligible: the work waits in the queue of the team (L6)', () => {
    const users = Object.fromEntries(['ann', 'ben', 'cat'].map((id) => [id, person({ active: false })]));
    const found = allocate(inTurn, 'task/A', view({}, users));
    expect(found).toMatchObject({ owner: null, group: 'T', explanation: { none: true, chosen: null } });
    expect(found.cursor).toBeUndefined();
    expect(found.explanation.excluded.map(({ why }) => why)).toEqual(['not active', 'not active', 'not active']);
  });
});

describe('capacity', () => {
  const users = { ann: person({ capacity: 4 }), ben: person({ capacity: 10 }) };

  it('keeps work from whoever it would take beyond it, at the very edge not (L3)', () => {
    const loads = { ann: 3, ben: 9, cat: 99 };
    expect(owner(leastLoaded, view({ loads, weight: 1 }, users))).toBe('ann');
    const { owner: chosen, explanation } = allocate(leastLoaded, 'task/A', view({ loads, weight: 2 }, users));
    expect(chosen).toBe('cat');
    expect(explanation.excluded).toEqual([
      { user: 'ann', why: 'at capacity: 3 of 4' },
      { user: 'ben', why: 'at capacity: 9 of 10' },
    ]);
  });

  it('keeps a case, which weighs nothing, from whoever is full (L3)', () => {
    expect(owner(rule({ by: 'user', user: 'ann' }), view({ loads: { ann: 4 }, weight: 0 }, users))).toBeNull();
    expect(owner(rule({ by: 'user', user: 'ann' }), view({ loads: { ann: 3 }, weight: 0 }, users))).toBe('ann');
  });

  it('does not count work against the person who has it already (L11)', () => {
    const kept = view({ loads: { ann: 4 }, weight: 1, heldBy: 'ann' }, users);
    expect(owner(rule({ by: 'user', user: 'ann' }), kept)).toBe('ann');
  });
});

describe('presence until the work turns amber', () => {
  const amber = now + 1000;
  const away = (from: number, to: number) =>
    view({ amberAt: () => amber }, { ann: person({ absences: [{ from, to }] }) });
  const untilAmber = rule({ by: 'roundRobin', team: 'T' }, { presence: 'untilAmber' });

  it('keeps work from whoever will be away before it, and says so (L3)', () => {
    const found = allocate(untilAmber, 'task/A', away(amber - 1, amber + 500));
    expect(found.owner).toBe('ben');
    expect(found.explanation.excluded).toEqual([{ user: 'ann', why: 'absent before it turns amber' }]);
  });

  it('lets those have it whose absence begins with the amber or later, or is over (L3)', () => {
    expect(owner(untilAmber, away(amber, amber + 500))).toBe('ann');
    expect(owner(untilAmber, away(now - 500, now))).toBe('ann');
  });

  it('asks only about now where the rule does not want it (L3)', () => {
    expect(owner(inTurn, away(now + 1, amber))).toBe('ann');
    expect(owner(inTurn, away(now, amber))).toBe('ben');
  });
});

describe('allocation by load', () => {
  it('takes the fewest weights, then who was given work longest ago, then the id (L5)', () => {
    expect(owner(leastLoaded, view({ loads: { ann: 3, ben: 1, cat: 1 } }))).toBe('ben');
    expect(owner(leastLoaded, view({ loads: { ann: 3, ben: 1, cat: 1 }, lastAllocated: { ben: 20, cat: 10 } }))).toBe(
      'cat',
    );
    expect(owner(leastLoaded, view({ lastAllocated: { ann: 20, ben: 10 } }))).toBe('cat');
  });

  it('never takes an absent person, whatever the load (L6)', () => {
    const away = { ben: person({ absences: [{ from: now, to: now + 100, cover: 'cat' }] }) };
    expect(owner(leastLoaded, view({ loads: { ann: 5, cat: 4 } }, away))).toBe('cat');
    expect(owner(rule({ by: 'user', user: 'ben' }), view({}, away))).toBeNull();
  });
});

describe('separation of duties', () => {
  it('keeps the second stage from the officer of the first, and says why (L3)', () => {
    const rules = rule({ by: 'roundRobin', team: 'T' }, { excludeOwnersOf: ['STAGE1'] });
    const seen = view({ ownersOf: (node) => (node === 'STAGE1' ? ['ann'] : []) });
    const found = allocate(rules, 'task/A', seen);
    expect(found.owner).toBe('ben');
    expect(found.explanation.excluded).toEqual([
      { user: 'ann', why: 'kept apart from work they did before on this case' },
    ]);
  });
});

describe('the explanation', () => {
  it('holds the rule, the candidates, exclusions, the loads that were looked at and the cursor (L9)', () => {
    const { explanation } = allocate(
      inTurn,
      'task/A',
      view(
        { cursors: { 'task/A/r': 'ann' }, loads: { ann: 2 } },
        { ann: person({ capacity: 3 }), dan: person({ active: false, capacity: 3 }) },
      ),
    );
    expect(explanation).toEqual({
      rule: 'r',
      by: 'roundRobin',
      team: 'T',
      candidates: ['ann', 'ben', 'cat', 'dan'],
      excluded: [{ user: 'dan', why: 'not active' }],
      loads: { ann: 2, dan: 0 },
      cursor: 'ann',
      chosen: 'ben',
    });
  });
});
