import { describe, expect, it } from 'vitest';
import { readExchangeFile } from '../../../runtime/engine/index.ts';
import type { Configuration } from '../../../schemas/configuration.ts';
import {
  applyEdit,
  type DraftContent,
  emptyHistory,
  planPaste,
  recordEdit,
  undoEdit,
} from '../../../studio/document/engine.ts';
import { tasksInFile } from '../../../studio/exchange/tasks-in-file.ts';
import { housing } from '../../support/housing.ts';

const content: DraftContent = { configuration: housing, layouts: {} };
const csv = 'ID,Name,Duration,Predecessors\n1,Visit the home,3 days,\n2,Write the report,2 days,1FS+1 day\n';

/** All tasks of the first workflow of a file, taken into HP. */
function merged(documents: Parameters<typeof tasksInFile>[0]): {
  after: Configuration;
  nodes: string[];
  repairs: number;
} {
  const [found] = tasksInFile(documents, housing);
  if (!found) throw new Error('the file holds no workflow');
  const plan = planPaste(content, 'HP', found.bundle());
  const result = applyEdit(content, { type: 'batch', label: 'Import', commands: plan.commands });
  if (!result.ok) throw new Error(result.refusal.message);
  return { after: result.content.configuration, nodes: plan.nodes, repairs: plan.repairs.length };
}

describe('tasks of a file', () => {
  it('come out of a planner’s table with their links, and leave what stands there alone', async () => {
    const { documents } = await readExchangeFile(csv, housing, { name: 'visits.csv', key: 'VISITS' });
    expect(tasksInFile(documents, housing)).toMatchObject([{ key: 'VISITS', count: 2 }]);
    const { after, nodes } = merged(documents);
    const [before, hp] = [housing.workflow['HP'], after.workflow['HP']];
    expect(nodes).toHaveLength(2);
    expect(nodes.map((node) => after.task[node]?.title)).toEqual(['Visit the home', 'Write the report']);
    expect(hp?.nodes).toMatchObject(before?.nodes ?? {});
    expect(Object.keys(hp?.links ?? {})).toHaveLength(Object.keys(before?.links ?? {}).length + 1);
    expect(Object.values(hp?.links ?? {}).find((link) => link.to === nodes[1])).toMatchObject({
      from: nodes[0],
      type: 'FS',
      lag: { value: 1, unit: 'workingDays' },
    });
    // The table does not become a workflow as well.
    expect(Object.keys(after.workflow)).toEqual(Object.keys(housing.workflow));
  });

  it('get new keys where theirs are taken, and copies of their task documents', () => {
    const hp = housing.workflow['HP'];
    if (!hp) throw new Error('HP is in the shipped configuration');
    const { after, nodes, repairs } = merged([hp]);
    expect(repairs).toBe(0);
    expect(nodes).toEqual(Array.from({ length: 13 }, (_, at) => `HP${at + 14}`));
    expect(Object.keys(after.workflow['HP']?.nodes ?? {})).toHaveLength(26);
    expect(after.task['HP14']?.title).toBe(housing.task['HP01']?.title);
    expect(after.workflow['HP']?.links['HP22-HP23']?.lag).toEqual(hp.links['HP09-HP10']?.lag);
  });

  it('are told from what they need and nobody has here', () => {
    const relief = housing.workflow['HR'];
    const strangers = { ...housing.task };
    const [own] = Object.values(relief?.nodes ?? {}).filter((node) => node.type === 'task');
    const task = own?.type === 'task' ? strangers[own.task] : undefined;
    if (!relief || !task) throw new Error('HR is in the shipped configuration');
    const { repairs } = merged([relief, { ...task, ladder: 'L-ELSEWHERE' }]);
    expect(repairs).toBeGreaterThan(0);
  });

  it('are one step that undo takes back whole', () => {
    const [found] = tasksInFile(
      [housing.workflow['HR']].flatMap((one) => one ?? []),
      housing,
    );
    if (!found) throw new Error('HR is in the shipped configuration');
    const { commands } = planPaste(content, 'HP', found.bundle());
    const result = applyEdit(content, { type: 'batch', label: 'Import', commands });
    if (!result.ok) throw new Error(result.refusal.message);
    const undone = undoEdit(result.content, recordEdit(emptyHistory, result.edit));
    expect(undone?.content).toEqual(content);
  });

  it('of a file without a workflow are none', () => {
    expect(
      tasksInFile(
        [housing.team['HOO']].flatMap((one) => one ?? []),
        housing,
      ),
    ).toEqual([]);
  });
});
