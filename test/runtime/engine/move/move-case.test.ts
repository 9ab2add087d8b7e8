import { describe, expect, it } from 'vitest';
import { compileWorkflow } from '../../../../runtime/engine/compile/compile-workflow.ts';
import type { CompiledWorkflow } from '../../../../runtime/engine/compile/compiled-workflow.ts';
import {
  buildAdviceBook,
  effectOfMove,
  isUntouched,
  isWithoutEffect,
  moveCase,
  toTaskRows,
} from '../../../../runtime/engine/index.ts';
import { decide } from '../../../../runtime/engine/run/decide.ts';
import { evolve, replay } from '../../../../runtime/engine/run/evolve.ts';
import type { CaseState } from '../../../../runtime/engine/run/types.ts';
import { CaseEvent } from '../../../../schemas/case-event.ts';
import type { Configuration } from '../../../../schemas/configuration.ts';
import type { WorkflowDocument } from '../../../../schemas/workflow.ts';
import { loadHousing, type Mutable } from '../../../support/configuration.ts';
import { calendarsOf, type Player, playerOf } from '../run/case-player.ts';

const housing = loadHousing().configuration;
const calendars = calendarsOf(housing);
const at = (text: string) => Date.parse(`${text}Z`) / 1000;
const monday = at('2026-11-23T09:00:00');

type Copy = Mutable<Configuration>;

function release(
  number: number,
  change: (copy: Copy) => void = () => {},
): { configuration: Configuration; bundle: CompiledWorkflow } {
  const copy = structuredClone(housing) as Copy;
  change(copy);
  const configuration = copy as Configuration;
  return { configuration, bundle: compileWorkflow({ configuration, number, digest: `digest-${number}` }, 'HP') };
}

const old = release(1);

/** A case of release 1 whose first two tasks are done and whose third is being worked. */
function workedCase(): Player {
  const player = playerOf({ bundle: old.bundle, calendars });
  player.send(monday, { type: 'launch', answers: {} });
  for (const task of ['HP01', 'HP02']) {
    player.send(monday + 600, { type: 'startTask', task });
    player.send(monday + 1200, { type: 'completeTask', task });
  }
  player.send(monday + 3600, { type: 'startTask', task: 'HP03' });
  return player;
}

function move(player: Player, to: CompiledWorkflow, when: number, answers = {}) {
  const env = { ...player.env, now: when, actor: 'amira', answers };
  return moveCase(old.bundle, to, player.state, env);
}

function moved(player: Player, to: CompiledWorkflow, when: number): CaseState {
  const result = move(player, to, when);
  if (!result.ok) throw new Error(result.blocks.map(({ reason }) => reason).join(' '));
  let { state } = player;
  for (const { personal: _personal, ...draft } of result.events) {
    const event = { ...draft, seq: player.events.length + 1 } as CaseEvent;
    expect(CaseEvent.safeParse(JSON.parse(JSON.stringify(event))).error?.message).toBeUndefined();
    player.events.push(event);
    state = evolve(state, event);
  }
  expect(replay(player.events)).toEqual(state);
  return state;
}

const hp = (copy: Copy): Mutable<WorkflowDocument> => {
  const found = copy.workflow['HP'];
  if (!found) throw new Error('expected the workflow HP');
  return found;
};

describe('moving a case to another release', () => {
  it('changes nothing but the release where the drawing is the same', () => {
    const player = workedCase();
    const state = moved(player, release(2).bundle, monday + 7200);
    expect(state.release).toBe(2);
    expect(toTaskRows(state)).toEqual(toTaskRows({ ...player.state, tasks: state.tasks }));
    expect(player.events.at(-1)?.type).toBe('caseMoved');
  });

  it('keeps what a clock consumed and gives it the new target', () => {
    const player = workedCase();
    const to = release(2, (copy) => {
      Object.assign(copy.task['HP03'] ?? {}, { sla: { target: { value: 8, unit: 'workingDays' } } });
    });
    const before = toTaskRows(player.state).find(({ id }) => id === 'HP03');
    const after = toTaskRows(moved(player, to.bundle, monday + 86_400)).find(({ id }) => id === 'HP03');
    // Started on Monday 23 November: 5 working days are Monday the 30th, 8 are Thursday the 3rd, at 17:00.
    expect(before?.dueAt).toBe(at('2026-11-30T17:00:00'));
    expect(after?.dueAt).toBe(at('2026-12-03T17:00:00'));
    expect(after?.activeAt).toBe(before?.activeAt);
  });

  it('adds tasks that are drawn now and drops those nobody had begun', () => {
    const player = workedCase();
    const to = release(2, (copy) => {
      const { nodes, links } = hp(copy);
      delete nodes['HP08'];
      for (const [key, link] of Object.entries(links))
        if (link.from === 'HP08' || link.to === 'HP08') delete links[key];
      nodes['NEW'] = { type: 'milestone', order: 99, stage: 'Looked at' };
      links['HP02-NEW'] = { order: 99, from: 'HP02', to: 'NEW', type: 'FS' };
    });
    const state = moved(player, to.bundle, monday + 7200);
    expect(state.tasks['HP08']).toMatchObject({ life: 'cancelled', flags: ['movedOut'] });
    expect(state.steps['NEW']?.state).toBe('reached');
    expect(state.stage).toBe('Looked at');
  });

  it('takes the shorter lag of a waiting task from where the lag began', () => {
    const player = workedCase();
    player.send(monday + 7200, { type: 'completeTask', task: 'HP03' });
    const before = player.state.releases['HP12'];
    const to = release(2, (copy) => {
      const lag = hp(copy).links['HP03-HP12']?.lag;
      if (lag) lag.value = 35;
    });
    const after = moved(player, to.bundle, monday + 86_400).releases['HP12'];
    expect(((before ?? 0) - (after ?? 0)) / 86_400).toBe(7);
  });

  it('is refused while a task is worked that is not drawn any more, and says so', () => {
    const player = workedCase();
    const to = release(2, (copy) => {
      const { nodes, links } = hp(copy);
      delete nodes['HP03'];
      for (const [key, link] of Object.entries(links))
        if (link.from === 'HP03' || link.to === 'HP03') delete links[key];
    });
    const result = move(player, to.bundle, monday + 7200);
    expect(result.ok ? [] : result.blocks.map(({ code, what }) => [code, what])).toEqual([['TASK_ORPHANED', 'HP03']]);
  });

  it('is refused where a running statutory clock would go, or an answer is no option any more', () => {
    const player = workedCase();
    player.send(monday + 7200, { type: 'completeTask', task: 'HP03' });
    const to = release(2, (copy) => {
      delete hp(copy).clocks['HP-DUTY'];
      const options = copy.question['stay']?.options;
      if (options) delete options['family_friends'];
    });
    const result = move(player, to.bundle, monday + 9000, { stay: 'family_friends' });
    expect(result.ok ? [] : result.blocks.map(({ code, what }) => [code, what])).toEqual([
      ['CLOCK_GONE', 'HP-DUTY'],
      ['OPTION_REMOVED', 'stay=family_friends'],
    ]);
    expect(move(player, to.bundle, monday + 9000, { stay: 'private_rent' }).ok).toBe(false);
  });

  it('lets an option go that no answer of the case holds', () => {
    const player = workedCase();
    const to = release(2, (copy) => {
      const options = copy.question['stay']?.options;
      if (options) delete options['family_friends'];
    });
    expect(move(player, to.bundle, monday + 9000, { stay: 'private_rent' }).ok).toBe(true);
    const held = move(player, to.bundle, monday + 9000, { stay: 'family_friends' });
    expect(held.ok ? [] : held.blocks.map(({ code }) => code)).toEqual(['OPTION_REMOVED']);
  });

  it('starts a clock that the law hangs on something already done from when it was done', () => {
    const player = workedCase();
    player.send(monday + 7200, { type: 'completeTask', task: 'HP03' });
    const to = release(2, (copy) => {
      const clock = hp(copy).clocks['HP-DUTY'];
      if (clock)
        hp(copy).clocks['HP-MORE'] = {
          ...structuredClone(clock),
          order: 9,
          period: { value: 60, unit: 'calendarDays' },
        };
    });
    const state = moved(player, to.bundle, monday + 86_400 * 3);
    expect(state.clocks['HP-MORE']?.startedAt).toBe(monday + 7200);
  });

  it('moves no case twice, and none that has ended', () => {
    const player = workedCase();
    const to = release(2).bundle;
    player.state = moved(player, to, monday + 7200);
    expect(moveCase(to, to, player.state, { ...player.env, now: monday + 9000 })).toMatchObject({
      ok: true,
      events: [],
    });
    const ended = decide(
      to,
      player.state,
      { type: 'cancelCase', reason: 'sent twice' },
      { ...player.env, now: monday + 9000 },
    );
    let { state } = player;
    if (ended.ok) for (const draft of ended.events) state = evolve(state, { ...draft, seq: 1 } as CaseEvent);
    const result = moveCase(to, release(3).bundle, state, { ...player.env, now: monday + 9000 });
    expect(result.ok ? '' : result.blocks[0]?.code).toBe('CASE_ENDED');
  });

  it('is taken back to the dates it had, and only while nobody worked on it', () => {
    const player = workedCase();
    const before = toTaskRows(player.state);
    const to = release(2, (copy) => {
      Object.assign(copy.task['HP03'] ?? {}, { sla: { target: { value: 8, unit: 'workingDays' } } });
    });
    const state = moved(player, to.bundle, monday + 7200);
    const seq = player.events.findIndex(({ type }) => type === 'caseMoved') + 1;
    expect(isUntouched([{ actor: 'ticker' }])).toBe(true);
    const back = moveCase(to.bundle, old.bundle, state, { ...player.env, now: monday + 9000, answers: {} }, seq);
    if (!back.ok) throw new Error('expected the move to be taken back');
    const dates = (rows: typeof before) =>
      rows.map(({ id, state: life, dueAt, releaseAt }) => ({ id, life, dueAt, releaseAt }));
    expect(dates(toTaskRows(back.state))).toEqual(dates(before));
    expect(back.events.find(({ type }) => type === 'caseMoved')?.payload).toMatchObject({ undoes: seq });
    expect(isUntouched([{ actor: 'system' }, { actor: 'amira' }])).toBe(false);
  });
});

describe('the effect of a move', () => {
  it('lists tasks, dates, statements and messages, or nothing at all', () => {
    const player = workedCase();
    const side = (one: typeof old) => ({ bundle: one.bundle, advice: buildAdviceBook(one.configuration, 'HP') });
    const to = release(2, (copy) => {
      Object.assign(copy.task['HP03'] ?? {}, { sla: { target: { value: 8, unit: 'workingDays' } } });
      delete hp(copy).adviceRules['HP10'];
    });
    const env = { ...player.env, now: monday + 7200, answers: { connection: ['none'] } };
    const effect = effectOfMove(side(old), side(to), player.state, env, '2026-11-23');
    expect(effect.blocks).toEqual([]);
    expect(effect.statements).toEqual({ gained: [], lost: ['HP10'] });
    expect(effect.dates.filter(({ which }) => which === 'due')).toEqual([
      { of: 'task:HP03', which: 'due', from: at('2026-11-30T17:00:00'), to: at('2026-12-03T17:00:00') },
    ]);
    expect(isWithoutEffect(effect)).toBe(false);
    expect(isWithoutEffect(effectOfMove(side(old), side(release(3)), player.state, env, '2026-11-23'))).toBe(true);
  });
});
