import { describe, expect, it } from 'vitest';
import {
  type LiveTask,
  type NetworkLink,
  scheduleLiveCase,
  scheduleLivePairs,
} from '../../../../runtime/engine/index.ts';

const now = 20;
const done: LiveTask = { id: 'done', duration: 5, actualStart: 0, actualFinish: 6 };
const started: LiveTask = { id: 'started', duration: 10, actualStart: 15, remaining: 4 };
const open: LiveTask = { id: 'open', duration: 3 };

describe('a live case', () => {
  it('keeps completed work as it was, ends started work at now plus what remains and starts nothing open before now', () => {
    const { schedule } = scheduleLiveCase([done, started, open], [fs('done', 'open')], now, 'override');
    expect([...(schedule?.earlyStart ?? [])]).toEqual([
      ['done', 0],
      ['started', 15],
      ['open', 20],
    ]);
    expect([...(schedule?.earlyFinish ?? [])]).toEqual([
      ['done', 6],
      ['started', 24],
      ['open', 23],
    ]);
    expect([...(schedule?.totalFloat ?? [])]).toEqual([
      ['done', null],
      ['started', 0],
      ['open', 1],
    ]);
    expect(schedule?.critical).toEqual(['started']);
    expect(schedule?.outOfSequence).toEqual([]);
  });

  it('lets work begun out of sequence stand, names the broken link, and holds the rest back only as a what-if', () => {
    const links = [fs('open', 'started')];
    const stands = scheduleLiveCase([open, started], links, now, 'override').schedule;
    expect(stands?.earlyFinish.get('started')).toBe(24);
    expect(stands?.outOfSequence).toEqual([['open', 'started']]);
    const held = scheduleLiveCase([open, started], links, now, 'retained').schedule;
    expect(held?.restStart.get('started')).toBe(23);
    expect(held?.finish).toBe(27);
  });

  it('counts a start-to-start lag from the actual start', () => {
    const { schedule } = scheduleLiveCase(
      [started, open],
      [{ from: 'started', to: 'open', type: 'SS', lag: 9 }],
      now,
      'override',
    );
    expect(schedule?.earlyStart.get('open')).toBe(24);
  });

  it('flags a finish-to-finish link once the successor has finished, the lag included', () => {
    const later: LiveTask = { id: 'later', duration: 2, actualStart: 5, actualFinish: 7 };
    const link = (lag: number): NetworkLink => ({ from: 'done', to: 'later', type: 'FF', lag });
    expect(scheduleLiveCase([done, later], [link(1)], now, 'override').schedule?.outOfSequence).toEqual([]);
    expect(scheduleLiveCase([done, later], [link(2)], now, 'override').schedule?.outOfSequence).toEqual([
      ['done', 'later'],
    ]);
  });

  it('names a cycle instead of a schedule', () => {
    const { schedule, findings } = scheduleLiveCase(
      [open, started],
      [fs('open', 'started'), fs('started', 'open')],
      now,
      'override',
    );
    expect(schedule).toBeUndefined();
    expect(findings.map(({ code }) => code)).toEqual(['PLAN_CYCLE']);
  });

  it('measures remaining work that depends on its start against the case horizon', () => {
    const tillNextTen = {
      finishFor: (start: number) => Math.ceil(start / 10) * 10,
      latestStartFor: (finish: number) => finish,
    };
    const { schedule } = scheduleLivePairs([{ id: 'a', ...tillNextTen, startNotBefore: 22, target: 28 }], [], now, {
      horizon: 40,
    });
    expect(schedule?.earlyFinish.get('a')).toBe(30);
    expect(schedule?.totalFloat.get('a')).toBe(-2);
  });
});

function fs(from: string, to: string): NetworkLink {
  return { from, to, type: 'FS', lag: 0 };
}
