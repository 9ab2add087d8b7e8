import { inOrder } from '../../schemas/document.ts';
import type { WorkflowDocument, WorkflowNode } from '../../schemas/workflow.ts';
import { useReleasedTasks } from '../api/released-tasks.ts';
import {
  type EditCommand,
  freeNodeKey,
  newTaskDocument,
  nextBranch,
  type Position,
  removeWithTasks,
} from '../document/engine.ts';
import { announce } from '../ui/announcer.tsx';
import type { QuickAddPlace } from './canvas-editing.ts';
import { lanesOf } from './drawing.ts';
import { laneValue, moveToLane as toLane } from './lane-moves.ts';
import { placeBelow } from './layout.ts';
import { newNode } from './new-node.ts';
import type { QuickAddWish } from './quick-add.tsx';
import type { useDesignerCore } from './use-designer-core.ts';

/** What a task is called until somebody names it. */
const NEW_TITLE = 'New task';

type Core = ReturnType<typeof useDesignerCore>;

/** What is done to nodes from every view alike: adding, naming, deleting, putting in order. */
export function useNodeActions(core: Core) {
  const { key, workflow, configuration, stored, chosen, selected, run, setSelected, setRenaming } = core;
  const released = useReleasedTasks();

  /** Where a new card goes: beside the cards where all were placed by hand, else by its links like the others. */
  const placeOf = (after: string | undefined, wished?: Position) => {
    if (wished && stored) return { at: wished };
    const byHand = workflow !== undefined && Object.keys(workflow.nodes).every((other) => stored?.[other]);
    return byHand && stored ? { at: placeBelow(stored, after) } : {};
  };

  const showNew = (node: string) => {
    setSelected({ node });
    setRenaming(node);
  };

  /** A new task, after another when one is named; its title is asked at once. */
  const addTask = (after?: string, at?: Position) => {
    const node = freeNodeKey(configuration, key);
    const task = newTaskDocument(node, NEW_TITLE);
    const command: EditCommand = {
      type: 'addTask',
      workflow: key,
      node,
      task,
      ...placeOf(after, at),
      ...(after ? { after } : {}),
    };
    const result = run(command, after ? `Added task ${node} after ${after}` : `Added task ${node}`);
    if (result.ok) showNew(node);
  };

  /** A node of another type from the palette, linked after the task that is chosen with `after`. */
  const addNode = (type: WorkflowNode['type'], after?: string, at?: Position) => {
    if (!workflow) return;
    if (type === 'task') return addTask(after, at);
    const made = newNode(type, workflow, configuration);
    const commands: EditCommand[] = [
      ...made.commands,
      { type: 'addNode', workflow: key, node: made.node, value: made.value, ...placeOf(after, at) },
    ];
    const source = after === undefined ? undefined : workflow.nodes[after];
    if (after !== undefined && source && source.type !== 'end') {
      const branch = nextBranch(workflow, after);
      commands.push({ type: 'linkTasks', workflow: key, from: after, to: made.node, linkType: 'FS', ...branch });
    }
    const label = after ? `Add ${type} ${made.node} after ${after}` : `Add ${type} ${made.node}`;
    const result = run({ type: 'batch', label, commands }, label.replace('Add', 'Added'));
    if (result.ok) showNew(made.node);
  };

  /** A new node where a link was dropped, or inside a link: then the link leads through it. */
  const quickAdd = (place: QuickAddPlace, wish: QuickAddWish) => {
    if (!workflow) return;
    const link = 'link' in place ? workflow.links[place.link] : undefined;
    const from = 'from' in place ? place.from : link?.from;
    if (from === undefined) return;
    const at = stored && place.at ? { at: place.at } : {};
    const commands: EditCommand[] = 'link' in place ? [{ type: 'unlink', workflow: key, links: [place.link] }] : [];
    const made = wish.type === 'task' ? undefined : newNode(wish.type, workflow, configuration);
    const node = made?.node ?? freeNodeKey(configuration, key);
    if (made) {
      const value = wish.title === '' ? made.value : { ...made.value, title: wish.title };
      commands.push(...made.commands, { type: 'addNode', workflow: key, node, value, ...at });
    } else {
      const task = newTaskDocument(node, wish.title || NEW_TITLE);
      commands.push({ type: 'addTask', workflow: key, node, task, ...at });
    }
    const branch = wish.branch ?? link?.branch;
    commands.push({
      type: 'linkTasks',
      workflow: key,
      from,
      to: node,
      linkType: 'FS',
      ...(wish.lag ? { lag: wish.lag } : {}),
      ...(branch ? { branch } : {}),
    });
    if (link && wish.type !== 'end') {
      const out = made ? nextBranch({ nodes: { [node]: made.value }, links: {} }, node) : {};
      commands.push({ type: 'linkTasks', workflow: key, from: node, to: link.to, linkType: 'FS', ...out });
    }
    const label = link ? `Put ${node} between ${link.from} and ${link.to}` : `Add ${node} after ${from}`;
    if (!run({ type: 'batch', label, commands }, label).ok) return;
    if (wish.title === '') return showNew(node);
    setSelected({ node });
    focusNode(node);
  };

  /** Deletes what is chosen, with the task documents that were made for it alone; says what went along. */
  const remove = () => {
    if (!workflow || !selected) return;
    if ('link' in selected) {
      run({ type: 'unlink', workflow: key, links: [selected.link] });
      return setSelected(undefined);
    }
    const next = neighbourOf(workflow, selected.node, chosen);
    const { command, tasks } = removeWithTasks(configuration, key, chosen, released);
    const along = tasks.length === 1 ? `its task document ${tasks[0]}` : `the task documents ${tasks.join(', ')}`;
    const what = chosen.length === 1 ? chosen[0] : `${chosen.length} tasks`;
    run(command, tasks.length > 0 ? `Deleted ${what} with ${along}, used nowhere else` : `Deleted ${what}`);
    setSelected(next ? { node: next } : undefined);
  };

  /** The first title of a new task is that of its document too: a library of tasks called "New task" helps nobody. */
  const renaming = (node: string, title: string): EditCommand => {
    const value = workflow?.nodes[node];
    const task = value?.type === 'task' && value.title === undefined ? configuration.task[value.task] : undefined;
    if (task?.title !== NEW_TITLE) return { type: 'renameNode', workflow: key, node, title };
    const command: EditCommand = {
      type: 'setDocumentField',
      kind: 'task',
      key: task.key,
      path: ['title'],
      value: title,
    };
    return { type: 'batch', label: `Rename ${node}`, commands: [command] };
  };

  /** Ends the renaming of a node; without a title it keeps the one it has. */
  const rename = (node: string, title: string | undefined) => {
    setRenaming(undefined);
    if (title?.trim()) run(renaming(node, title.trim()), `Renamed ${node} to ${title.trim()}`);
    focusNode(node);
  };

  /** Sets a field of every chosen node in one step. */
  const setAll = (label: string, commands: readonly EditCommand[], leftOut = '') => {
    if (commands.length === 0) return announce('All of them have this already');
    run({ type: 'batch', label, commands }, leftOut === '' ? label : `${label}; ${leftOut}`);
  };

  /** Work dropped on a lane, or sent to one by its choice: one step, and it says who owns the work now. */
  const moveToLane = (
    nodes: readonly string[],
    lane: { key: string; title: string } | { value: string; label: string },
  ) => {
    if (!workflow) return;
    const label = 'label' in lane ? lane.label : lane.title;
    if ('key' in lane && nodes.every((node) => lanesOf(workflow, configuration)[node]?.key === lane.key)) return;
    const value = 'value' in lane ? lane.value : laneValue(workflow, configuration, lane.key);
    const move = value === undefined ? undefined : toLane(workflow, configuration, nodes, { value, label });
    if (!move?.command) return announce(`Not moved: only what a task is can be owned, and ${label} owns nothing`);
    const said = [
      move.command.label.replace('Move', 'Moved'),
      ...(move.kept.length === 0 ? [] : [`the rules with conditions of ${move.kept.join(', ')} stay`]),
      ...(move.refused.length === 0 ? [] : [`without ${move.refused.join(', ')}: nobody owns those`]),
    ];
    run(move.command, said.join('; '));
  };

  const chooseAll = () => {
    core.choose(inOrder(workflow?.nodes ?? {}).map((node) => node.key));
    announce(`${Object.keys(workflow?.nodes ?? {}).length} tasks chosen`);
  };

  return { addTask, addNode, quickAdd, remove, rename, setAll, moveToLane, chooseAll };
}

/** Where people go on when a node and others are deleted: what came before it, else what comes after it, else the first that is left. */
function neighbourOf({ links, nodes }: WorkflowDocument, node: string, gone: readonly string[]): string | undefined {
  const stays = (key: string) => !gone.includes(key);
  const all = Object.values(links);
  return (
    all.find(({ from, to }) => to === node && stays(from))?.from ??
    all.find(({ from, to }) => from === node && stays(to))?.to ??
    inOrder(nodes).find(({ key }) => stays(key))?.key
  );
}

/** Gives the focus to a node's card or row once what held it is gone; never away from where somebody went meanwhile. */
export function focusNode(node: string): void {
  const before = document.activeElement;
  const closing = before?.closest('[role="dialog"]');
  setTimeout(() => {
    const now = document.activeElement;
    const isFree = now === null || now === document.body || now === before || closing?.contains(now);
    if (!isFree) return;
    document.querySelector<HTMLElement>(`[data-node="${CSS.escape(node)}"]`)?.focus();
  }, 60);
}
