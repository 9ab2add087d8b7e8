import { describe, expect, it } from 'vitest';
import { applyEdit } from '../../../../../runtime/engine/edit/apply-edit.ts';
import { copyNodes, printBundle } from '../../../../../runtime/engine/edit/clipboard/copy-nodes.ts';
import { planPaste, type RepairChoice } from '../../../../../runtime/engine/edit/clipboard/paste-nodes.ts';
import { readClipboard } from '../../../../../runtime/engine/edit/clipboard/read-clipboard.ts';
import type { DraftContent } from '../../../../../runtime/engine/edit/command.ts';
import { newTaskDocument } from '../../../../../runtime/engine/edit/new-task.ts';
import type { Configuration } from '../../../../../schemas/configuration.ts';
import type { WorkflowDocument, WorkflowNode } from '../../../../../schemas/workflow.ts';
import { smallDraft } from '../draft.ts';

/** Through text and back, as on the system's clipboard. */
function carry(content: DraftContent, nodes: readonly string[]) {
  const read = readClipboard(printBundle(copyNodes(content, 'W', nodes)));
  if (read.kind !== 'nodes') throw new Error(`expected nodes, got ${JSON.stringify(read)}`);
  return read.bundle;
}

function paste(
  from: DraftContent,
  nodes: readonly string[],
  into: DraftContent,
  choices?: Record<string, RepairChoice>,
) {
  const plan = planPaste(into, 'W', carry(from, nodes), { shift: { x: 40, y: 40 }, ...(choices ? { choices } : {}) });
  const result = applyEdit(into, { type: 'batch', label: 'Paste', commands: plan.commands });
  if (!result.ok) throw new Error(result.refusal.message);
  const workflow = result.content.configuration.workflow['W'];
  if (!workflow) throw new Error('W is in the draft');
  return { plan, content: result.content, workflow };
}

function change(content: DraftContent, edit: (workflow: WorkflowDocument) => Partial<WorkflowDocument>): DraftContent {
  const workflow = content.configuration.workflow['W'];
  if (!workflow) throw new Error('W is in the draft');
  return withDocuments(content, { workflow: { W: { ...workflow, ...edit(workflow) } } });
}

function withDocuments(content: DraftContent, documents: Partial<Configuration>): DraftContent {
  return { ...content, configuration: { ...content.configuration, ...documents } as Configuration };
}

/** W of another organisation: no tasks, no nodes. */
function emptyDraft(): DraftContent {
  const empty = change(smallDraft(), () => ({ nodes: {}, links: {} }));
  return { ...withDocuments(empty, { task: {} }), layouts: {} };
}

const milestone = (order: number): WorkflowNode => ({ type: 'milestone', order, stage: 'x' });

describe('copied nodes', () => {
  it('come again beside the first ones, with the links among them and task documents of their own', () => {
    const { plan, workflow, content } = paste(smallDraft(), ['A', 'B'], smallDraft());
    expect(plan.nodes).toEqual(['W05', 'W06']);
    expect(plan.renamed).toEqual([
      { from: 'A', to: 'W05' },
      { from: 'B', to: 'W06' },
    ]);
    expect(plan.repairs).toEqual([]);
    expect(workflow.nodes['W05']).toEqual({
      type: 'task',
      order: 5,
      task: 'W05',
      activation: 'automatic',
      mandatory: false,
    });
    expect(workflow.links['W05-W06']).toEqual({ order: 3, from: 'W05', to: 'W06', type: 'FS' });
    expect(content.configuration.task['W05']).toEqual({ ...newTaskDocument('W05', 'Task A') });
    expect(content.layouts['W']?.positions['W05']).toEqual({ x: 40, y: 40 });
  });

  it('share a repeatable task document instead of copying it', () => {
    const task = { ...newTaskDocument('A', 'Task A'), repeatable: true };
    const draft = withDocuments(smallDraft(), { task: { ...smallDraft().configuration.task, A: task } });
    const { workflow, content } = paste(draft, ['A'], draft);
    expect(workflow.nodes['W05']).toMatchObject({ task: 'A' });
    expect(Object.keys(content.configuration.task)).toEqual(['A', 'B', 'C', 'D', 'E']);
  });

  it('keep their keys where those are free, and bring their task documents to another organisation', () => {
    const { plan, workflow, content } = paste(smallDraft(), ['A', 'B', 'C'], emptyDraft());
    expect(plan.renamed).toEqual([]);
    expect(workflow.nodes).toEqual({ A: nodeOf('A', 1), B: nodeOf('B', 2), C: nodeOf('C', 3) });
    expect(Object.values(workflow.links)).toEqual([
      { order: 1, from: 'A', to: 'B', type: 'FS' },
      { order: 2, from: 'B', to: 'C', type: 'FS' },
    ]);
    expect(content.configuration.task['B']?.title).toBe('Task B');
  });

  it('come back the same after they were cut', () => {
    const cut = applyEdit(smallDraft(), { type: 'removeNodes', workflow: 'W', nodes: ['A'] });
    if (!cut.ok) throw new Error(cut.refusal.message);
    const { plan, workflow } = paste(smallDraft(), ['A'], cut.content);
    expect(plan.nodes).toEqual(['A']);
    expect(workflow.nodes['A']).toMatchObject({ task: 'A' });
  });

  it('follow each other under their new names in conditions and owners', () => {
    const draft = change(smallDraft(), ({ nodes }) => ({
      nodes: {
        ...nodes,
        B: {
          ...(nodes['B'] as WorkflowNode & { type: 'task' }),
          activation: { when: { op: 'is', of: { taskOutcome: 'A' }, value: 'done' } },
          ownerRules: { same: { order: 1, to: { by: 'sameAs', node: 'A' }, excludeOwnersOf: ['A'] } },
        },
      },
    }));
    const { workflow } = paste(draft, ['A', 'B'], draft);
    expect(workflow.nodes['W06']).toMatchObject({
      activation: { when: { of: { taskOutcome: 'W05' } } },
      ownerRules: { same: { to: { by: 'sameAs', node: 'W05' }, excludeOwnersOf: ['W05'] } },
    });
  });
});

describe('what the copied nodes name and is not there', () => {
  const team = { kind: 'team', format: 1, key: 'DUTY', title: 'Duty team', type: 'role' } as const;
  const other = { ...team, key: 'FRONT', title: 'Front desk' };
  const owned = () => {
    const task = {
      ...newTaskDocument('A', 'Task A'),
      ownerRules: { o: { order: 1, to: { by: 'role' as const, role: 'DUTY' } } },
    };
    const from = withDocuments(smallDraft(), { task: { A: task }, team: { DUTY: team } } as Partial<Configuration>);
    return change(from, ({ nodes }) => ({ nodes: { A: nodes['A'] ?? milestone(1) }, links: {} }));
  };
  const ownerOf = (content: DraftContent) => content.configuration.task['A']?.ownerRules;

  it('comes along unless somebody chooses otherwise', () => {
    const { plan, content } = paste(owned(), ['A'], emptyDraft());
    expect(plan.repairs).toEqual([
      {
        name: 'team/DUTY',
        kind: 'team',
        key: 'DUTY',
        title: 'Duty team',
        problem: 'missing',
        usedBy: ['A'],
        canTake: true,
        others: [],
        choice: { do: 'take' },
      },
    ]);
    expect(content.configuration.team['DUTY']).toEqual(team);
    expect(ownerOf(content)).toEqual({ o: { order: 1, to: { by: 'role', role: 'DUTY' } } });
  });

  it('is mapped to another one', () => {
    const into = withDocuments(emptyDraft(), { team: { FRONT: other } } as Partial<Configuration>);
    const { plan, content } = paste(owned(), ['A'], into, { 'team/DUTY': { do: 'map', to: 'FRONT' } });
    expect(plan.repairs[0]?.others).toEqual([{ key: 'FRONT', title: 'Front desk' }]);
    expect(ownerOf(content)).toEqual({ o: { order: 1, to: { by: 'role', role: 'FRONT' } } });
    expect(content.configuration.team['DUTY']).toBeUndefined();
  });

  it('uses what has the same key here, and comes as a copy on request', () => {
    const mine = { ...team, title: 'Our duty team' };
    const into = withDocuments(emptyDraft(), { team: { DUTY: mine } } as Partial<Configuration>);
    expect(paste(owned(), ['A'], into).plan.repairs).toMatchObject([
      { problem: 'different', choice: { do: 'map', to: 'DUTY' } },
    ]);
    const { content } = paste(owned(), ['A'], into, { 'team/DUTY': { do: 'take' } });
    expect(content.configuration.team['DUTY']).toEqual(mine);
    expect(content.configuration.team['DUTY-2']?.title).toBe('Duty team');
    expect(ownerOf(content)).toEqual({ o: { order: 1, to: { by: 'role', role: 'DUTY-2' } } });
  });

  it('brings lanes, outcomes and named conditions of the workflow', () => {
    const from = change(smallDraft(), () => ({
      nodes: { E: { type: 'end', order: 1, outcome: 'won', lane: 'desk' } },
      links: {},
      lanes: { desk: { order: 1, title: 'Desk' } },
      outcomes: { won: { order: 1, label: 'Won' } },
    }));
    const { workflow } = paste(from, ['E'], emptyDraft());
    expect(workflow.lanes).toEqual({ desk: { order: 1, title: 'Desk' } });
    expect(workflow.outcomes).toEqual({ won: { order: 1, label: 'Won' } });
  });

  it('is named when it is a task of the drawing that was not copied', () => {
    const from = change(smallDraft(), ({ nodes }) => ({
      nodes: {
        ...nodes,
        B: {
          ...(nodes['B'] as WorkflowNode & { type: 'task' }),
          activation: { when: { op: 'is', of: { taskOutcome: 'A' }, value: 'done' } },
        },
      },
    }));
    const { plan } = paste(from, ['B'], emptyDraft());
    expect(plan.repairs).toMatchObject([
      { name: 'node/A', problem: 'missing', canTake: false, choice: { do: 'leave' }, usedBy: ['B'] },
    ]);
  });
});

function nodeOf(key: string, order: number) {
  return { type: 'task', order, task: key, activation: 'automatic', mandatory: false };
}
