import { describe, expect, it } from 'vitest';
import { designerCommands, findCommand } from '../../../studio/workflow-designer/keys.ts';

const press = (key: string, held: Partial<Record<'ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey', true>> = {}) =>
  findCommand({ key, altKey: false, ctrlKey: false, metaKey: false, shiftKey: false, ...held })?.id;

describe('the keys of the designer', () => {
  it.each([
    ['z', { ctrlKey: true }, 'undo'],
    ['Z', { ctrlKey: true, shiftKey: true }, 'redo'],
    ['y', { ctrlKey: true }, 'redo'],
    ['z', { metaKey: true }, 'undo'],
    ['d', { ctrlKey: true }, 'duplicate'],
    ['a', { ctrlKey: true }, 'selectAll'],
    ['f', { ctrlKey: true }, 'find'],
    ['k', { metaKey: true }, 'palette'],
    ['s', { ctrlKey: true }, 'save'],
    ['a', {}, 'append'],
    ['A', {}, 'append'],
    ['c', {}, 'connect'],
    ['n', {}, 'add'],
    ['F2', {}, 'rename'],
    ['Enter', {}, 'rename'],
    ['Delete', {}, 'delete'],
    ['Escape', {}, 'escape'],
    ['0', {}, 'zoomFull'],
    ['1', {}, 'zoomFit'],
    ['ArrowLeft', { altKey: true }, 'left'],
    ['?', { shiftKey: true }, 'sheet'],
  ] as const)('%s with %j is %s', (key, held, command) => {
    expect(press(key, held)).toBe(command);
  });

  it('leave the clipboard to the browser, and plain arrows to the views', () => {
    for (const key of ['c', 'x', 'v']) expect(press(key, { ctrlKey: true })).toBeUndefined();
    expect(press('ArrowUp')).toBeUndefined();
  });

  it('are each named once in the sheet', () => {
    const named = designerCommands.flatMap(({ keys }) => (keys ? [keys] : []));
    expect(new Set(named).size).toBe(named.length);
  });
});
