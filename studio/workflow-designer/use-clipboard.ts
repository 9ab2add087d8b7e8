import { useRef, useState } from 'react';
import { useReleasedTasks } from '../api/released-tasks.ts';
import {
  type ClipboardBundle,
  type ClipboardContent,
  copyNodes,
  type EditCommand,
  planPaste,
  planRows,
  printBundle,
  type RepairChoice,
  removeWithTasks,
} from '../document/engine.ts';
import { loadShapes } from '../document/shapes.ts';
import { announce } from '../ui/announcer.tsx';
import type { useDesignerCore } from './use-designer-core.ts';

type Core = ReturnType<typeof useDesignerCore>;

/** How tasks come: by the clipboard, beside themselves, or out of a file. */
type Verb = 'Paste' | 'Duplicate' | 'Import';
const past: Readonly<Record<Verb, string>> = { Paste: 'Pasted', Duplicate: 'Duplicated', Import: 'Imported' };

/** What was pasted and waits for somebody to say what becomes of it. */
export type PendingPaste =
  | { kind: 'nodes'; verb: Verb; bundle: ClipboardBundle; choices: Readonly<Record<string, RepairChoice>> }
  | { kind: 'rows'; rows: string[][] }
  | { kind: 'unreadable'; reason: string };

const SHIFT = { x: 48, y: 48 };

/** Copy, cut, paste and duplicate: readable JSON on the system's clipboard, so that it works between tabs and browsers. */
export function useClipboard(core: Core) {
  const { key, content, configuration, workflow, chosen, stored, run } = core;
  const [pending, setPending] = useState<PendingPaste>();
  const released = useReleasedTasks();
  const ordered = workflow ? Object.keys(workflow.nodes).filter((node) => chosen.includes(node)) : [];
  const count = (nodes: readonly string[]) => (nodes.length === 1 ? (nodes[0] ?? '') : `${nodes.length} tasks`);

  /** The chosen tasks as text for a clipboard, or undefined when none is chosen. */
  const copyText = (): string | undefined => {
    if (ordered.length === 0) {
      announce('Choose tasks to copy first');
      return undefined;
    }
    announce(`Copied ${count(ordered)}`);
    return printBundle(copyNodes(content, key, ordered));
  };

  const cutText = (): string | undefined => {
    const text = copyText();
    if (text === undefined) return undefined;
    const { command, tasks } = removeWithTasks(configuration, key, ordered, released);
    const label = `Cut ${count(ordered)}`;
    const commands = command.type === 'batch' ? command.commands : [command];
    run(
      { type: 'batch', label, commands },
      tasks.length > 0 ? `${label} with its task documents, used nowhere else` : label,
    );
    return text;
  };

  const byHand = workflow !== undefined && Object.keys(workflow.nodes).every((node) => stored?.[node]);

  const planOfNodes = (bundle: ClipboardBundle, choices: Readonly<Record<string, RepairChoice>>) =>
    planPaste(content, key, bundle, { choices, ...(byHand ? { shift: SHIFT } : {}) });

  const pasteNodes = (bundle: ClipboardBundle, choices: Readonly<Record<string, RepairChoice>>, verb: Verb) => {
    const plan = planOfNodes(bundle, choices);
    const label = `${verb} ${count(plan.nodes)}`;
    const renamed = plan.renamed.length > 0 ? `; ${plan.renamed.length} under new keys` : '';
    const said = `${past[verb]} ${count(plan.nodes)}${renamed}`;
    finish({ type: 'batch', label, commands: plan.commands }, plan.nodes, said);
  };

  const planOfRows = (rows: string[][]) => planRows(content, key, rows, chosen.at(-1));

  const pasteRows = (rows: string[][]) => {
    const plan = planOfRows(rows);
    const said = `Pasted ${count(plan.nodes)}${chosen.length > 0 ? ` after ${chosen.at(-1)}` : ''}`;
    finish({ type: 'batch', label: `Paste ${count(plan.nodes)}`, commands: plan.commands }, plan.nodes, said);
  };

  const finish = (command: EditCommand, nodes: readonly string[], said: string) => {
    setPending(undefined);
    if (run(command, said).ok) core.choose(nodes);
  };

  /** Tasks with their links: at once where all they name is here, else with a report of what to repair. */
  const takeNodes = (bundle: ClipboardBundle, verb: Verb) => {
    if (planOfNodes(bundle, {}).repairs.length === 0) return pasteNodes(bundle, {}, verb);
    setPending({ kind: 'nodes', verb, bundle, choices: {} });
  };

  /** Pastes at once what holds here; asks where something named is missing or a row could not be read. */
  const take = (read: ClipboardContent) => {
    if (read.kind === 'unreadable') {
      announce(read.reason);
      return setPending(read);
    }
    if (read.kind === 'nodes') return takeNodes(read.bundle, 'Paste');
    const plan = planOfRows(read.rows);
    const isPlain = plan.problems.length === 0 && read.rows.every((row) => row.length === 1);
    if (isPlain) return pasteRows(read.rows);
    setPending({ kind: 'rows', rows: read.rows });
  };
  // What reads may still be on its way: then the drawing is pasted into as it is by that time.
  const latest = useRef(take);
  latest.current = take;
  const pasteText = async (text: string) => {
    const { readClipboard } = await loadShapes();
    latest.current(readClipboard(text));
  };

  const duplicate = () => {
    if (ordered.length === 0) return announce('Choose tasks to duplicate first');
    pasteNodes(copyNodes(content, key, ordered), {}, 'Duplicate');
  };

  return {
    duplicate,
    copyText,
    cutText,
    pasteText,
    /** All tasks of a workflow in a file come into this one. */
    importNodes: (bundle: ClipboardBundle) => takeNodes(bundle, 'Import'),
    pendingPaste: pending,
    setPendingPaste: setPending,
    planOfNodes,
    planOfRows,
    pasteNodes,
    pasteRows,
    /** The same by command, where no key was pressed: browsers may ask whether this page may use the clipboard. */
    copy: () => void toClipboard(copyText()),
    cut: () => void toClipboard(cutText()),
    paste: () => void fromClipboard((text) => void pasteText(text)),
  };
}

async function toClipboard(text: string | undefined): Promise<void> {
  if (text === undefined) return;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    announce('The browser keeps its clipboard closed to buttons here: use Ctrl+C');
  }
}

async function fromClipboard(take: (text: string) => void): Promise<void> {
  let text: string;
  try {
    text = await navigator.clipboard.readText();
  } catch {
    return announce('The browser keeps its clipboard closed to buttons here: use Ctrl+V');
  }
  take(text);
}
