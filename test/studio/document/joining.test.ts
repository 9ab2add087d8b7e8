import { describe, expect, it } from 'vitest';
import { joinKept } from '../../../studio/document/joining.ts';
import type { Body, KeptChange } from '../../../studio/document/journal.ts';

const team = (title: string, more = {}): Body => ({ kind: 'team', format: 1, key: 'A', title, type: 'group', ...more });
const kept = (body: Body | null, base: Body | null, more: Partial<KeptChange> = {}): KeptChange => ({
  name: 'team/A',
  body,
  base,
  ...(base ? { revision: 4 } : {}),
  changes: 1,
  ...more,
});
const base = team('a');

describe('what two pages of one person left of one document', () => {
  it('is one change where they touched different places, and the server may have either', () => {
    const [one, other] = [team('mine'), team('a', { skills: ['gas'] })];
    expect(joinKept(kept(one, base), kept(other, base, { unanswered: [team('a', { skills: [] })] }))).toEqual({
      name: 'team/A',
      body: team('mine', { skills: ['gas'] }),
      base,
      revision: 4,
      unanswered: [one, team('a', { skills: [] }), other],
      changes: 2,
    });
  });

  it('is the later one where that went on from the other', () => {
    const first = kept(team('b'), base);
    for (const later of [
      kept(team('bc'), team('b'), { revision: 5 }),
      kept(team('bc'), base, { unanswered: [team('b')] }),
      kept(null, team('b'), { revision: 5 }),
    ]) {
      expect(joinKept(first, later)).toBe(later);
      expect(joinKept(later, first)).toBe(later);
    }
  });

  it('is nothing that can be joined where both touched one place, or began from different saves', () => {
    expect(joinKept(kept(team('b'), base), kept(team('c'), base))).toBeUndefined();
    expect(joinKept(kept(null, base), kept(team('c'), base))).toBeUndefined();
    expect(
      joinKept(kept(team('b'), base), kept(team('c', { roundRobin: true }), team('d'), { revision: 7 })),
    ).toBeUndefined();
  });

  it('keeps the places of a drawing that either moved', () => {
    const layout = (positions: object): Body => ({ kind: 'layout', format: 1, key: 'W', positions }) as never;
    const from = layout({ one: { x: 0, y: 0 }, two: { x: 0, y: 9 } });
    const joined = joinKept(
      kept(layout({ one: { x: 5, y: 0 }, two: { x: 0, y: 9 } }), from),
      kept(layout({ one: { x: 0, y: 0 }, two: { x: 7, y: 9 } }), from),
    );
    expect(joined?.body).toEqual(layout({ one: { x: 5, y: 0 }, two: { x: 7, y: 9 } }));
  });
});
