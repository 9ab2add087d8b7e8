import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdit } from '../../../../runtime/engine/edit/apply-edit.ts';
import { copyNodes } from '../../../../runtime/engine/edit/clipboard/copy-nodes.ts';
import { planPaste } from '../../../../runtime/engine/edit/clipboard/paste-nodes.ts';
import { planRows } from '../../../../runtime/engine/edit/clipboard/paste-rows.ts';
import type { DraftContent, EditCommand } from '../../../../runtime/engine/edit/command.ts';
import {
  type EditHistory,
  emptyHistory,
  recordEdit,
  redoEdit,
  touchedDocuments,
  undoEdit,
} from '../../../../runtime/engine/edit/history.ts';
import { linkTargets } from '../../../../runtime/engine/edit/link-rules.ts';
import { newTaskDocument } from '../../../../runtime/engine/edit/new-task.ts';
import { freeNodeKey } from '../../../../runtime/engine/edit/node-edits.ts';
import { removeWithTasks } from '../../../../runtime/engine/edit/remove-with-tasks.ts';
import { readPredecessors } from '../../../../runtime/engine/edit/set-predecessors.ts';
import { inOrder } from '../../../../schemas/document.ts';
import { smallDraft } from './draft.ts';

const lag = { value: 2, unit: 'workingDays', basis: 'working' } as const;

/** Each command: what it is called, what it must touch. */
const commands: { command: EditCommand; label: string; touches: string[] }[] = [
  {
    command: { type: 'addTask', workflow: 'W', node: 'N', task: newTaskDocument('N', 'New'), at: { x: 5, y: 6 } },
    label: 'Add task N',
    touches: ['layout/W', 'task/N', 'workflow/W'],
  },
  { command: { type: 'addTask', workflow: 'W', node: 'E', task: 'E' }, label: 'Add task E', touches: ['workflow/W'] },
  {
    command: { type: 'addNode', workflow: 'W', node: 'M', value: { type: 'milestone', order: 9, stage: 'half way' } },
    label: 'Add milestone M',
    touches: ['workflow/W'],
  },
  {
    command: { type: 'removeNodes', workflow: 'W', nodes: ['B'] },
    label: 'Delete B',
    touches: ['layout/W', 'workflow/W'],
  },
  {
    command: { type: 'linkTasks', workflow: 'W', from: 'C', to: 'D', linkType: 'SS', lag },
    label: 'Link C to D',
    touches: ['workflow/W'],
  },
  { command: { type: 'unlink', workflow: 'W', links: ['ab'] }, label: 'Remove link', touches: ['workflow/W'] },
  { command: { type: 'setLag', workflow: 'W', link: 'ab', lag }, label: 'Set lag of A to B', touches: ['workflow/W'] },
  {
    command: { type: 'setLinkType', workflow: 'W', link: 'ab', linkType: 'FF' },
    label: 'Set type of A to B',
    touches: ['workflow/W'],
  },
  {
    command: { type: 'changeLink', workflow: 'W', link: 'ab', linkType: 'SS', lag, calendar: 'office' },
    label: 'Change link A to B',
    touches: ['workflow/W'],
  },
  {
    command: { type: 'reorderNodes', workflow: 'W', nodes: ['D', 'C'], before: 'B' },
    label: 'Reorder 2 tasks',
    touches: ['workflow/W'],
  },
  {
    command: { type: 'renameNode', workflow: 'W', node: 'A', title: 'Call the customer' },
    label: 'Rename A',
    touches: ['workflow/W'],
  },
  {
    command: { type: 'setNodeField', workflow: 'W', node: 'A', field: 'mandatory', value: true },
    label: 'Set mandatory of A',
    touches: ['workflow/W'],
  },
  {
    command: {
      type: 'batch',
      label: 'Add a step before D',
      commands: [
        { type: 'addTask', workflow: 'W', node: 'N', task: newTaskDocument('N', 'New') },
        { type: 'linkTasks', workflow: 'W', from: 'N', to: 'D', linkType: 'FS' },
      ],
    },
    label: 'Add a step before D',
    touches: ['task/N', 'workflow/W'],
  },
  {
    command: { type: 'setDocumentField', kind: 'task', key: 'A', path: ['sla', 'target', 'value'], value: 9 },
    label: 'Set SLA of A',
    touches: ['task/A'],
  },
  {
    command: { type: 'moveNodes', workflow: 'W', positions: { A: { x: 7.4, y: 8.6 } } },
    label: 'Move A',
    touches: ['layout/W'],
  },
  {
    command: { type: 'putDocument', document: newTaskDocument('F', 'Sixth') },
    label: 'Add task F',
    touches: ['task/F'],
  },
  {
    command: { type: 'putDocument', document: newTaskDocument('E', 'Anew') },
    label: 'Change task E',
    touches: ['task/E'],
  },
  { command: { type: 'removeDocument', kind: 'task', key: 'E' }, label: 'Delete task E', touches: ['task/E'] },
];

function done(content: DraftContent, command: EditCommand) {
  const result = applyEdit(content, command);
  if (!result.ok) throw new Error(result.refusal.message);
  return result;
}

function refusal(command: EditCommand) {
  const result = applyEdit(smallDraft(), command);
  return result.ok ? undefined : result.refusal;
}

describe.each(commands)('$label', ({ command, label, touches }) => {
  it('names itself and touches only its own documents', () => {
    const { edit } = done(smallDraft(), command);
    expect(edit.label).toBe(label);
    expect(touchedDocuments(edit.patches)).toEqual(touches);
  });

  it('is taken back whole and done again the same', () => {
    const before = smallDraft();
    const { content, edit } = done(before, command);
    expect(before).toEqual(smallDraft());
    const undone = undoEdit(content, recordEdit(emptyHistory, edit));
    expect(undone?.content).toEqual(before);
    const redone = undone && redoEdit(undone.content, undone.history);
    expect(redone?.content).toEqual(content);
    expect(redone?.history).toEqual({ past: [edit], future: [] });
  });
});

describe('what commands do', () => {
  it('adds a task with its new document, order after the last, and its rounded position', () => {
    const { content } = done(smallDraft(), {
      type: 'addTask',
      workflow: 'W',
      node: 'N',
      task: newTaskDocument('N', 'New'),
      at: { x: 5.4, y: 6.6 },
    });
    expect(content.configuration.workflow['W']?.nodes['N']).toEqual({
      type: 'task',
      order: 5,
      task: 'N',
      activation: 'automatic',
      mandatory: false,
    });
    expect(content.configuration.task['N']?.title).toBe('New');
    expect(content.layouts['W']?.positions).toEqual({ A: { x: 0, y: 0 }, B: { x: 0, y: 100 }, N: { x: 5, y: 7 } });
  });

  it('adds a task after another in one step', () => {
    const task = newTaskDocument('N', 'New');
    const { content, edit } = done(smallDraft(), { type: 'addTask', workflow: 'W', node: 'N', task, after: 'B' });
    const links = content.configuration.workflow['W']?.links;
    expect(links?.['B-N']).toMatchObject({ from: 'B', to: 'N', type: 'FS' });
    expect(links?.['B-N']).not.toHaveProperty('branch');
    expect(undoEdit(content, recordEdit(emptyHistory, edit))?.content).toEqual(smallDraft());
    const refused = applyEdit(smallDraft(), { type: 'addTask', workflow: 'W', node: 'N', task, after: 'nobody' });
    expect(refused.ok).toBe(false);
  });

  it('deletes a task with its links and position, and keeps its document for other workflows', () => {
    const { content } = done(smallDraft(), { type: 'removeNodes', workflow: 'W', nodes: ['B'] });
    expect(Object.keys(content.configuration.workflow['W']?.nodes ?? {})).toEqual(['A', 'C', 'D']);
    expect(content.configuration.workflow['W']?.links).toEqual({});
    expect(content.layouts['W']?.positions).toEqual({ A: { x: 0, y: 0 } });
    expect(content.configuration.task['B']).toBeDefined();
  });

  it('links with type and lag under a key of its own, after the last link', () => {
    const { content } = done(smallDraft(), {
      type: 'linkTasks',
      workflow: 'W',
      from: 'A',
      to: 'C',
      linkType: 'FS',
      lag,
    });
    expect(content.configuration.workflow['W']?.links['A-C']).toEqual({
      order: 3,
      from: 'A',
      to: 'C',
      type: 'FS',
      lag,
    });
  });

  it('takes a lag away when none is given', () => {
    const withLag = done(smallDraft(), { type: 'setLag', workflow: 'W', link: 'ab', lag }).content;
    const { content } = done(withLag, { type: 'setLag', workflow: 'W', link: 'ab' });
    expect(content.configuration.workflow['W']?.links['ab']).toEqual({ order: 1, from: 'A', to: 'B', type: 'FS' });
  });

  it('puts nodes in the order given, before another or at the end, and touches no other', () => {
    const orderOf = (content: DraftContent) =>
      inOrder(content.configuration.workflow['W']?.nodes ?? {}).map(({ key }) => key);
    const moved = done(smallDraft(), { type: 'reorderNodes', workflow: 'W', nodes: ['D', 'C'], before: 'B' });
    expect(orderOf(moved.content)).toEqual(['A', 'D', 'C', 'B']);
    expect(moved.content.configuration.workflow['W']?.nodes['B']?.order).toBe(2);
    expect(orderOf(done(smallDraft(), { type: 'reorderNodes', workflow: 'W', nodes: ['A'] }).content)).toEqual([
      'B',
      'C',
      'D',
      'A',
    ]);
    let content = smallDraft();
    for (let round = 0; round < 80; round++)
      content = done(content, {
        type: 'reorderNodes',
        workflow: 'W',
        nodes: [round % 2 ? 'C' : 'D'],
        before: 'B',
      }).content;
    expect(orderOf(content)).toEqual(['A', 'D', 'C', 'B']);
  });

  it('changes all settings of a link at once and takes away what is not given', () => {
    const full = done(smallDraft(), {
      type: 'changeLink',
      workflow: 'W',
      link: 'ab',
      linkType: 'SF',
      lag,
      calendar: 'office',
    }).content;
    expect(full.configuration.workflow['W']?.links['ab']).toEqual({
      order: 1,
      from: 'A',
      to: 'B',
      type: 'SF',
      lag,
      calendar: 'office',
    });
    const bare = done(full, { type: 'changeLink', workflow: 'W', link: 'ab', linkType: 'FS' }).content;
    expect(bare).toEqual(smallDraft());
  });

  it('keeps no title on the drawing that equals the title of the task document', () => {
    const renamed = done(smallDraft(), { type: 'renameNode', workflow: 'W', node: 'A', title: ' Call ' }).content;
    expect(renamed.configuration.workflow['W']?.nodes['A']?.title).toBe('Call');
    const back = done(renamed, { type: 'renameNode', workflow: 'W', node: 'A', title: 'Task A' }).content;
    expect(back).toEqual(smallDraft());
  });

  it('offers a key that neither nodes nor task documents have', () => {
    expect(freeNodeKey(smallDraft().configuration, 'W')).toBe('W05');
  });
});

describe('what is refused', () => {
  it('names the cycle that a link would close', () => {
    expect(refusal({ type: 'linkTasks', workflow: 'W', from: 'C', to: 'A', linkType: 'FS' })).toEqual({
      code: 'PLAN_CYCLE',
      message: 'would make a cycle: C, A, B, C',
      values: { cycle: ['C', 'A', 'B'] },
    });
    expect(refusal({ type: 'linkTasks', workflow: 'W', from: 'B', to: 'A', linkType: 'SS' })?.values).toEqual({
      cycle: ['B', 'A'],
    });
  });

  it.each<[EditCommand, string]>([
    [{ type: 'linkTasks', workflow: 'W', from: 'A', to: 'A', linkType: 'FS' }, 'LINK_TO_ITSELF'],
    [{ type: 'linkTasks', workflow: 'W', from: 'A', to: 'B', linkType: 'FS' }, 'LINK_TWICE'],
    [{ type: 'linkTasks', workflow: 'W', from: 'A', to: 'Z', linkType: 'FS' }, 'NODE_MISSING'],
    [{ type: 'linkTasks', workflow: 'W', from: 'A', to: 'D', linkType: 'FS', branch: 'x' }, 'BRANCH_MISSING'],
    [{ type: 'addTask', workflow: 'W', node: 'a', task: 'E' }, 'NODE_TWICE'],
    [{ type: 'addTask', workflow: 'W', node: 'N', task: 'Z' }, 'DOCUMENT_MISSING'],
    [{ type: 'addTask', workflow: 'X', node: 'N', task: 'E' }, 'DOCUMENT_MISSING'],
    [{ type: 'renameNode', workflow: 'W', node: 'A', title: '  ' }, 'TITLE_EMPTY'],
    [{ type: 'setLag', workflow: 'W', link: 'zz' }, 'LINK_MISSING'],
    [{ type: 'changeLink', workflow: 'W', link: 'ab', linkType: 'FS', branch: 'x' }, 'BRANCH_MISSING'],
    [{ type: 'reorderNodes', workflow: 'W', nodes: ['Z'] }, 'NODE_MISSING'],
    [{ type: 'reorderNodes', workflow: 'W', nodes: ['A'], before: 'Z' }, 'NODE_MISSING'],
    [{ type: 'setNodeField', workflow: 'W', node: 'A', field: 'type', value: 'end' }, 'FIELD_FIXED'],
    [{ type: 'setDocumentField', kind: 'task', key: 'A', path: ['key'], value: 'Q' }, 'FIELD_FIXED'],
    [{ type: 'setDocumentField', kind: 'task', key: 'A', path: ['__proto__', 'x'], value: 1 }, 'FIELD_FIXED'],
    [{ type: 'putDocument', document: { ...newTaskDocument('F', 'Sixth'), extra: 1 } as never }, 'DOCUMENT_INVALID'],
  ])('%j as %s, and nothing changes', (command, code) => {
    expect(refusal(command)?.code).toBe(code);
  });

  it('lists every target of a new link, the illegal ones with their reason', () => {
    const workflow = smallDraft().configuration.workflow['W'];
    if (!workflow) throw new Error('W is in the draft');
    expect(linkTargets(workflow, 'B').map(({ node, refusal: why }) => [node, why?.message])).toEqual([
      ['A', 'would make a cycle: B, A, B'],
      ['C', 'already linked FS: change its lag instead'],
      ['D', undefined],
    ]);
  });

  it('refuses a batch whole when a later step closes a cycle with an earlier one', () => {
    const linkTo = (from: string, to: string): EditCommand => ({
      type: 'linkTasks',
      workflow: 'W',
      from,
      to,
      linkType: 'FS',
    });
    const commands = [linkTo('C', 'D'), linkTo('D', 'A')];
    expect(refusal({ type: 'batch', label: 'Paste', commands })).toMatchObject({ code: 'PLAN_CYCLE' });
  });
});

describe('history', () => {
  it('joins the steps of one gesture and takes them back together', () => {
    const first = done(smallDraft(), { type: 'renameNode', workflow: 'W', node: 'A', title: 'Ca' });
    const second = done(first.content, { type: 'renameNode', workflow: 'W', node: 'A', title: 'Call' });
    const history = recordEdit(recordEdit(emptyHistory, first.edit), second.edit, true);
    expect(history.past).toHaveLength(1);
    expect(undoEdit(second.content, history)?.content).toEqual(smallDraft());
  });

  it('forgets what could be done again once something new is done', () => {
    const first = done(smallDraft(), { type: 'unlink', workflow: 'W', links: ['ab'] });
    const undone = undoEdit(first.content, recordEdit(emptyHistory, first.edit));
    if (!undone) throw new Error('there is one step');
    const other = done(undone.content, { type: 'unlink', workflow: 'W', links: ['bc'] });
    expect(recordEdit(undone.history, other.edit).future).toEqual([]);
  });

  it('records nothing for a command that changes nothing', () => {
    const { edit } = done(smallDraft(), {
      type: 'setNodeField',
      workflow: 'W',
      node: 'A',
      field: 'mandatory',
      value: false,
    });
    expect(recordEdit(emptyHistory, edit)).toEqual(emptyHistory);
  });

  it('returns the identical draft after 500 random commands and as many undos, and the end state after as many redos', () => {
    fc.assert(
      fc.property(fc.array(randomGesture, { minLength: 500, maxLength: 500 }), (list) => {
        let content = smallDraft();
        let history: EditHistory = emptyHistory;
        for (const toCommand of list) {
          const command = toCommand(content);
          const result = command && applyEdit(content, command);
          if (!result?.ok) continue;
          content = result.content;
          history = recordEdit(history, result.edit, true);
        }
        const end = content;
        for (let step = undoEdit(content, history); step; step = undoEdit(content, history))
          ({ content, history } = step);
        expect(content).toEqual(smallDraft());
        for (let step = redoEdit(content, history); step; step = redoEdit(content, history))
          ({ content, history } = step);
        expect(content).toEqual(end);
      }),
      { numRuns: 8 },
    );
  });
});

const nodeKey = fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F', 'G', 'H');
const linkKey = fc.constantFrom('ab', 'bc', 'A-C', 'A-D', 'D-E', 'E-F', 'F-G', 'G-H', 'B-D');
const at = fc.record({ x: fc.integer({ min: -500, max: 500 }), y: fc.integer({ min: -500, max: 500 }) });
const linkType = fc.constantFrom('FS' as const, 'SS' as const, 'FF' as const, 'SF' as const);
const workflow = fc.constant('W');
const randomCommand = fc.oneof(
  fc.record({
    type: fc.constant('addTask' as const),
    workflow,
    node: nodeKey,
    task: nodeKey.map((key) => newTaskDocument(key, `New ${key}`)),
    at,
  }),
  fc.record({
    type: fc.constant('removeNodes' as const),
    workflow,
    nodes: fc.uniqueArray(nodeKey, { minLength: 1, maxLength: 2 }),
  }),
  fc.record({ type: fc.constant('linkTasks' as const), workflow, from: nodeKey, to: nodeKey, linkType }),
  fc.record({ type: fc.constant('unlink' as const), workflow, links: linkKey.map((key) => [key]) }),
  fc.record({ type: fc.constant('setLag' as const), workflow, link: linkKey, lag: fc.constant(lag) }),
  fc.record({ type: fc.constant('setLinkType' as const), workflow, link: linkKey, linkType }),
  fc.record({ type: fc.constant('changeLink' as const), workflow, link: linkKey, linkType, lag: fc.constant(lag) }),
  fc.record(
    {
      type: fc.constant('reorderNodes' as const),
      workflow,
      nodes: fc.uniqueArray(nodeKey, { minLength: 1, maxLength: 3 }),
      before: nodeKey,
    },
    { requiredKeys: ['type', 'workflow', 'nodes'] },
  ),
  fc.record({
    type: fc.constant('addNode' as const),
    workflow,
    node: nodeKey,
    value: fc.constant({ type: 'milestone' as const, order: 9, stage: 'half way' }),
  }),
  fc.record({
    type: fc.constant('putDocument' as const),
    document: nodeKey.map((key) => newTaskDocument(key, `Put ${key}`)),
  }),
  fc.record({
    type: fc.constant('renameNode' as const),
    workflow,
    node: nodeKey,
    title: fc.string({ minLength: 1, maxLength: 8 }),
  }),
  fc.record({
    type: fc.constant('setNodeField' as const),
    workflow,
    node: nodeKey,
    field: fc.constant('mandatory'),
    value: fc.boolean(),
  }),
  fc.record({
    type: fc.constant('moveNodes' as const),
    workflow,
    positions: fc.dictionary(nodeKey, at, { minKeys: 1, maxKeys: 3 }),
  }),
  fc.record({
    type: fc.constant('setDocumentField' as const),
    kind: fc.constant('task' as const),
    key: nodeKey,
    path: fc.constant(['title']),
    value: fc.string({ minLength: 1 }),
  }),
  fc.record({ type: fc.constant('removeDocument' as const), kind: fc.constant('task' as const), key: nodeKey }),
) as fc.Arbitrary<EditCommand>;

const randomBatch: fc.Arbitrary<EditCommand> = fc.record({
  type: fc.constant('batch' as const),
  label: fc.constant('Several'),
  commands: fc.array(randomCommand, { maxLength: 4 }),
});

/** What people do: a command as it is, or one that a gesture makes of the draft it meets. */
type Gesture = (content: DraftContent) => EditCommand | undefined;

const asBatch = (commands: readonly EditCommand[]): EditCommand => ({ type: 'batch', label: 'Gesture', commands });
const present = ({ configuration }: DraftContent, wished: readonly string[]) =>
  wished.filter((key) => configuration.workflow['W']?.nodes[key]);
// A draft that doubles with every paste would soon be all that the test looks at.
const isSmall = ({ configuration }: DraftContent) => Object.keys(configuration.workflow['W']?.nodes ?? {}).length < 30;

const randomGesture: fc.Arbitrary<Gesture> = fc.oneof(
  {
    weight: 20,
    arbitrary: randomCommand.map(
      (command): Gesture =>
        () =>
          command,
    ),
  },
  {
    weight: 2,
    arbitrary: randomBatch.map(
      (command): Gesture =>
        () =>
          command,
    ),
  },
  {
    weight: 1,
    arbitrary: fc.uniqueArray(nodeKey, { maxLength: 3 }).map(
      (nodes): Gesture =>
        (content) =>
          isSmall(content)
            ? asBatch(planPaste(content, 'W', copyNodes(content, 'W', present(content, nodes))).commands)
            : undefined,
    ),
  },
  {
    weight: 1,
    arbitrary: fc.array(fc.string({ minLength: 1, maxLength: 8 }), { maxLength: 3 }).map(
      (titles): Gesture =>
        (content) =>
          isSmall(content)
            ? asBatch(
                planRows(
                  content,
                  'W',
                  titles.map((title) => [title]),
                  present(content, ['A'])[0],
                ).commands,
              )
            : undefined,
    ),
  },
  {
    weight: 1,
    arbitrary: fc.uniqueArray(nodeKey, { minLength: 1, maxLength: 2 }).map(
      (nodes): Gesture =>
        (content) =>
          removeWithTasks(content.configuration, 'W', present(content, nodes), () => false).command,
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(nodeKey, nodeKey, linkType, fc.integer({ min: -9, max: 9 })).map(
      ([from, to, type, days]): Gesture =>
        ({ configuration }) => {
          const drawn = configuration.workflow['W'];
          const read = drawn && readPredecessors(`${from}${type}${days < 0 ? '' : '+'}${days}d`, drawn, to, {});
          return read?.ok ? asBatch(read.commands) : undefined;
        },
    ),
  },
);
