import { describe, expect, it } from 'vitest';
import { applyEdit } from '../../../../../runtime/engine/edit/apply-edit.ts';
import { planRows } from '../../../../../runtime/engine/edit/clipboard/paste-rows.ts';
import { printAllPredecessors } from '../../../../../runtime/engine/edit/predecessor-notation.ts';
import type { Configuration } from '../../../../../schemas/configuration.ts';
import { smallDraft } from '../draft.ts';

const team = { kind: 'team', format: 1, key: 'DUTY', title: 'Duty team', type: 'role' } as const;

function paste(rows: string[][], after?: string) {
  const small = smallDraft();
  const draft = { ...small, configuration: { ...small.configuration, team: { DUTY: team } } as Configuration };
  const plan = planRows(draft, 'W', rows, after);
  const result = applyEdit(draft, { type: 'batch', label: 'Paste', commands: plan.commands });
  if (!result.ok) throw new Error(result.refusal.message);
  const workflow = result.content.configuration.workflow['W'];
  if (!workflow) throw new Error('W is in the draft');
  return { plan, tasks: result.content.configuration.task, workflow, predecessors: printAllPredecessors(workflow) };
}

describe('a pasted list', () => {
  it('becomes a chain, after the chosen task', () => {
    const { plan, tasks, predecessors } = paste([['Call'], ['Visit'], ['Write']], 'C');
    expect(plan.nodes).toEqual(['W05', 'W06', 'W07']);
    expect(plan.nodes.map((node) => tasks[node]?.title)).toEqual(['Call', 'Visit', 'Write']);
    expect(plan.nodes.map((node) => predecessors.get(node))).toEqual(['C', 'W05', 'W06']);
  });

  it('stands alone when nothing is chosen', () => {
    expect(paste([['Call'], ['Visit']]).predecessors.get('W05')).toBeUndefined();
  });
});

describe('pasted cells', () => {
  it('are read by their headings', () => {
    const { plan, tasks, workflow, predecessors } = paste([
      ['ID', 'Task Name', 'Duration', 'Predecessors', 'Resource Names', 'Mandatory', 'Colour'],
      ['10', 'Call', '2 days', '', 'Duty team', 'yes', 'red'],
      ['20', 'Visit', '4h', '10FS+1wd', '', '', 'red'],
      ['30', 'Write', '', '10SS, 20, A', 'case owner', '', 'red'],
    ]);
    expect(plan.columns).toEqual(['key', 'title', 'duration', 'predecessors', 'owner', 'mandatory', undefined]);
    expect(plan.problems).toEqual([]);
    expect(tasks['W05']).toMatchObject({
      title: 'Call',
      sla: { target: { value: 2, unit: 'workingDays' }, amber: { before: { value: 1, unit: 'workingDays' } } },
      ownerRules: { owner: { to: { by: 'role', role: 'DUTY' } } },
    });
    expect(tasks['W06']?.sla).toEqual({
      target: { value: 4, unit: 'hours', dayOne: 'next', dueAt: 'closeOfBusiness' },
    });
    expect(workflow.nodes['W05']).toMatchObject({ mandatory: true });
    expect(predecessors.get('W06')).toBe('W05FS+1wd');
    expect(predecessors.get('W07')).toBe('W05SS, W06, A');
  });

  it('are read by what stands in them where there are no headings', () => {
    const { plan, predecessors } = paste([
      ['1', 'Call', '5wd'],
      ['2', 'Visit', '24h'],
    ]);
    expect(plan.columns).toEqual(['key', 'title', 'sla']);
    expect(predecessors.get('W06')).toBe('W05');
  });

  it('name what cannot be read with its row, and leave it as in any new task', () => {
    const { plan, tasks, predecessors } = paste([
      ['Title', 'SLA', 'Predecessors', 'Owner', 'Type'],
      ['Call', 'soon', '2', 'Nobody', 'dance'],
      ['Visit', '5wd', '1, 9', '', 'VISIT'],
    ]);
    expect(plan.problems).toEqual([
      'Row 1: there is no type dance',
      'Row 1: SLA "soon" is no length of time: write for example 5wd, 24h or 2w',
      'Row 1: there is no team Nobody; the case owner has it for now',
      'Row 2: 9: there is no task 9',
      'Row 2: would make a cycle: W05, W06, W05',
    ]);
    expect(tasks['W05']?.sla).toMatchObject({ target: { value: 5, unit: 'workingDays' } });
    expect(tasks['W06']?.type).toBe('visit');
    expect(predecessors.get('W05')).toBe('W06');
  });
});
