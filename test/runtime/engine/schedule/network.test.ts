import { describe, expect, it } from 'vitest';
import {
  compileNetwork,
  computeDrag,
  computeSchedule,
  countCriticalPaths,
  findLongestPath,
  type Network,
  type NetworkLink,
  type NetworkTask,
} from '../../../../runtime/engine/index.ts';
import { runSchedule } from './vectors.ts';

describe('compileNetwork', () => {
  it('names a link to a task that does not exist, leaves it out and schedules the rest', () => {
    const { network, findings } = compileNetwork([task('a', 2)], [fs('a', 'gone')]);
    expect(findings.map(({ code, values }) => [code, values['missing']])).toEqual([['PLAN_UNKNOWN_TASK', 'gone']]);
    expect(computeSchedule(network as Network).makespan).toBe(2);
  });

  it('names a task that is listed twice', () => {
    const { findings } = compileNetwork([task('a', 2), task('a', 3)], []);
    expect(findings.map(({ code }) => code)).toEqual(['PLAN_DUPLICATE_TASK']);
  });

  it('names a duration that is no number of 0 or more', () => {
    const { findings } = compileNetwork([task('a', -1), task('b', NaN), task('c', 0)], []);
    expect(findings.map(({ code, values }) => [code, values['task']])).toEqual([
      ['PLAN_BAD_NUMBER', 'a'],
      ['PLAN_BAD_NUMBER', 'b'],
    ]);
  });

  it('names a link of a task to itself as a cycle of one', () => {
    const { network, findings } = compileNetwork([task('a', 1), task('b', 1)], [fs('a', 'b'), fs('b', 'b')]);
    expect(network).toBeUndefined();
    expect(findings[0]?.values).toEqual({ sccs: [['b']], cycle: ['b'] });
  });

  it('names every set of tasks that wait for each other, and a shortest cycle', () => {
    const tasks = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => task(id, 1));
    const links = [fs('a', 'b'), fs('b', 'c'), fs('c', 'a'), fs('c', 'd'), fs('d', 'e'), fs('e', 'd'), fs('e', 'f')];
    const { findings } = compileNetwork(tasks, links);
    expect(findings[0]?.values['sccs']).toEqual(
      expect.arrayContaining([
        ['a', 'b', 'c'],
        ['d', 'e'],
      ]),
    );
    expect(findings[0]?.values['cycle']).toEqual(['d', 'e']);
  });

  it('survives a circle of 100,000 tasks', () => {
    const tasks = Array.from({ length: 100_000 }, (_, i) => task(`t${i}`, 1));
    const { findings } = compileNetwork(
      tasks,
      tasks.map(({ id }, i) => fs(id, `t${(i + 1) % 100_000}`)),
    );
    expect(findings[0]?.values['cycle']).toHaveLength(100_000);
  });
});

describe('the critical sub-graph', () => {
  const tasks = [task('s', 0), task('a', 5), task('b', 2), task('c', 3), task('e', 0)];
  const network = compile(tasks, [fs('s', 'a'), fs('s', 'b'), fs('b', 'c'), fs('a', 'e'), fs('c', 'e')]);

  it('counts the critical paths and shows one longest path', () => {
    const schedule = computeSchedule(network);
    expect(countCriticalPaths(network, schedule)).toBe(2);
    expect(findLongestPath(network, schedule).map((index) => network.ids[index])).toEqual(['s', 'a', 'e']);
  });

  it('gives a critical task with a parallel one no drag, and a lone one all that the next path leaves', () => {
    expect([...computeDrag(network, computeSchedule(network)).values()]).toEqual([0, 0, 0, 0, 0]);
    const lone = compile([task('a', 5), task('b', 3)], []);
    expect([...computeDrag(lone, computeSchedule(lone))]).toEqual([[0, 2]]);
  });
});

describe('limits of a pass', () => {
  it('lets "not before" floor a start without breaking a link', () => {
    const network = compile([task('a', 2), task('b', 2)], [fs('a', 'b')]);
    const schedule = computeSchedule(network, { notBefore: Float64Array.of(4, 1) });
    expect([...schedule.earlyStart]).toEqual([4, 6]);
  });

  it('names every task on a chain that cannot meet a soft target by negative float', () => {
    const network = compile([task('a', 2), task('b', 3), task('c', 1)], [fs('a', 'b')]);
    const schedule = computeSchedule(network, { target: Float64Array.of(Infinity, 4, Infinity) });
    expect([...schedule.totalFloat]).toEqual([-1, -1, 4]);
    expect([...schedule.earlyStart]).toEqual([0, 2, 0]);
  });

  it('says when a lead is cut off at launch', () => {
    const lead: NetworkLink = { from: 'a', to: 'b', type: 'FS', lag: -3 };
    const network = compile([task('a', 2), task('b', 2)], [lead]);
    const schedule = computeSchedule(network);
    expect(schedule.startClampActive).toBe(true);
    expect([...schedule.earlyStart]).toEqual([0, 0]);
    expect([...schedule.linkFloat]).toEqual([1]);
  });
});

describe('lintel schedule on bad input', () => {
  it('answers a file without a schema by the shape of its vector, and exits 1 for findings', async () => {
    const vector = { tasks: [{ id: 'a', durationDays: 1 }], links: [{ from: 'a', to: 'b', type: 'FS', lag: 0 }] };
    const { code, document, said } = await runSchedule('-', [], JSON.stringify(vector));
    expect(code).toBe(1);
    expect(document).toMatchObject({ makespan: 1, linkFloat: [null], findings: [{ code: 'PLAN_UNKNOWN_TASK' }] });
    expect(said).toContain('"b", which does not exist');
  });

  it('refuses an unknown schema, a wrong shape and an unknown option', async () => {
    await expect(runSchedule('-', ['--schema', 'cpm/9'], '{}')).rejects.toThrow('the schema "cpm/9"');
    await expect(runSchedule('-', ['--schema', 'cpm-sla/1'], '{"tasks":[]}')).rejects.toThrow('slaTarget');
    await expect(runSchedule('-', ['--fast'], '{}')).rejects.toThrow('--fast');
    await expect(runSchedule('-', [], '{"tasks":')).rejects.toThrow('is not JSON');
  });

  it('prints every key for a network without tasks', async () => {
    const { code, document } = await runSchedule('-', ['--schema', 'cpm-vector/1'], '{"tasks":[],"links":[]}');
    expect(code).toBe(0);
    expect(document).toMatchObject({ makespan: 0, es: {}, critical: [], drag: {}, nearCritical: { 1: [], 3: [] } });
  });
});

function task(id: string, duration: number): NetworkTask {
  return { id, duration };
}

function fs(from: string, to: string): NetworkLink {
  return { from, to, type: 'FS', lag: 0 };
}

function compile(tasks: readonly NetworkTask[], links: readonly NetworkLink[]): Network {
  const { network } = compileNetwork(tasks, links);
  if (network === undefined) throw new Error('expected a network without a cycle');
  return network;
}
