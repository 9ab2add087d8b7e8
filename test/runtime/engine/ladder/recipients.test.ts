import { describe, expect, it } from 'vitest';
import {
  type Directory,
  resolveRecipients,
  resolveWithFallback,
} from '../../../../runtime/engine/ladder/recipients.ts';

const covers: Record<string, string> = {
  ann: 'ben',
  ben: 'cat',
  p1: 'p2',
  p2: 'p3',
  p3: 'p4',
  p4: 'p5',
  p5: 'p6',
  p6: 'p7',
  loop1: 'loop2',
  loop2: 'loop1',
};

const members: Record<string, readonly string[]> = {
  'role duty': ['dan', 'eve'],
  'group lets': ['eve', 'ann'],
  'stakeholders out': ['Care@Example.org', 'dan'],
};

function directory(absent: readonly string[] = []): Directory {
  return {
    managerOf: (user) => (user === 'ann' || user === 'ben' ? 'mia' : undefined),
    members: (kind, key) => members[`${kind} ${key}`] ?? [],
    isAbsent: (user) => absent.includes(user),
    coverFor: (user) => covers[user],
    addressOf: (user) => (user === 'ann' ? 'ann@council.example' : undefined),
    allowsAddress: (address) => !address.endsWith('@blocked.example'),
  };
}

function resolve(selectors: readonly string[], absent: readonly string[] = [], owner: string | null = 'ann') {
  return resolveRecipients(selectors, { owner, caseOwner: 'ben', customer: 'c7' }, directory(absent), 0);
}

const ids = (found: readonly { readonly id: string }[]) => found.map(({ id }) => id);

describe('recipients of a rung', () => {
  it('resolves every kind of selector in selector order (E10)', () => {
    const all = [
      'customer',
      'stakeholders:out',
      'owner',
      'manager-of:caseOwner',
      'user:zoe',
      'email:x@partner.example',
    ];
    expect(ids(resolve(all))).toEqual(['c7', 'Care@Example.org', 'dan', 'ann', 'mia', 'zoe', 'x@partner.example']);
  });

  it('names each person once, and an address once whatever its case (E11)', () => {
    expect(ids(resolve(['role:duty', 'group:lets', 'owner']))).toEqual(['dan', 'eve', 'ann']);
    expect(ids(resolve(['stakeholders:out', 'email:care@example.org']))).toEqual(['Care@Example.org', 'dan']);
    expect(ids(resolve(['owner', 'email:Ann@Council.example']))).toEqual(['ann']);
  });

  it('takes the managers of all members of a role and the members of a queue that owns the item', () => {
    expect(ids(resolve(['manager-of:group:lets']))).toEqual(['mia']);
    expect(ids(resolve(['owner'], [], 'role:duty'))).toEqual(['dan', 'eve']);
  });

  it('puts the cover in the place of an absent person and names both (E12)', () => {
    expect(resolve(['owner'], ['ann'])).toEqual([{ id: 'ben', kind: 'user', insteadOf: 'ann' }]);
    expect(resolve(['owner'], ['ann', 'ben'])).toEqual([{ id: 'cat', kind: 'user', insteadOf: 'ann' }]);
  });

  it('follows covers five deep and no further, and breaks loops (E12)', () => {
    const people = ['p1', 'p2', 'p3', 'p4', 'p5'];
    expect(ids(resolve(['user:p1'], people))).toEqual(['p6']);
    expect(ids(resolve(['user:p1'], [...people, 'p6']))).toEqual([]);
    expect(ids(resolve(['user:loop1'], ['loop1', 'loop2']))).toEqual([]);
  });

  it('leaves out addresses the organisation does not allow', () => {
    expect(ids(resolve(['email:a@blocked.example', 'email:a@fine.example']))).toEqual(['a@fine.example']);
  });

  it("turns to the rung's fallback, then the ladder's, then nobody (E13)", () => {
    const lists = (rung: readonly string[], whole: readonly string[]) =>
      resolveWithFallback([['role:none'], rung, whole], { owner: null }, directory(), 0);
    expect(lists(['user:zoe'], ['role:duty'])).toEqual({
      recipients: [{ id: 'zoe', kind: 'user' }],
      usedFallback: true,
    });
    expect(ids(lists(['owner'], ['role:duty']).recipients)).toEqual(['dan', 'eve']);
    expect(lists([], [])).toEqual({ recipients: [], usedFallback: true });
  });
});
