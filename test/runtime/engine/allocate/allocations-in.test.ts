import { describe, expect, it } from 'vitest';
import { allocationsOf, givenBy } from '../../../../runtime/engine/allocate/allocations-in.ts';
import { caseTimeline } from '../../../../runtime/engine/observe/case-timeline.ts';
import { replay } from '../../../../runtime/engine/run/evolve.ts';
import { CaseEvent } from '../../../../schemas/case-event.ts';
import { compiled, launchedCase } from '../run/drawing.ts';

const rule = (to: object) => ({ task: { ownerRules: { only: { order: 1, to } } } });
const drawing = {
  nodes: {
    A: rule({ by: 'user', user: 'cara' }),
    B: rule({ by: 'sameAs', node: 'A' }),
    C: rule({ by: 'roundRobin', team: 'officers' }),
    D: rule({ by: 'roundRobin', team: 'officers' }),
  },
};

/** The events as they were stored while each allocation was an event of its own. */
function oneByOne(events: readonly CaseEvent[]): CaseEvent[] {
  const all = events.flatMap((event): CaseEvent[] =>
    event.type === 'allocated' ? allocationsOf(event.payload).map((payload) => ({ ...event, payload })) : [event],
  );
  return all.map((event, at) => ({ ...event, seq: at + 1 }));
}

describe('what a launch gives away', () => {
  const { events, state } = launchedCase(drawing);
  const allocated = events.filter(({ type }) => type === 'allocated');

  it('is told by one event, and each rule saw whom those before it chose (L11)', () => {
    expect(allocated).toHaveLength(1);
    const given = allocated.flatMap(givenBy).map(({ owner }) => owner);
    expect(given.slice(1, 3)).toEqual(['cara', 'cara']);
    expect(given).toEqual([state.owner, ...Object.values(state.tasks).map(({ owner }) => owner)]);
    for (const event of events) expect(CaseEvent.safeParse(event).success).toBe(true);
  });

  it('makes the same state and history as an event for each item, as earlier releases stored them', () => {
    const before = oneByOne(events);
    expect(before.length).toBe(events.length + 4);
    expect({ ...replay(before), revision: state.revision }).toEqual(state);
    const sentences = (told: readonly CaseEvent[]) =>
      caseTimeline(compiled(drawing), told).map(({ text, task }) => [text, task]);
    expect(sentences(before)).toEqual(sentences(events));
  });
});
