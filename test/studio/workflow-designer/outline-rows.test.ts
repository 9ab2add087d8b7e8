import { describe, expect, it } from 'vitest';
import type { Configuration } from '../../../schemas/configuration.ts';
import { planOf } from '../../../studio/document/engine.ts';
import { editorOf, readCell, readForAll } from '../../../studio/workflow-designer/outline/cell-edits.ts';
import { arrangeRows, toOutlineRows } from '../../../studio/workflow-designer/outline/outline-rows.ts';
import { withMainTarget } from '../../../studio/workflow-designer/sla-edit.ts';
import { housing } from '../../support/housing.ts';
import { manyTasks } from '../../support/many-tasks.ts';

const workflow = housing.workflow['HP'];
if (!workflow) throw new Error('HP is in the shipped configuration');
const planned = planOf(housing, 'HP', '2027-01-04');
const rows = toOutlineRows({ workflow, configuration: housing, ...(planned.ok ? { plan: planned.plan } : {}) });
const place = { workflow, configuration: housing };
const row = (node: string) => {
  const found = rows.find((one) => one.node === node);
  if (!found) throw new Error(`there is no row ${node}`);
  return found;
};
const wish = { search: '', filter: 'all', order: undefined } as const;

describe('the rows of the outline', () => {
  it('say what the drawing says, predecessors as a planner writes them', () => {
    expect(row('HP09').cells).toMatchObject({
      key: 'HP09',
      title: 'Plan review 1',
      type: 'Check',
      predecessors: 'HP05FS+12d',
      sla: '5wd',
      owner: 'Case owner',
      activation: 'Automatic',
    });
    expect(row('HP13').cells.predecessors).toBe('HP12, HP10');
    expect(row('HP01').cells).toMatchObject({ predecessors: '', float: 'Critical' });
    expect(row('HP11').cells.activation).toBe('By hand');
  });

  it('are found by words of any column, and filtered', () => {
    const keys = (search: string, filter: 'all' | 'critical' | 'manual' | 'start' = 'all') =>
      arrangeRows(rows, { ...wish, search, filter }).map(({ node }) => node);
    expect(keys('plan review')).toEqual(['HP09', 'HP10']);
    expect(keys('HP05FS+12d')).toEqual(['HP09']);
    expect(keys('', 'critical')).toEqual(['HP01', 'HP02', 'HP03', 'HP12', 'HP13']);
    expect(keys('', 'start')).toEqual(['HP01']);
  });

  it('are sorted by what a column means, empty cells last both ways', () => {
    const by = (column: 'sla' | 'float' | 'predecessors', direction: 'ascending' | 'descending') =>
      arrangeRows(rows, { ...wish, order: { column, direction } }).map(({ node }) => node);
    expect(by('predecessors', 'ascending').at(-1)).toBe('HP01');
    expect(by('predecessors', 'descending').at(-1)).toBe('HP01');
    expect(by('sla', 'ascending').slice(0, 2)).toEqual(['HP01', 'HP02']);
    expect(by('sla', 'descending')[0]).toBe('HP11');
  });

  it('of a thousand tasks are made in a moment, even on a busy machine', () => {
    const many = manyTasks(1000, housing) as Configuration;
    const big = many.workflow['MANY'];
    if (!big) throw new Error('MANY is in the configuration');
    const plan = planOf(many, 'MANY', '2027-01-04');
    const drawing = { workflow: big, configuration: many, ...(plan.ok ? { plan: plan.plan } : {}) };
    const times = Array.from({ length: 8 }, () => {
      const began = performance.now();
      expect(toOutlineRows(drawing)).toHaveLength(1000);
      return performance.now() - began;
    });
    // Some 10 ms alone; the best of several with much room, so that other work does not fail it.
    expect(Math.min(...times)).toBeLessThan(500);
  });
});

describe('a cell', () => {
  const commands = (node: string, column: Parameters<typeof readCell>[1], text: string) => {
    const read = readCell(node, column, text, place);
    return read.ok ? read.commands : read.reasons;
  };

  it('comes to one command', () => {
    expect(commands('HP09', 'title', 'First review')).toEqual([
      { type: 'renameNode', workflow: 'HP', node: 'HP09', title: 'First review' },
    ]);
    expect(commands('HP09', 'sla', '24h')).toMatchObject([
      { type: 'setNodeField', node: 'HP09', field: 'sla', value: { target: { value: 24, unit: 'hours' } } },
    ]);
    expect(commands('HP09', 'estimate', '1wd/2wd/4wd')).toMatchObject([
      {
        field: 'estimate',
        value: {
          minimum: { value: 1, unit: 'workingDays' },
          likely: { value: 2, unit: 'workingDays' },
          maximum: { value: 4, unit: 'workingDays' },
        },
      },
    ]);
    expect(commands('HP09', 'estimate', '')).toEqual([
      { type: 'setNodeField', workflow: 'HP', node: 'HP09', field: 'estimate' },
    ]);
    expect(commands('HP09', 'activation', 'manual')).toMatchObject([{ field: 'activation', value: 'manual' }]);
    expect(commands('HP09', 'predecessors', 'HP05FS+12d')).toEqual([]);
  });

  it.each([
    ['sla', 'soon', '"soon" is no length of time: write for example 5wd, 24h or 2w'],
    ['estimate', '4wd/2wd/1wd', 'the least is not above the likely one, nor that above the most'],
    ['estimate', '1wd/2wd', 'write one length, or least/likely/most: 1wd/2wd/4wd'],
    ['title', '  ', 'a task needs a title'],
    ['predecessors', 'HP13', 'HP13: would make a cycle: HP13, HP10, HP13'],
    ['start', '2027', 'this column follows from the others'],
  ] as const)('%s refuses %j with the reason', (column, text, reason) => {
    expect(commands('HP10', column, text)).toEqual([reason]);
  });

  it('is changed as its column needs, and not where it follows from others', () => {
    expect(editorOf(row('HP09'), 'mandatory', place)).toMatchObject({ as: 'switch' });
    expect(editorOf(row('HP09'), 'owner', place)).toMatchObject({ as: 'choice' });
    expect(editorOf(row('HP09'), 'finish', place)).toBeUndefined();
  });

  it('of several tasks is set together', () => {
    expect(readForAll(['HP01', 'HP02'], 'mandatory', 'true', place).commands).toHaveLength(2);
  });
});

describe('the lag of several tasks', () => {
  const lagOf = (text: string, nodes: readonly string[] = ['HP01', 'HP09', 'HP13']) =>
    readForAll(nodes, 'lag', text, place);
  const into = ['HP05-HP09', 'HP10-HP13', 'HP12-HP13'];
  const set = (lag?: object) => into.map((link) => ({ type: 'setLag', workflow: 'HP', link, ...(lag ? { lag } : {}) }));

  it('is set on every link that leads to them; what comes after nothing is named', () => {
    const read = lagOf('+2wd');
    expect(read.commands).toEqual(set({ value: 2, unit: 'workingDays', basis: 'working' }));
    expect(read.done).toBe('of the 3 links before them');
    expect(read.refused).toEqual(['HP01']);
    expect(lagOf('12d').commands).toEqual(set({ value: 12, unit: 'calendarDays', basis: 'elapsed' }));
    expect(lagOf('-4h').commands).toEqual(set({ value: -4, unit: 'hours', basis: 'working' }));
    expect(lagOf('1d', ['HP09']).done).toBe('of the link before them');
  });

  it('is taken away by nothing and by 0', () => {
    for (const text of ['', ' ', '0', '+0d']) expect(lagOf(text).commands).toEqual(set());
  });

  it('says what it cannot read, and that nothing leads to any of them', () => {
    expect(lagOf('soon')).toMatchObject({
      commands: [],
      reason: '"+soon" is no lag: write for example +12d, +3wd or -2h',
    });
    expect(lagOf('+2d', ['HP01'])).toMatchObject({
      commands: [],
      reason: 'None of them comes after another: link them first.',
    });
  });
});

describe('the target people plan by', () => {
  it('changes alone where a task has several clocks', () => {
    const target = { value: 2, unit: 'hours' } as const;
    const named = { firstContact: { target }, completion: { target: { value: 5, unit: 'workingDays' as const } } };
    expect(withMainTarget(named, { value: 7, unit: 'workingDays' })).toEqual({
      firstContact: { target },
      completion: { target: { value: 7, unit: 'workingDays' } },
    });
    expect(withMainTarget(undefined, { value: 1, unit: 'weeks' })).toEqual({ target: { value: 1, unit: 'weeks' } });
  });

  it('sets an amber warning before the target or at a share of it, and takes it off', () => {
    const amber = (text: string) => readCell('HP03', 'amber', text, place);
    const sla = (value: object) => ({
      ok: true,
      commands: [{ type: 'setNodeField', workflow: 'HP', node: 'HP03', field: 'sla', value }],
    });
    const target = { unit: 'workingDays', value: 5 };
    expect(row('HP03').cells.amber).toBe('2wd');
    expect(amber('4h')).toEqual(sla({ target, amber: { before: { value: 4, unit: 'hours' } } }));
    expect(amber('80 %')).toEqual(sla({ target, amber: { percent: 80 } }));
    expect(amber('')).toEqual(sla({ target }));
    expect(amber('0%')).toMatchObject({ ok: false });
    expect(amber('soon')).toMatchObject({ ok: false });
  });

  it('sets a ladder of its own and the source, and takes both off', () => {
    const field = (name: string, value?: string) => ({
      ok: true,
      commands: [
        { type: 'setNodeField', workflow: 'HP', node: 'HP03', field: name, ...(value === undefined ? {} : { value }) },
      ],
    });
    expect(row('HP03').cells).toMatchObject({ ladder: 'Statutory task', source: 'HA96 s184' });
    expect(readCell('HP03', 'ladder', 'L-STD', place)).toEqual(field('ladder', 'L-STD'));
    expect(readCell('HP03', 'ladder', '', place)).toEqual(field('ladder'));
    expect(readCell('HP03', 'source', ' HA96 s189A ', place)).toEqual(field('source', 'HA96 s189A'));
    expect(readCell('HP03', 'source', '', place)).toEqual(field('source'));
  });
});
