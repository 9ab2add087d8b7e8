import { describe, expect, it } from 'vitest';
import { caseTimeline } from '../../../../runtime/engine/observe/case-timeline.ts';
import { wakeAt } from '../../../../runtime/engine/run/rows.ts';
import type { CaseEvent } from '../../../../schemas/case-event.ts';
import { compiled, DAY, HOUR, launchedCase, lives, MONDAY } from './drawing.ts';

// The office is open Monday to Friday, 09:00 to 17:00; every case is launched on Monday at 10:00.
const late = (...actions: object[]) => ({ L: { rungs: { late: { trigger: { on: 'breached' }, actions } } } });
const adding = {
  nodes: {
    A: { task: { sla: { target: { value: 4, unit: 'hours' } }, ladder: 'L' } },
    B: { activation: 'manual' },
  },
  ladders: late({ do: 'addTask', node: 'B' }, { do: 'setFlag', flag: 'late' }),
};
const failures = ({ events }: { events: readonly CaseEvent[] }) =>
  events.flatMap((event) =>
    event.type === 'ladderFact' && event.payload.kind === 'actionFailed' ? [event.payload.detail] : [],
  );
const givenUp = ({ events }: { events: readonly CaseEvent[] }) =>
  events.flatMap((event) =>
    event.type === 'ladderFact' && event.payload.kind === 'actionGivenUp' ? [event.payload.detail] : [],
  );
const added = ({ events }: { events: readonly CaseEvent[] }) =>
  events.flatMap((event) => (event.type === 'taskAdded' ? [event.payload.id] : []));

describe('a rung that adds a task', () => {
  it('adds it once when it fires (E14)', () => {
    const player = launchedCase(adding);
    player.runTo(MONDAY + 3 * DAY);
    expect([added(player), failures(player)]).toEqual([['B'], []]);
  });

  it('is satisfied where the task was added by hand and is still to be done (E14)', () => {
    const player = launchedCase(adding);
    player.send(MONDAY, { type: 'addTask', node: 'B' });
    player.runTo(MONDAY + 3 * DAY);
    expect([added(player), failures(player)]).toEqual([['B'], []]);
  });

  it('that was done already says so, goes on with its other actions, and is tried every hour of a day (E14)', () => {
    const player = launchedCase(adding);
    player.send(MONDAY, { type: 'addTask', node: 'B' });
    player.send(MONDAY, { type: 'completeTask', task: 'B' });
    player.runTo(MONDAY + 4 * HOUR + 1);
    expect(failures(player)).toEqual([{ rung: 'late', action: 'addTask', node: 'B' }]);
    expect(player.events.some(({ type }) => type === 'flagSet')).toBe(true);
    expect(wakeAt(player.state)).toBe(MONDAY + 5 * HOUR);
    player.runTo(MONDAY + 3 * DAY);
    expect([added(player), failures(player).length]).toEqual([['B'], 1]);
    expect(givenUp(player)).toEqual([{ rung: 'late', action: 'addTask', node: 'B', tries: 24 }]);
    // Given up after a day of tries: the case is not woken for it any more.
    expect(wakeAt(player.state)).toBeGreaterThan(MONDAY + 4 * DAY);
  });

  it('gets its task as soon as there may be one more, also when the work was given to somebody else meanwhile (E14)', () => {
    const bundle = compiled(adding);
    const player = launchedCase(adding, { bundle });
    player.send(MONDAY, { type: 'addTask', node: 'B' });
    player.send(MONDAY, { type: 'completeTask', task: 'B' });
    player.runTo(MONDAY + 5 * HOUR);
    player.send(MONDAY + 5 * HOUR, { type: 'reassignTask', task: 'A', to: 'cara', reason: 'hers' });
    // As when the case is moved to a release in which the task may be repeated.
    Object.assign(bundle.tasks['B']?.task ?? {}, { repeatable: true });
    player.runTo(MONDAY + 8 * HOUR);
    expect(added(player)).toEqual(['B', 'B.2']);
    expect(lives(player)).toMatchObject({ B: 'complete', 'B.2': 'ready' });
    player.runTo(MONDAY + 3 * DAY);
    expect(added(player)).toEqual(['B', 'B.2']);
  });

  it('tells it in the history of the case', () => {
    const player = launchedCase(adding);
    player.send(MONDAY, { type: 'addTask', node: 'B' });
    player.send(MONDAY, { type: 'completeTask', task: 'B' });
    player.runTo(MONDAY + 5 * HOUR);
    const texts = caseTimeline(compiled(adding), player.events).map(({ text }) => text);
    expect(texts.filter((text) => text.includes('could not'))).toEqual([
      'The escalation of "Task A" could not add the task "Task B": it was done already and takes no further occurrence; it is tried again every hour.',
    ]);
  });
});

describe('the key of a firing', () => {
  const keys = (drawing: Parameters<typeof launchedCase>[0]) => {
    const player = launchedCase(drawing);
    player.runTo(MONDAY + 3 * DAY);
    return player.events.flatMap((event) => (event.type === 'rungFired' ? [event.payload.firing] : []));
  };

  it('names item, ladder as drawn, rung, cycle, target revision and occurrence, the same for every worker (E15)', () => {
    const [key = ''] = keys(adding);
    expect(key).toMatch(/^task:A\/draft-[0-9a-f]{16}\/late\/0\/0\/1$/);
    expect(keys(adding)).toEqual([key]);
    const [anew = ''] = keys({ ...adding, ladders: late({ do: 'setFlag', flag: 'late' }) });
    expect([anew === key, anew.replace(/draft-[0-9a-f]{16}/, '')]).toEqual([
      false,
      key.replace(/draft-[0-9a-f]{16}/, ''),
    ]);
  });
});
