import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdit } from '../../../../runtime/engine/edit/apply-edit.ts';
import { lagUnits, printLag, printPeriod, readLag, readPeriod } from '../../../../runtime/engine/edit/lag-notation.ts';
import { printAllPredecessors, readPredecessorList } from '../../../../runtime/engine/edit/predecessor-notation.ts';
import { readPredecessors } from '../../../../runtime/engine/edit/set-predecessors.ts';
import type { Link, WorkflowDocument } from '../../../../schemas/workflow.ts';
import { smallDraft } from './draft.ts';

const decision = {
  type: 'decision' as const,
  order: 9,
  branches: { yes: { order: 1, when: { op: 'all' as const, conditions: [] }, label: 'Duty owed' } },
  otherwise: { label: 'Not owed' },
};

function drawing(nodes: readonly string[], links: Record<string, Omit<Link, 'order'>> = {}): WorkflowDocument {
  const small = smallDraft().configuration.workflow['W'];
  if (!small) throw new Error('W is in the draft');
  const milestone = { type: 'milestone' as const, stage: 'x' };
  return {
    ...small,
    nodes: Object.fromEntries(nodes.map((key, order) => [key, key === 'Q' ? decision : { ...milestone, order }])),
    links: Object.fromEntries(Object.entries(links).map(([key, link], order) => [key, { ...link, order }])),
  };
}

const calendars = { office: {} };
const days = (value: number) => ({ value, unit: 'calendarDays' as const, basis: 'elapsed' as const });

describe('predecessors in the planner notation', () => {
  it.each<[Omit<Link, 'order' | 'to'>, string]>([
    [{ from: 'HP05', type: 'FS' }, 'HP05'],
    [{ from: 'HP05', type: 'FS', lag: days(12) }, 'HP05FS+12d'],
    [{ from: 'HP05', type: 'SS' }, 'HP05SS'],
    [{ from: 'HP05', type: 'FF', lag: { value: -2, unit: 'hours', basis: 'working' } }, 'HP05FF-2h'],
    [{ from: 'HP05', type: 'SF', lag: { value: 3, unit: 'workingDays', basis: 'working' } }, 'HP05SF+3wd'],
    [{ from: 'HP05', type: 'FS', lag: { value: 48, unit: 'hours', basis: 'elapsed' } }, 'HP05FS+48eh'],
    [{ from: 'HP05', type: 'FS', lag: { value: 1, unit: 'months', basis: 'elapsed' } }, 'HP05FS+1mo'],
    [{ from: 'HP05', type: 'FS', lag: { value: 0, unit: 'workingDays', basis: 'working' } }, 'HP05FS+0wd'],
    [{ from: 'HP05', type: 'FS', lag: days(2), calendar: 'office' }, 'HP05FS+2d@office'],
    [{ from: 'HP05', type: 'FS', calendar: 'office' }, 'HP05@office'],
    [{ from: 'Q', type: 'FS', branch: 'yes' }, 'Q[yes]'],
    [{ from: 'Q', type: 'SS', branch: 'otherwise', lag: days(-1) }, 'Q[otherwise]SS-1d'],
  ])('writes %j as %s and reads it back', (link, text) => {
    const workflow = drawing(['HP05', 'Q', 'Z'], { l: { ...link, to: 'Z' } });
    expect(printAllPredecessors(workflow).get('Z')).toBe(text);
    expect(readPredecessorList(text, workflow)).toEqual({ entries: [link], problems: [] });
  });

  it('keeps keys apart that look like a type or a lead', () => {
    const workflow = drawing(['A', 'ASS', 'A-2d', 'Z'], {
      one: { from: 'A', to: 'Z', type: 'SS' },
      two: { from: 'ASS', to: 'Z', type: 'FS' },
      three: { from: 'A-2d', to: 'Z', type: 'FS' },
    });
    const text = printAllPredecessors(workflow).get('Z') ?? '';
    expect(text).toBe('A:SS, ASS, A-2d');
    expect(readPredecessorList(text, workflow).entries).toEqual([
      { from: 'A', type: 'SS' },
      { from: 'ASS', type: 'FS' },
      { from: 'A-2d', type: 'FS' },
    ]);
  });

  it.each([
    ['hp05 fs + 12 days', { from: 'HP05', type: 'FS', lag: days(12) }],
    ['HP05+12d', { from: 'HP05', type: 'FS', lag: days(12) }],
    ['HP05 ss \u2212 2 hours', { from: 'HP05', type: 'SS', lag: { value: -2, unit: 'hours', basis: 'working' } }],
    ['HP05FS+1 week', { from: 'HP05', type: 'FS', lag: { value: 1, unit: 'weeks', basis: 'elapsed' } }],
    [
      'HP05 FS + 3 working days',
      { from: 'HP05', type: 'FS', lag: { value: 3, unit: 'workingDays', basis: 'working' } },
    ],
  ])('reads %s as people write it', (text, entry) => {
    expect(readPredecessorList(text, drawing(['HP05', 'Z'])).entries).toEqual([entry]);
  });

  it.each([
    ['HP99', 'there is no task HP99'],
    ['HP99FS+2d', 'there is no task HP99'],
    ['HP05FS+3', '+3 has no unit: +3wd is working days, +3d calendar days'],
    ['HP05FS+3x', '"x" is no unit: use m, h, wd, d, w or mo'],
    ['HP05FS+1.5d', '+1.5 is not whole: write it in a smaller unit, for example +36h'],
    ['HP05FS+50%', 'a lag in per cent cannot be kept: write a length, for example +2wd'],
    ['HP05FS+200000d', 'a lag is at most 100,000'],
    ['HP05 soon', '"soon" after HP05 cannot be read: write FS, SS, FF or SF, then a lag such as +12d'],
  ])('says why %s cannot be read', (text, reason) => {
    expect(readPredecessorList(text, drawing(['HP05', 'Z'])).problems).toEqual([{ text, reason }]);
  });

  it('writes and reads every lag the same', () => {
    const lag = fc.record({
      value: fc.integer({ min: -100_000, max: 100_000 }),
      unit: fc.constantFrom(...lagUnits.map(({ unit }) => unit)),
      basis: fc.constantFrom('working' as const, 'elapsed' as const),
    });
    fc.assert(
      fc.property(lag, (one) => {
        expect(readLag(printLag(one))).toEqual({ lag: one });
      }),
    );
  });

  it('writes and reads any set of links the same, whatever the keys', () => {
    const key = fc.stringMatching(/^[A-Z][AFS0-9_-]{0,4}$/);
    const link = fc.record({
      type: fc.constantFrom('FS' as const, 'SS' as const, 'FF' as const, 'SF' as const),
      value: fc.option(fc.integer({ min: -999, max: 999 })),
      unit: fc.constantFrom(...lagUnits),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(key, { selector: (one) => one.toLowerCase(), minLength: 2 }),
        fc.array(link),
        (keys, list) => {
          const to = keys[0] ?? '';
          const links = list.map(({ type, value, unit }, at) => ({
            from: keys[1 + (at % (keys.length - 1))] ?? '',
            type,
            ...(value === null ? {} : { lag: { value, unit: unit.unit, basis: unit.basis } }),
          }));
          const workflow = drawing(keys, Object.fromEntries(links.map((one, at) => [`l${at}`, { ...one, to }])));
          const text = printAllPredecessors(workflow).get(to) ?? '';
          expect(readPredecessorList(text, workflow)).toEqual({ entries: links, problems: [] });
        },
      ),
    );
  });
});

describe('a length of time', () => {
  it.each([
    ['5wd', { value: 5, unit: 'workingDays' }],
    ['5 working days', { value: 5, unit: 'workingDays' }],
    ['24 h', { value: 24, unit: 'hours' }],
    ['2 weeks', { value: 2, unit: 'weeks' }],
    ['56d', { value: 56, unit: 'calendarDays' }],
  ])('is read from %s', (text, period) => {
    expect(readPeriod(text)).toEqual({ period });
  });

  it.each([
    ['soon', '"soon" is no length of time: write for example 5wd, 24h or 2w'],
    ['5', '5 has no unit: 5wd is working days, 5d calendar days'],
    ['-5wd', 'a length of time is not negative'],
    ['1.5d', '1.5 is not whole: write it in a smaller unit, for example 36h'],
  ])('is refused in %s with the reason', (text, reason) => {
    expect(readPeriod(text)).toEqual({ reason });
  });

  it('is written and read the same', () => {
    for (const unit of ['minutes', 'hours', 'workingDays', 'calendarDays', 'weeks', 'months'] as const)
      expect(readPeriod(printPeriod({ value: 7, unit }))).toEqual({ period: { value: 7, unit } });
  });
});

describe('a predecessors cell', () => {
  const workflow = drawing(['A', 'B', 'C', 'Q', 'Z'], {
    az: { from: 'A', to: 'Z', type: 'FS', lag: days(2), calendar: 'office' },
    bz: { from: 'B', to: 'Z', type: 'SS' },
    zc: { from: 'Z', to: 'C', type: 'FS' },
  });
  const read = (text: string) => readPredecessors(text, workflow, 'Z', calendars);
  const problems = (text: string) => {
    const answer = read(text);
    return answer.ok ? [] : answer.problems.map(({ reason }) => reason);
  };

  it('changes only what differs', () => {
    expect(read('AFS+2d@office, BSS')).toMatchObject({ ok: true, commands: [] });
    expect(read('AFF, BSS, Q[duty owed]')).toMatchObject({
      commands: [
        { type: 'changeLink', link: 'az', linkType: 'FF' },
        { type: 'linkTasks', from: 'Q', to: 'Z', linkType: 'FS', branch: 'yes' },
      ],
    });
    expect(read('')).toMatchObject({ commands: [{ type: 'unlink', links: ['az', 'bz'] }] });
  });

  it.each([
    ['C', 'would make a cycle: C, Z, C'],
    ['Z', 'a task cannot wait for itself'],
    ['A, A', 'A is named twice'],
    ['Q', 'say which branch of Q: Q[yes], Q[otherwise]'],
    ['Q[maybe]', 'say which branch of Q: Q[yes], Q[otherwise]'],
    ['A[yes]', 'A is no decision: it has no branches'],
    ['A@moon', 'there is no calendar moon'],
  ])('refuses %s with the reason', (text, reason) => {
    expect(problems(text)).toEqual([reason]);
  });

  it('comes to the drawing its text says, in one step', () => {
    const draft = smallDraft();
    const small = draft.configuration.workflow['W'];
    if (!small) throw new Error('W is in the draft');
    const answer = readPredecessors('B-1wd, ASS', small, 'D', {});
    if (!answer.ok) throw new Error(answer.problems[0]?.reason);
    const result = applyEdit(draft, { type: 'batch', label: 'Set predecessors of D', commands: answer.commands });
    const after = result.ok ? result.content.configuration.workflow['W'] : undefined;
    expect(after && printAllPredecessors(after).get('D')).toBe('BFS-1wd, ASS');
  });
});
