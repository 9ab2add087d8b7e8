import { describe, expect, it } from 'vitest';
import { applyEdit } from '../../../../runtime/engine/edit/apply-edit.ts';
import { emptyHistory, recordEdit, undoEdit } from '../../../../runtime/engine/edit/history.ts';
import { removeWithTasks } from '../../../../runtime/engine/edit/remove-with-tasks.ts';
import type { Configuration } from '../../../../schemas/configuration.ts';
import { smallDraft } from './draft.ts';

const nothingReleased = () => false;

describe('deleting nodes', () => {
  it('takes the task documents along that nothing else uses, and undo brings both back', () => {
    const draft = smallDraft();
    const { command, tasks } = removeWithTasks(draft.configuration, 'W', ['A', 'B'], nothingReleased);
    expect(tasks).toEqual(['A', 'B']);
    const result = applyEdit(draft, command);
    if (!result.ok) throw new Error(result.refusal.message);
    expect(result.edit.label).toBe('Delete 2 tasks');
    expect(Object.keys(result.content.configuration.task)).toEqual(['C', 'D', 'E']);
    expect(undoEdit(result.content, recordEdit(emptyHistory, result.edit))?.content).toEqual(smallDraft());
  });

  it('keeps a task document that was released, or that another node names', () => {
    const { configuration } = smallDraft();
    const w = configuration.workflow['W'];
    if (!w) throw new Error('W is in the draft');
    expect(removeWithTasks(configuration, 'W', ['A'], (task) => task === 'A')).toEqual({
      command: { type: 'removeNodes', workflow: 'W', nodes: ['A'] },
      tasks: [],
    });
    const other = { ...w, key: 'V', nodes: { X: w.nodes['A'] }, links: {} };
    const shared = { ...configuration, workflow: { W: w, V: other } } as Configuration;
    expect(removeWithTasks(shared, 'W', ['A'], nothingReleased).tasks).toEqual([]);
    expect(removeWithTasks(shared, 'V', ['X'], nothingReleased).tasks).toEqual([]);
  });
});
