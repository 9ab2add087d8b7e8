import { describe, expect, it } from 'vitest';
import { coveringAt } from '../../../../runtime/engine/allocate/staff.ts';
import type { Absence, Directory } from '../../../../runtime/engine/run/types.ts';

const now = 1_800_000_000;

function directory(absences: Record<string, Partial<Absence>>): Directory {
  const users = ['ann', 'ben', 'cat', 'dan'].map((id) => {
    const away = absences[id];
    const person = { name: id, teams: [], active: true };
    return [id, away ? { ...person, absences: [{ from: now - 100, to: now + 100, ...away }] } : person] as const;
  });
  return { users: Object.fromEntries(users) };
}

describe('cover', () => {
  it('shares the work of who is away unless it is to be reassigned (L7)', () => {
    const people = directory({ ann: { cover: 'ben' }, cat: { cover: 'dan', existingWork: 'reassign' } });
    expect(coveringAt(people, now)).toEqual([
      { absent: 'ann', cover: 'ben', existingWork: 'share' },
      { absent: 'cat', cover: 'dan', existingWork: 'reassign' },
    ]);
  });

  it('lasts as long as the absence: from its first second, not in its last (L7)', () => {
    const people = directory({ ann: { cover: 'ben' } });
    expect([now - 101, now - 100, now + 99, now + 100].map((at) => coveringAt(people, at).length)).toEqual([
      0, 1, 1, 0,
    ]);
  });

  it('goes down the chain to somebody present, and to nobody in a loop or without a cover (E12)', () => {
    const chain = directory({ ann: { cover: 'ben' }, ben: { cover: 'cat' } });
    expect(coveringAt(chain, now)).toEqual([
      { absent: 'ann', cover: 'cat', existingWork: 'share' },
      { absent: 'ben', cover: 'cat', existingWork: 'share' },
    ]);
    expect(coveringAt(directory({ ann: { cover: 'ben' }, ben: { cover: 'ann' }, cat: {} }), now)).toEqual([]);
  });
});
