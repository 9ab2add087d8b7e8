import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../schemas/finding.ts';
import { heard, Told } from '../../../studio/document/told.ts';

const finding = (message: string): Finding => ({
  code: 'X',
  severity: 'error',
  document: 'task/A',
  pointer: '',
  values: {},
  message,
});
const lists = fc.array(fc.array(fc.constantFrom('a', 'b', 'c', 'd').map(finding), { maxLength: 6 }), { maxLength: 6 });

describe('findings told again and again', () => {
  it('arrive as they are', () => {
    fc.assert(
      fc.property(lists, (rounds) => {
        const told = new Told();
        let known: readonly Finding[] = [];
        for (const round of rounds) {
          known = heard(known, structuredClone(told.next(round)));
          expect(known).toEqual(round);
        }
      }),
    );
  });

  it('stay the very ones of before where they still hold, and the very list where all do', () => {
    const told = new Told();
    const first = heard([], told.next([finding('a'), finding('b')]));
    expect(heard(first, told.next([finding('a'), finding('b')]))).toBe(first);
    const second = heard(first, told.next([finding('c'), finding('b')]));
    expect(second[1]).toBe(first[1]);
  });

  it('sends only what is new', () => {
    const told = new Told();
    told.next([finding('a'), finding('b')]);
    expect(told.next([finding('c'), finding('b')])).toEqual([finding('c'), 1]);
  });
});
