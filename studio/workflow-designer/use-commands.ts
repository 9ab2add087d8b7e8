import type { RefObject } from 'react';
import { announce } from '../ui/announcer.tsx';
import { type CommandId, designerCommands } from './keys.ts';
import type { SideTab } from './side-panel.tsx';
import type { DesignerState } from './use-designer.ts';
import type { ViewOption, ViewOptions } from './use-view-options.ts';
import type { DesignerView } from './view.ts';

const NUDGE = 16;

/** Carries out a command of the table; `node` is where a key was pressed, else what is chosen counts. */
export function useCommands({
  designer,
  options,
  frame,
  onView,
  onTab,
  onSheet,
  onPalette,
}: {
  designer: DesignerState;
  options: ViewOptions;
  frame: RefObject<HTMLElement | null>;
  onView: (view: DesignerView) => void;
  onTab: (tab: SideTab) => void;
  onSheet: () => void;
  onPalette: () => void;
}): (command: CommandId, node?: string) => void {
  const { selected, chosen } = designer;
  const { canvas, shown } = options;
  const focusIn = (selector: string) =>
    // The panel or the view may have to be drawn first.
    setTimeout(() => frame.current?.querySelector<HTMLElement>(selector)?.focus(), 40);
  /** What had the focus may be gone with the view before: the keys go on in the new one. */
  const showView = (view: DesignerView) => {
    onView(view);
    focusIn('[data-view-pane]');
  };
  /** Once the cards lie where they are to be. */
  const showAll = () => setTimeout(() => canvas.current?.fit(), 120);
  /** Lanes put the cards elsewhere: then nobody would see where they lie now. */
  const asTidied = () => {
    options.show('lanes', false);
    showAll();
  };
  const switchOption = (option: ViewOption, name: string) => {
    if (options.view !== 'canvas') onView('canvas');
    options.show(option, !shown[option]);
    announce(`${name} ${shown[option] ? 'hidden' : 'shown'}`);
    if (option === 'lanes') showAll();
  };
  const openTab = (tab: SideTab, selector: string) => {
    options.setPanel(true);
    onTab(tab);
    focusIn(selector);
  };
  const onCanvas = (does: () => void) => (options.view === 'canvas' ? does() : announce('This is for the canvas'));

  return (command, pressedOn) => {
    const node = pressedOn ?? (selected && 'node' in selected ? selected.node : undefined);
    const needs = designerCommands.find(({ id }) => id === command)?.needs;
    if (
      (needs === 'task' && !node) ||
      (needs === 'tasks' && chosen.length === 0 && !node) ||
      (needs === 'selection' && !selected)
    )
      return announce('Choose a task first');
    const does: Record<CommandId, () => void> = {
      add: () => designer.addTask(),
      append: () => designer.addTask(node),
      addDecision: () => designer.addNode('decision', node),
      addMessage: () => designer.addNode('communication', node),
      addMilestone: () => designer.addNode('milestone', node),
      addEnd: () => designer.addNode('end', node),
      connect: () => node && designer.setSession({ from: node }),
      rename: () => designer.setRenaming(node),
      toLane: () =>
        designer.setMoving(chosen.length > 0 && (!node || chosen.includes(node)) ? chosen : node ? [node] : []),
      inspect: () => openTab('inspector', '[data-inspector] input, [data-side] input'),
      delete: designer.remove,
      duplicate: designer.duplicate,
      copy: designer.copy,
      cut: designer.cut,
      paste: designer.paste,
      undo: designer.undo,
      redo: designer.redo,
      save: designer.save,
      selectAll: designer.chooseAll,
      find: () => (options.view === 'canvas' ? options.show('find', true) : focusIn('[data-find]')),
      palette: onPalette,
      escape: () => (shown.find ? options.show('find', false) : designer.setSelected(undefined)),
      left: () => designer.nudge(node, -NUDGE, 0),
      right: () => designer.nudge(node, NUDGE, 0),
      up: () => designer.nudge(node, 0, -NUDGE),
      down: () => designer.nudge(node, 0, NUDGE),
      alignLeft: () => designer.align('left'),
      alignCentre: () => designer.align('centre'),
      alignRight: () => designer.align('right'),
      alignTop: () => designer.align('top'),
      alignMiddle: () => designer.align('middle'),
      alignBottom: () => designer.align('bottom'),
      spreadAcross: () => designer.spread('x'),
      spreadDown: () => designer.spread('y'),
      tidy: () => void designer.tidy().then(asTidied),
      tidyByTime: () => {
        designer.tidyByTime();
        asTidied();
      },
      tidyByOwner: () => {
        designer.tidyByOwner();
        asTidied();
      },
      canvas: () => showView('canvas'),
      outline: () => showView('outline'),
      timeline: () => showView('timeline'),
      source: () => showView('source'),
      zoomFull: () => onCanvas(() => canvas.current?.full()),
      zoomFit: () => onCanvas(() => canvas.current?.fit()),
      zoomIn: () => onCanvas(() => canvas.current?.zoomIn()),
      zoomOut: () => onCanvas(() => canvas.current?.zoomOut()),
      lanes: () => switchOption('lanes', 'Lanes by owner'),
      dates: () => switchOption('dates', 'Dates against the targets'),
      map: () => switchOption('map', 'Map'),
      panel: () => options.setPanel(!options.panel),
      findings: () => openTab('findings', '[role="tab"][aria-selected="true"]'),
      sheet: onSheet,
    };
    does[command]();
  };
}
