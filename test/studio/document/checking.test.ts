import { describe, expect, it } from 'vitest';
import type { Configuration } from '../../../schemas/configuration.ts';
import { emptyConfiguration } from '../../../schemas/empty-configuration.ts';
import type { Finding } from '../../../schemas/finding.ts';
import type { CheckRequest } from '../../../studio/document/check-worker.ts';
import { Checking } from '../../../studio/document/checking.ts';

/** Stands for the thread beside the page: notes what is asked and answers when told to. */
class Beside {
  readonly asked: CheckRequest[] = [];
  #hear: Record<string, (event: { data: unknown }) => void> = {};
  postMessage(request: CheckRequest): void {
    this.asked.push(request);
  }
  addEventListener(type: string, listener: unknown): void {
    this.#hear[type] = listener as (event: { data: unknown }) => void;
  }
  answer(id: number, findings: (Finding | number)[], left = 0): void {
    this.#hear['message']?.({ data: { id, findings, left } });
  }
  fail(): void {
    this.#hear['error']?.({ data: undefined });
  }
}

const document = (title: string) => ({ kind: 'provision', format: 1, key: title, title }) as never;
const draft = (documents: Record<string, never>): Configuration =>
  ({ ...emptyConfiguration(), provision: documents }) as Configuration;
const finding = {
  code: 'X',
  severity: 'error',
  document: 'provision/a',
  pointer: '',
  values: {},
  message: '',
} as const;
const FROM = '2027-01-04';

describe('checking beside the page', () => {
  const begin = () => {
    const beside = new Beside();
    return { beside, checking: new Checking(beside as never) };
  };

  it('sends the whole draft first, then only what changed or went', () => {
    const { beside, checking } = begin();
    const [a, b, c] = [document('a'), document('b'), document('c')];
    checking.check(draft({ a, b }), FROM);
    beside.answer(1, []);
    checking.check(draft({ a, c }), FROM);
    expect(beside.asked.map(({ changes }) => changes)).toEqual([
      {
        within: [
          [
            'provision',
            {
              within: [
                ['a', { set: a }],
                ['b', { set: b }],
              ],
            },
          ],
        ],
      },
      {
        within: [
          [
            'provision',
            {
              within: [
                ['b', null],
                ['c', { set: c }],
              ],
            },
          ],
        ],
      },
    ]);
  });

  it('sends what changed while the rules are at work together, when they are done', () => {
    const { beside, checking } = begin();
    const [a, b, c] = [document('a'), document('b'), document('c')];
    checking.check(draft({ a }), FROM);
    checking.check(draft({ a, b }), FROM);
    checking.check(draft({ a, b, c }), FROM);
    expect(beside.asked).toHaveLength(1);
    beside.answer(1, [], 3);
    expect(beside.asked.map(({ changes }) => changes).slice(1)).toEqual([
      {
        within: [
          [
            'provision',
            {
              within: [
                ['b', { set: b }],
                ['c', { set: c }],
              ],
            },
          ],
        ],
      },
    ]);
    beside.answer(1, [], 2);
    expect(beside.asked).toHaveLength(2);
  });

  it('follows the draft from its first check on', () => {
    const { beside, checking } = begin();
    let now = draft({});
    let change = () => {};
    checking.follow({
      subscribe: (listener) => {
        change = listener;
      },
      getConfiguration: () => now,
    });
    now = draft({ a: document('a') });
    change();
    expect(beside.asked).toEqual([]);
    checking.check(now, FROM);
    beside.answer(1, []);
    now = draft({});
    change();
    expect(beside.asked.map(({ from }) => from)).toEqual([FROM, FROM]);
    expect(checking.get().isCurrent).toBe(false);
  });

  it('asks nothing for the same draft and day', () => {
    const { beside, checking } = begin();
    const same = draft({});
    checking.check(same, FROM);
    checking.check(same, FROM);
    expect(beside.asked).toHaveLength(1);
    beside.answer(1, []);
    checking.check(same, '2027-01-05');
    expect(beside.asked).toHaveLength(2);
  });

  it('shows what it knows and is settled only with the answer to the newest question', () => {
    const { beside, checking } = begin();
    checking.check(draft({}), FROM);
    checking.check(draft({ a: document('a') }), FROM);
    beside.answer(1, [finding]);
    expect(checking.get()).toEqual({ findings: [finding], isCurrent: false, settled: false });
    beside.answer(2, []);
    expect(checking.get()).toEqual({ findings: [], isCurrent: true, settled: true });
  });

  it('is settled only when the cases of every workflow were lived', () => {
    const { beside, checking } = begin();
    checking.check(draft({}), FROM);
    beside.answer(1, [], 2);
    expect(checking.get()).toEqual({ findings: [], isCurrent: true, settled: false });
    beside.answer(1, [finding], 0);
    expect(checking.get()).toEqual({ findings: [finding], isCurrent: true, settled: true });
  });

  it('keeps the very list while it says the same', () => {
    const { beside, checking } = begin();
    checking.check(draft({}), FROM);
    beside.answer(1, [finding]);
    const before = checking.get().findings;
    checking.check(draft({ a: document('a') }), FROM);
    beside.answer(2, [0]);
    expect(checking.get().findings).toBe(before);
  });

  it('does not hold people up when it cannot check', () => {
    const { beside, checking } = begin();
    checking.check(draft({}), FROM);
    beside.fail();
    expect(checking.get().settled).toBe(true);
    checking.check(draft({ a: document('a') }), FROM);
    expect(beside.asked).toHaveLength(2);
  });
});
