import { describe, expect, it } from 'vitest';
import { applyEdit } from '../../../../runtime/engine/edit/apply-edit.ts';
import type { EditCommand } from '../../../../runtime/engine/edit/command.ts';
import type { WorkflowDocument } from '../../../../schemas/workflow.ts';
import { housing } from '../../../support/housing.ts';

const always = { op: 'all' as const, conditions: [] };
const question = {
  type: 'decision' as const,
  order: 900,
  // Listed against their order: the drawing goes by the order.
  branches: { late: { order: 2, label: 'Late', when: always }, early: { order: 1, label: 'Early', when: always } },
};
const task = (node: string): EditCommand => ({
  type: 'addTask',
  workflow: 'HP',
  node,
  after: 'Q',
  task: { ...housing.task.HP02, kind: 'task', key: node, title: node } as never,
});

describe('the branch of a link for which nobody named one', () => {
  it('is the first that leads nowhere yet, then the default', () => {
    const commands: EditCommand[] = [
      { type: 'addNode', workflow: 'HP', node: 'Q', value: question },
      ...['Q1', 'Q2', 'Q3', 'Q4'].map(task),
    ];
    const result = applyEdit({ configuration: housing, layouts: {} }, { type: 'batch', label: 'Ask', commands });
    if (!result.ok) throw new Error(result.refusal.message);
    const { links } = result.content.configuration.workflow.HP as WorkflowDocument;
    const fromQuestion = Object.values(links).flatMap(({ from, to, branch }) => (from === 'Q' ? [[to, branch]] : []));
    expect(fromQuestion).toEqual([
      ['Q1', 'early'],
      ['Q2', 'late'],
      ['Q3', 'otherwise'],
      ['Q4', 'otherwise'],
    ]);
  });

  it('is none after anything but a decision', () => {
    const result = applyEdit({ configuration: housing, layouts: {} }, { ...task('N1'), after: 'HP02' } as EditCommand);
    if (!result.ok) throw new Error(result.refusal.message);
    const { links } = result.content.configuration.workflow.HP as WorkflowDocument;
    expect(Object.values(links).find(({ to }) => to === 'N1')).not.toHaveProperty('branch');
  });
});
