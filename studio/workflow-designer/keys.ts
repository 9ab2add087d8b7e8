type Pressed = Pick<KeyboardEvent, 'key' | 'altKey' | 'shiftKey' | 'ctrlKey' | 'metaKey'>;

/** What a command needs to be chosen before it does anything. */
export type Needs = 'task' | 'tasks' | 'selection';

interface Entry {
  does: string;
  group: 'Draw' | 'Change' | 'Choose and find' | 'Arrange' | 'View' | 'Help';
  keys?: string;
  matches?: (event: Pressed) => boolean;
  needs?: Needs;
  /** Keys alone: nothing to choose from a list of commands. */
  keysOnly?: true;
}

const plain = (event: Pressed) => !event.altKey && !event.ctrlKey && !event.metaKey;
const commanded = (event: Pressed) => (event.ctrlKey || event.metaKey) && !event.altKey;
const is = (event: Pressed, ...keys: string[]) => keys.includes(event.key) || keys.includes(event.key.toLowerCase());
const letter = (key: string) => (event: Pressed) => plain(event) && is(event, key);
const command = (key: string) => (event: Pressed) => commanded(event) && !event.shiftKey && is(event, key);

/** Everything the designer can do, once: what binds the keys, what the sheet shows and what the command palette lists. */
const table = {
  add: { does: 'Add a task', group: 'Draw', keys: 'N', matches: letter('n') },
  append: { does: 'Add a task after this one', group: 'Draw', keys: 'A', matches: letter('a'), needs: 'task' },
  addDecision: { does: 'Add a decision', group: 'Draw' },
  addMessage: { does: 'Add a message', group: 'Draw' },
  addMilestone: { does: 'Add a milestone', group: 'Draw' },
  addEnd: { does: 'Add an end', group: 'Draw' },
  connect: { does: 'Link the task to another', group: 'Draw', keys: 'C', matches: letter('c'), needs: 'task' },
  rename: {
    does: 'Rename the task',
    group: 'Change',
    keys: 'Enter or F2',
    matches: (e) => plain(e) && is(e, 'Enter', 'F2'),
    needs: 'task',
  },
  inspect: { does: 'Go to the inspector', group: 'Change', keys: 'I', matches: letter('i') },
  toLane: {
    does: 'Move to lane…: give it to somebody else',
    group: 'Change',
    keys: 'L',
    matches: letter('l'),
    needs: 'tasks',
  },
  delete: {
    does: 'Delete what is chosen',
    group: 'Change',
    keys: 'Delete',
    matches: (e) => plain(e) && is(e, 'Delete', 'Backspace'),
    needs: 'selection',
  },
  duplicate: {
    does: 'Duplicate what is chosen',
    group: 'Change',
    keys: 'Ctrl+D',
    matches: command('d'),
    needs: 'tasks',
  },
  copy: { does: 'Copy what is chosen', group: 'Change', keys: 'Ctrl+C', needs: 'tasks' },
  cut: { does: 'Cut what is chosen', group: 'Change', keys: 'Ctrl+X', needs: 'tasks' },
  paste: { does: 'Paste tasks, a list or cells', group: 'Change', keys: 'Ctrl+V' },
  redo: {
    does: 'Do again what was undone',
    group: 'Change',
    keys: 'Ctrl+Y or Ctrl+Shift+Z',
    matches: (e) => commanded(e) && (is(e, 'y') || (e.shiftKey && is(e, 'z'))),
  },
  undo: { does: 'Undo', group: 'Change', keys: 'Ctrl+Z', matches: command('z') },
  save: { does: 'Save now (changes are saved by themselves)', group: 'Change', keys: 'Ctrl+S', matches: command('s') },
  selectAll: { does: 'Choose all tasks', group: 'Choose and find', keys: 'Ctrl+A', matches: command('a') },
  find: { does: 'Find a task', group: 'Choose and find', keys: 'Ctrl+F', matches: command('f') },
  palette: { does: 'Find a command or a document', group: 'Choose and find', keys: 'Ctrl+K', matches: command('k') },
  escape: {
    does: 'End what is under way, then choose nothing',
    group: 'Choose and find',
    keys: 'Esc',
    matches: (e) => plain(e) && is(e, 'Escape'),
    keysOnly: true,
  },
  left: {
    does: 'Move the task left',
    group: 'Arrange',
    keys: 'Alt+\u2190',
    matches: (e) => e.altKey && is(e, 'ArrowLeft'),
    needs: 'task',
    keysOnly: true,
  },
  right: {
    does: 'Move the task right',
    group: 'Arrange',
    keys: 'Alt+\u2192',
    matches: (e) => e.altKey && is(e, 'ArrowRight'),
    needs: 'task',
    keysOnly: true,
  },
  up: {
    does: 'Move the task up (in the outline: its row)',
    group: 'Arrange',
    keys: 'Alt+\u2191',
    matches: (e) => e.altKey && is(e, 'ArrowUp'),
    needs: 'task',
    keysOnly: true,
  },
  down: {
    does: 'Move the task down (in the outline: its row)',
    group: 'Arrange',
    keys: 'Alt+\u2193',
    matches: (e) => e.altKey && is(e, 'ArrowDown'),
    needs: 'task',
    keysOnly: true,
  },
  alignLeft: { does: 'Align left edges', group: 'Arrange', needs: 'tasks' },
  alignCentre: { does: 'Align centres, one below the other', group: 'Arrange', needs: 'tasks' },
  alignRight: { does: 'Align right edges', group: 'Arrange', needs: 'tasks' },
  alignTop: { does: 'Align top edges', group: 'Arrange', needs: 'tasks' },
  alignMiddle: { does: 'Align middles, side by side', group: 'Arrange', needs: 'tasks' },
  alignBottom: { does: 'Align bottom edges', group: 'Arrange', needs: 'tasks' },
  spreadAcross: { does: 'Spread evenly from left to right', group: 'Arrange', needs: 'tasks' },
  spreadDown: { does: 'Spread evenly from top to bottom', group: 'Arrange', needs: 'tasks' },
  tidy: { does: 'Tidy the drawing', group: 'Arrange' },
  tidyByTime: { does: 'Tidy by time: earliest start from left to right', group: 'Arrange' },
  tidyByOwner: { does: 'Tidy into lanes by owner', group: 'Arrange' },
  canvas: { does: 'Show the canvas', group: 'View' },
  outline: { does: 'Show the outline', group: 'View' },
  timeline: { does: 'Show the timeline', group: 'View' },
  source: { does: 'Show the source', group: 'View' },
  zoomFull: { does: 'Zoom to 100 %', group: 'View', keys: '0', matches: letter('0') },
  zoomFit: { does: 'Show the whole drawing', group: 'View', keys: '1', matches: letter('1') },
  zoomIn: { does: 'Zoom in', group: 'View', keys: '+', matches: (e) => plain(e) && is(e, '+', '=') },
  zoomOut: { does: 'Zoom out', group: 'View', keys: '-', matches: letter('-') },
  lanes: { does: 'Show or hide lanes by owner', group: 'View' },
  dates: { does: 'Show or hide dates against the targets', group: 'View' },
  map: { does: 'Show or hide the map of the drawing', group: 'View' },
  panel: { does: 'Show or hide the panel beside the view', group: 'View', keys: 'P', matches: letter('p') },
  findings: { does: 'Go to the findings', group: 'View', keys: 'G', matches: letter('g') },
  sheet: { does: 'Show these keys', group: 'Help', keys: '?', matches: (e) => plain(e) && is(e, '?') },
} satisfies Record<string, Entry>;

export type CommandId = keyof typeof table;

/** One thing the designer can do. */
export interface DesignerCommand extends Entry {
  id: CommandId;
}

export const designerCommands: readonly DesignerCommand[] = Object.entries(table).map(([id, entry]) => ({
  id: id as CommandId,
  ...entry,
}));

/** Keys that the views bind themselves, for the sheet alone. */
export const walkingKeys: readonly { keys: string; does: string }[] = [
  { keys: '\u2191 and \u2193', does: 'Canvas: walk to a predecessor or successor' },
  { keys: '\u2190 and \u2192', does: 'Canvas: walk among tasks side by side' },
  { keys: 'Ctrl-click', does: 'Choose one more, or one less' },
  { keys: 'Shift-drag', does: 'Canvas: choose all within a frame' },
  { keys: 'Ctrl-wheel', does: 'Canvas: zoom; the wheel alone and Space-drag move the drawing' },
  { keys: 'Arrows', does: 'Outline: go from cell to cell; with Shift choose rows, Space chooses one' },
  { keys: 'F2 or Enter', does: 'Outline: change the cell; Esc leaves it as it was' },
];

/** The command a key stands for. */
export function findCommand(event: Pressed): DesignerCommand | undefined {
  return designerCommands.find((one) => one.matches?.(event));
}
