/** What keys do in the designer: the one table that binds them and that the sheet shows. */
export interface KeyBinding {
  action:
    | 'rename'
    | 'connect'
    | 'append'
    | 'add'
    | 'delete'
    | 'undo'
    | 'redo'
    | 'left'
    | 'right'
    | 'up'
    | 'down'
    | 'inspect'
    | 'save'
    | 'sheet'
    | 'escape';
  keys: string;
  does: string;
  matches: (event: Pick<KeyboardEvent, 'key' | 'altKey' | 'shiftKey' | 'ctrlKey' | 'metaKey'>) => boolean;
  /** Needs a chosen task. */
  onTask?: true;
}

const plain = (event: { altKey: boolean; ctrlKey: boolean; metaKey: boolean }) =>
  !event.altKey && !event.ctrlKey && !event.metaKey;
const withCommand = (event: { ctrlKey: boolean; metaKey: boolean }) => event.ctrlKey || event.metaKey;
const is =
  (...keys: string[]) =>
  (event: Pick<KeyboardEvent, 'key'>) =>
    keys.includes(event.key);

export const keyBindings: readonly KeyBinding[] = [
  {
    action: 'rename',
    keys: 'Enter or F2',
    does: 'Rename the task',
    matches: (e) => plain(e) && is('Enter', 'F2')(e),
    onTask: true,
  },
  {
    action: 'connect',
    keys: 'C',
    does: 'Link the task to another',
    matches: (e) => plain(e) && is('c', 'C')(e),
    onTask: true,
  },
  {
    action: 'append',
    keys: 'A',
    does: 'Add a task after this one',
    matches: (e) => plain(e) && is('a', 'A')(e),
    onTask: true,
  },
  { action: 'add', keys: 'N', does: 'Add a task', matches: (e) => plain(e) && is('n', 'N')(e) },
  {
    action: 'inspect',
    keys: 'I',
    does: 'Go to the inspector',
    matches: (e) => plain(e) && is('i', 'I')(e),
    onTask: true,
  },
  {
    action: 'delete',
    keys: 'Delete',
    does: 'Delete the task or link',
    matches: (e) => plain(e) && is('Delete', 'Backspace')(e),
  },
  {
    action: 'redo',
    keys: 'Ctrl+Y or Ctrl+Shift+Z',
    does: 'Do again what was undone',
    matches: (e) => withCommand(e) && (is('y', 'Y')(e) || (e.shiftKey && is('z', 'Z')(e))),
  },
  { action: 'undo', keys: 'Ctrl+Z', does: 'Undo', matches: (e) => withCommand(e) && !e.shiftKey && is('z', 'Z')(e) },
  {
    action: 'save',
    keys: 'Ctrl+S',
    does: 'Save now (changes are saved by themselves)',
    matches: (e) => withCommand(e) && is('s', 'S')(e),
  },
  {
    action: 'left',
    keys: 'Alt+←',
    does: 'Move the task left',
    matches: (e) => e.altKey && is('ArrowLeft')(e),
    onTask: true,
  },
  {
    action: 'right',
    keys: 'Alt+→',
    does: 'Move the task right',
    matches: (e) => e.altKey && is('ArrowRight')(e),
    onTask: true,
  },
  { action: 'up', keys: 'Alt+↑', does: 'Move the task up', matches: (e) => e.altKey && is('ArrowUp')(e), onTask: true },
  {
    action: 'down',
    keys: 'Alt+↓',
    does: 'Move the task down',
    matches: (e) => e.altKey && is('ArrowDown')(e),
    onTask: true,
  },
  { action: 'escape', keys: 'Esc', does: 'Choose nothing', matches: (e) => plain(e) && is('Escape')(e) },
  { action: 'sheet', keys: '?', does: 'Show these keys', matches: (e) => is('?')(e) },
];

/** Keys that React Flow and the browser see too, for the sheet alone. */
export const walkingKeys: readonly { keys: string; does: string }[] = [
  { keys: '↑ and ↓', does: 'Walk to a predecessor or successor' },
  { keys: '← and →', does: 'Walk among tasks side by side' },
];

export function findBinding(event: Parameters<KeyBinding['matches']>[0]): KeyBinding | undefined {
  return keyBindings.find((binding) => binding.matches(event));
}
