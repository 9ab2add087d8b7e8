import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Configuration } from '../../../schemas/configuration.ts';
import { emptyConfiguration } from '../../../schemas/empty-configuration.ts';
import type { Finding } from '../../../schemas/finding.ts';
import type { CheckAnswer, CheckRequest } from '../../../studio/document/check-worker.ts';
import { Checking } from '../../../studio/document/checking.ts';
import { SharedAnswer } from '../../../studio/document/shared-answer.ts';

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
    this.hear({ id, findings, left });
  }
  hear(data: unknown): void {
    this.#hear['message']?.({ data });
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

  describe('where the page and the checker share memory', () => {
    const share = () => {
      const beside = new Beside();
      const memory = new SharedArrayBuffer(1 << 12);
      // Frames come from the page; here the answer is looked for when the test says so.
      vi.stubGlobal('requestAnimationFrame', () => 0);
      const checking = new Checking(beside as never, memory);
      const left = new SharedAnswer(memory);
      return { beside, checking, leave: (turn: number, answer: CheckAnswer) => left.write(turn, answer) };
    };
    afterEach(() => vi.unstubAllGlobals());

    it('takes an answer before its message is heard, and once', () => {
      const { checking, beside, leave } = share();
      checking.check(draft({}), FROM);
      checking.takeShared();
      expect(checking.get().isCurrent).toBe(false);
      leave(1, { id: 1, findings: [finding], left: 2 });
      checking.takeShared();
      const { findings } = checking.get();
      expect(checking.get()).toEqual({ findings: [finding], isCurrent: true, settled: false });
      beside.hear({ turn: 1 });
      checking.takeShared();
      expect(checking.get().findings).toBe(findings);
      beside.answer(1, [0], 0);
      expect(checking.get()).toEqual({ findings: [finding], isCurrent: true, settled: true });
    });

    it('takes it by its message where nobody looked', () => {
      const { checking, beside, leave } = share();
      checking.check(draft({}), FROM);
      leave(1, { id: 1, findings: [finding], left: 0 });
      beside.hear({ turn: 1 });
      expect(checking.get()).toEqual({ findings: [finding], isCurrent: true, settled: true });
    });

    it('waits with one that overtook a message until that was heard', () => {
      const { checking, beside, leave } = share();
      checking.check(draft({}), FROM);
      leave(1, { id: 1, findings: [], left: 1 });
      checking.takeShared();
      checking.check(draft({ a: document('a') }), FROM);
      // Cases that were lived for the state before are still on their way: places count from what they found.
      leave(3, { id: 2, findings: [0], left: 1 });
      checking.takeShared();
      expect(checking.get()).toEqual({ findings: [], isCurrent: false, settled: false });
      beside.answer(1, [finding], 0);
      expect(checking.get()).toEqual({ findings: [finding], isCurrent: false, settled: false });
      checking.takeShared();
      expect(checking.get()).toEqual({ findings: [finding], isCurrent: true, settled: false });
    });

    it('says where an answer has no room', () => {
      const long = { ...finding, message: 'x'.repeat(1 << 12) };
      expect(share().leave(1, { id: 1, findings: [long], left: 0 })).toBe(false);
    });
  });

  it('says that it broke down, does not hold people up, and checks what comes next', () => {
    const { beside, checking } = begin();
    checking.check(draft({}), FROM);
    beside.hear({ id: 1, failed: 'broken' });
    expect(checking.get()).toEqual({ findings: [], isCurrent: false, settled: true, hasFailed: true });
    checking.check(draft({ a: document('a') }), FROM);
    expect(checking.get()).toEqual({ findings: [], isCurrent: false, settled: false });
    beside.answer(2, [finding]);
    expect(checking.get()).toEqual({ findings: [finding], isCurrent: true, settled: true });
  });

  it('checks what changed while it broke down', () => {
    const { beside, checking } = begin();
    checking.check(draft({}), FROM);
    checking.check(draft({ a: document('a') }), FROM);
    beside.hear({ id: 1, failed: 'broken' });
    expect(beside.asked).toHaveLength(2);
    expect(checking.get().settled).toBe(false);
  });

  it('waits for the answer it was asked for when only living cases broke down', () => {
    const { beside, checking } = begin();
    checking.check(draft({}), FROM);
    beside.answer(1, [], 1);
    checking.check(draft({ a: document('a') }), FROM);
    beside.hear({ id: undefined, failed: 'broken' });
    expect(checking.get().settled).toBe(false);
    beside.answer(2, [finding]);
    expect(checking.get()).toEqual({ findings: [finding], isCurrent: true, settled: true });
  });

  it('asks nothing more where it could not be loaded, and does not hold people up', () => {
    const { beside, checking } = begin();
    checking.check(draft({}), FROM);
    beside.fail();
    checking.check(draft({ a: document('a') }), FROM);
    expect(beside.asked).toHaveLength(1);
    expect(checking.get()).toEqual({ findings: [], isCurrent: false, settled: true, hasFailed: true });
  });
});
