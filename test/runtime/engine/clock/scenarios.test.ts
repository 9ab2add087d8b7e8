import { describe, expect, it } from 'vitest';
import { fromIsoText, toIsoText } from '../../../../runtime/engine/calendar/iso.ts';
import { consumedSeconds } from '../../../../runtime/engine/clock/readings.ts';
import {
  bundleMessages,
  type OutgoingMessage,
  releaseAt,
  whyDropped,
} from '../../../../runtime/engine/ladder/digest.ts';
import { toMessages } from '../../../../runtime/engine/ladder/messages.ts';
import { playTrace, type Trace } from '../../../../runtime/engine/simulate/trace.ts';
import { calendarOf, factsOf, firingsOf, play, playTo, reading, scenario, world } from './scenario.ts';

function dueOf(trace: Trace): string | null {
  return reading(play(trace)).dueAt;
}

/** Played to the end of its ladder or clock: every fact that time alone brings. */
const later = '2029-01-01T00:00:00Z';

describe('the scenarios of the rules', () => {
  const v01 = scenario('V01');
  it(v01.title, () => {
    expect(dueOf(v01.trace(0))).toBe(v01.expect.dueAt);
    expect(factsOf(playTo(v01.trace(0), later), 'amber')).toEqual([v01.expect.amberAt]);
  });

  const v02 = scenario('V02');
  it(v02.title, () => {
    expect([0, 1, 2].map((position) => dueOf(v02.trace(position)))).toEqual([
      v02.expect['a.dueAt'],
      v02.expect['b.dueAt'],
      v02.expect['c.dueAt'],
    ]);
    const { clock } = play(v02.trace(1));
    expect(consumedSeconds(clock, fromIsoText('2026-03-09T09:30:00Z'), calendarOf)).toBe(
      v02.expect['b.consumedAt Mon 09:30 (s)'],
    );
  });

  for (const id of ['V03', 'V04', 'V09', 'V11', 'V12', 'V13']) {
    const one = scenario(id);
    it(one.title, () => {
      expect(dueOf(one.trace(0))).toBe(one.expect.dueAt);
    });
  }

  const v05 = scenario('V05');
  it(v05.title, () => {
    const played = play(v05.trace(0));
    expect(reading(played)).toMatchObject({ phase: 'running', dueAt: v05.expect.dueAt, amberAt: v05.expect.amberAt });
    expect(played.clockFacts.map(({ kind }) => kind)).toEqual(['started', 'pauseIgnored']);
  });

  const v06 = scenario('V06');
  it(v06.title, () => {
    const dues = [0, 1, 2, 3, 4, 5, 6, 7].map((position) => dueOf(v06.trace(position)));
    const [a, lag, b, short, long, workflow, task, mixedWorkflow] = dues;
    expect([a, lag, b]).toEqual(['2026-12-21T17:00:00Z', '2026-12-22T17:00:00Z', '2026-12-31T17:00:00Z']);
    expect({ short, long, workflow }).toEqual({
      short: v06.expect['withC2.pathDueAt'],
      long: v06.expect['withC4.pathDueAt'],
      workflow: v06.expect.workflowDueAt,
    });
    expect({ task, mixedWorkflow }).toEqual({
      task: v06.expect['mixed.taskDueAt'],
      mixedWorkflow: v06.expect['mixed.workflowDueAt'],
    });
  });

  const v07 = scenario('V07');
  it(v07.title, () => {
    expect([dueOf(v07.trace(0)), dueOf(v07.trace(1))]).toEqual([v07.expect['a.dueAt'], v07.expect['b.dueAt']]);
  });

  const v08 = scenario('V08');
  it(v08.title, () => {
    expect(dueOf(v08.trace(0))).toBe(v08.expect['a.dueAt']);
    expect(reading(play(v08.trace(1)))).toMatchObject({
      dueAt: v08.expect['b.dueAt'],
      amberAt: v08.expect['b.amberAt'],
    });
  });

  const v10 = scenario('V10');
  it(v10.title, () => {
    expect(reading(play(v10.trace(0)))).toMatchObject({ dueAt: v10.expect.dueAt, amberAt: v10.expect.amberAt });
  });

  const v14 = scenario('V14');
  it(v14.title, () => {
    for (const count of [2, 3]) {
      expect(reading(play(v14.trace(0), count))).toMatchObject({ phase: 'paused', dueAt: null, amberAt: null });
    }
    const played = play(v14.trace(0));
    expect(reading(played)).toMatchObject({
      dueAt: v14.expect.dueAt,
      amberAt: v14.expect.amberAt,
      consumed: v14.expect['consumed at Tue 15:00 (s)'],
    });
    expect(played.clockFacts.map(({ kind }) => kind)).toEqual(['started', 'paused', 'resumed']);
  });

  const v15 = scenario('V15');
  it(v15.title, () => {
    expect(reading(play(v15.trace(0), 4))).toMatchObject({
      phase: 'paused',
      dueAt: v15.expect['dueAt after A resumes'],
    });
    expect(dueOf(v15.trace(0))).toBe(v15.expect.dueAt);
  });

  const v16 = scenario('V16');
  it(v16.title, () => {
    expect(dueOf(v16.trace(0))).toBe(v16.expect.dueAt);
    expect(dueOf({ ...v16.trace(0), commands: v16.trace(0).commands.slice(0, 1) })).toBe(v16.expect.dueAt);
  });

  const v17 = scenario('V17');
  it(v17.title, () => {
    const played = play(v17.trace(0));
    expect(reading(played)).toMatchObject({ outcome: v17.expect.outcome, consumed: v17.expect['consumed (s)'] });
    expect(played.clock.end?.whilePaused).toBe(v17.expect.completedWhilePaused);
    expect(reading(play(v17.trace(1)))).toMatchObject({
      phase: 'paused',
      dueAt: v17.expect['b.dueAt'],
      consumed: 10_800,
    });
  });

  const v18 = scenario('V18');
  it(v18.title, () => {
    const met = play(v18.trace(0));
    expect(dueOf({ ...v18.trace(0), commands: v18.trace(0).commands.slice(0, 1) })).toBe(v18.expect.dueAt);
    expect(factsOf(met, 'amber')).toEqual([v18.expect.amberAt]);
    expect(reading(met).outcome).toBe(v18.expect['a.outcome']);
    expect(reading(play(v18.trace(1)))).toMatchObject({
      outcome: v18.expect['b.outcome'],
      breachedAt: v18.expect['b.breachedAt'],
      overdue: v18.expect['b.overdue (s)'],
    });
  });

  const v19 = scenario('V19');
  it(v19.title, () => {
    const played = play(v19.trace(0));
    expect(factsOf(played, 'breached')).toEqual([v19.expect.breachedAt]);
    expect(reading(played).overdue).toBe(v19.expect['overdue (s)']);
  });

  const v20 = scenario('V20');
  it(v20.title, () => {
    expect(reading(play(v20.trace(0), 2)).outcome).toBe(v20.expect.firstOutcome);
    expect(reading(play(v20.trace(0), 3))).toMatchObject({
      outcome: 'open',
      breachedAt: null,
      dueAt: v20.expect['dueAt after reopen'],
    });
    expect(reading(play(v20.trace(0)))).toMatchObject({
      outcome: v20.expect.finalOutcome,
      breachedAt: v20.expect.breachedAt,
    });
  });

  const v21 = scenario('V21');
  it(v21.title, () => {
    const before = play(v21.trace(0), 2);
    expect(reading(before)).toMatchObject({ dueAt: v21.expect['dueAt before'], colour: 'amber' });
    expect(reading(play(v21.trace(0), 3))).toMatchObject({ dueAt: v21.expect['dueAt after'], colour: 'onTrack' });
    const played = play(v21.trace(0));
    expect(factsOf(played, 'amber').at(-1)).toBe(v21.expect['amberAt after']);
    expect(factsOf(played, 'amber')).toHaveLength(2);
    expect(factsOf(played, 'breached')).toHaveLength(0);
  });

  const v22 = scenario('V22');
  it(v22.title, () => {
    const played = play(v22.trace(0));
    expect(firingsOf(played)).toEqual(v22.expect.firings);
    const exhausted = played.ladderFacts.filter(({ kind }) => kind === 'exhausted');
    expect(exhausted.map(({ effectiveAt }) => toIsoText(effectiveAt))).toEqual([v22.expect.exhaustedAt]);
    expect(played.messages).toHaveLength(9);
  });

  const v23 = scenario('V23');
  it(v23.title, () => {
    expect(firingsOf(play(v23.trace(0)))).toEqual(v23.expect['a.firings']);
    const reassigned = play(v23.trace(1));
    expect(firingsOf(reassigned)).toEqual(v23.expect['b.firings']);
    const assigned = reassigned.messages.filter(({ rung }) => rung === 'assigned');
    expect(assigned.map(({ recipient, createdAt }) => [recipient.id, toIsoText(createdAt)])).toEqual([
      ['B', '2026-03-03T15:00:00Z'],
    ]);
  });

  const v24 = scenario('V24');
  it(v24.title, () => {
    const restart = play(v24.trace(0), 2);
    const restartFacts = restart.clockFacts.filter(({ kind }) => kind === 'amber' || kind === 'breached');
    expect(
      restartFacts.map(({ kind, effectiveAt }) => [kind, toIsoText(effectiveAt), toIsoText(restart.lastAt)]),
    ).toEqual(v24.expect.facts);
    expect(firingsOf(restart)).toEqual(v24.expect['firings at restart']);
    expect(restart.messages.map(({ recipient, rung }) => [recipient.id, rung])).toEqual(
      v24.expect['messages at restart'],
    );
    expect(restart.messages[0]?.listsEarlier).toEqual([{ rung: 'R1', occurrence: 1 }]);
    expect(play(v24.trace(0), 3).messages).toHaveLength(restart.messages.length);
    expect(firingsOf(play(v24.trace(0))).slice(2)).toEqual(v24.expect['later firings']);
  });

  const v25 = scenario('V25');
  it(v25.title, () => {
    const trace = v25.trace(0);
    const [start, tick, complete] = trace.commands;
    if (!trace.ladder || !start || !tick || !complete) throw new Error('V25 is a ladder trace');
    const { spec } = trace.ladder;
    const midnight = Array.from({ length: 1000 }, (_, item) => {
      const owner = `o${String(item % 20).padStart(2, '0')}`;
      const ladder = { spec, owner };
      const isCompleted = item < 130;
      const played = playTrace({ ...trace, ladder, commands: [start, tick] }, world);
      const again = playTrace(
        {
          ...trace,
          ladder,
          commands: [start, tick, ...(isCompleted ? [complete] : []), { at: complete.at + 1800, verb: 'tick' }],
        },
        world,
      );
      return { item: `T${item}`, isCompleted, owner, played, again };
    });
    expect(midnight.flatMap(({ played }) => factsOf(played, 'breached'))).toEqual(Array(1000).fill(v25.expect.dueAt));
    expect(midnight.flatMap(({ played }) => firingsOf(played))).toHaveLength(1000);

    const messages = midnight.flatMap(({ item, isCompleted, owner, played }) =>
      toMessages(spec, played.ladderFacts, 'catchUp').map(
        (message): OutgoingMessage & { isOpen: boolean; recipientsNow: string[] } => ({
          to: message.recipient.id,
          channel: message.channel,
          item,
          urgent: message.urgent,
          isForCustomer: false,
          sendAt: releaseAt(message.createdAt, message.urgent, calendarOf('EW-notify')),
          isOpen: !isCompleted,
          recipientsNow: [owner, 'd1', 'd2'],
        }),
      ),
    );
    expect([...new Set(messages.map(({ sendAt }) => toIsoText(sendAt)))]).toEqual(v25.expect.releaseAt);
    const deliveries = bundleMessages(messages.filter((message) => whyDropped(message, message) === null));
    const digests = deliveries.flatMap((delivery) => (delivery.kind === 'digest' ? [delivery] : []));
    const sizeOf = (person: string) => digests.find(({ to }) => to === person)?.messages.length;
    expect([deliveries.length, digests.length]).toEqual([v25.expect.digests, v25.expect.digests]);
    expect([sizeOf('o00'), sizeOf('o10'), sizeOf('d1')]).toEqual([
      v25.expect['items in digest of o00'],
      v25.expect['items in digest of o10'],
      v25.expect['items in digest of d1'],
    ]);
    const added = midnight.flatMap(({ played, again }) => again.messages.slice(played.messages.length));
    expect(added).toHaveLength(0);
  });
});
