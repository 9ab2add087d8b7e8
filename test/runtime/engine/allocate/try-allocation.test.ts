import { describe, expect, it } from 'vitest';
import { type AllocationTrial, tryAllocation } from '../../../../runtime/engine/allocate/try-allocation.ts';
import type { OwnerRules } from '../../../../schemas/allocation.ts';
import { loadHousing } from '../../../support/configuration.ts';

const { configuration } = loadHousing();
const noon = Date.parse('2026-12-21T12:00:00Z') / 1000;
const person = (more: object = {}) => ({ name: 'P', teams: ['HOO'], active: true, ...more });
const rules: OwnerRules = {
  young: {
    order: 1,
    when: { op: 'lessThan', of: { question: 'age' }, value: 25 },
    to: { by: 'skill', team: 'HOO', skills: ['youth'] },
  },
  rest: { order: 2, to: { by: 'leastLoaded', team: 'HOO' } },
};

function attempt(more: Partial<AllocationTrial>) {
  const users = {
    ann: person({ skills: ['youth'], capacity: 5 }),
    ben: person(),
    cat: person({ absences: [{ from: noon - 60, to: noon + 60 }] }),
  };
  return tryAllocation({
    configuration,
    rules,
    answers: {},
    asAt: '2026-12-21',
    at: noon,
    directory: { users },
    loads: { ann: 3, ben: 7 },
    ...more,
  });
}

describe('an allocation that is tried', () => {
  it('takes the first rule that holds, and says how each came out', () => {
    const { allocation, rules: tried } = attempt({ answers: { age: 19 } });
    expect(allocation.owner).toBe('ann');
    expect(tried).toEqual([
      { key: 'young', outcome: 'true' },
      { key: 'rest', outcome: 'passed' },
    ]);
    expect(allocation.explanation.excluded).toEqual([
      { user: 'ben', why: 'lacks youth' },
      { user: 'cat', why: 'absent' },
    ]);
  });

  it('passes over a rule that is not known to hold, by loads and absences', () => {
    const { allocation, rules: tried } = attempt({});
    expect(tried.map(({ outcome }) => outcome)).toEqual(['unknown', 'default']);
    expect([allocation.owner, allocation.explanation.loads]).toEqual(['ann', { ann: 3, ben: 7, cat: 0 }]);
  });

  it('leaves the work in the queue where nobody is eligible, with the reason of each', () => {
    const { allocation } = attempt({ answers: { age: 19 }, loads: { ann: 5 } });
    expect([allocation.owner, allocation.group]).toEqual([null, 'HOO']);
    expect(allocation.explanation.excluded[0]).toEqual({ user: 'ann', why: 'at capacity: 5 of 5' });
  });

  it('goes in turn after whoever was last', () => {
    const turn: OwnerRules = { turn: { order: 1, to: { by: 'roundRobin', team: 'HOO' } } };
    expect(attempt({ rules: turn, lastInTurn: { turn: 'ann' } }).allocation.owner).toBe('ben');
    expect(attempt({ rules: turn, lastInTurn: { turn: 'ben' } }).allocation.owner).toBe('ann');
  });

  it('keeps duties apart', () => {
    const apart: OwnerRules = {
      one: { order: 1, to: { by: 'leastLoaded', team: 'HOO' }, excludeOwnersOf: ['CO03'] },
    };
    expect(attempt({ rules: apart, ownersOf: { CO03: ['ann'] } }).allocation.owner).toBe('ben');
  });
});
